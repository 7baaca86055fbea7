"""How text looks, as far as it matters: its emphasis, and whether anybody could see it at all."""

from dataclasses import dataclass, fields
from typing import Any

from lxml import etree

from anonymiser.manuscript import Emphasis
from anonymiser.read.docx.names import W, number, switch, value

_TINY = 10  # half-points: below five points nobody reads it
_NEARLY_WHITE = 0xF0
_PALE = 0xB0  # a background darker than this shows white text
_WHITE_THEMES = {"background1", "light1", "bg1", "lt1"}
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
    white: bool | None = None
    dark_behind: bool | None = None
    size: int | None = None  # half-points

    def over(self, beneath: "Look") -> "Look":
        """Return this look where it says something, else the one beneath."""
        if beneath is PLAIN_LOOK:
            return self
        if self is PLAIN_LOOK:
            return beneath
        said: dict[str, Any] = {}
        for name in _FIELDS:
            own = getattr(self, name)
            said[name] = own if own is not None else getattr(beneath, name)
        return Look(**said)

    @property
    def invisible(self) -> str:
        """Why nobody can see this text: "", or what to call it in the report."""
        if self.hidden:
            return "hidden text"
        if self.white and not self.dark_behind:
            return "white text"
        if self.size is not None and self.size < _TINY:
            return "tiny text"
        return ""

    @property
    def emphasis(self) -> frozenset[Emphasis]:
        marks = set()
        if self.bold:
            marks.add(Emphasis.BOLD)
        if self.italic:
            marks.add(Emphasis.ITALIC)
        if self.underline:
            marks.add(Emphasis.UNDERLINE)
        if self.strike:
            marks.add(Emphasis.STRIKE)
        if self.vertical in _RAISED:
            marks.add(_RAISED[self.vertical])
        return frozenset(marks)


PLAIN_LOOK = Look()
_FIELDS = tuple(field.name for field in fields(Look))


def read_look(properties: etree._Element | None) -> Look:
    """Return the look that `w:rPr` asks for."""
    if properties is None or not len(properties):
        return PLAIN_LOOK
    hidden = switch(properties, "vanish")
    size = value(properties, "sz")
    strike = switch(properties, "strike")
    return Look(
        bold=switch(properties, "b"),
        italic=switch(properties, "i"),
        underline=switch(properties, "u"),
        strike=strike if strike is not None else switch(properties, "dstrike"),
        hidden=hidden if hidden is not None else switch(properties, "specVanish"),
        vertical=value(properties, "vertAlign"),
        white=_is_white(properties.find(W + "color")),
        dark_behind=is_dark(properties) or _is_highlighted(properties),
        size=_half_points(size),
    )


def is_dark(properties: etree._Element | None) -> bool | None:
    """Whether `w:shd` below these properties is dark enough to show white text; None where there is none."""
    shade = properties.find(W + "shd") if properties is not None else None
    if shade is None:
        return None
    fill = shade.get(W + "fill", "auto")
    if shade.get(W + "themeFill") and fill == "auto":
        return True
    if shade.get(W + "val") == "solid" and fill == "auto":
        fill = shade.get(W + "color", "auto")
    return _brightness(fill, default=255) < _PALE or None


def _is_highlighted(properties: etree._Element) -> bool | None:
    highlight = value(properties, "highlight")
    return None if highlight is None else highlight not in {"", "none", "white"}


def _is_white(colour: etree._Element | None) -> bool | None:
    if colour is None:
        return None
    said = colour.get(W + "val", "auto")
    if said == "auto":
        return colour.get(W + "themeColor") in _WHITE_THEMES
    return _brightness(said, default=0) >= _NEARLY_WHITE


def _brightness(colour: str, *, default: int) -> int:
    """Return the darkest channel of a colour in hexadecimal."""
    try:
        return min(int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return default


def _half_points(size: str | None) -> int | None:
    if size and size.endswith("pt"):
        points = number(size[:-2])
        return points * 2 if points is not None else None
    return number(size)
