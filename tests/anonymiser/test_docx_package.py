"""Packages as programs other than Word make them: parts renamed, encoded or pointed to in their own way."""

# ruff: noqa: E501 - XML is not broken

import io
import zipfile

import pytest

from anonymiser import RefusalCode, Refused
from anonymiser.read import read

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="{}" ContentType="{}"/></Types>'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STYLES = (
    '<w:styles {ns}><w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style></w:styles>'
)


def repacked(source, change):
    """The package with its parts, a dictionary of names and bytes, changed."""
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def encode_in_utf_16(parts):
    for name, data in parts.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + data.decode()).encode("utf-16")


def move_with_spaces(parts):
    parts["word/my essay.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/my essay.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/my%20essay.xml")


def lose_relations(parts):
    parts["other/main.xml"] = parts.pop("word/document.xml")
    parts["other/_rels/main.xml.rels"] = parts.pop("word/_rels/document.xml.rels").replace(
        b'Target="styles', b'Target="/word/styles'
    )
    del parts["_rels/.rels"]
    parts["[Content_Types].xml"] = TYPES.format("/other/main.xml", MAIN).encode()


def write_backslashes(parts):
    for name in list(parts):
        parts[name.replace("/", "\\")] = parts.pop(name)


def write_other_case(parts):
    parts["Word/Document.XML"] = parts.pop("word/document.xml")


def write_a_byte_order_mark(parts):
    parts["word/document.xml"] = b"\xef\xbb\xbf" + parts["word/document.xml"]


def make_strict(parts):
    for name, data in parts.items():
        parts[name] = data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


def make_strict_in_utf_16(parts):
    make_strict(parts)
    encode_in_utf_16(parts)


def bring_a_sheet_with_macros(parts):
    parts["word/embeddings/a.xlsm"] = b"x"
    parts["[Content_Types].xml"] = TYPES.format(
        "/word/embeddings/a.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"
    ).encode()


CHANGES = (
    encode_in_utf_16, move_with_spaces, lose_relations, write_backslashes, write_other_case, write_a_byte_order_mark,
    make_strict, make_strict_in_utf_16, bring_a_sheet_with_macros,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_packages_of_every_make_are_read_with_their_styles(docx, para, change):
    source = docx(
        para("Said by another.", '<w:pStyle w:val="Q"/>') + para("Said."), {"word/styles.xml": STYLES}
    )

    blocks = read(repacked(source, change)).manuscript.blocks

    assert [(block.role.value, block.text) for block in blocks] == [
        ("quote", "Said by another."),
        ("paragraph", "Said."),
    ]


def test_a_document_made_for_macros_is_refused(docx, para):
    def change(parts):
        kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
        parts["[Content_Types].xml"] = TYPES.format("/word/document.xml", kind).encode()

    with pytest.raises(Refused) as refused:
        read(repacked(docx(para("words")), change))

    assert refused.value.code is RefusalCode.MACROS


SHEET = """<w:styles {{ns}}>{}<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="T"><w:name w:val="t"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"""
DECOYS = {
    "none": "",
    "in a comment": '<!-- <w:style w:type="table" w:styleId="T"><w:name w:val="x"/></w:style> -->',
    "in an instruction": '<?x <w:style w:type="table" w:styleId="T"><w:name w:val="x"/></w:style> ?>',
}


@pytest.mark.parametrize("decoy", DECOYS)
def test_what_only_looks_like_a_style_is_none(docx, para, decoy):
    body = (
        para("Seen words.")
        + f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{para("hidden")}</w:tc></w:tr></w:tbl>'
        + para("hidden", '<w:pStyle w:val="P"/>')
    )

    manuscript = read(docx(body, {"word/styles.xml": SHEET.format(DECOYS[decoy])})).manuscript

    assert [block.text for block in manuscript.blocks] == ["Seen words."]
