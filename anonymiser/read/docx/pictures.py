"""The pictures of a document, encoded anew and cut to what of them is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from anonymiser.manuscript import Image, Picture
from anonymiser.read.docx.names import WP, A, R, V, number
from anonymiser.read.docx.package import Package
from anonymiser.read.docx.shapes import walk_shown
from anonymiser.read.images import Crop, encode_anew
from anonymiser.read.reading import Tally

_EMU = 12_700  # to the point
_LARGEST_PICTURE = 40_000_000  # bytes
_MOST_PICTURES = 200
_DEFAULT_SIDE = 300.0
_LONGEST_SIDE = 5_000.0
_STYLE_SIZE = re.compile(r"(?<![\w-])(width|height):\s*([\d.]+)(pt|in|cm|mm|px)?")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}
_WHOLE = 100_000  # thousandths of a per cent
_VML_WHOLE = 65_536


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture where it stands: its part, its size in points, what is cut off each side."""

    target: str
    width: float
    height: float
    crop: Crop


class Pictures:
    """The pictures met so far. A picture shown twice is stored once."""

    def __init__(self, package: Package, tally: Tally) -> None:
        self._package = package
        self._tally = tally
        self._indexes: dict[tuple[str, Crop], int | None] = {}
        self.images: list[Image] = []

    def place(self, shown: Shown) -> Picture | None:
        key = (shown.target, shown.crop)
        if key not in self._indexes:
            self._indexes[key] = self._take(shown)
        index = self._indexes[key]
        if index is None:
            self._tally.add("picture, could not be kept", "text")
            return None
        return Picture(index, _bounded(shown.width), _bounded(shown.height))

    def add(self, images: tuple[Image, ...]) -> int:
        """Take over the pictures of an embedded document; return the number its first one gets."""
        self.images.extend(images)
        return len(self.images) - len(images)

    def _take(self, shown: Shown) -> int | None:
        if len(self.images) >= _MOST_PICTURES:
            return None
        data = self._package.read(shown.target, _LARGEST_PICTURE)
        image = encode_anew(data, shown.crop) if data else None
        if image is None:
            return None
        self.images.append(image)
        return len(self.images) - 1


def find_pictures(
    drawing: etree._Element, relations: dict[str, tuple[str, str, bool]], tally: Tally
) -> Iterator[Shown]:
    """Yield each picture in a drawing, but for what text boxes hold."""
    for element in walk_shown(drawing):
        identity = None
        if element.tag == A + "blip":
            identity = element.get(R + "embed") or element.get(R + "link")
        elif element.tag == V + "imagedata":
            identity = element.get(R + "id") or element.get(R + "href")
        if identity is None:
            continue
        _, target, outside = relations.get(identity, ("", "", True))
        if outside:
            tally.add("linked picture, could not be kept", "text")
        else:
            yield Shown(target, *_size(drawing, element), _crop(element))


def _size(drawing: etree._Element, picture: etree._Element) -> tuple[float, float]:
    extent = next(drawing.iter(WP + "extent"), None)
    if extent is not None:
        width, height = number(extent.get("cx")), number(extent.get("cy"))
        if width and height:
            return width / _EMU, height / _EMU
    shape = picture.getparent()
    found = dict.fromkeys(("width", "height"), _DEFAULT_SIDE)
    for side, amount, unit in _STYLE_SIZE.findall(shape.get("style", "") if shape is not None else ""):
        try:
            found[side] = float(amount) * _UNITS[unit]
        except ValueError:
            continue
    return found["width"], found["height"]


def _crop(picture: etree._Element) -> Crop:
    """Return which share is cut off the left, the top, the right and the bottom."""
    if picture.tag == V + "imagedata":
        sides = [_vml_share(picture.get(f"crop{side}")) for side in ("left", "top", "right", "bottom")]
    else:
        cut = next((child for child in picture.itersiblings() if child.tag == A + "srcRect"), None)
        sides = [(number(cut.get(side)) or 0) / _WHOLE for side in "ltrb"] if cut is not None else []
    left, top, right, bottom = [min(max(share, 0.0), 1.0) for share in sides] or [0.0] * 4
    return left, top, right, bottom


def _vml_share(said: str | None) -> float:
    """Read a share as VML writes it: "6554f" of 65536, or ".1"."""
    try:
        return float(said[:-1]) / _VML_WHOLE if said and said.endswith("f") else float(said or 0)
    except ValueError:
        return 0.0


def _bounded(side: float) -> float:
    return min(max(side, 1.0), _LONGEST_SIDE)
