"""The styles of an OpenDocument text: what each says, with all its parents, of look, role and list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from anonymiser.manuscript import Emphasis, Role
from anonymiser.read.colours import ANY, Colour, read_hexadecimal
from anonymiser.read.look import NARROWEST, PLAIN_LOOK, Look
from anonymiser.read.odt.names import DRAW, FO, LOEXT, OFFICE, STYLE, TEXT, points, whole

_DEEPEST = 20  # styles with parents; office programs allow ten or so
_INSET = 22.0  # points on both sides: such a paragraph is a quotation
_BOLD_FROM = 600
_USUAL = 12.0  # points
_SMALLEST_RAISED = 20  # per cent of the size: a superscript smaller than that is there to hide
_ENCODED = re.compile(r"_([0-9a-f]{1,4})_")
_HEADING = re.compile(r"heading ?(\d+)")
_ROLES = {
    "title": (Role.TITLE, 0),
    "subtitle": (Role.HEADING, 2),
    "heading": (Role.HEADING, 1),
    "quotations": (Role.QUOTE, 0),
    "quotation": (Role.QUOTE, 0),
    "quote": (Role.QUOTE, 0),
    "intense quote": (Role.QUOTE, 0),
    "block text": (Role.QUOTE, 0),
    "block quotation": (Role.QUOTE, 0),
    "bibliography 1": (Role.REFERENCE, 0),
    "bibliography": (Role.REFERENCE, 0),
    "preformatted text": (Role.VERSE, 0),
    "html preformatted": (Role.VERSE, 0),
    "source code": (Role.VERSE, 0),
}
_GROUNDED = tuple(
    f"{STYLE}{kind}-properties" for kind in ("paragraph", "table", "table-row", "table-cell", "graphic")
)
_BYLINES = {"author", "authors", "byline", "author name"}


@dataclass(frozen=True, slots=True)
class Style:
    """`inset` and `list_style` are None where nothing is said of them."""

    look: Look = PLAIN_LOOK
    role: Role | None = None
    level: int = 0
    byline: bool = False
    rule: bool = False  # a line drawn across the page
    inset: bool | None = None
    list_style: str | None = None
    hidden: bool = False  # of a section
    upper: str | None = None  # fo:text-transform


class Styles:
    def __init__(self, *roots: etree._Element | None) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._resolved: dict[tuple[str, str], Style] = {}
        self._defaults: dict[str, Style] = {}
        for group in _groups(*roots):
            for element in group.iterfind(STYLE + "style"):
                key = element.get(STYLE + "family", ""), element.get(STYLE + "name", "")
                self._elements[key] = element
            for element in group.iterfind(STYLE + "default-style"):
                self._defaults[element.get(STYLE + "family", "")] = _read(element, NOTHING)
        self.page = Look(ground=_page_colour(*roots))

    def resolve(self, family: str, name: str | None, depth: int = 0) -> Style:
        """Return the style, complete with what its parents say; for paragraphs also the default's."""
        key = family, name or ""
        if key not in self._resolved:
            element = self._elements.get(key)
            if element is None or depth > _DEEPEST:
                default = self._defaults.get(family, NOTHING) if family == "paragraph" else NOTHING
                # Some programs name a style that they don't describe: its name still says what it is for.
                return _take_role(name, 0, default) if name and family == "paragraph" else default
            beneath = self.resolve(family, element.get(STYLE + "parent-style-name"), depth + 1)
            self._resolved[key] = _read(element, beneath)
        return self._resolved[key]

    def element(self, family: str, name: str | None) -> etree._Element | None:
        return self._elements.get((family, name or ""))


def _groups(*roots: etree._Element | None) -> Iterator[etree._Element]:
    """Yield common styles, then automatic ones; those of the content come last and win."""
    for root in roots:
        for name in ("styles", "automatic-styles"):
            group = root.find(OFFICE + name) if root is not None else None
            if group is not None:
                yield group


def _read(element: etree._Element, beneath: Style) -> Style:
    text = element.find(STYLE + "text-properties")
    paragraph = element.find(STYLE + "paragraph-properties")
    section = element.find(STYLE + "section-properties")
    style = replace(
        beneath,
        look=_read_look(text, beneath.look).over(beneath.look),
        upper=(text.get(FO + "text-transform") if text is not None else None) or beneath.upper,
        list_style=element.get(STYLE + "list-style-name", beneath.list_style),
        hidden=section is not None and section.get(TEXT + "display") == "none",
    )
    if (ground := _read_ground(element)) is not None:
        style = replace(style, look=replace(style.look, ground=ground))
    if paragraph is not None:
        left, right = points(paragraph.get(FO + "margin-left")), points(paragraph.get(FO + "margin-right"))
        if left is not None or right is not None:
            style = replace(style, inset=(left or 0) >= _INSET and (right or 0) >= _INSET)
    if element.get(STYLE + "family") != "paragraph":
        return style
    name = element.get(STYLE + "display-name") or element.get(STYLE + "name") or ""
    return _take_role(name, whole(element.get(STYLE + "default-outline-level"), 0, 10), style)


