"""The receipt on paper: one A4 page with the code, as text and as QR code."""

import io
from collections.abc import Sequence

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from anonymiser.typeset.faces import REGULAR, register_faces

BOLD = f"{REGULAR}-Bold"
MARGIN = 72
QR_SIDE = 110


def receipt_pdf(
    contest: str, groups: Sequence[str], facts: Sequence[tuple[str, str]], *, address: str
) -> bytes:
    """Draw the receipt. `facts` are label and value; values wrap."""
    register_faces()
    out = io.BytesIO()
    width, height = A4
    canvas = Canvas(out, pagesize=A4, invariant=1, initialFontName=REGULAR)
    canvas.setTitle("Receipt")
    y = height - MARGIN - 12
    canvas.setFont(REGULAR, 12)
    canvas.drawString(MARGIN, y, contest)
    canvas.setFont(BOLD, 22)
    canvas.drawString(MARGIN, y - 36, "Receipt")
    canvas.setFont(BOLD, 17)
    half = (len(groups) + 1) // 2
    canvas.drawString(MARGIN, y - 84, "-".join(groups[:half]) + "-")
    canvas.drawString(MARGIN, y - 108, "-".join(groups[half:]))
    draw_qr(
        canvas, segno.make("-".join(groups), error="m"), x=width - MARGIN - QR_SIDE, y=y - 120, side=QR_SIDE
    )
    y -= 160
    for label, value in facts:
        y = _fact(canvas, label, value, y)
    y -= 12
    for line in (
        "Keep this page. It is the only way back to your entry, and cannot be sent again:",
        f"nobody here knows whose it is. Type the code at {address}/receipt",
    ):
        canvas.setFont(REGULAR, 12)
        canvas.drawString(MARGIN, y, line)
        y -= 18
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _fact(canvas: Canvas, label: str, value: str, y: float) -> float:
    left = MARGIN + 170
    canvas.setFont(REGULAR, 11)
    canvas.drawString(MARGIN, y, label)
    for line in _wrapped(value, A4[0] - MARGIN - left):
        canvas.drawString(left, y, line)
        y -= 16
    return y - 4


def _wrapped(text: str, width: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and stringWidth(longer, REGULAR, 11) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def draw_qr(canvas: Canvas, code: segno.QRCode, *, x: float, y: float, side: float) -> None:
    """Draw a QR code as a square of `side` points with its lower left corner at (x, y)."""
    rows = [list(row) for row in code.matrix]
    module = side / len(rows)
    canvas.setFillGray(0)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                canvas.rect(
                    x + across * module, y + side - (down + 1) * module, module, module, stroke=0, fill=1
                )
