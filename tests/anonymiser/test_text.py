import codecs

import pytest

from anonymiser import Format
from anonymiser.manuscript import Emphasis, Role, SceneBreak, Table
from anonymiser.read import read

WRAPPED = """A TITLE FOR THE ESSAY

The group met on Tuesday evenings in a room above the surgery, and
for the first half hour nobody spoke of medicine at all. It was
quiet.

    * * *

Another paragraph follows, as short as this, but it is broken too,
somewhere in the middle of it.
"""


def test_hard_wrapped_lines_are_joined():
    blocks = read(WRAPPED.encode()).manuscript.blocks

    assert blocks[0].role is Role.TITLE
    assert blocks[1].text.endswith("at all. It was quiet.")
    assert isinstance(blocks[2], SceneBreak)
    assert (
        blocks[3].text
        == "Another paragraph follows, as short as this, but it is broken too, somewhere in the middle of it."
    )


def test_a_paragraph_on_each_line_stays_one_paragraph():
    text = "\n".join(
        [
            "A paragraph that goes on for far longer than any screen is wide, as a word processor writes it, "
            * 3
        ]
        * 3
    )

    assert len(read(text.encode()).manuscript.blocks) == 3


def test_short_lines_are_kept_apart():
    blocks = read(b"Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you").manuscript.blocks

    assert [block.text for block in blocks] == [
        "Roses are red",
        "Violets are blue",
        "Sugar is sweet",
        "And so are you",
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
def test_common_encodings_are_read(encoding, mark):
    words = "“Naïve,” she said – and the café’s £5 went to Zoë Brontë’s façade…"

    assert read(mark + words.encode(encoding)).manuscript.blocks[0].text == words


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_other_code_pages_are_guessed(encoding):
    words = "Группа собиралась по вторникам вечером, и первые полчаса никто не говорил о медицине. " * 5

    assert read(words.encode(encoding)).manuscript.blocks[0].text.split() == words.split()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_every_line_end_ends_a_line(end):
    text = end.join(["First paragraph.", "", "Second paragraph."])

    assert [block.text for block in read(text.encode()).manuscript.blocks] == [
        "First paragraph.",
        "Second paragraph.",
    ]


MARKDOWN = """---
title: On listening
author: Zyxwvut
---

# Beginnings

It was *very* quiet, **very**.[^a] See [the page](https://zyxwvut.example/x) <b>now</b> ![Zy](http://x/y.png).

> Quoted.

1. one
2. two
   - deep

| a | b |
|---|---|
| c | d |

***

<div>kept words</div>

[^a]: A *note* here.
"""


def test_markdown_keeps_structure_and_loses_targets():
    reading = read(MARKDOWN.encode())
    blocks = reading.manuscript.blocks

    assert reading.format is Format.MARKDOWN
    assert reading.manuscript.title == "On listening"
    assert [(block.role, block.level) for block in blocks[1:2]] == [(Role.HEADING, 1)]
    assert blocks[2].text == "It was very quiet, very. See the page now Zy."
    assert [run.emphasis for run in blocks[2].runs if run.text == "very"] == [
        {Emphasis.ITALIC},
        {Emphasis.BOLD},
    ]
    assert [run.note for run in blocks[2].runs if run.note] == [1]
    assert reading.manuscript.notes[0][0].text == "A note here."
    assert blocks[3].role is Role.QUOTE
    assert [(block.label, block.level) for block in blocks[4:7]] == [("1.", 0), ("2.", 0), ("•", 1)]
    assert isinstance(blocks[7], Table)
    assert isinstance(blocks[8], SceneBreak)
    assert blocks[9].text == "kept words"
    counted = {removed.what: removed.count for removed in reading.removed}
    assert counted["Addresses behind links"] == 1
    assert counted["Linked pictures"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "An essay with * a star, an _underscore and #hashtag.",
        "1. A list\n2. of points",
        "* one star line",
        "Sum: 2*3*4 = 24 and snake_case_name.",
        "> a quoted mail line\nand an answer",
        "Title\n-----\nText",
    ],
)
def test_plain_text_is_not_taken_for_markdown(text):
    assert read(text.encode()).format is Format.TEXT


def test_a_title_is_no_long_sentence():
    manuscript = read(b"This is a sentence that ends with a full stop.\n\nAnd another one.").manuscript

    assert manuscript.title == ""


def test_html_that_hides_words_in_markdown_hides_them():
    text = (
        "# A heading\n\nSeen <span style='display:none'>Zyxwvut <b>Zyxwvut</b></span>words "
        "<!-- Zyxwvut --> and `<code>`.\n\n"
        "<div hidden><p>Zyxwvut</p></div>\n\n<p>Kept <b>words</b>.</p>\n\nSee [the page](https://zyxwvut.example) and "
        "[another][1], <kbd>too</kbd>.\n\n[1]: https://zyxwvut.example 'Zyxwvut'\n"
    )
    blocks = read(text.encode()).manuscript.blocks

    assert "zyxwvut" not in "".join(block.text for block in blocks).casefold()
    assert [" ".join(block.text.split()) for block in blocks[1:]] == [
        "Seen words and <code>.",
        "Kept words.",
        "See the page and another, too.",
    ]


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_front_matter_stays_behind_but_for_the_title(fence):
    sign = ":" if fence == "---" else " ="
    text = f"{fence}\ntitle{sign} 'The Tuesday Group'\nauthor{sign} Zyxwvut\n{fence}\n\nWords of the essay.\n"
    blocks = read(text.encode()).manuscript.blocks

    assert [block.text for block in blocks] == ["The Tuesday Group", "Words of the essay."]
    assert blocks[0].role is Role.TITLE


@pytest.mark.parametrize(
    "text",
    [
        "1. I began it.\n\nThe group met on Tuesday, and 2 * 3 * 4 is 24; nobody minded_ the underscore.",
        "A title\n\nThe drug* was given.\n\n* It was given twice.",
        "Some words [in brackets] (and out of them), #1 of many, and a > b.",
    ],
)
def test_plain_text_with_a_few_signs_stays_plain(text):
    reading = read(text.encode())

    assert reading.format == "txt"
    assert " ".join(block.text for block in reading.manuscript.blocks).split() == text.split()


def test_lines_of_a_message_answered_become_a_quotation():
    quoted = "> The first line of it\n> > and the second"
    text = f"Dear all, this is what was said of the essay.\n\n{quoted}\n\nI agree with it wholly."
    blocks = read(text.encode()).manuscript.blocks

    assert [block.text for block in blocks if block.role is Role.QUOTE] == [
        "The first line of it",
        "and the second",
    ]
