"""An officer's key on paper: to print, lock away, and type in again should the file be lost."""

import io

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from anonymiser.typeset.faces import REGULAR, register_faces
from app.intake.slip import BOLD, MARGIN, draw_qr

SIDE = 230


def key_page(name: str, secret: str, public: str) -> bytes:
    """Draw the page: the key as text in groups, and as a QR code."""
    register_faces()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, initialFontName=REGULAR)
    canvas.setTitle("Officer's key")
    y = A4[1] - MARGIN - 12
    canvas.setFont(BOLD, 22)
    canvas.drawString(MARGIN, y, "An officer’s key")
    canvas.setFont(REGULAR, 12)
    lines = [
        name,
        "Whoever holds this page holds the key. Lock it away; delete the file it came from.",
        "Should the key’s own file be lost, type the line below into a text file and use that.",
        "",
        *(secret[start : start + 37] for start in range(0, len(secret), 37)),
        "",
        f"Public key: {public[:31]}",
        public[31:],
    ]
    for line in lines:
        y -= 20
        canvas.drawString(MARGIN, y, line)
    draw_qr(canvas, segno.make(secret, error="m"), x=MARGIN, y=y - SIDE - 24, side=SIDE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
