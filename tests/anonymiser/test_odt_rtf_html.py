"""What the readers of OpenDocument, RTF and HTML make of the same essay, and of what each format alone has."""

# ruff: noqa: E501 - markup and sentences of essays are not broken

import base64
import html
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymiser.manuscript import Emphasis, Paragraph, Picture, Role, Table, walk_paragraphs
from anonymiser.read import read

SAMPLES = Path(__file__).parent / "samples"
RICH = [f"rich-{maker}.{ending}" for maker in ("pandoc", "libreoffice") for ending in ("odt", "rtf", "html")]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def odt(body, styles="", parts=None):
    names = " ".join(
        f'xmlns:{name}="{OFFICE}{uri}:1.0"'
        for name, uri in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        )
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}</office:automatic-styles>'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        for name, data in (parts or {}).items():
            package.writestr(name, data)
    return out.getvalue()


def rtf(body, head=r"\ansi\ansicpg1252\deff0"):
    return f"{{\\rtf1{head}{body}}}".encode("latin-1")


def page(body):
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def blocks_of(source):
    return list(read(source).manuscript.blocks)


def labels_of(source):
    return [(block.level, block.label, block.text) for block in blocks_of(source) if block.role is Role.ITEM]


def words_of(manuscript):
    return [word for paragraph in walk_paragraphs(manuscript) for word in paragraph.text.split()]


@pytest.mark.parametrize("name", RICH)
def test_every_producer_s_essay_reads_like_the_word_document(name):
    expected = read((SAMPLES / "rich.docx").read_bytes()).manuscript
    found = read((SAMPLES / name).read_bytes()).manuscript

    # An equation is set differently by each, or a picture; pandoc strikes words out in HTML by deleting them,
    # and of an author's name that has no style nobody knows what it is.
    loose = {"struck", "Planted", "Author", "Name", "—————"}
    essay, same = (
        [word for word in words_of(each) if not loose & {word} and not set(word) & set("√\\{}=/")]
        for each in (expected, found)
    )
    assert same == essay
    assert len(found.notes) == 2
    assert [
        block.label for block in found.blocks if isinstance(block, Paragraph) and block.role is Role.REFERENCE
    ] == ["1.", "2."]
    labels = [
        block.label for block in found.blocks if isinstance(block, Paragraph) and block.role is Role.ITEM
    ]
    assert labels == ["1.", "2.", "a.", "b.", "3.", "•", "•", "–"]
    tables = [block for block in found.blocks if isinstance(block, Table)]
    assert [[len(row) for row in table.rows] for table in tables] == [[3, 3, 3]]
    italic = [
        run.text
        for paragraph in walk_paragraphs(found)
        for run in paragraph.runs
        if Emphasis.ITALIC in run.emphasis
    ]
    assert "Tuesday evenings" in [text.strip() for text in italic]


WORDS = st.lists(
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Cn", "Co", "Zs", "Zl", "Zp", "Cf"), exclude_characters="\ufeff"
        ),
        min_size=1,
    ),
    min_size=1,
    max_size=12,
)


def in_rtf(word):
    units = word.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(rf"\u{code}?" for code in codes)


MAKERS = {
    "odt": lambda words: odt(f"<text:p>Start {escape(' '.join(words))} end</text:p>"),
    "rtf": lambda words: rtf(f"Start {' '.join(map(in_rtf, words))} end"),
    "html": lambda words: page(f"<p>Start {html.escape(' '.join(words))} end</p>"),
}


@pytest.mark.parametrize("kind", MAKERS)
@given(words=WORDS)
@settings(max_examples=60, deadline=None)
def test_any_words_come_out_as_they_went_in(kind, words):
    found = words_of(read(MAKERS[kind](words)).manuscript)

    assert found == ["Start", *words, "end"]


def test_open_document_white_space_is_read_as_it_shows():
    body = (
        '<text:p>\n   One <text:s text:c="2"/>two\n   three<text:tab/>four<text:line-break/> five </text:p>'
    )

    assert blocks_of(odt(body))[0].text == "One   two three\tfour\nfive"


