"""What lines are made of: tokens, each in one style, and glyphs where letters don't suffice."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from anonymiser.manuscript import Emphasis


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How a stretch of text is drawn. `coded` fonts are shown by bytes of Windows-1252, others by glyph number.

    Told by identity: what has a style of its own is set apart.
    """

    face: str
    coded: bool
    emphasis: frozenset[Emphasis]
    size: float
    rise: float
    ruled: tuple[float, ...] = ()  # points above the baseline at which it is underlined or struck out


class Token(NamedTuple):
    """Part of a line that is never broken. `show` is the inside of an array of TJ; widths are in points.

    A tuple, because there are thousands of them, read column by column.
    """

    width: float
    trailing: float  # of the space it ends with, which may hang over the margin
    breaks: bool  # whether a line may end after it
    show: bytes
    style: Style
    text: str
    glyphs: tuple["Glyph", ...] = ()  # where it is shown by their numbers
    spoken: str = ""  # where the glyphs don't spell it one after another
    note: int = 0
    level: int = 0  # odd where it runs from right to left

    def __repr__(self) -> str:
        """Show no words: essays must not reach a log by way of a repr."""
        return "<Token>"


@dataclass(frozen=True, slots=True, repr=False)
class Glyph:
    """A glyph and the characters it stands for, moved by thousandths of an em to the right and points upwards."""

    number: int
    text: str
    moved: int
    raised: float


def escape(shown: bytes) -> bytes:
    """Write bytes as the inside of a string of PDF."""
    if _SPECIAL.search(shown):
        return (
            shown.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
        )
    return shown


_SPECIAL = re.compile(rb"[()\\\r]")
