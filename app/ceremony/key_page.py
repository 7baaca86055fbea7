"""An officer's key on paper: to print, lock away, and type in again should the file be lost."""

import io
from textwrap import wrap

import segno
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from anonymiser.typeset.faces import REGULAR, register_faces
from app.intake.slip import BOLD, MARGIN, draw_qr

SIDE = 230
GROUP, GROUPS_TO_A_LINE = 6, 5
"""The key's characters are set in groups, for whoever has to type them."""
_PREFIX = 16
_GAP = 9


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
    for line in (
        name,
        "Whoever holds this page holds the key. Lock it away, apart from the file and its passphrase.",
        "Should the file be lost, this line, typed without the gaps, is the key:",
    ):
        y -= 20
        canvas.drawString(MARGIN, y, line)
    y = _key(canvas, secret, y - 12)
    for line in (f"Public key: {public[:31]}", public[31:]):
        y -= 20
        canvas.setFont(REGULAR, 12)
        canvas.drawString(MARGIN, y, line)
    draw_qr(canvas, segno.make(secret, error="m"), x=MARGIN, y=y - SIDE - 24, side=SIDE)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _key(canvas: Canvas, secret: str, y: float) -> float:
    groups = wrap(secret[_PREFIX:], GROUP)
    lines = [[secret[:_PREFIX]]]
    lines += [groups[start : start + GROUPS_TO_A_LINE] for start in range(0, len(groups), GROUPS_TO_A_LINE)]
    canvas.setFont(BOLD, 16)
    for line in lines:
        y -= 24
        x: float = MARGIN
        for group in line:
            canvas.drawString(x, y, group)
            x += stringWidth(group, BOLD, 16) + _GAP
    return y - 12
