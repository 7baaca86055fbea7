"""Shapes drawn into a document: text boxes to be read, what shows nothing, what can only be named."""

import re
from collections.abc import Iterator

from lxml import etree

from anonymiser.read.docx.account import Account
from anonymiser.read.docx.alternatives import choose, leave_others
from anonymiser.read.docx.colours import UNKNOWN, Behind, parse_colour
from anonymiser.read.docx.looks import PLAIN_LOOK, Look
from anonymiser.read.docx.names import MC, WP, A, V, W, local_name, number
from anonymiser.read.reading import Tally

_FARTHEST = 11_000_000  # EMU, a foot: past the edge of any page an essay is written on
_BEFORE = -1_200_000
_SMALLEST = 40_000  # EMU, three points: no letter fits
_RULE = "{urn:schemas-microsoft-com:office:office}hr"
_UNSEEN_STYLE = re.compile(r"visibility:\s*hidden|display:\s*none", re.IGNORECASE)
_STYLED_PLACE = re.compile(
    r"(?<![\w-])(margin-left|margin-top|left|top|width|height):\s*(-?[\d.]+)(pt|in|cm|mm)?", re.IGNORECASE
)
_UNITS = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "": 12_700}
_SHAPES = frozenset(("wsp", "sp", "pic", "grpSp", "wgp", "graphicFrame", "cxnSp"))
_VML_SHAPES = frozenset(V + name for name in ("shape", "rect", "roundrect", "group", "oval"))
_FILLS = frozenset((A + "solidFill", A + "gradFill", A + "blipFill", A + "pattFill", A + "noFill"))


def walk_shown(drawing: etree._Element) -> Iterator[etree._Element]:
    """Every element but those of alternatives and shapes not shown, and those inside text boxes, read on their own."""
    for child in drawing:
        if child.tag == MC + "AlternateContent":
            chosen = choose(child)
            if chosen is not None:
                yield from walk_shown(chosen)
            continue
        if _is_hidden(child):
            continue
        yield child
        if child.tag != W + "txbxContent":
            yield from walk_shown(child)


def leave_unshown(drawing: etree._Element, account: Account, tally: Tally, where: str) -> None:
    """Count what `walk_shown` passes over, and name hidden shapes."""
    for child in drawing:
        if child.tag == MC + "AlternateContent":
            chosen = choose(child)
            leave_others(child, chosen, account)
            if chosen is not None:
                leave_unshown(chosen, account, tally, where)
        elif _is_hidden(child):
            tally.add("hidden text", where)
            account.leave(child)
        elif child.tag != W + "txbxContent":
            leave_unshown(child, account, tally, where)


def why_unseen(drawing: etree._Element) -> str:
    """Why nobody sees this drawing: "", or what to call it in the report."""
    for element in drawing.iter(WP + "docPr"):
        if element.get("hidden") in {"1", "true"}:
            return "hidden text"
        break
    anchor = next(drawing.iter(WP + "anchor"), None)
    if anchor is not None:
        if anchor.get("hidden") in {"1", "true"}:
            return "hidden text"
        return "text off the page" if _lies_off_the_page(anchor) else ""
    for shape in drawing.iterchildren(*_VML_SHAPES):
        if why := _why_style_unseen(shape.get("style", "")):
            return why
    return ""


def find_text_boxes(drawing: etree._Element) -> Iterator[tuple[etree._Element, Look]]:
    """Yield the contents of each text box, and how its filling makes text look."""
    for element in walk_shown(drawing):
        if element.tag == W + "txbxContent":
            box = element.getparent()
            shape = box.getparent() if box is not None else None
            behind = _filling(shape)
            yield element, Look(behind=behind) if behind is not None else PLAIN_LOOK


def draws_a_rule(drawing: etree._Element) -> bool:
    """Whether this is a line drawn across the page."""
    return any(element.get(_RULE) in {"t", "true"} for element in drawing.iter(V + "rect"))


