"""The XML names of WordprocessingML that the reader knows, spelt once."""

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

_OFF = {"0", "false", "off", "none"}


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def value(parent: etree._Element | None, name: str) -> str | None:
    """`w:val` of the child `w:name`; "" where the child has none, None where there is no such child."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val", "") if child is not None else None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return an on/off property: None where it isn't said."""
    said = value(parent, name)
    return None if said is None else said not in _OFF


def number(text: str | None) -> int | None:
    """Return a whole number as Word writes it.

    Strict documents add a unit ("12pt"), which no caller here needs.
    """
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
