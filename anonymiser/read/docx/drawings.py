"""What is drawn into a document: pictures are encoded anew, text boxes read, charts and the like counted."""

import re
from collections.abc import Iterator

from lxml import etree

from anonymiser.manuscript import Image, Picture
from anonymiser.read.docx.names import MC, WP, A, R, V, W, local_name, number
from anonymiser.read.docx.package import Package
from anonymiser.read.images import encode_anew
from anonymiser.read.reading import Tally

_EMU = 12_700  # to the point
_LARGEST_PICTURE = 40_000_000  # bytes
_MOST_PICTURES = 200
_DEFAULT_SIDE = 300.0
_LONGEST_SIDE = 5_000.0
_STYLE_SIZE = re.compile(r"(width|height):\s*([\d.]+)(pt|in|cm|mm|px)?")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}
_KEPT_BY_NAME = {"chart": "chart, could not be kept", "relIds": "diagram, could not be kept"}


class Pictures:
    """The pictures met so far. A picture shown twice is stored once."""

    def __init__(self, package: Package, tally: Tally) -> None:
        self._package = package
        self._tally = tally
        self._indexes: dict[str, int | None] = {}
        self.images: list[Image] = []

    def place(self, target: str, width: float, height: float) -> Picture | None:
        if target not in self._indexes:
            self._indexes[target] = self._take(target)
        index = self._indexes[target]
        if index is None:
            self._tally.add("picture, could not be kept", "text")
            return None
        return Picture(index, min(max(width, 1.0), _LONGEST_SIDE), min(max(height, 1.0), _LONGEST_SIDE))

    def _take(self, target: str) -> int | None:
        if len(self.images) >= _MOST_PICTURES:
            return None
        data = self._package.read(target, _LARGEST_PICTURE)
        image = encode_anew(data) if data else None
        if image is None:
            return None
        self.images.append(image)
        return len(self.images) - 1


def find_pictures(
    drawing: etree._Element, relations: dict[str, tuple[str, str, bool]], tally: Tally
) -> Iterator[tuple[str, float, float]]:
    """Yield the target and size in points of each picture in a drawing, but for what text boxes hold."""
    for element in _walk_shown(drawing):
        identity = None
        if element.tag == A + "blip":
            identity = element.get(R + "embed")
            if element.get(R + "link"):
                tally.add("linked picture", "text")
        elif element.tag == V + "imagedata":
            identity = element.get(R + "id")
        if identity is None:
            continue
        _, target, outside = relations.get(identity, ("", "", True))
        if outside:
            tally.add("linked picture", "text")
        else:
            yield target, *_size(drawing, element)


def find_text_boxes(drawing: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the contents of each text box, and whether the box is filled with a colour."""
    for element in _walk_shown(drawing):
        if element.tag == W + "txbxContent":
            box = element.getparent()
            shape = box.getparent() if box is not None else None
            yield element, _is_filled(shape)


def count_unkept(drawing: etree._Element, tally: Tally) -> None:
    for element in _walk_shown(drawing):
        name = local_name(element)
        if name in _KEPT_BY_NAME:
            tally.add(_KEPT_BY_NAME[name], "text")
        elif element.tag in {WP + "docPr", V + "shape"} and (
            element.get("descr") or element.get("title") or element.get("alt")
        ):
            tally.add("description of a picture", "text")
        elif element.tag == V + "textpath":
            tally.add("watermark", "text")
        elif name == "OLEObject":
            tally.add("embedded object, could not be kept", "text")


def _walk_shown(drawing: etree._Element) -> Iterator[etree._Element]:
    """Every element but those of fallbacks, and those inside text boxes, which are read on their own."""
    for child in drawing:
        if child.tag == MC + "Fallback" and any(sibling.tag == MC + "Choice" for sibling in drawing):
            continue
        yield child
        if child.tag != W + "txbxContent":
            yield from _walk_shown(child)


def _is_filled(shape: etree._Element | None) -> bool:
    if shape is None:
        return False
    if (shape.get("fillcolor") or "white").casefold() not in {"white", "#ffffff", "none"}:
        return True
    return any(
        element.tag in {A + "solidFill", A + "gradFill", A + "blipFill", A + "fillRef"}
        for element in shape.iter()
    )


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
