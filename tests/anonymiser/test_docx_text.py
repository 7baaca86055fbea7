# ruff: noqa: E501 - XML and sentences of essays are not broken

import io
import zipfile

import docx as python_docx
import pytest

from anonymiser import Format, probe
from anonymiser.manuscript import Emphasis, Paragraph, Role, Run, Table
from anonymiser.read import read

LOST = "Characters of text, which could not be kept"
STYLES = """<w:styles {ns}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="MyH"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="E"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Author"/></w:style>
</w:styles>"""


def only(blocks):
    assert len(blocks) == 1
    return blocks[0]


def test_styles_give_roles_also_where_they_are_inherited(docx, para):
    body = (
        para("A title", '<w:pStyle w:val="T"/>')
        + para("Part", '<w:pStyle w:val="MyH"/>')
        + para("Said", '<w:pStyle w:val="Q"/>')
        + para("Level three", '<w:outlineLvl w:val="2"/>')
        + para("Text.")
    )

    blocks = read(docx(body, {"word/styles.xml": STYLES})).manuscript.blocks

    assert [(block.role, block.level) for block in blocks] == [
        (Role.TITLE, 0),
        (Role.HEADING, 1),
        (Role.QUOTE, 0),
        (Role.HEADING, 3),
        (Role.PARAGRAPH, 0),
    ]