def test_open_document_lists_count_on_and_start_anew():
    style = '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="i" style:num-prefix="(" style:num-suffix=")"/></text:list-style>'

    def items(*texts):
        return "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)

    body = (
        f'<text:list text:style-name="L" xml:id="a">{items("one")}<text:list-item><text:p>two</text:p><text:list>{items("deep")}</text:list></text:list-item></text:list>'
        f'<text:p>Between them stands a paragraph of text.</text:p><text:list text:style-name="L" text:continue-numbering="true">{items("three")}</text:list>'
        f'<text:list text:style-name="L">{items("anew")}</text:list><text:list text:style-name="L"><text:list-item text:start-value="7"><text:p>seven</text:p><text:p>goes on</text:p></text:list-item></text:list>'
    )
    assert labels_of(odt(body, style)) == [
        (0, "1.", "one"), (0, "2.", "two"), (1, "(i)", "deep"), (0, "3.", "three"), (0, "1.", "anew"),
        (0, "7.", "seven"), (0, "", "goes on"),
    ]  # fmt: skip


def test_open_document_tables_keep_their_grid():
    body = (
        '<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>wide</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows>'
        '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>tall</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:covered-table-cell/><table:table-cell><table:table><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>inner</text:p></table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>'
    )
    table = blocks_of(odt(body))[0]

    assert [[cell.columns for cell in row] for row in table.rows] == [[2], [1, 1], [1, 1]]
    assert [len(row) for row in table.rows[2][1].blocks[0].rows] == [2]


def test_pictures_pass_without_their_names():
    frame = '<text:p>Words</text:p><text:p><draw:frame svg:width="72pt" svg:height="1in"><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>'
    encoded = base64.b64encode(PIXEL).decode()
    made = (
        odt(frame, parts={"Pictures/a.png": PIXEL}),
        rtf(
            rf"Words\par{{\*\shppict{{\pict\pngblip\picwgoal1440\pichgoal1440 {PIXEL.hex()}}}}}{{\nonshppict{{\pict\wmetafile8 00}}}}\par"
        ),
        page(f"<p>Words</p><p><img width=96 height=96 src='data:image/png;base64,{encoded}'></p>"),
    )
    for source in made:
        picture = blocks_of(source)[1]

        assert isinstance(picture, Picture)
        assert (picture.width, picture.height) == (72.0, 72.0)


RTF_TEXTS = {
    "western bytes": (r"\'93caf\'e9\'94", "“café”"),
    "a font's Cyrillic": (r"{\fonttbl{\f1\fcharset204 X;}}\f1 \'cf\'f0\'e8\'e2\'e5\'f2", "Привет"),
    "a font's Greek": (r"{\fonttbl{\f1\fcharset161 X;}}\f1 \'e1\'e2\'e3", "αβγ"),
    "a font's Czech": (r"{\fonttbl{\f1\fcharset238 X;}}\f1 \'e8\'9a", "čš"),
    "a font's Japanese": (r"{\fonttbl{\f1\fcharset128 X;}}\f1 \'89\'ce\'83\'5c", "火ソ"),
    "a font's Chinese": (r"{\fonttbl{\f1\fcharset134 X;}}\f1 \'d2\'bd\'c9\'fa", "医生"),
    "a symbol": (r"{\fonttbl{\f1\fcharset2 Symbol;}}{\f1 a\'b3}", "α≥"),
    "one character of two bytes and its stand-in": (r"\uc2\u21307\'88\'e3!", "医!"),
    "a surrogate pair": (r"\u-10179?\u-8704?", "😀"),
    "no stand-in": (r"\uc0\u8217 x\uc1\u233?y", "’xéy"),
    "a stand-in that ends with its group": (r"{\uc2\u233}x", "éx"),
    "special characters": (r"a\~b\_c\-d\emdash e\lquote f\rquote\{\}\\", "a\u00a0b\u2011c\u00add—e‘f’{}\\"),
    "a tab and a line": (r"a\tab b\line c", "a\tb\nc"),
    "line ends, which are none": ("a\r\nb\nc", "abc"),
    "binary data": ("a{\\*\\x\\bin5 {}{}\\}b", "ab"),
}


@pytest.mark.parametrize("kind", RTF_TEXTS)
def test_rtf_characters_are_read(kind):
    body, expected = RTF_TEXTS[kind]

    assert blocks_of(rtf(f"A line before.\\par {body}\\par"))[1].text == expected


@pytest.mark.parametrize(
    ("head", "byte", "expected"),
    [
        (r"\mac", r"\'8e", "é"),
        (r"\pc", r"\'82", "é"),
        (r"\ansi\ansicpg1251", r"\'e9", "й"),
        (r"\ansi\ansicpg932", r"\'89\'ce", "火"),
    ],
)
def test_rtf_code_pages_are_those_of_the_file(head, byte, expected):
    assert blocks_of(rtf(f" A line before.\\par {byte}x", head))[1].text == f"{expected}x"


