"""Draws the pages of a PDF as pictures, for pages that are pictures already and have to be recognised."""

from io import BytesIO

import pypdfium2

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.pdf.library import opened

_MOST_PAGES = 200
_MOST_PIXELS = 20_000_000  # A4 at 300 dots to the inch is nine million


def count_pages(source: bytes) -> int:
    """Raises: Refused."""
    with opened(source) as document:
        return len(document)


def render_pages(source: bytes, dpi: int = 300, *, first: int = 0, most: int = _MOST_PAGES) -> list[bytes]:
    """Return pages, from the one numbered `first` (0 and on), as grey PNG pictures without annotations.

    A page too large for its resolution is drawn at a lower one.
    Raises: Refused.
    """
    pictures = []
    with opened(source) as document:
        if len(document) > _MOST_PAGES:
            raise Refused(
                RefusalCode.TOO_LARGE,
                "This file has far more pages than an essay. Please send the essay alone.",
            )
        for number in range(first, min(len(document), first + most)):
            page = document[number]
            try:
                pictures.append(_draw(page, dpi))
            finally:
                page.close()
    return pictures


def _draw(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    width, height = page.get_size()
    scale = min(dpi / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        out = BytesIO()
        bitmap.to_pil().save(out, "PNG", compress_level=1)
        return out.getvalue()
    finally:
        bitmap.close()
