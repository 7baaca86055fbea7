import io

import pytest
from pypdf import PdfReader

from anonymiser import Heading, anonymise, verify_reading_copy
from anonymiser.manuscript import (
    Cell,
    Emphasis,
    Image,
    Manuscript,
    Paragraph,
    Picture,
    Role,
    Run,
    SceneBreak,
    Table,
)
from anonymiser.read.images import encode_anew
from anonymiser.typeset import typeset
from anonymiser.typeset.drawable import make_drawable

LINE = "The group met on Tuesday evenings in a room above the surgery, and for the first half hour nobody spoke. "


def text(words, role=Role.PARAGRAPH, **rest):
    return Paragraph(role, (Run(words),), **rest)


def check(manuscript, heading):
    copy = typeset(manuscript, heading)
    assert verify_reading_copy(copy.pdf, manuscript=manuscript, heading=heading) == []
    return copy.pdf, copy.pages


def lines_by_page(pdf):
    return [page.extract_text().splitlines() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_same_manuscript_gives_the_same_bytes(heading):
    manuscript = Manuscript((text("Title", Role.TITLE), *[text(LINE * 9)] * 9))

    assert typeset(manuscript, heading) == typeset(manuscript, heading)


def test_the_form_is_that_of_the_rules(heading):
    pdf, pages = check(Manuscript((text("Title", Role.TITLE), *[text(LINE * 9)] * 9)), heading)

    reader = PdfReader(io.BytesIO(pdf))
    assert [float(side) for side in reader.pages[0].mediabox] == pytest.approx(
        [0, 0, 595.28, 841.89], abs=0.01
    )
    assert set(reader.metadata) == {"/Title"}
    assert reader.metadata.title == "Entry 4173"
    assert reader.root_object["/Lang"] == "en-GB"
    first = lines_by_page(pdf)[0]
    assert first[0].strip() == "Entry 4173 · Larkspur"
    assert first[-1].strip() == f"Page 1 of {pages}"


def test_no_page_begins_or_ends_with_a_lonely_line(heading):
    paragraphs = tuple(text(LINE * count) for count in (3, 4, 5, 3, 4, 6, 3, 5) * 6)

    pdf, _ = check(Manuscript(paragraphs), heading)

    ends = {" ".join((LINE * count).split())[-40:] for count in (3, 4, 5, 6)}
    for page in lines_by_page(pdf):
        body = [line for line in page[1:-1] if line.strip()]
        assert not (any(end.endswith(body[0].strip()) for end in ends) and len(body[0].split()) < 8)


def test_a_heading_stays_with_its_text(heading):
    for filler in range(18, 26):
        blocks = (*[text("Short line.")] * filler, text("A heading", Role.HEADING, level=1), text(LINE * 4))

        pdf, _ = check(Manuscript(blocks), heading)

        for page in lines_by_page(pdf):
            assert [line for line in page[:-1] if line.strip()][-1].strip() != "A heading"


def test_every_kind_of_block_is_set_and_read_back(heading):
    data = encode_anew(_picture())
    blocks = (
        text("On listening", Role.TITLE),
        text("Part", Role.HEADING, level=1),
        text("Smaller", Role.HEADING, level=2, label="1.1"),
        Paragraph(
            Role.PARAGRAPH,
            (
                Run("Plain, "),
                Run("bold", frozenset({Emphasis.BOLD})),
                Run(" and "),
                Run("both", frozenset({Emphasis.BOLD, Emphasis.ITALIC, Emphasis.UNDERLINE})),
                Run("", note=1),
                Run(" H"),
                Run("2", frozenset({Emphasis.SUBSCRIPT})),
                Run("O\nnew line\tand a tab"),
            ),
        ),
        text(LINE, Role.QUOTE),
        text("one line\nanother", Role.VERSE),
        text(LINE, Role.ITEM, label="10.", level=2),
        text("bullet", Role.ITEM, label="•"),
        SceneBreak(),
        Table(
            (
                (Cell((text("wide"),), 2),),
                (Cell((text(LINE * 2), text("second"))), Cell((Table(((Cell((text("deep"),)),),)),))),
            )
        ),
        Picture(0, 200.0, 5_000.0),
        text("well-known either/or " * 30 + "x" * 300),
        text("Balint M. A book.", Role.REFERENCE, label="1."),
    )
    notes = ((text("A note. " * 60), text("Its second paragraph.")),)

    check(Manuscript(blocks, notes, (data,), (text("None was used."),)), heading)


def _picture():
    from PIL import Image as PillowImage

    out = io.BytesIO()
    PillowImage.new("RGBA", (40, 30), (200, 10, 10, 120)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("filler", [0, 10, 20, 22, 23, 24, 25])
def test_long_notes_go_on_over_pages(heading, filler):
    marked = Paragraph(Role.PARAGRAPH, (Run("Marked"), Run("", note=1), Run(" and again"), Run("", note=2)))
    notes = ((text(LINE * 40),), (text("Second note."),))

    check(Manuscript((*[text("Line.")] * filler, marked, text(LINE * 20)), notes), heading)


def test_a_table_taller_than_a_page_loses_nothing(heading):
    table = Table(((Cell((text(LINE * 30),)), Cell((text("beside"),))),) * 2)

    check(Manuscript((table,)), heading)


def test_characters_without_a_glyph_are_written_another_way(heading):
    manuscript = Manuscript((text("\U0001f9ff and \u0e01 \U00020000 and \ufdfa ok\u200b"),))

    drawable, removed = make_drawable(manuscript)

    check(drawable, heading)
    assert drawable.blocks[0].text.startswith("[U+1F9FF] and [U+0E01] [U+20000] and ")
    assert [entry.count for entry in removed] == [3]


def test_greek_cyrillic_and_dashes_are_drawn_as_they_are(heading):
    words = "ψυχή, душа, naïve—“quoted” … ½ € ﬁ"
    manuscript = Manuscript((text(words),))

    drawable, removed = make_drawable(manuscript)

    check(drawable, heading)
    assert (drawable.blocks[0].text, removed) == (words, ())


def test_a_heading_with_odd_characters_still_verifies():
    made = anonymise(
        b"Some words of an essay.", authors=(), heading=Heading("4173", "Лark—中 \n “x” " + "long " * 40)
    )

    assert made.report.pages == 1


def test_images_are_deduplicated_and_harmless(heading):
    image = Image(encode_anew(_picture()).data, "image/png")

    pdf, _ = check(
        Manuscript((text("Two:"), Picture(0, 50, 40), Picture(0, 50, 40)), images=(image,)), heading
    )

    assert len(pdf) < 60_000


@pytest.mark.parametrize("role", [Role.TITLE, Role.PARAGRAPH])
def test_a_tab_at_the_end_of_a_line_stays_within_the_margins(heading, role):
    manuscript = Manuscript((Paragraph(role, (Run("a" * 74 + "\tb " + "a" * 83 + "\tb"),)),))

    assert verify_reading_copy(typeset(manuscript, heading).pdf, manuscript=manuscript) == []
