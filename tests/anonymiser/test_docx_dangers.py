"""Every place of a Word document where its history or its author may hide, each planted with a secret."""

# ruff: noqa: E501 - XML and sentences of essays are not broken

import json

import pytest

from anonymiser import Author, anonymise, dump_manuscript
from anonymiser.verify import verify_reading_copy

SECRET = "Zyxwvut"
WORDS = "<w:p><w:r><w:t>The visible essay has these words and no others at all.</w:t></w:r></w:p>"
HIDING_STYLES = """<w:styles {ns}><w:style w:type="character" w:styleId="C"><w:name w:val="c"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="P2"><w:name w:val="p2"/><w:basedOn w:val="P"/></w:style>
<w:style w:type="paragraph" w:styleId="White"><w:name w:val="w"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="By"><w:name w:val="Author"/></w:style></w:styles>"""


def run(properties):
    return f"<w:p><w:r><w:t>Seen words. </w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>{SECRET}</w:t></w:r></w:p>"


def field(instruction, result=SECRET):
    return (
        '<w:p><w:r><w:t>Seen words. </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def styled(name):
    return f'{WORDS}<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r><w:t>{SECRET}</w:t></w:r></w:p>'


BODIES = {
    "hidden text": run("<w:vanish/>"),
    "hidden text for the web": run("<w:specVanish/>"),
    "white text": run('<w:color w:val="FFFFFF"/>'),
    "nearly white text": run('<w:color w:val="FEFEFE"/>'),
    "white by theme": run('<w:color w:val="auto" w:themeColor="background1"/>'),
    "tiny text": run('<w:sz w:val="2"/>'),
    "hidden by a character style": run('<w:rStyle w:val="C"/>'),
    "hidden by a paragraph style": styled("P"),
    "hidden by an inherited style": styled("P2"),
    "white by a style": styled("White"),
    "a byline by its style": styled("By"),
    "a deletion": f'{WORDS}<w:p><w:r><w:t>x</w:t></w:r><w:del w:author="{SECRET}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>',
    "moved away": f"{WORDS}<w:p><w:r><w:t>x</w:t></w:r><w:moveFrom><w:r><w:t>{SECRET}</w:t></w:r></w:moveFrom></w:p>",
    "the author of an insertion": f'<w:p><w:ins w:author="{SECRET}" w:date="2024-01-01T00:00:00Z"><w:r><w:t>words</w:t></w:r></w:ins></w:p>',
    "field AUTHOR": field("AUTHOR"),
    "field FILENAME": field(r"FILENAME \p"),
    "field USERNAME": field("USERNAME"),
    "field LASTSAVEDBY": field("LASTSAVEDBY"),
    "field DOCPROPERTY": field('DOCPROPERTY "Company"'),
    "field DOCVARIABLE": field("DOCVARIABLE x"),
    "field TEMPLATE": field("TEMPLATE"),
    "a simple field AUTHOR": f'{WORDS}<w:p><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>{SECRET}</w:t></w:r></w:fldSimple></w:p>',
    "the instruction of a field": field(f'ADDIN ZOTERO_ITEM CSL_CITATION {{"name": "{SECRET}"}}', "(Balint 1957)"),
    "the target of a link": field(f'HYPERLINK "https://{SECRET}.example"', "a page"),
    "a field that is never ended": f'{WORDS}<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{SECRET}</w:instrText></w:r></w:p>',
    "a bookmark": f'<w:p><w:bookmarkStart w:id="0" w:name="{SECRET}"/><w:r><w:t>words here</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>',
    "the name of a control": f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}"/><w:tag w:val="{SECRET}"/></w:sdtPr><w:sdtContent>{WORDS}</w:sdtContent></w:sdt>',
    "a control bound to the properties": f'{WORDS}<w:p><w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:creator[1]"/></w:sdtPr>'
    f"<w:sdtContent><w:r><w:t>{SECRET}</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    "alternative text": f'{WORDS}<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="{SECRET}" descr="{SECRET}" title="{SECRET}"/></wp:inline></w:drawing></w:r></w:p>',
    "a fallback": f"<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>words</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>{SECRET}</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
    "a watermark": f'{WORDS}<w:p><w:r><w:pict><v:shape alt="{SECRET}"><v:textpath string="{SECRET}"/></v:shape></w:pict></w:r></w:p>',
    "an embedded object": f'{WORDS}<w:p><w:r><w:object><o:OLEObject ProgID="{SECRET}"/></w:object></w:r></w:p>',
    "a deleted row": f"{WORDS}<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "revision ids": f'<w:p w:rsidR="00{SECRET}"><w:r w:rsidRPr="00{SECRET}"><w:t>words</w:t></w:r></w:p>',
    "the mark of a comment": f'<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>words</w:t></w:r><w:r><w:annotationRef/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p><!-- {SECRET} -->',
}  # fmt: skip

