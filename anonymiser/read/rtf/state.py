"""How text and paragraphs are set at a point of an RTF file; each group has its own, inherited from outside."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from anonymiser.manuscript import Emphasis
from anonymiser.read.colours import Colour


class Characters:
    """Of text: emphasis, colours by number, size in half-points, width in per cent, font by number."""

    __slots__ = (
        "behind", "bold", "colour", "deleted", "font", "hidden", "italic", "raised", "size", "strike", "underline",
        "width",
    )  # fmt: skip

    def __init__(self, font: int = 0) -> None:
        self.reset(font)

    def reset(self, font: int) -> None:
        self.bold = self.italic = self.underline = self.strike = self.hidden = self.deleted = False
        self.raised: Emphasis | None = None
        self.colour = 0
        self.behind: int | None = None
        self.size = 24
        self.width = 100
        self.font = font

    def copy(self) -> "Characters":
        new = Characters.__new__(Characters)
        new.bold, new.italic, new.underline = self.bold, self.italic, self.underline
        new.strike, new.hidden, new.deleted = self.strike, self.hidden, self.deleted
        new.raised, new.colour, new.behind = self.raised, self.colour, self.behind
        new.size, new.width, new.font = self.size, self.width, self.font
        return new

    @property
    def emphasis(self) -> frozenset[Emphasis]:
        return _emphasis((self.bold, self.italic, self.underline, self.strike), self.raised)


@lru_cache
def _emphasis(switches: tuple[bool, ...], raised: Emphasis | None) -> frozenset[Emphasis]:
    marks = {mark for mark, on in zip(_SWITCHED, switches, strict=True) if on}
    return frozenset(marks | {raised} if raised else marks)


_SWITCHED = (Emphasis.BOLD, Emphasis.ITALIC, Emphasis.UNDERLINE, Emphasis.STRIKE)


@dataclass(slots=True)
class Layout:
    """Of a paragraph. `depth` is of the table it stands in, 0 for none; lengths in twips."""

    style: int = 0
    outline: int | None = None
    depth: int = 0
    list_level: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    ground: Colour | None = None

    def copy(self) -> "Layout":
        return Layout(
            self.style,
            self.outline,
            self.depth,
            self.list_level,
            self.left,
            self.right,
            self.first,
            self.ground,
        )


@dataclass(slots=True)
class Group:
    """`shows` is what becomes of text in it: "text", "label", "formula", "left", or a table that it fills."""

    characters: Characters
    layout: Layout
    shows: str
    unicode_skip: int = 1
    what: str = ""  # what the report calls text that is left
    optional: bool = False  # a program may skip it, by what was read first in it
    end: Callable[[], None] | None = None

    def inner(self) -> "Group":
        return Group(self.characters.copy(), self.layout.copy(), self.shows, self.unicode_skip, self.what)