def test_rtf_tables_keep_their_grid():
    body = (
        r"\trowd\cellx4000\cellx6000\pard\intbl wide\cell b\cell\row"
        r"\trowd\cellx2000\clvmgf\cellx4000\clvmrg\cellx6000\pard\intbl one\cell two\cell three\cell\row\pard After.\par"
    )
    table, after = blocks_of(rtf(body))

    assert [[cell.columns for cell in row] for row in table.rows] == [[2, 1], [1, 1, 1]]
    assert [cell.blocks[0].text if cell.blocks else "" for cell in table.rows[1]] == ["one", "two", ""]
    assert after.text == "After."


def test_html_lists_are_counted_as_a_browser_counts():
    body = "<ol start=3><li>c<li value=7>g<ol type=a><li>deep</ol><li>h</ol><ol reversed><li>two<li>one</ol><ul><li>dot<ul><li>dash</ul></ul><ul style='list-style:none'><li>A bare line of text.</ul>"

    assert labels_of(page(body)) == [
        (0, "3.", "c"), (0, "7.", "g"), (1, "a.", "deep"), (0, "8.", "h"), (0, "2.", "two"), (0, "1.", "one"),
        (0, "•", "dot"), (1, "–", "dash"),
    ]  # fmt: skip


def test_lists_that_word_draws_in_html_are_lists():
    body = (
        "<p>A paragraph of text stands before the list, and it is long enough to be no title of it, which it isn't.</p>"
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>First</p>"
        "<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span></span>Second</p>"
    )
    assert labels_of(page(body)) == [(0, "1.", "First"), (1, "–", "Second")]


NOTES = {
    "Word": "<p>Text<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a>.</p><div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> The note.</p></div></div>",
    "LibreOffice": "<p>Text<a class='sdfootnoteanc' name='sdfootnote1anc' href='#sdfootnote1sym'><sup>1</sup></a>.</p><div id='sdfootnote1'><p><a class='sdfootnotesym' name='sdfootnote1sym' href='#sdfootnote1anc'>1</a> The note.</p></div>",
    "Google": "<p>Text<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup>.</p><hr><div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a><span>&nbsp;The note.</span></p></div>",
    "pandoc": "<p>Text<a href='#fn1' class='footnote-ref' id='fnref1'><sup>1</sup></a>.</p><section class='footnotes'><hr><ol><li id='fn1'><p>The note. <a href='#fnref1'>↩</a></p></li></ol></section>",
}


@pytest.mark.parametrize("maker", NOTES)
def test_html_notes_become_notes(maker):
    manuscript = read(page(f"<p>A line before it.</p>{NOTES[maker]}")).manuscript

    assert [run.note for run in manuscript.blocks[1].runs] == [0, 1, 0]
    assert [paragraph.text for paragraph in manuscript.notes[0]] == ["The note."]
    assert len(manuscript.blocks) == 2


def test_html_white_space_is_read_as_it_shows():
    blocks = blocks_of(page("<p>One\n  two <b> three</b>\n<br> four&nbsp; five</p><pre>a  b\n  c</pre>"))

    assert [block.text for block in blocks] == ["One two three \nfour\u00a0 five", "a  b\n  c"]


def test_html_declares_its_encoding():
    source = "<html><head><meta http-equiv=content-type content='text/html; charset=windows-1251'></head><body><p>Привет всем.</p></body></html>"

    assert blocks_of(source.encode("cp1251"))[0].text == "Привет всем."
    assert blocks_of(source.encode("utf-16"))[0].text == "Привет всем."


@pytest.mark.parametrize(
    "fragment", ["<p>One.</p>\n<p>Two words.</p>\n", "<meta charset='utf-8'><b>One.</b><p>Two words.</p>"]
)
def test_a_piece_of_a_page_is_read_as_one(fragment):
    reading = read(fragment.encode())

    assert reading.format == "html"
    assert words_of(reading.manuscript) == ["One.", "Two", "words."]


@pytest.mark.parametrize("folder", ["odfdo/*.odt", "striprtf/*.rtf", "pypdf-samples/*.odt"])
def test_documents_from_the_wild_are_read(wild, folder):
    empty = {"tests_rtf_issue_37.rtf"}

    for document in sorted(wild.glob(folder)):
        if document.name not in empty:
            assert words_of(read(document.read_bytes()).manuscript), document.name