PARTS = {
    "core properties": ("docProps/core.xml", f"<p><creator>{SECRET}</creator><lastModifiedBy>{SECRET}</lastModifiedBy></p>"),
    "app properties": ("docProps/app.xml", f"<p><Company>{SECRET}</Company><Manager>{SECRET}</Manager></p>"),
    "custom properties": ("docProps/custom.xml", f"<p><property name='a'>{SECRET}</property></p>"),
    "comments": ("word/comments.xml", f'<w:comments {{ns}}><w:comment w:author="{SECRET}"><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:comment></w:comments>'),
    "people": ("word/people.xml", f'<w15:people xmlns:w15="urn:x"><w15:person w15:author="{SECRET}"/></w15:people>'),
    "a header": ("word/header1.xml", f"<w:hdr {{ns}}><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:hdr>"),
    "a footer": ("word/footer1.xml", f"<w:ftr {{ns}}><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:ftr>"),
    "document variables": ("word/settings.xml", f'<w:settings {{ns}}><w:docVars><w:docVar w:name="x" w:val="{SECRET}"/></w:docVars></w:settings>'),
    "custom XML": ("customXml/item1.xml", f"<x>{SECRET}</x>"),
    "an embedded file": (f"word/embeddings/{SECRET}.docx", SECRET),
    "a thumbnail": ("docProps/thumbnail.jpeg", SECRET),
    "building blocks": ("word/glossary/document.xml", f"<w:glossaryDocument {{ns}}>{SECRET}</w:glossaryDocument>"),
    "settings of a printer": ("word/printerSettings1.bin", SECRET),
    "an orphaned note": ("word/footnotes.xml", f'<w:footnotes {{ns}}><w:footnote w:id="9"><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:footnote></w:footnotes>'),
}  # fmt: skip


def assert_gone(made):
    everything = (
        dump_manuscript(made.manuscript) + json.dumps(made.report.as_json("entry")).encode() + made.pdf
    )
    assert SECRET.encode() not in everything
    assert SECRET.casefold().encode() not in everything.lower()
    assert verify_reading_copy(made.pdf, authors=(Author(name=f"{SECRET} {SECRET}"),)) == []


@pytest.mark.parametrize("channel", BODIES)
def test_nothing_hidden_in_the_body_passes(docx, heading, channel):
    source = docx(WORDS + BODIES[channel], {"word/styles.xml": HIDING_STYLES})

    made = anonymise(source, authors=(), heading=heading)

    assert_gone(made)


@pytest.mark.parametrize("channel", PARTS)
def test_no_other_part_passes(docx, heading, channel):
    name, content = PARTS[channel]

    made = anonymise(docx(WORDS, {name: content}), authors=(), heading=heading)

    assert_gone(made)


def test_what_was_left_behind_is_counted(docx, heading):
    parts = dict(PARTS.values())
    source = docx(WORDS + "".join(BODIES.values()), {**parts, "word/styles.xml": HIDING_STYLES})

    report = anonymise(source, authors=(), heading=heading).report

    counted = {removed.what: removed.count for removed in report.removed}
    for what in (
        "Hidden text", "White text", "Text too small to read", "Deleted passages from tracked changes", "Comments",
        "Headers and footers", "The file’s properties: author, company, dates", "Instructions behind fields",
        "Fields filled in from the file’s properties", "Names of bookmarks", "Watermarks", "Data of other programs",
        "Embedded files", "The preview picture", "Names of commentators", "Hidden variables",
        "Descriptions behind pictures", "The line naming the author", "Embedded objects, which could not be kept",
    ):  # fmt: skip
        assert counted[what] >= 1


def test_two_worlds_that_differ_only_in_metadata_give_the_same_bytes(docx, heading):
    first = docx(WORDS, {"docProps/core.xml": "<p><creator>Alice</creator></p>"})
    second = docx(WORDS, {"docProps/core.xml": "<p><creator>Bob The Second</creator></p>"})

    one, other = (anonymise(source, authors=(), heading=heading) for source in (first, second))

    assert one.pdf == other.pdf
    assert dump_manuscript(one.manuscript) == dump_manuscript(other.manuscript)
