"""What a document brings along in parts of its own: documents, diagrams, pictures large initials, lines."""

# ruff: noqa: E501 - XML is not broken

import io

import pytest
from PIL import Image as PillowImage

from anonymiser.manuscript import Paragraph, Picture, Role, SceneBreak
from anonymiser.read import read

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHUNK = f'<Relationship Id="c1" Type="{OFFICE}/aFChunk" Target="{{}}"/>'
LOST = "Embedded documents, which could not be kept"


def texts(source):
    return [block.text for block in read(source).manuscript.blocks if isinstance(block, Paragraph)]


def named(source):
    return {removed.what: removed.count for removed in read(source).removed}


def drawn():
    out = io.BytesIO()
    PillowImage.new("L", (4, 4), 255).save(out, "PNG")
    return out.getvalue()


def test_a_document_inside_the_document_is_read_with_its_notes_and_pictures(docx, para):
    notes = '<w:footnotes {ns}><w:footnote w:id="2"><w:p><w:r><w:t>Its note.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    picture = '<w:p><w:r><w:t>See</w:t><w:drawing><wp:inline><a:blip r:embed="p1"/></wp:inline></w:drawing></w:r></w:p>'
    image = f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/a.png"/>'
    inner = docx(
        para("Inside.") + '<w:p><w:r><w:t>Marked</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + picture,
        {"word/footnotes.xml": notes, "word/media/a.png": drawn()},
        image,
    )
    outer = docx(
        para("Before.") + picture + '<w:altChunk r:id="c1"/>' + para("After."),
        {"word/chunk.docx": inner, "word/media/a.png": drawn()},
        CHUNK.format("chunk.docx") + image,
    )

    manuscript = read(outer).manuscript

    assert texts(outer) == ["Before.", "See", "Inside.", "Marked", "See", "After."]
    assert [block.text for note in manuscript.notes for block in note] == ["Its note."]
    assert [block.image for block in manuscript.blocks if isinstance(block, Picture)] == [0, 1]
    assert len(manuscript.images) == 2
    assert not {what for what in named(outer) if "could not" in what}


def test_what_an_inner_document_hides_stays_hidden(docx, para):
    inner = docx(
        para("Seen.") + para("Zyxwvut", run="<w:vanish/>"),
        {"docProps/core.xml": "<p><creator>Zyxwvut</creator></p>"},
    )
    outer = docx(
        para("Before.") + '<w:altChunk r:id="c1"/>', {"word/chunk.docx": inner}, CHUNK.format("chunk.docx")
    )

    assert texts(outer) == ["Before.", "Seen."]
    assert named(outer)["Hidden text"] == 1


def test_an_inner_text_is_read(docx, para):
    outer = docx(
        para("Before.") + '<w:altChunk r:id="c1"/>',
        {"word/chunk.txt": "Plain words inside."},
        CHUNK.format("chunk.txt"),
    )

    assert texts(outer) == ["Before.", "Plain words inside."]


@pytest.mark.parametrize(
    "content", [b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nwords", b"%PDF-1.7", b"\x00\x01", b""]
)
def test_an_inner_document_of_another_kind_is_named(docx, para, content):
    outer = docx(
        para("Before.") + '<w:altChunk r:id="c1"/>', {"word/chunk.mht": content}, CHUNK.format("chunk.mht")
    )

    assert texts(outer) == ["Before."]
    assert named(outer)[LOST] == 1


def test_documents_nested_without_end_are_cut_off(docx, para):
    inner = docx(para("Deepest."))
    for _ in range(6):
        inner = docx(
            para("Around.") + '<w:altChunk r:id="c1"/>',
            {"word/chunk.docx": inner},
            CHUNK.format("chunk.docx"),
        )

    assert texts(inner) == ["Around."] * 3
    assert named(inner)[LOST] == 1


def test_the_words_of_a_diagram_are_kept(docx):
    data = """<dgm:dataModel {ns} xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:ptLst>
    <dgm:pt type="doc"/><dgm:pt><dgm:t><a:p><a:r><a:t>First </a:t></a:r><a:r><a:t>step</a:t></a:r></a:p></dgm:t></dgm:pt>
    <dgm:pt type="pres"><dgm:t><a:p><a:r><a:t>not shown</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""
    body = (
        '<w:p><w:r><w:t>See:</w:t><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="d1"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    source = docx(
        body,
        {"word/diagrams/data1.xml": data},
        f'<Relationship Id="d1" Type="{OFFICE}/diagramData" Target="diagrams/data1.xml"/>',
    )

    assert texts(source) == ["See:", "First step"]
    assert named(source)["Diagrams, of which the words were kept"] == 1


def test_a_large_initial_joins_its_paragraph(docx, para):
    body = (
        para("T", '<w:framePr w:dropCap="drop" w:lines="3"/>')
        + para("he room above the surgery.")
        + para("More words.")
    )

    assert texts(docx(body)) == ["The room above the surgery.", "More words."]


def test_a_line_across_the_page_is_a_break(docx, para):
    line = '<w:p><w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hr="t"/></w:pict></w:r></w:p>'

    blocks = read(docx(para("Before.") + line + para("After."))).manuscript.blocks

    assert [type(block) for block in blocks] == [Paragraph, SceneBreak, Paragraph]


def test_stars_that_stand_alone_are_a_break(docx, para):
    blocks = read(docx(para("Before.") + para("* * *") + para("A paragraph * with stars."))).manuscript.blocks

    assert [type(block) for block in blocks] == [Paragraph, SceneBreak, Paragraph]


def test_short_lines_ended_by_hand_are_verse(docx):
    lines = "<w:br/>".join(
        f"<w:t>{line}</w:t>" for line in ("The trees are coming", "into leaf", "like something")
    )

    block = read(
        docx(f"<w:p><w:r>{lines}</w:r></w:p><w:p><w:r><w:t>Text.</w:t></w:r></w:p>")
    ).manuscript.blocks[0]

    assert (block.role, block.text.count("\n")) == (Role.VERSE, 2)


def test_a_long_indented_passage_among_others_is_a_quotation(docx, para):
    long = "words that go on for more than a line of the page, as those of a quotation do. "
    indented = '<w:ind w:left="720"/>'
    body = para(long * 2) * 5 + para(long * 2, indented) + para("Yours, and short", indented)

    roles = [block.role for block in read(docx(body)).manuscript.blocks]

    assert roles == [Role.PARAGRAPH] * 5 + [Role.QUOTE, Role.PARAGRAPH]


def test_indented_passages_are_no_quotations_where_all_are_indented(docx, para):
    long = "words that go on for more than a line of the page, as those of a quotation do. "

    roles = {block.role for block in read(docx(para(long, '<w:ind w:left="720"/>') * 4)).manuscript.blocks}

    assert roles == {Role.PARAGRAPH}
