"""How text looks, as far as it matters: its emphasis, and whether anybody could see it at all."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any

from lxml import etree

from anonymiser.manuscript import Emphasis
from anonymiser.read.docx.colours import (
    BLACK,
    WHITE,
    Behind,
    Colour,
    can_be_told,
    read_highlight,
    read_shading,
    read_text_colour,
)
from anonymiser.read.docx.names import W, is_on, local_name, number, twips
from anonymiser.read.docx.symbols import symbol_font

_TINY = 10  # half-points: below five points nobody reads it
_NARROW = 20  # per cent of a letter's width
_SQUEEZED = 0.35  # of the size, taken from between letters: they lie upon each other
_USUAL = 24  # half-points
_RAISED = {"superscript": Emphasis.SUPERSCRIPT, "subscript": Emphasis.SUBSCRIPT}


@dataclass(frozen=True, slots=True)
class Look:
    """What one place says of its text; None where it says nothing and the place before it holds."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    hidden: bool | None = None
    vertical: str | None = None
    colour: Colour | None = None
    automatic: bool | None = None  # the colour Word chooses against the ground
    behind: Behind | None = None
    struck_out: bool | None = None  # a black bar laid over it with the highlighter
    unfilled: bool | None = None
    size: int | None = None  # half-points
    width: int | None = None  # per cent
    spacing: int | None = None  # twips between letters
    font: str | None = None  # of symbols, in lower case; "" for any other
    unseen: str | None = None  # why its place shows nothing, as the report calls it

    def over(self, beneath: "Look") -> "Look":
        """Return this look where it says something, else the one beneath."""
        if beneath is PLAIN_LOOK:
            return self
        if self is PLAIN_LOOK:
            return beneath
        said = [
            own if own is not None else under
            for own, under in zip(_values(self), _values(beneath), strict=True)
        ]
        if self.automatic is None and self.colour is not None:
            said[_AUTOMATIC] = None
        return Look(*said)

    def toggled_over(self, beneath: "Look") -> "Look":
        """Return a character style's look over a paragraph style's.

        Italic in what is italic already stands upright (ECMA-376, 17.7.3).
        """
        turned: dict[str, Any] = {
            name: not getattr(beneath, name) if getattr(self, name) else None
            for name in _TOGGLES
            if getattr(self, name) is not None
        }
        return replace(self, **turned).over(beneath) if turned else self.over(beneath)

    @property
    def invisible(self) -> str:
        """Why nobody can see this text: "", or what to call it in the report."""
        if self.hidden or self.unseen:
            return self.unseen or "hidden text"
        if self.struck_out and (self.automatic or self.colour in {None, BLACK}):
            return "blacked-out text"
        if self.unfilled or self._is_lost_in_its_ground:
            return "white text"
        size = self.size if self.size is not None else _USUAL
        narrow = self.width is not None and self.width < _NARROW
        if size < _TINY or narrow or -(self.spacing or 0) >= size * 10 * _SQUEEZED:
            return "tiny text"
        return ""

    @property
    def _is_lost_in_its_ground(self) -> bool:
        if self.automatic or self.colour is None:
            return False
        behind = self.behind or WHITE
        return isinstance(behind, tuple) and not can_be_told(self.colour, behind)

    @property
    def emphasis(self) -> frozenset[Emphasis]:
        marks = {emphasis for emphasis, name in _EMPHASES if getattr(self, name)}
        if self.vertical in _RAISED:
            marks.add(_RAISED[self.vertical])
        return frozenset(marks)


PLAIN_LOOK = Look()
_FIELDS = [field.name for field in fields(Look)]
_AUTOMATIC = _FIELDS.index("automatic")
_values = attrgetter(*_FIELDS)
_TOGGLES = ("bold", "italic", "strike", "hidden")
_EMPHASES = (
    (Emphasis.BOLD, "bold"),
    (Emphasis.ITALIC, "italic"),
    (Emphasis.UNDERLINE, "underline"),
    (Emphasis.STRIKE, "strike"),
)


def read_look(properties: etree._Element | None) -> Look:
    """Return the look that `w:rPr` asks for."""
    said: dict[str, Any] = {}
    for element in properties if properties is not None else ():
        if read := _READERS.get(element.tag):
            said.update(read(element))
    return Look(**said) if said else PLAIN_LOOK


def ground(properties: etree._Element | None) -> Look:
    """Return what `w:shd` below these properties lays behind text."""
    shade = properties.find(W + "shd") if properties is not None else None
    return read_ground(shade) if shade is not None else PLAIN_LOOK


def read_ground(shade: etree._Element) -> Look:
    behind = read_shading(shade)
    return Look(behind=behind) if behind is not None else PLAIN_LOOK


def _switched(name: str) -> Callable[[etree._Element], dict[str, Any]]:
    return lambda element: {name: is_on(element.get(W + "val", "1"))}


def _coloured(element: etree._Element) -> dict[str, Any]:
    colour = read_text_colour(element)
    return {"colour": colour, "automatic": None} if colour else {"automatic": True}


def _highlighted(element: etree._Element) -> dict[str, Any]:
    said = element.get(W + "val", "none")
    colour = read_highlight(said)
    return {"behind": colour, "struck_out": said == "black"} if colour else {}


def _shaded(element: etree._Element) -> dict[str, Any]:
    behind = read_shading(element)
    return {"behind": behind} if behind is not None else {}


def _sized(element: etree._Element) -> dict[str, Any]:
    said = element.get(W + "val")
    points = twips(said) if said and said[-1:].isalpha() else None
    return {"size": points // 10 if points is not None else number(said)}


def _filled(element: etree._Element) -> dict[str, Any]:
    """Read `w14:textFill`: letters without a filling are glass."""
    return {"unfilled": any(local_name(child) == "noFill" for child in element)}


_READERS: dict[str | bytes, Callable[[etree._Element], dict[str, Any]]] = {
    W + "b": _switched("bold"),
    W + "i": _switched("italic"),
    W + "u": _switched("underline"),
    W + "strike": _switched("strike"),
    W + "dstrike": _switched("strike"),
    W + "vanish": _switched("hidden"),
    W + "specVanish": _switched("hidden"),
    W + "vertAlign": lambda element: {"vertical": element.get(W + "val")},
    W + "color": _coloured,
    W + "highlight": _highlighted,
    W + "shd": _shaded,
    W + "sz": _sized,
    W + "w": lambda element: {"width": number(element.get(W + "val", "").rstrip("%"))},
    W + "spacing": lambda element: {"spacing": twips(element.get(W + "val"))},
    W + "rFonts": lambda element: {"font": symbol_font(element.get(W + "ascii") or element.get(W + "hAnsi"))},
    W + "del": lambda _: {"unseen": "deleted passage"},
    "{http://schemas.microsoft.com/office/word/2010/wordml}textFill": _filled,
}
READ_BY_LOOKS = frozenset(_READERS)
