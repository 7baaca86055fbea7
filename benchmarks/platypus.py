"""How most programs would do it: python-docx reads, ReportLab's Platypus sets; notes and lists are left out."""

import io
from html import escape

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from anonymiser.typeset.faces import REGULAR, register_faces

_STYLE = ParagraphStyle("double-spaced", fontName=REGULAR, fontSize=12, leading=27.6)
_INCH = 72


def convert(docx: bytes) -> bytes:
    """Return a double-spaced PDF of the document."""
    register_faces()
    document = Document(io.BytesIO(docx))
    story: list[Flowable] = [
        Paragraph("".join(_marked_up(run) for run in paragraph.runs), _STYLE)
        for paragraph in document.paragraphs
    ]
    for table in document.tables:
        cells = [[Paragraph(escape(cell.text), _STYLE) for cell in row.cells] for row in table.rows]
        story.append(Table(cells, style=TableStyle([("FONTNAME", (0, 0), (-1, -1), REGULAR)])))
    out = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _INCH)
    SimpleDocTemplate(out, pagesize=A4, initialFontName=REGULAR, invariant=1, **margins).build(story)
    return out.getvalue()


def _marked_up(run) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 - python-docx has no public type for it
    text = escape(run.text)
    if run.italic:
        text = f"<i>{text}</i>"
    return f"<super>{text}</super>" if run.font.superscript else text
