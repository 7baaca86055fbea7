"""Strips: whole numbers of lines of the grid, from which pages are filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from anonymiser.typeset.lines import Line
from anonymiser.typeset.tags import Tag


@dataclass(frozen=True, slots=True, repr=False)
class PlacedImage:
    row: int
    x: float
    image: int
    width: float
    height: float
    tag: Tag


@dataclass(slots=True, repr=False)
class Strip:
    """`height` lines of the grid, with what stands in them, told by row from the strip's top.

    A glued strip stays on one page with the next; a blank one is dropped at the top of a page.
    """

    height: int
    lines: Sequence[tuple[int, Line]] = ()
    images: Sequence[PlacedImage] = ()
    rules: Sequence[tuple[int, float, float]] = ()
    glued: bool = False
    blank: bool = False
    repeated: "Strip | None" = (
        None  # what is shown again above it where it begins a page: a table's first row
    )

    @property
    def notes(self) -> list[int]:
        return [note for _, line in self.lines for note in line.notes]


def blank(*, glued: bool = False) -> Strip:
    return Strip(1, glued=glued, blank=True)


def glue(lines: Sequence[Line], *, whole: bool = False) -> list[Strip]:
    """One strip a line. The first two and the last two stay together: neither widow nor orphan."""
    strips = [Strip(1, ((0, line),), glued=whole) for line in lines]
    if len(strips) > 1:
        strips[0].glued = strips[-2].glued = True
    return strips
