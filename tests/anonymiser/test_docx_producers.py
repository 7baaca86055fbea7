"""Where LibreOffice and python-docx let an author hide, each place planted with a secret."""

import io
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from anonymiser import anonymise

SECRET = "Zyxwvut"
SEEN = {
    "visible essay", "before and after", "with words put in", "link with words", "in a box", "in a cell",
    "The note’s words",
}  # fmt: skip


def test_nothing_that_libreoffice_hides_passes(heading, words_of, everything_of):
    source = (Path(__file__).parent / "samples" / "libreoffice-secrets.docx").read_bytes()

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)
    assert {words for words in SEEN if words in words_of(made.manuscript)} == SEEN


def set_properties(document, _):
    for name in (
        "author",
        "last_modified_by",
        "title",
        "subject",
        "keywords",
        "comments",
        "category",
        "identifier",
    ):
        setattr(document.core_properties, name, SECRET)


def set_comment(document, run):
    document.add_comment(runs=run, text=SECRET, author=SECRET, initials="Z")


def set_header(document, _):
    section = document.sections[0]
    section.different_first_page_header_footer = True
    for place in (section.header, section.footer, section.first_page_header, section.first_page_footer):
        place.paragraphs[0].text = SECRET


def set_hidden(document, _):
    document.add_paragraph("Seen. ").add_run(SECRET).font.hidden = True


def set_hidden_style(document, _):
    document.styles["Quote"].font.hidden = True
    document.add_paragraph(SECRET, style="Quote")


def set_white(document, _):
    document.add_paragraph("Seen. ").add_run(SECRET).font.color.rgb = RGBColor(255, 255, 255)


def set_tiny(document, _):
    document.add_paragraph("Seen. ").add_run(SECRET).font.size = Pt(1)


def set_white_cell(document, _):
    cell = document.add_table(1, 1, style="Table Grid").cell(0, 0)
    cell.paragraphs[0].add_run(SECRET).font.color.rgb = RGBColor(0xFE, 0xFE, 0xFE)


def set_merged_cell(document, _):
    table = document.add_table(2, 1)
    table.cell(1, 0).text = SECRET
    for row, merge in ((0, "restart"), (1, "continue")):
        element = OxmlElement("w:vMerge")
        element.set(qn("w:val"), merge)
        table.cell(row, 0)._tc.get_or_add_tcPr().append(element)


def set_deletion(document, _):
    deletion, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    deletion.set(qn("w:author"), SECRET)
    text.text = SECRET
    run.append(text)
    deletion.append(run)
    document.add_paragraph("Seen.")._p.append(deletion)


def set_insertion(_, run):
    insertion = OxmlElement("w:ins")
    insertion.set(qn("w:author"), SECRET)
    run._r.addprevious(insertion)
    insertion.append(run._r)


def set_field(document, _):
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "AUTHOR")
    paragraph = document.add_paragraph("Seen. ")
    paragraph._p.append(field)
    field.append(paragraph.add_run(SECRET)._r)


def set_picture(document, _):
    drawn, comment = io.BytesIO(), PngInfo()
    comment.add_text("Author", SECRET)
    Image.new("RGB", (4, 4), "red").save(drawn, "PNG", pnginfo=comment)
    shape = document.add_picture(io.BytesIO(drawn.getvalue()))
    shape._inline.docPr.set("descr", SECRET)


def set_photograph(document, _):
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = SECRET
    Image.new("RGB", (4, 4), "red").save(drawn, "JPEG", exif=exif, comment=SECRET.encode())
    document.add_picture(io.BytesIO(drawn.getvalue()))


def set_style_name(document, _):
    document.add_paragraph("Styled.", style=document.styles.add_style(SECRET, 1))


def set_link(document, run):
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), document.part.relate_to(f"https://{SECRET}.example", "x/hyperlink", is_external=True)
    )
    run._r.addprevious(link)
    link.append(run._r)


def set_bookmark(_, run):
    mark = OxmlElement("w:bookmarkStart")
    mark.set(qn("w:name"), SECRET)
    run._r.addprevious(mark)


SETTERS = [value for name, value in list(globals().items()) if name.startswith("set_")]


@pytest.mark.parametrize("hide", SETTERS)
def test_nothing_that_python_docx_hides_passes(heading, words_of, everything_of, hide):
    document = python_docx.Document()
    run = document.add_paragraph("The visible essay has these words. ").add_run("And these.")
    hide(document, run)
    out = io.BytesIO()
    document.save(out)

    made = anonymise(out.getvalue(), authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)
    assert "The visible essay has these words. And these." in words_of(made.manuscript)
