"""The numbers of lists, counted and spelt as Word does."""

# ruff: noqa: E501 - XML is not broken

import pytest

from anonymiser.manuscript import Role
from anonymiser.read import read
from anonymiser.read.docx.counting import spell_count

NUMBERING = """<w:numbering {ns}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:rPr><w:vanish/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""


def test_lists_keep_their_numbers(docx, para):
    numbering = """<w:numbering {ns}><w:abstractNum w:abstractNumId="7">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
    </w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
    </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
    </w:numbering>"""

    def item(level, identity="1"):
        return para(
            "item words", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
        )

    body = item(0) + item(1) + item(1) + item(2) + item(0) + item(1) + item(0, "2") + item(0, "3")

    blocks = read(docx(body, {"word/numbering.xml": numbering})).manuscript.blocks

    assert [block.label for block in blocks] == ["1.", "(a)", "(b)", "1.b.I", "2.", "(a)", "•", "5."]
    assert {block.role for block in blocks} == {Role.ITEM}


def test_an_empty_item_takes_up_a_number(docx, para):
    def item(words, list_id=1):
        return para(words, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>')

    body = item("First.") + item("") + item("Third.") + item("Unnumbered.", 2)

    blocks = read(docx(body, {"word/numbering.xml": NUMBERING})).manuscript.blocks

    assert [(block.label, block.text) for block in blocks] == [
        ("1.", "First."),
        ("3.", "Third."),
        ("", "Unnumbered."),
    ]


@pytest.mark.parametrize(
    ("count", "form", "spelt"),
    [
        (27, "lowerLetter", "aa"),
        (781, "lowerLetter", "781"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimalZero", "07"),
        (112, "ordinal", "112th"),
        (42, "cardinalText", "Forty-two"),
        (21, "ordinalText", "Twenty-first"),
        (3, "decimalEnclosedCircle", "③"),
        (6, "chicago", "††"),
        (16, "chineseCounting", "十六"),
        (0, "upperLetter", "0"),
        (5, "a form of the future", "5"),
    ],
)
def test_counts_are_spelt_in_every_form(count, form, spelt):
    assert spell_count(count, form) == spelt
