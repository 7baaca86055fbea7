"""Tells which words of a page a reader can see: the page is drawn, small, and a word must leave its trace there.

What is drawn invisibly, in white, in tiny type, beneath something, in a hidden layer, outside the page or
cut off leaves none. Where a page holds areas or pictures it is drawn a second time without its text.
"""

from collections.abc import Sequence

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from anonymiser.read.pdf.objects import Contents
from anonymiser.read.pdf.pictures import without
from anonymiser.read.pdf.text import Box, Found, Look

_SCALE = 0.5  # pixels to the point
_MOST_PIXELS = 4_000_000
_TINY = 3.6  # points: below nobody reads it
_LARGEST = 2_000.0
_FAINT = 65  # of 255: a colour more transparent than this is none
_PALE = 190  # of 255: type lighter than this needs a dark ground
_TRACE = 0.8  # mean difference of a word's pixels from those beside them
_CHANGE = 0.8  # mean difference that a word makes
_CONTRAST = 14  # of 255
_MOSTLY = 0.7
_DASHES = "_—–-="
_NARROW = 4  # pixels
_INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_STROKED = {
    raw.FPDF_TEXTRENDERMODE_STROKE,
    raw.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
}

Pixels = NDArray[np.int16]


def judge_words(page: pypdfium2.PdfPage, found: Sequence[Found], contents: Contents, box: Box) -> list[str]:
    """Return for each word why it is not seen: "", or what to call it in the report."""
    if not found:
        return []
    drawing = _draw(page)
    boxes = _pixel_boxes(found, box, drawing.shape)
    looks = {id(word.look): word.look for word in found}
    unseen = {number: _reason(look) for number, look in looks.items()}
    pale = {number for number, look in looks.items() if _is_pale(look)}
    reasons = [unseen[id(word.look)] for word in found]
    traced = _mean(_edges(drawing), boxes) > _TRACE
    traced &= np.isfinite([word.baseline for word in found])
    # A line of dashes, as one to write upon, has no upright edges; it tells nothing either.
    traced |= np.array([not word.text.strip(_DASHES) for word in found])
    if pale or contents.has_areas:
        with without(contents.order):
            bare = _draw(page)
        traced &= _mean(_difference(drawing, bare), boxes) > _CHANGE
        ground = _mean(bare, boxes)
        for at, word in enumerate(found):
            if id(word.look) in pale and abs(_lightness(word.look) - ground[at]) < _CONTRAST:
                reasons[at] = reasons[at] or "white text"
        for at in _covered(page, found, contents, drawing, boxes):
            reasons[at] = reasons[at] or "covered text"
    return [reason or ("" if seen else "hidden text") for reason, seen in zip(reasons, traced, strict=True)]


def _reason(look: Look) -> str:
    if look.mode in _INVISIBLE:
        return "hidden text"
    if not _TINY <= look.size < _LARGEST:
        return "tiny text" if look.size < _TINY else "hidden text"
    if look.fill[3] < _FAINT and look.mode not in _STROKED:
        return "hidden text"
    return ""


def _is_pale(look: Look) -> bool:
    return _lightness(look) > _PALE and look.mode not in _STROKED


def _lightness(look: Look) -> float:
    red, green, blue, _ = look.fill
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _draw(page: pypdfium2.PdfPage) -> Pixels:
    """Return the page, not turned, as numbers from 0, black, to 255."""
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(
        scale=scale,
        rotation=-page.get_rotation() % 360,
        grayscale=True,
        may_draw_forms=False,
        draw_annots=False,
    )
    try:
        return np.array(bitmap.to_numpy(), dtype=np.int16).reshape(bitmap.height, bitmap.width)
    finally:
        bitmap.close()


def _pixel_boxes(found: Sequence[Found], box: Box, shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Return left, top, right and bottom of each word in pixels: an empty span for what lies outside the page."""
    # The box of upright type also takes in a bit of the lines around it, so only where its ink is counts.
    places = np.array(
        [
            word.box
            if word.look.angle or len(word.text) == 1
            else (
                word.box[0],
                word.baseline - 0.12 * word.look.size,
                word.box[2],
                word.baseline + 0.75 * word.look.size,
            )
            for word in found
        ]
    )
    left, bottom, right, top = box
    across, down = shape[1] / max(1.0, right - left), shape[0] / max(1.0, top - bottom)
    pixels = np.empty((len(found), 4))
    pixels[:, 0] = (places[:, 0] - left) * across
    pixels[:, 1] = (top - places[:, 3]) * down
    pixels[:, 2] = (places[:, 2] - left) * across
    pixels[:, 3] = (top - places[:, 1]) * down
    # The ink of a narrow word, such as "I", may fall on the pixel beside its own.
    narrow = pixels[:, 2] - pixels[:, 0] < _NARROW
    pixels[narrow, 0] -= 0.75
    pixels[narrow, 2] += 0.75
    most = np.array([shape[1], shape[0], shape[1], shape[0]])
    rounded: NDArray[np.intp] = np.clip(np.rint(np.nan_to_num(pixels)), 0, most).astype(np.intp)
    return rounded


def _edges(pixels: Pixels) -> Pixels:
    """Return how much each pixel differs from the one to its left: nothing, where nothing is drawn on even ground."""
    edges = np.zeros_like(pixels)
    np.abs(pixels[:, 1:] - pixels[:, :-1], out=edges[:, 1:])
    return edges


def _difference(one: Pixels, other: Pixels) -> Pixels:
    difference: Pixels = np.abs(one - other)
    return difference


def _mean(pixels: Pixels, boxes: NDArray[np.intp]) -> NDArray[np.float64]:
    total = np.zeros((pixels.shape[0] + 1, pixels.shape[1] + 1), dtype=np.int32)
    inner = total[1:, 1:]
    np.cumsum(pixels, axis=1, dtype=np.int32, out=inner)
    np.cumsum(inner, axis=0, out=inner)
    left, top, right, bottom = boxes.T
    sums = total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left]
    mean: NDArray[np.float64] = sums / np.maximum(1, (right - left) * (bottom - top))
    return mean


def _covered(
    page: pypdfium2.PdfPage,
    found: Sequence[Found],
    contents: Contents,
    drawing: Pixels,
    boxes: NDArray[np.intp],
) -> list[int]:
    """Return the words over which something is drawn later, and which then make no difference to the page."""
    order = np.array([contents.order.get(word.source, 0) for word in found])
    first = order.min()
    places = np.array([word.box for word in found])
    areas = (places[:, 2] - places[:, 0]) * (places[:, 3] - places[:, 1]) * _MOSTLY
    beneath = np.zeros(len(found), dtype=bool)
    for lid in (*contents.paths, *contents.pictures, *contents.shadings):
        if lid.order > first and not lid.thin:
            left, bottom, right, top = lid.box
            width = np.minimum(places[:, 2], right) - np.maximum(places[:, 0], left)
            height = np.minimum(places[:, 3], top) - np.maximum(places[:, 1], bottom)
            beneath |= (order < lid.order) & (width > 0) & (height > 0) & (width * height > areas)
    under = np.flatnonzero(beneath).tolist()
    if not under:
        return []
    with without({found[at].source for at in under}):
        change = _mean(_difference(drawing, _draw(page)), boxes)
    return [at for at in under if change[at] <= _CHANGE]
