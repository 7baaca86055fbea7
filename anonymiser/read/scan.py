"""Pictures of pages: drawn here for a machine to read, whose table of words is made a manuscript."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Manuscript
from anonymiser.read.material import Transcript
from anonymiser.read.pdf import render
from anonymiser.read.pdf.layout import blocks_of
from anonymiser.read.reading import Reading, Tally
from anonymiser.read.transcript import page_of
from anonymiser.report import Format

MOST_PAGES = 60
_RESOLUTION = 300  # dots to the inch
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 100_000_000
_SHORT, _LONG = 2200, 4200  # pixels of the longer side between which letters are recognised best


def read_scan(source: bytes) -> Reading:
    """Raises: Refused, always: with `scanned` where the pages may be recognised outside."""
    count_pages(source)
    raise Refused(RefusalCode.SCANNED)


def read_transcript(transcript: Transcript) -> Reading:
    tally = Tally()
    tally.add("page read by machine", "document", len(transcript.pages))
    laid = blocks_of([page_of(page) for page in transcript.pages], tally)
    return Reading(Format.SCAN, Manuscript(laid.blocks, laid.notes), tally.removed())


def count_pages(source: bytes) -> int:
    """Raises: Refused, also where there are more pages than any essay has."""
    if b"%PDF-" in source[:1024]:
        pages = render.count_pages(source)
    else:
        with _opened(source) as picture:
            pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if pages > MOST_PAGES:
        raise Refused(
            RefusalCode.TOO_LARGE,
            f"These are {pages} pictures of pages, and at most {MOST_PAGES} can be read by machine. Please "
            "send the document they were made from (.docx or PDF).",
        )
    return pages


def draw_page(source: bytes, number: int) -> bytes:
    """Return a page, counted from 0, as a grey PNG picture of a size in which letters are recognised well.

    Raises: Refused.
    """
    if b"%PDF-" in source[:1024]:
        return render.render_pages(source, _RESOLUTION, first=number, most=1)[0]
    with _opened(source) as picture:
        picture.seek(number)
        if picture.format == "JPEG":
            picture.draft("L", (_LONG, _LONG))
        grey = _flatten(ImageOps.exif_transpose(picture))
    longest = max(grey.size)
    if not _SHORT <= longest <= _LONG:
        scale = (_SHORT if longest < _SHORT else _LONG) / longest
        grey = grey.resize([max(1, round(side * scale)) for side in grey.size])
    out = BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return out.getvalue()


@contextmanager
def _opened(source: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(source), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise Refused(RefusalCode.TOO_LARGE)
                yield picture
    except Image.DecompressionBombError:
        raise Refused(RefusalCode.TOO_LARGE) from None
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        IndexError,
        KeyError,
        OverflowError,
        AttributeError,
        ZeroDivisionError,
    ) as error:
        cut_off = isinstance(error, EOFError) or "truncated" in str(error)
        raise Refused(RefusalCode.TRUNCATED if cut_off else RefusalCode.UNREADABLE) from None


def _flatten(picture: Image.Image) -> Image.Image:
    """The picture in grey, on white where it is transparent."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return picture.convert("L")