def find_loose_words(drawing: etree._Element) -> list[str]:
    """Return the paragraphs that shapes of DrawingML hold as words of their own, outside text boxes."""
    found = (element for element in walk_shown(drawing) if element.tag == A + "p")
    lines = ["".join([text.text or "" for text in element.iter(A + "t")]) for element in found]
    return [line for line in lines if line.strip()]


def count_descriptions(drawing: etree._Element, tally: Tally, where: str) -> None:
    for element in walk_shown(drawing):
        if element.tag in {WP + "docPr", V + "shape"} and any(
            element.get(name) for name in ("descr", "title", "alt")
        ):
            tally.add("description of a picture", where)


def name_unkept(drawing: etree._Element, tally: Tally, where: str, *, pictured: bool) -> None:
    """Name what a reader would see and the manuscript can't hold; `pictured` objects are seen as they were."""
    for element in walk_shown(drawing):
        name = local_name(element)
        if name == "chart":
            tally.add("chart, could not be kept", where)
        elif name == "contentPart":
            tally.add("ink drawing, could not be kept", where)
        elif element.tag == V + "textpath":
            tally.add("watermark", where)
        elif name in {"OLEObject", "control"} and not pictured:
            tally.add("embedded object, could not be kept", where)


def _is_hidden(shape: etree._Element) -> bool:
    """Whether a shape inside a drawing, one of a group, is switched off."""
    if shape.tag in _VML_SHAPES:
        return bool(_UNSEEN_STYLE.search(shape.get("style", "")))
    if local_name(shape) not in _SHAPES:
        return False
    named = (each for child in shape for each in (child, *child) if local_name(each) == "cNvPr")
    return any(each.get("hidden") in {"1", "true"} for each in named)


def _lies_off_the_page(anchor: etree._Element) -> bool:
    extent = anchor.find(WP + "extent")
    sides = [number(extent.get(side)) for side in ("cx", "cy")] if extent is not None else [None, None]
    for direction, side in zip(("positionH", "positionV"), sides, strict=True):
        if side is not None and side < _SMALLEST and anchor.find(f".//{W}txbxContent") is not None:
            return not any(element.tag == A + "spAutoFit" for element in anchor.iter())
        position = anchor.find(f"{WP}{direction}/{WP}posOffset")
        offset = number(position.text) if position is not None else None
        if offset is not None and (offset > _FARTHEST or offset + (side or 0) < _BEFORE):
            return True
    return False


def _why_style_unseen(style: str) -> str:
    if _UNSEEN_STYLE.search(style):
        return "hidden text"
    place: dict[str, float] = {}
    for name, amount, unit in _STYLED_PLACE.findall(style):
        try:
            place[name.casefold()] = float(amount) * _UNITS[unit.casefold()]
        except ValueError:
            continue
    for names, side in ((("margin-left", "left"), "width"), (("margin-top", "top"), "height")):
        for name in names:
            offset = place.get(name, 0.0)
            if offset > _FARTHEST or offset + place.get(side, 0.0) < _BEFORE:
                return "text off the page"
    return ""


def _filling(shape: etree._Element | None) -> Behind | None:
    if shape is None:
        return None
    said = shape.get("fillcolor")
    if said is not None:
        if shape.get("filled") in {"f", "false"}:
            return None
        return parse_colour(said.split()[0]) or (None if said.startswith(("white", "window")) else UNKNOWN)
    properties = next((child for child in shape if local_name(child) == "spPr"), None)
    for element in properties if properties is not None else ():
        if element.tag in _FILLS:
            return _fill_colour(element)
    if any(element.tag == A + "fillRef" and element.get("idx", "0") != "0" for element in shape.iter()):
        return UNKNOWN
    return None


def _fill_colour(fill: etree._Element) -> Behind | None:
    if fill.tag == A + "noFill":
        return None
    colour = fill.find(A + "srgbClr") if fill.tag == A + "solidFill" else None
    if colour is not None:
        return parse_colour(colour.get("val", "")) or UNKNOWN
    theme = fill.find(A + "schemeClr") if fill.tag == A + "solidFill" else None
    return None if theme is not None and theme.get("val") in {"bg1", "lt1"} and not len(theme) else UNKNOWN
