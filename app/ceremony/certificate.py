"""The winner's certificate: A4 landscape, set in the same face as the essays."""

import io
from datetime import date

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from anonymiser.typeset.faces import REGULAR, register_faces
from app.wording import day_in_words

ITALIC = f"{REGULAR}-Italic"
WAX = (0.56, 0.114, 0.13)


def certificate_pdf(*, society: str, prize: str, award: str, name: str, essay: str, day: date) -> bytes:
    register_faces()
    width, height = landscape(A4)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=REGULAR)
    canvas.setTitle("Certificate")
    for inset, line in ((28, 1.4), (34, 0.5)):
        canvas.setLineWidth(line)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)
    y = height - 118
    for text, face, size, gap in (
        (society, REGULAR, 30, 34),
        (prize, ITALIC, 17, 66),
        ("awards " + award + " to", REGULAR, 15, 58),
        (name, REGULAR, 44, 54),
        ("for the essay" if essay else "", REGULAR, 15, 40),
        (f"“{essay}”" if essay else "", ITALIC, 26, 0),
    ):
        _centred(canvas, text, face, size, width, y)
        y -= gap
    canvas.setFillColorRGB(*WAX)
    canvas.circle(width / 2, 132, 26, stroke=0, fill=1)
    canvas.setFillGray(0)
    for x, label in ((width * 0.27, day_in_words(day)), (width * 0.73, "for the Council")):
        canvas.setLineWidth(0.5)
        canvas.line(x - 105, 92, x + 105, 92)
        _centred(canvas, label, ITALIC, 12, 2 * x, 76)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _centred(canvas: Canvas, text: str, face: str, size: float, width: float, y: float) -> None:
    """Centre a line, made smaller where it would come too near the frame."""
    while stringWidth(text, face, size) > width - 150 and size > 10:  # noqa: PLR2004 - still legible
        size -= 1
    canvas.setFont(face, size)
    canvas.drawCentredString(width / 2, y, text)
