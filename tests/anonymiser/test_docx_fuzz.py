"""Documents whose structure was broken at random, their XML sound: each is read or refused in words."""

# ruff: noqa: E501 - XML is not broken

import copy
import io
import random
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from anonymiser import Refused
from anonymiser.read.docx import read_docx

RUNS = 200
VALUES = ("", "-1", "99999999999999999999", "NaN", "auto", "x" * 40, "1e999", "%1%2%9", "é", "true", "12pt", "-3.7cm", "begin", "end", "//")  # fmt: skip
EVERYTHING = """<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="720"/><w:shd w:val="clear" w:fill="D9D9D9"/></w:pPr>
<w:r><w:rPr><w:b/><w:color w:val="FFFFFF"/><w:sz w:val="24"/></w:rPr><w:t>words</w:t><w:sym w:font="Symbol" w:char="F061"/></w:r><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>
<w:sdt><w:sdtPr><w:alias w:val="a"/></w:sdtPr><w:sdtContent><w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:trPr><w:trHeight w:val="20" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>
<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>name</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:rad><m:e><m:r><m:t>n</m:t></m:r></m:e></m:rad></m:den></m:f></m:oMath><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="x"/><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:9pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
PARTS = {
    "word/footnotes.xml": '<w:footnotes {ns}><w:footnote w:id="2"><w:p><w:r><w:t>note</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote></w:footnotes>',
    "word/numbering.xml": '<w:numbering {ns}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>',
    "word/styles.xml": '<w:styles {ns}><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:basedOn w:val="N"/></w:style><w:style w:type="table" w:styleId="T"><w:name w:val="t"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style></w:styles>',
}


def change(root, chance):
    """Take out, repeat, move, rename an element, or change an attribute or words."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    element, parent = (chosen := chance.choice(elements)), chosen.getparent()
    action = chance.randrange(7)
    if action == 0 and parent is not None:
        parent.remove(element)
    elif action == 1 and parent is not None:
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(element))
    elif action == 2:
        element.append(copy.deepcopy(chance.choice(elements)))
    elif action == 3 and element.attrib:
        element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
    elif action == 4 and element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]
    elif action == 5:
        element.tag = chance.choice(elements).tag
    else:
        element.text = chance.choice(VALUES)


def broken(parts, chance):
    broken = dict(parts)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice([name for name in broken if name.endswith((".xml", ".rels"))])
        root = etree.fromstring(broken[name])
        for _ in range(chance.randint(1, 12)):
            change(root, chance)
        broken[name] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in broken.items():
            package.writestr(name, data)
    return out.getvalue()


def attempt(source):
    try:
        return read_docx(source)
    except Refused as refused:
        assert refused.message  # noqa: PT017 - either end is right
        return None


@pytest.mark.parametrize("name", ["", "libreoffice.docx", "pandoc.docx"])
def test_documents_of_broken_structure_are_read_or_refused(docx, name):
    chance = random.Random(1965)
    source = (Path(__file__).parent / "samples" / name).read_bytes() if name else docx(EVERYTHING, PARTS)
    with zipfile.ZipFile(io.BytesIO(source)) as package:
        parts = {each: package.read(each) for each in package.namelist()}

    read = [attempt(broken(parts, chance)) for _ in range(RUNS)]

    assert sum(reading is not None for reading in read) > RUNS / 2
