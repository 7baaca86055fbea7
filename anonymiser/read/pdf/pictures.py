"""Takes pictures off a page as they are seen there: cropped, masked and painted over, without the text upon them."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

import pypdfium2
from PIL import Image as PillowImage

from anonymiser.manuscript import Image
from anonymiser.read.images import encode_anew
from anonymiser.read.pdf import calls
from anonymiser.read.pdf.objects import Contents
from anonymiser.read.pdf.text import Box

MOST_PICTURES = 200
_SMALLEST = 12.0  # points: less is an ornament
_TOUCHING = 1.5
_SHARPEST = 200 / 72  # pixels to the point
_MOST_PIXELS = 8_000_000
_MOST_PARTS = 1_000
_COLOURS = 4_096  # more are a photograph's


def find_pictures(contents: Contents, box: Box) -> list[Box]:
    """Return the place of each picture on the page; those that touch are parts of one."""
    found: list[Box] = []
    for picture in contents.pictures[:_MOST_PARTS]:
        place = _cut(picture.box, box)
        if place is None:
            continue
        for other in [each for each in found if _touch(each, place)]:
            found.remove(other)
            place = _unite(place, other)
        found.append(place)
    return [place for place in found if place[2] - place[0] >= _SMALLEST and place[3] - place[1] >= _SMALLEST]


def take_pictures(
    page: pypdfium2.PdfPage, places: Sequence[Box], contents: Contents, box: Box, turns: int
) -> list[Image | None]:
    drawing = _draw(page, contents)
    left, _, right, top = box
    scale = drawing.width / max(1.0, right - left)
    taken = []
    for place in places:
        cut = drawing.crop(
            (
                round((place[0] - left) * scale),
                round((top - place[3]) * scale),
                round((place[2] - left) * scale),
                round((top - place[1]) * scale),
            )
        )
        if turns:
            cut = cut.rotate(-90 * turns, expand=True)
        out = BytesIO()
        if cut.getcolors(_COLOURS) is None:
            cut.save(out, "JPEG", quality=92)
        else:
            cut.save(out, "PNG", compress_level=1)
        taken.append(encode_anew(out.getvalue()))
    return taken


def _draw(page: pypdfium2.PdfPage, contents: Contents) -> PillowImage.Image:
    width, height = page.get_size()
    scale = min(_SHARPEST, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    with without(contents.order):
        bitmap = page.render(
            scale=scale, rotation=-page.get_rotation() % 360, may_draw_forms=False, draw_annots=False
        )
    try:
        drawing: PillowImage.Image = bitmap.to_pil().convert("RGB")
        return drawing
    finally:
        bitmap.close()


@contextmanager
def without(objects: Collection[int]) -> Iterator[None]:
    """Have the page drawn as if these objects were not on it."""
    for handle in objects:
        if handle:
            calls.activate(handle, 0)
    try:
        yield
    finally:
        for handle in objects:
            if handle:
                calls.activate(handle, 1)


def _cut(inner: Box, outer: Box) -> Box | None:
    left, bottom = max(inner[0], outer[0]), max(inner[1], outer[1])
    right, top = min(inner[2], outer[2]), min(inner[3], outer[3])
    return (left, bottom, right, top) if right > left and top > bottom else None


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _TOUCHING
        and other[0] <= one[2] + _TOUCHING
        and one[1] <= other[3] + _TOUCHING
        and other[1] <= one[3] + _TOUCHING
    )


def _unite(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
