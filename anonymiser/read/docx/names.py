"""The XML names of WordprocessingML that the reader knows, spelt once."""

import math

from lxml import etree

_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_NAMESPACES = (
    (_STRICT + b"wordprocessingml/main", _TRANSITIONAL + b"wordprocessingml/2006/main"),
    (_STRICT + b"officeDocument/relationships", _TRANSITIONAL + b"officeDocument/2006/relationships"),
    (_STRICT + b"officeDocument/math", _TRANSITIONAL + b"officeDocument/2006/math"),
    (_STRICT + b"drawingml/wordprocessingDrawing", _TRANSITIONAL + b"drawingml/2006/wordprocessingDrawing"),
    (_STRICT + b"drawingml/", _TRANSITIONAL + b"drawingml/2006/"),
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

_VALUE = W + "val"
_OFF = {"0", "false", "off", "none"}
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "pi": 12.0}


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def value(parent: etree._Element | None, name: str) -> str | None:
    """`w:val` of the child `w:name`; "" where the child has none, None where there is no such child."""
    child = child_of(parent, W + name)
    return child.get(_VALUE, "") if child is not None else None


def child_of(parent: etree._Element | None, tag: str) -> etree._Element | None:
    """Return the first child of that name; `find` works paths out first, which costs more than the walk."""
    if parent is not None:
        for child in parent:
            if child.tag == tag:
                return child
    return None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return an on/off property: None where it isn't said."""
    said = value(parent, name)
    return None if said is None else is_on(said)


def is_on(said: str) -> bool:
    return said not in _OFF


def number(text: str | None) -> int | None:
    """Return a whole number as Word writes it."""
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def twips(text: str | None) -> int | None:
    """Return a length in twentieths of a point; Strict documents add a unit ("36pt", "1.27cm")."""
    if text and text[-2:] in _UNITS:
        try:
            points = float(text[:-2]) * _UNITS[text[-2:]]
        except ValueError:
            return None
        return int(points * 20) if math.isfinite(points) else None
    return number(text)
