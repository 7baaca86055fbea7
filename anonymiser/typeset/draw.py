"""Draws filled pages with ReportLab's canvas: text straight onto the grid, no flowables, no dates."""

from collections.abc import Iterable
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from anonymiser.author import Heading
from anonymiser.manuscript import Manuscript, Run
from anonymiser.typeset.faces import REGULAR, register_faces
from anonymiser.typeset.form import (
    FIRST_BASELINE,
    FOOT_BASELINE,
    HEAD_BASELINE,
    LEADING,
    LINES,
    MARGIN,
    PAGE,
    WIDTH,
)
from anonymiser.typeset.lines import SIZE, Line, Measure, Piece, Style, break_lines
from anonymiser.typeset.pages import Page

rl_config.useA85 = 0  # streams as bytes: a fifth smaller and quicker to make and to read

_FINE = 0.5
_NOTE_RULE = 144.0
_RULE_DROP = 6.0  # halfway between the descenders above and the capitals below


class _TitleOnly(PDFInfo):  # type: ignore[misc]
    """The metadata of a reading copy. ReportLab would add dates, a producer and an "anonymous" author."""

    def format(self, document: PDFDocument) -> bytes:
        formatted: bytes = PDFDictionary({"Title": PDFString(self.title)}).format(document)
        return formatted


def draw_pages(pages: list[Page], manuscript: Manuscript, heading: Heading) -> bytes:
    register_faces()
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=PAGE,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,
        initialFontSize=SIZE,
        initialLeading=LEADING,
        lang="en-GB",
    )
    canvas._doc.info = _TitleOnly()  # noqa: SLF001 - there is no public name for it
    canvas.setTitle(f"Entry {heading.entry_number}")
    readers = [ImageReader(BytesIO(image.data)) for image in manuscript.images]
    head = f"Entry {heading.entry_number} · {heading.nom_de_plume}"
    for number, page in enumerate(pages, start=1):
        _draw_centred(canvas, head, HEAD_BASELINE)
        _draw_page(canvas, page, readers)
        _draw_centred(canvas, f"Page {number} of {len(pages)}", FOOT_BASELINE)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, page: Page, readers: list[ImageReader]) -> None:
    rows = [(top + at, line) for top, strip in page.strips for at, line in strip.lines]
    first_note = LINES - len(page.notes)
    rows.extend((first_note + at, line) for at, line in enumerate(page.notes))
    _draw_text(canvas, ((_baseline(row), line) for row, line in rows))
    canvas.setLineWidth(_FINE)
    for row, line in rows:
        for piece in line.pieces:
            _draw_lines_of(canvas, piece, _baseline(row))
    for top, strip in page.strips:
        for at, start, end in strip.rules:
            y = _top(top + at) - _RULE_DROP
            canvas.line(MARGIN + start, y, MARGIN + end, y)
        for placed in strip.images:
            y = _top(top + placed.row) - LEADING / 4 - placed.height
            canvas.drawImage(readers[placed.image], MARGIN + placed.x, y, placed.width, placed.height)
    if page.notes:
        y = _top(first_note) - _RULE_DROP
        canvas.line(MARGIN, y, MARGIN + _NOTE_RULE, y)


def _draw_text(canvas: Canvas, lines: Iterable[tuple[float, Line]]) -> None:
    text: PDFTextObject = canvas.beginText()
    style: Style | None = None
    for y, line in lines:
        end: float | None = None
        for piece in line.pieces:
            if end is None or abs(piece.x - end) > 0.01:  # noqa: PLR2004 - the smallest number that tells
                text.setTextOrigin(MARGIN + piece.x, y)
            if piece.style is not style:
                text.setFont(piece.style.face, piece.style.size, LEADING)
                if style is None or style.rise != piece.style.rise:
                    text.setRise(piece.style.rise)
                style = piece.style
            text.textOut(piece.text)
            end = piece.x + piece.width
    canvas.drawText(text)


def _draw_lines_of(canvas: Canvas, piece: Piece, baseline: float) -> None:
    for wanted, height in ((piece.style.underline, -1.5), (piece.style.strike, 3.2)):
        if wanted:
            y = baseline + height
            canvas.line(MARGIN + piece.x, y, MARGIN + piece.x + piece.width, y)


def _draw_centred(canvas: Canvas, words: str, baseline: float) -> None:
    lines = break_lines((Run(words),), Measure(0.0, 0.0, WIDTH, centred=True))
    _draw_text(canvas, [(baseline, lines[0])])


def _baseline(row: int) -> float:
    return FIRST_BASELINE - row * LEADING


def _top(row: int) -> float:
    """Return the upper edge of a row of the grid."""
    return PAGE[1] - MARGIN - row * LEADING
