# ruff: noqa: E501 - XML and sentences of essays are not broken

import io
import struct
import zipfile
import zlib

import docx as python_docx
import pytest

from anonymiser import Format, probe
from anonymiser.manuscript import Emphasis, Paragraph, Picture, Role, Run, Table
from anonymiser.read import read

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
        ("<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>K</w:t></w:r></w:rubyBase></w:ruby></w:r>", "K (kan)"),
    ],
)  # fmt: skip
def test_text_is_kept_wherever_it_stands(docx, xml, text):
    reading = read(docx(f"<w:p>{xml}</w:p>"))

    assert only(reading.manuscript.blocks).text == text


def test_text_boxes_are_read_once_and_after_their_paragraph(docx, para):
    box = (
        "<w:p><w:r><w:t>Before. </w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{para('In the box.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{para('In the box.')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    blocks = read(docx(box)).manuscript.blocks

    assert [block.text for block in blocks] == ["Before.", "In the box."]


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


def png(width=4, height=3, text=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + b"\x10\x80\xf0" * width for _ in range(height))
    comment = chunk(b"tEXt", b"Author\0" + text) if text else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + comment
        + chunk(b"IDAT", zlib.compress(raw))
        + chunk(b"IEND", b"")
    )


def picture_docx(docx, data, extra=""):
    body = (
        f'<w:p><w:r><w:t>See:</w:t><w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/>{extra}<a:graphic><a:graphicData>'
        '<pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    relation = (
        '<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/image1.png"/>'
    )
    return docx(body, {"word/media/image1.png": data}, relation)


def test_pictures_are_encoded_anew_and_keep_their_size(docx):
    source = picture_docx(
        docx, png(text=b"Jane Okonkwo"), '<wp:docPr id="1" name="x" descr="Jane Okonkwo at work"/>'
    )

    reading = read(source)

    picture = reading.manuscript.blocks[1]
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (100.0, 50.0)
    assert b"Okonkwo" not in reading.manuscript.images[0].data
    assert ("Descriptions behind pictures", 1) in [
        (removed.what, removed.count) for removed in reading.removed
    ]


def test_a_picture_of_too_many_pixels_is_named_and_left_out(docx):
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))

    reading = read(picture_docx(docx, bomb))

    assert reading.manuscript.images == ()
    assert "Pictures, which could not be kept" in [removed.what for removed in reading.removed]


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