def _read_ground(element: etree._Element) -> Colour | None:
    """Return the colour behind a paragraph, a table, a cell or a frame; None where it has none of its own."""
    graphic = element.find(STYLE + "graphic-properties")
    if graphic is not None and graphic.get(DRAW + "fill") not in {None, "none"}:
        return (
            read_hexadecimal(graphic.get(DRAW + "fill-color"))
            if graphic.get(DRAW + "fill") == "solid"
            else ANY
        )
    for name in _GROUNDED:
        properties = element.find(name)
        if properties is not None and (colour := read_hexadecimal(properties.get(FO + "background-color"))):
            return colour
    return None


def _read_look(text: etree._Element | None, beneath: Look) -> Look:
    if text is None or not text.attrib:
        return PLAIN_LOOK
    get = text.get
    raised = (get(STYLE + "text-position") or "").split()
    strike = get(STYLE + "text-line-through-style") or get(STYLE + "text-line-through-type")
    underline = get(STYLE + "text-underline-style") or get(STYLE + "text-underline-type")
    size = _read_size(get(FO + "font-size"), beneath)
    if len(raised) > 1 and whole(raised[1].rstrip("%"), 100, 100) < _SMALLEST_RAISED:
        size = 0.0
    if whole((get(STYLE + "text-scale") or "100").rstrip("%"), 100, 1000) < NARROWEST:
        size = 0.0
    return Look(
        bold=_read_weight(get(FO + "font-weight")),
        italic=_differs(get(FO + "font-style"), "normal"),
        underline=_differs(underline, "none"),
        strike=_differs(strike, "none"),
        hidden=_read_hiding(text),
        raised=_read_position(raised[0]) if raised else None,
        level=True if raised and _read_position(raised[0]) is None else None,
        colour=ANY if get(STYLE + "use-window-font-color") == "true" else read_hexadecimal(get(FO + "color")),
        ground=read_hexadecimal(get(FO + "background-color")),
        size=size,
    )


def _read_hiding(text: etree._Element) -> bool | None:
    # Beside the automatic colour LibreOffice writes an opacity of nought that means nothing.
    if text.get(LOEXT + "opacity") in {"0%", "0"} and text.get(STYLE + "use-window-font-color") != "true":
        return True
    return _differs(text.get(TEXT + "display"), "true")


def _read_weight(weight: str | None) -> bool | None:
    if weight is None:
        return None
    return whole(weight, 0, 1000) >= _BOLD_FROM if weight.isdecimal() else weight == "bold"


def _differs(said: str | None, from_what: str) -> bool | None:
    return None if said is None else said != from_what


def _read_position(position: str) -> Emphasis | None:
    """Return how "super", "sub" or a percentage up or down stands; None for text on the line."""
    if position in {"0%", "-0%", "0"}:
        return None
    return Emphasis.SUBSCRIPT if position == "sub" or position.startswith("-") else Emphasis.SUPERSCRIPT


def _read_size(size: str | None, beneath: Look) -> float | None:
    """Return a size in points; a percentage is of the parent's."""
    if size is not None and size.endswith("%"):
        return (beneath.size if beneath.size is not None else _USUAL) * whole(size[:-1], 100, 1000) / 100
    return points(size)


def _take_role(encoded: str, level: int, style: Style) -> Style:
    name = _ENCODED.sub(lambda match: chr(int(match[1], 16)), encoded).casefold()
    if name in _BYLINES:
        return replace(style, byline=True)
    if name == "horizontal line":
        return replace(style, rule=True)
    if (match := _HEADING.fullmatch(name)) or level:
        return replace(style, role=Role.HEADING, level=level or whole(match[1] if match else "1", 1, 10))
    if name in _ROLES:
        role, level = _ROLES[name]
        return replace(style, role=role, level=level)
    return style


def _page_colour(*roots: etree._Element | None) -> Colour | None:
    layouts = (layout for group in _groups(*roots) for layout in group.iter(STYLE + "page-layout-properties"))
    return next(
        filter(None, (read_hexadecimal(layout.get(FO + "background-color")) for layout in layouts)), None
    )


NOTHING = Style()
