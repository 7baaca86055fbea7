"""Every place of a Word document where its history or its author may hide, each planted with a secret."""

# ruff: noqa: E501 - XML and sentences of essays are not broken

import pytest

from anonymiser import anonymise, dump_manuscript

SECRET = "Zyxwvut"
PALE = '<w:color w:val="FFFFFF"/>'
FAINT = '<w:color w:val="818181"/>'
WORDS = "<w:p><w:r><w:t>The visible essay has these words and no others at all.</w:t></w:r></w:p>"
HIDING_STYLES = """<w:styles {ns}><w:style w:type="character" w:styleId="C"><w:name w:val="c"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="P"><w:name w:val="p"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="P2"><w:name w:val="p2"/><w:basedOn w:val="P"/></w:style>
<w:style w:type="paragraph" w:styleId="White"><w:name w:val="w"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="By"><w:name w:val="Author"/></w:style>
<w:style w:type="paragraph" w:styleId="Grey"><w:name w:val="g"/><w:pPr><w:shd w:val="clear" w:fill="808080"/></w:pPr></w:style>
<w:style w:type="table" w:styleId="HidingTable"><w:name w:val="ht"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="DarkHead"><w:name w:val="dh"/><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style></w:styles>"""


def run(properties):
    return f"<w:p><w:r><w:t>Seen words. </w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>{SECRET}</w:t></w:r></w:p>"


