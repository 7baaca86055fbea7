"""The XML names of OpenDocument that the reader knows, spelt once, and its lengths."""

import re

from lxml import etree

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
DR3D = f"{{{_ODF}dr3d:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
FORM = f"{{{_ODF}form:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
OFFICEOOO = "{http://openoffice.org/2009/office}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)(pt|in|inch|cm|mm|pc|px)?\s*")
_POINTS = {"pt": 1.0, "in": 72.0, "inch": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def points(length: str | None) -> float | None:
    """Return a length such as "1.5cm" in points; None for a percentage or anything else."""
    match = _LENGTH.fullmatch(length) if length else None
    return float(match[1][:12]) * _POINTS[match[2] or "in"] if match else None


def whole(text: str | None, default: int, most: int) -> int:
    """Return a whole number between nought and `most`."""
    try:
        return max(0, min(int(text), most)) if text else default
    except ValueError:
        return default