def test_emphasis_is_kept_directly_and_through_styles(docx):
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Plain text </w:t></w:r><w:r><w:rPr><w:b/><w:i w:val="0"/></w:rPr><w:t>bold</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="E"/></w:rPr><w:t>slanted</w:t></w:r>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>More.</w:t></w:r></w:p>"
    )

    block = read(docx(body, {"word/styles.xml": STYLES})).manuscript.blocks[0]

    assert [(run.text, sorted(run.emphasis)) for run in block.runs] == [
        ("Plain text ", []),
        ("bold", [Emphasis.BOLD]),
        ("slanted", [Emphasis.ITALIC]),
        ("2", [Emphasis.SUPERSCRIPT]),
    ]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:ins w:id="1"><w:r><w:t>inserted</w:t></w:r></w:ins>', "inserted"),
        ('<w:moveTo w:id="1"><w:r><w:t>moved here</w:t></w:r></w:moveTo>', "moved here"),
        ('<w:hyperlink r:id="x"><w:r><w:t>linked words</w:t></w:r></w:hyperlink>', "linked words"),
        ("<w:sdt><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt>", "controlled"),
        ("<w:smartTag><w:r><w:t>tagged</w:t></w:r></w:smartTag>", "tagged"),
        ("<w:customXml><w:r><w:t>wrapped</w:t></w:r></w:customXml>", "wrapped"),
        ("<w:bdo><w:r><w:t>directed</w:t></w:r></w:bdo>", "directed"),
        ('<w:fldSimple w:instr="REF x"><w:r><w:t>referred</w:t></w:r></w:fldSimple>', "referred"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", "well\u2011known"),
        ("<w:r><w:t>in</w:t><w:softHyphen/><w:t>visible</w:t></w:r>", "invisible"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:t> decay</w:t></w:r>', "α decay"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> done</w:t></w:r>', "✓ done"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>n</m:t></m:r></m:den></m:f></m:oMath>", "1/n"),
        (
            "<mc:AlternateContent><mc:Choice><w:r><w:t>chosen</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>fallback</w:t></w:r></mc:Fallback></mc:AlternateContent>",
            "chosen",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "shown",
        ),
        ("<w:ins><w:ins><w:r><w:t>twice inserted</w:t></w:r></w:ins></w:ins>", "twice inserted"),
        ('<w:dir w:val="rtl"><w:smartTag><w:sdt><w:sdtContent><w:r><w:t>nested</w:t></w:r></w:sdtContent></w:sdt></w:smartTag></w:dir>', "nested"),
        ('<w:fldSimple w:instr="REF a"><w:fldSimple w:instr="REF b"><w:r><w:t>simple</w:t></w:r></w:fldSimple></w:fldSimple>', "simple"),
        ("<x:thing xmlns:x='urn:x'><w:r><w:t>in something new</w:t></w:r></x:thing>", "in something new"),
        ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>seen in print</w:t></w:r>", "seen in print"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown again</w:t></w:r>', "shown again"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>Raised</w:t></w:r>", "Raised"),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>struck</w:t></w:r>", "struck"),
        ('<w:r><w:rPr><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/></w:rPr><w:t>white on blue</w:t></w:r>', "white on blue"),
        ('<w:r><w:rPr><w:color w:val="FFFFFF"/><w:highlight w:val="black"/></w:rPr><w:t>white on black</w:t></w:r>', "white on black"),
        ('<w:r><w:rPr><w:color w:val="auto"/><w:shd w:val="clear" w:fill="000000"/></w:rPr><w:t>Word makes it white</w:t></w:r>', "Word makes it white"),
        ('<w:r><w:rPr><w:color w:val="808080"/></w:rPr><w:t>grey</w:t></w:r>', "grey"),
        ('<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>marked</w:t></w:r>', "marked"),
        ("<w:r><w:t>\n      set\n      over lines\n   </w:t></w:r>", "set over lines"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00E0"/><w:t> on</w:t></w:r>', "→ on"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fc</w:t></w:r><w:r><w:t> done</w:t></w:r>', "✓ done"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf062-blocker</w:t></w:r>', "β-blocker"),
        ('<w:r><mc:AlternateContent><mc:Choice xmlns:s="http://schemas.microsoft.com/office/word/2015/wordml/symex" Requires="s"><s:symEx s:font="Segoe UI Emoji" s:char="1F60A"/></mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent><w:t> smile</w:t></w:r>', "😊 smile"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> yes</w:t></w:r>', "☒ yes"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', "yes"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SYMBOL 97 \\f Symbol</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', "α"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>MACROBUTTON NoMacro press here</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', "press here"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\f(1,2)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', "1/2"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>a field without an end</w:t></w:r>', "a field without an end"),
        ("<m:oMath><m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary></m:oMath>", "∑_(i=1)^n x"),
        ("<m:oMath><m:rad><m:deg><m:r><m:t>3</m:t></m:r></m:deg><m:e><m:r><m:t>x+1</m:t></m:r></m:e></m:rad></m:oMath>", "√[3](x+1)"),
        ("<m:oMath><m:d><m:dPr><m:begChr m:val='|'/><m:endChr m:val='|'/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d></m:oMath>", "|x|"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>K</w:t></w:r></w:rubyBase></w:ruby></w:r>", "K (kan)"),
    ],
)  # fmt: skip
def test_text_is_kept_wherever_it_stands(docx, xml, text):
    reading = read(docx(f"<w:p>{xml}</w:p>"))

    assert only(reading.manuscript.blocks).text == text
    assert LOST not in [removed.what for removed in reading.removed]


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt><w:sdtContent>{p}</w:sdtContent></w:sdt>",
        "<w:customXml>{p}</w:customXml>",
        "<w:ins>{p}</w:ins>",
        "<w:moveTo>{p}</w:moveTo>",
        "<x:wrap xmlns:x='urn:x'>{p}</x:wrap>",
        "<mc:AlternateContent><mc:Choice Requires='w'>{p}</mc:Choice></mc:AlternateContent>",
        "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{p}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        "<w:tbl><w:customXml><w:tr><w:customXml><w:tc>{p}</w:tc></w:customXml></w:tr></w:customXml></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{p}</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:sdt><w:sdtContent>{p}</w:sdtContent></w:sdt></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><v:group><v:shape><v:textbox><w:txbxContent>{p}</w:txbxContent></v:textbox></v:shape></v:group></w:pict></w:r></w:p>",
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent><w:sdt><w:sdtContent>{p}</w:sdtContent></w:sdt></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:txBody><a:p><a:r><a:t>Seen there.</a:t></a:r></a:p></a:txBody></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>",
        "<w:p><w:p><w:r><w:t>Seen there.</w:t></w:r></w:p></w:p>",
        "<w:r><w:t>Seen there.</w:t></w:r>",
        "<m:oMathPara><m:oMath><m:r><m:t>Seen there.</m:t></m:r></m:oMath></m:oMathPara>",
    ],
)
def test_blocks_are_kept_whatever_wraps_them(docx, para, words_of, body):
    reading = read(docx(para("Before.") + body.replace("{p}", para("Seen there.")) + para("After.")))

    assert words_of(reading.manuscript).split("\n") == ["Before.", "Seen there.", "After."]
    assert LOST not in [removed.what for removed in reading.removed]


