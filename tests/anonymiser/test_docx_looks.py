"""What can be seen and what can't: colours against their ground, styles over styles, places that show nothing."""

# ruff: noqa: E501 - XML is not broken

import pytest

from anonymiser.manuscript import Emphasis
from anonymiser.read import read
from anonymiser.read.docx.colours import BLACK, WHITE, can_be_told

STYLES = """<w:styles {ns}>
<w:style w:type="paragraph" w:styleId="Slanted"><w:name w:val="slanted"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Stressed"><w:name w:val="stressed"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Normal Table"/></w:style>
<w:style w:type="table" w:styleId="Base"><w:name w:val="b"/><w:basedOn w:val="Plain"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="g"/><w:basedOn w:val="Base"/><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
</w:styles>"""


def test_italic_inside_italic_stands_upright(docx):
    body = '<w:p><w:pPr><w:pStyle w:val="Slanted"/></w:pPr><w:r><w:t>Slanted </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Stressed"/></w:rPr><w:t>stressed</w:t></w:r></w:p>'

    runs = read(docx(body, {"word/styles.xml": STYLES})).manuscript.blocks[0].runs

    assert [(run.text, run.emphasis) for run in runs] == [
        ("Slanted ", {Emphasis.ITALIC}),
        ("stressed", set()),
    ]


def test_a_table_style_makes_its_head_row_bold_and_white_on_dark(docx, para):
    rows = "".join(
        f"<w:tr><w:tc>{para(text)}</w:tc><w:tc>{para('b')}</w:tc></w:tr>" for text in ("Head", "Below")
    )
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblLook w:val="00A0"/></w:tblPr>{rows}</w:tbl>'

    table = read(docx(body, {"word/styles.xml": STYLES})).manuscript.blocks[0]

    looks = [[cell.blocks[0].runs[0] for cell in row] for row in table.rows]
    assert [[(run.text, Emphasis.BOLD in run.emphasis) for run in row] for row in looks] == [
        [("Head", True), ("b", True)],
        [("Below", True), ("b", False)],
    ]


@pytest.mark.parametrize(
    ("colour", "behind", "told"),
    [
        (WHITE, WHITE, False),
        ((0xEE, 0xEE, 0xEE), WHITE, False),
        ((0xD0, 0xD0, 0xD0), WHITE, True),
        (WHITE, (0x1F, 0x38, 0x64), True),
        (WHITE, (0xF2, 0xF2, 0xF2), False),
        (BLACK, (0x0A, 0x0A, 0x0A), False),
        ((0xFF, 0xFF, 0x00), WHITE, True),
        ((0x80, 0x80, 0x80), (0x85, 0x85, 0x80), False),
    ],
)
def test_colours_are_told_apart_as_an_eye_would(colour, behind, told):
    assert can_be_told(colour, behind) is told


@pytest.mark.parametrize(
    ("cell", "run", "text"),
    [
        ('<w:shd w:val="clear" w:fill="1F3864"/>', '<w:color w:val="FFFFFF"/>', "words"),
        ('<w:shd w:val="clear" w:fill="F2F2F2"/>', '<w:color w:val="FFFFFF"/>', ""),
        ('<w:shd w:val="solid" w:color="000000"/>', '<w:color w:val="FFFFFF"/>', "words"),
        ('<w:shd w:val="clear" w:fill="auto" w:themeFill="accent1"/>', '<w:color w:val="FFFFFF"/>', "words"),
        ('<w:shd w:val="clear" w:fill="auto" w:themeFill="background1"/>', '<w:color w:val="FFFFFF"/>', ""),
        ('<w:shd w:val="nil"/>', '<w:color w:val="FFFFFF"/>', ""),
        ('<w:shd w:val="clear" w:fill="000000"/>', "", "words"),
        ('<w:shd w:val="clear" w:fill="000000"/>', '<w:color w:val="000000"/>', ""),
        ("", '<w:sz w:val="10"/>', "words"),
        ("", '<w:sz w:val="9"/>', ""),
        ("", '<w:sz w:val="4pt"/>', ""),
        ("", '<w:spacing w:val="-20"/>', "words"),
        ("", '<w:w w:val="90"/>', "words"),
        ("", '<w:highlight w:val="black"/><w:color w:val="FFFFFF"/>', "words"),
    ],
)
def test_text_of_a_cell_is_read_where_it_can_be_seen(docx, para, cell, run, text):
    body = f"<w:tbl><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{para('words', run=run)}</w:tc></w:tr></w:tbl>"
    reading = read(docx(para("Seen words.") + body))

    blocks = reading.manuscript.blocks
    assert (blocks[1].rows[0][0].blocks[0].text if len(blocks) > 1 else "") == text