def field(instruction, result=SECRET):
    return (
        '<w:p><w:r><w:t>Seen words. </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def shape(inside, properties="", anchor=""):
    return (
        f'<w:p><w:r><w:t>Seen words. </w:t></w:r><w:r><w:drawing><wp:anchor><wp:extent cx="1000000" cy="1000000"/>{anchor}'
        f'<wp:docPr id="1" name="box" {properties}/><a:graphic><a:graphicData><wps:wsp>{inside}</wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def box(properties=""):
    return f"<wps:txbx><w:txbxContent><w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{SECRET}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"


def table(rows, style="", row="", cell=""):
    cells = "".join(
        f"<w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr><w:p>{words}</w:p></w:tc></w:tr>"
        for words in rows
    )
    return f'{WORDS}<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblLook w:firstRow="1"/></w:tblPr>{cells}</w:tbl>'


def words_of_run(properties="", text=SECRET):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


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
    "hidden in a run of symbols": run('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/><w:vanish/>'),
    "black on black": run('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'),
    "blacked out with the highlighter": run('<w:highlight w:val="black"/>'),
    "yellow on yellow": run('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
    "grey on a grey paragraph": f'<w:p><w:pPr><w:pStyle w:val="Grey"/></w:pPr>{words_of_run(text="Seen. ")}{words_of_run(FAINT)}</w:p>',
    "letters without a filling": run('<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'),
    "letters squeezed to nothing": run('<w:w w:val="1"/>'),
    "letters laid upon each other": run('<w:spacing w:val="-400"/>'),
    "tiny by a point size of Strict documents": run('<w:sz w:val="1pt"/>'),
    "a line of no height": f'{WORDS}<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>{words_of_run()}</w:p>',
    "a paragraph off the page": f'{WORDS}<w:p><w:pPr><w:ind w:left="-31000"/></w:pPr>{words_of_run()}</w:p>',
    "a frame off the page": f'{WORDS}<w:p><w:pPr><w:framePr w:x="-30000" w:y="1"/></w:pPr>{words_of_run()}</w:p>',
    "a row of no height": table([words_of_run()], row='<w:trHeight w:val="10" w:hRule="exact"/>'),
    "a hidden row": table([words_of_run()], row="<w:hidden/>"),
    "a deleted cell": table([words_of_run()], cell='<w:cellDel w:author="x"/>'),
    "a cell merged away": table([words_of_run()], cell="<w:vMerge/>"),
    "a table hidden by its style": table([words_of_run()], "HidingTable"),
    "white below a dark head row": table([words_of_run(PALE, "Seen head"), words_of_run(PALE)], "DarkHead"),
    "white in a cell": table([words_of_run(PALE)]),
    "a hidden shape": shape(box(), 'hidden="1"'),
    "a shape off the page": shape(box(), anchor="<wp:positionH><wp:posOffset>-9000000</wp:posOffset></wp:positionH>"),
    "hidden text in a shape": shape(box("<w:vanish/>")),
    "white text in a shape": shape(box('<w:color w:val="FFFFFF"/>')),
    "a hidden shape of older Word": f'{WORDS}<w:p><w:r><w:pict><v:shape style="position:absolute;visibility:hidden"><v:textbox><w:txbxContent><w:p>{words_of_run()}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>',
    "a hidden shape of a group": shape(f'<wps:wsp><wps:cNvPr id="2" name="x" hidden="1"/>{box()}</wps:wsp>'),
    "a hidden shape of a group of older Word": f'{WORDS}<w:p><w:r><w:pict><v:group><v:shape style="visibility:hidden"><v:textbox><w:txbxContent><w:p>{words_of_run()}</w:p></w:txbxContent></v:textbox></v:shape></v:group></w:pict></w:r></w:p>',
    "a choice for a program that isn't there": f'<w:p><mc:AlternateContent><mc:Choice xmlns:zz="urn:nowhere" Requires="zz">{words_of_run()}</mc:Choice><mc:Fallback>{words_of_run(text="words")}</mc:Fallback></mc:AlternateContent></w:p>',
    "a control around paragraphs bound to the properties": f'{WORDS}<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:creator[1]"/></w:sdtPr><w:sdtContent><w:p>{words_of_run()}</w:p></w:sdtContent></w:sdt>',
    "a cell bound to the properties": f'{WORDS}<w:tbl><w:tr><w:sdt><w:sdtPr><w:dataBinding w:xpath="/Properties/Company"/></w:sdtPr><w:sdtContent><w:tc><w:p>{words_of_run()}</w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>',
    "placeholder, items and picture of a control": f'<w:sdt><w:sdtPr><w:placeholder><w:docPart w:val="{SECRET}"/></w:placeholder><w:dropDownList><w:listItem w:displayText="{SECRET}" w:value="{SECRET}"/></w:dropDownList></w:sdtPr><w:sdtContent>{WORDS}</w:sdtContent></w:sdt>',
    "field FILENAME without a space": field(r"FILENAME\p"),
    "field COMMENTS": field("COMMENTS"),
    "field INFO": field("INFO Author"),
    "field AUTHOR inside another's instruction": '<w:p><w:r><w:t>Seen. </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE "</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    f'{words_of_run()}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText>"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{words_of_run()}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "a field's stored value": field('SET mark "x"'),
    "an index entry": f'{WORDS}<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>XE "{SECRET}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "data behind a form field": f'<w:p><w:r><w:t>Seen </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{SECRET}"/><w:helpText w:val="{SECRET}"/><w:statusText w:val="{SECRET}"/>'
    f'<w:ddList><w:result w:val="1"/><w:listEntry w:val="{SECRET}"/><w:listEntry w:val="shown"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "what a screen says of a link": f'<w:p><w:hyperlink w:anchor="{SECRET}" w:tooltip="{SECRET}" w:tgtFrame="{SECRET}"><w:r><w:t>a page</w:t></w:r></w:hyperlink></w:p>',
    "attributes of a smart tag": f'<w:p><w:smartTag w:uri="urn:x" w:element="{SECRET}"><w:smartTagPr><w:attr w:name="{SECRET}" w:val="{SECRET}"/></w:smartTagPr><w:r><w:t>words</w:t></w:r></w:smartTag></w:p>',
    "a deletion around paragraphs": f"{WORDS}<w:del><w:p>{words_of_run()}</w:p></w:del>",
    "a deletion inside an insertion": f"<w:p><w:r><w:t>x</w:t></w:r><w:ins><w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:ins></w:p>",
    "a deleted equation": f"{WORDS}<w:p><m:oMath><w:del><m:r><m:t>{SECRET}</m:t></m:r></w:del><m:r><m:t>x</m:t></m:r></m:oMath></w:p>",
    "a hidden equation": f"{WORDS}<w:p><m:oMath><m:r><w:rPr><w:vanish/></w:rPr><m:t>{SECRET}</m:t></m:r><m:r><m:t>x</m:t></m:r></m:oMath></w:p>",
    "who changed a format": f'<w:p><w:pPr><w:pPrChange w:author="{SECRET}"><w:pPr><w:pStyle w:val="{SECRET}"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange w:author="{SECRET}"><w:rPr/></w:rPrChange></w:rPr><w:t>words</w:t></w:r></w:p>',
    "an old list number": f'<w:p><w:pPr><w:numPr><w:numberingChange w:original="{SECRET}" w:author="{SECRET}"/></w:numPr></w:pPr><w:r><w:t>words</w:t></w:r></w:p>',
    "who may edit a passage": f'<w:p><w:permStart w:id="1" w:ed="{SECRET}"/><w:r><w:t>words</w:t></w:r><w:permEnd w:id="1"/></w:p>',
    "a caption of a table": f'{WORDS}<w:tbl><w:tblPr><w:tblCaption w:val="{SECRET}"/><w:tblDescription w:val="{SECRET}"/></w:tblPr><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    "attributes of unknown kinds": f'<w:p xmlns:x="urn:x" x:secret="{SECRET}"><x:thing value="{SECRET}"/><w:r><w:t>words</w:t></w:r></w:p>',
    "a header inside the body": f'{WORDS}<w:p><w:pPr><w:sectPr><w:headerReference r:id="h" w:type="default"/><w:printerSettings r:id="{SECRET}"/></w:sectPr></w:pPr></w:p>',
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
    "the mail merge's source": ("word/settings.xml", f'<w:settings {{ns}}><w:mailMerge><w:dataSource r:id="{SECRET}"/><w:query w:val="{SECRET}"/></w:mailMerge><w:rsids><w:rsid w:val="{SECRET}"/></w:rsids></w:settings>'),
    "the path of a template": ("word/_rels/settings.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="x/attachedTemplate" Target="file:///C:/Users/{SECRET}/Normal.dotm" TargetMode="External"/></Relationships>'),
    "a second comments part": ("word/commentsExtended.xml", f"<x>{SECRET}</x>"),
    "ink": ("word/ink/ink1.xml", f"<ink>{SECRET}</ink>"),
    "a control of a program": ("word/activeX/activeX1.xml", f"<x>{SECRET}</x>"),
    "a task pane": ("word/webextensions/webextension1.xml", f"<x>{SECRET}</x>"),
    "a signature": ("_xmlsignatures/sig1.xml", f"<x>{SECRET}</x>"),
    "a label of sensitivity": ("docMetadata/LabelInfo.xml", f"<x>{SECRET}</x>"),
    "an embedded font": ("word/fonts/font1.odttf", SECRET),
    "the fonts' table": ("word/fontTable.xml", f'<w:fonts {{ns}}><w:font w:name="{SECRET}"/></w:fonts>'),
    "a style's name": ("word/stylesWithEffects.xml", f'<w:styles {{ns}}><w:style w:styleId="{SECRET}"><w:name w:val="{SECRET}"/></w:style></w:styles>'),
    "a list's name": ("word/numbering.xml", f'<w:numbering {{ns}}><w:abstractNum w:abstractNumId="1"><w:name w:val="{SECRET}"/><w:styleLink w:val="{SECRET}"/></w:abstractNum></w:numbering>'),
    "a theme's name": ("word/theme/theme1.xml", f'<a:theme {{ns}} name="{SECRET}"/>'),
    "a separator between text and notes": ("word/footnotes.xml", f'<w:footnotes {{ns}}><w:footnote w:type="continuationNotice" w:id="1"><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:footnote></w:footnotes>'),
    "a part nobody points to": (f"word/{SECRET}.xml", f"<x>{SECRET}</x>"),
    "settings of a printer": ("word/printerSettings1.bin", SECRET),
    "an orphaned note": ("word/footnotes.xml", f'<w:footnotes {{ns}}><w:footnote w:id="9"><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:footnote></w:footnotes>'),
}  # fmt: skip


@pytest.mark.parametrize("channel", BODIES)
def test_nothing_hidden_in_the_body_passes(docx, heading, everything_of, channel):
    source = docx(WORDS + BODIES[channel], {"word/styles.xml": HIDING_STYLES})

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)


@pytest.mark.parametrize("channel", PARTS)
def test_no_other_part_passes(docx, heading, everything_of, channel):
    name, content = PARTS[channel]

    made = anonymise(docx(WORDS, {name: content}), authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)


def test_what_was_left_behind_is_counted(docx, heading):
    parts = dict(reversed(PARTS.values()))
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