def test_text_boxes_are_read_once_and_after_their_paragraph(docx, para):
    box = (
        "<w:p><w:r><w:t>Before. </w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{para('In the box.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{para('In the box.')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    blocks = read(docx(box)).manuscript.blocks

    assert [block.text for block in blocks] == ["Before.", "In the box."]


def test_notes_are_numbered_as_they_are_met(docx):
    def mark(kind, identity):
        return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'

    body = f"<w:p><w:r><w:t>One</w:t></w:r>{mark('endnote', 5)}<w:r><w:t> two</w:t></w:r>{mark('footnote', 2)}</w:p>"
    parts = {
        "word/footnotes.xml": '<w:footnotes {ns}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>A footnote.</w:t></w:r></w:p></w:footnote></w:footnotes>',
        "word/endnotes.xml": '<w:endnotes {ns}><w:endnote w:id="5"><w:p><w:r><w:t>An endnote.</w:t></w:r></w:p></w:endnote></w:endnotes>',
    }

    manuscript = read(docx(body, parts)).manuscript

    assert [run.note for run in manuscript.blocks[0].runs] == [0, 1, 0, 2]
    assert [only(note).text for note in manuscript.notes] == ["An endnote.", "A footnote."]


def test_tables_keep_cells_spans_and_nesting(docx, para):
    inner = f"<w:tbl><w:tr><w:tc>{para('deep')}</w:tc></w:tr></w:tbl>"
    body = (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{para("wide")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{para('left')}</w:tc><w:sdt><w:sdtContent><w:tc>{inner}{para('right')}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"
    )

    table = only(read(docx(body)).manuscript.blocks)

    assert isinstance(table, Table)
    assert [[cell.columns for cell in row] for row in table.rows] == [[2], [1, 1]]
    assert isinstance(table.rows[1][1].blocks[0], Table)


def test_strict_documents_are_read_like_transitional_ones(docx, para):
    source = docx(para("Strictly speaking, words."))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(strict, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            data = data.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            after.writestr(name, data)

    assert only(read(strict.getvalue()).manuscript.blocks).text == "Strictly speaking, words."


def test_a_deleted_paragraph_end_joins_two_paragraphs(docx):
    body = (
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">First half </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>second half.</w:t></w:r></w:p>"
    )

    assert only(read(docx(body)).manuscript.blocks).text == "First half second half."


def test_white_text_on_a_dark_cell_is_read(docx, para):
    white = para("Seen", run='<w:color w:val="FFFFFF"/>')
    shade = '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
    body = f"<w:tbl><w:tr><w:tc>{shade}{white}</w:tc></w:tr></w:tbl>"

    table = only(read(docx(body)).manuscript.blocks)

    assert table.rows[0][0].blocks[0].text == "Seen"


def test_what_python_docx_writes_is_read_whole():
    document = python_docx.Document()
    document.add_heading("On listening", 0)
    document.add_paragraph("The first paragraph.")
    document.add_paragraph("First point", style="List Number")
    document.add_paragraph("Second point", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "left"
    out = io.BytesIO()
    document.save(out)

    manuscript = read(out.getvalue()).manuscript

    assert manuscript.title == "On listening"
    assert [block.role for block in manuscript.blocks if isinstance(block, Paragraph)] == [
        Role.TITLE,
        Role.PARAGRAPH,
        Role.ITEM,
        Role.ITEM,
    ]
    assert probe(out.getvalue()).format is Format.DOCX


def test_references_are_found_and_not_counted_as_words(docx, para):
    body = para("Ten words of text stand here for the counting, surely.") + para("References") + "".join(
        para(f"{n}. Balint M. A book. London: Pitman; 195{n}.") for n in range(1, 4)
    ) + para("Acknowledgements") + para("None.")  # fmt: skip

    manuscript = read(docx(body)).manuscript

    references = [block for block in manuscript.blocks if block.role is Role.REFERENCE]
    assert [block.label for block in references] == ["1.", "2.", "3."]
    assert probe(docx(body)).words == 13
    assert manuscript.blocks[-1] == Paragraph(Role.PARAGRAPH, (Run("None."),))
