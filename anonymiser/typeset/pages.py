"""Puts strips onto pages, and the notes whose marks stand on a page at its bottom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anonymiser.typeset.form import LINES
from anonymiser.typeset.lines import Line
from anonymiser.typeset.strips import Strip


@dataclass(slots=True, repr=False)
class Page:
    strips: list[tuple[int, Strip]] = field(default_factory=list)  # with the row each starts at
    notes: list[Line] = field(default_factory=list)
    used: int = 0

    @property
    def room(self) -> int:
        return LINES - self.used - len(self.notes)

    def add(self, strip: Strip) -> None:
        self.strips.append((self.used, strip))
        self.used += strip.height


def fill_pages(strips: Sequence[Strip], lines_of: Mapping[int, list[Line]]) -> list[Page]:
    """Every strip on a page, glued ones together as far as a page holds them.

    A note that doesn't fit below its mark goes on at the bottom of the next page.
    """
    notes = _assign_notes(strips, lines_of)
    pages = [Page()]
    waiting: list[Line] = []

    def turn() -> None:
        pages.append(Page())
        # Some lines are left to the text, so that a long note can't push it away for pages.
        room = LINES // 2
        pages[-1].notes.extend(waiting[:room])
        del waiting[:room]

    def place(strip: Strip) -> None:
        if strip.blank and not pages[-1].strips:
            return
        if strip.height > pages[-1].room:
            turn()
        page = pages[-1]
        page.add(strip)
        lines = notes.get(id(strip), [])
        room = 0 if waiting else page.room
        page.notes.extend(lines[:room])
        waiting.extend(lines[room:])

    for group in _glued_groups(strips):
        needed = sum(_height_with_notes(strip, notes) for strip in group)
        if needed > pages[-1].room and pages[-1].strips and (needed <= LINES or not waiting):
            turn()
        for strip in group:
            place(strip)
    while waiting:
        turn()
    return pages


def _assign_notes(strips: Sequence[Strip], lines_of: Mapping[int, list[Line]]) -> dict[int, list[Line]]:
    """Return the lines of the notes that each strip (told by identity) calls for.

    A note stands where it is called first, and right after it the notes it calls itself.
    """
    placed: set[int] = set()

    def gather(number: int) -> Iterator[Line]:
        if number in placed or number not in lines_of:
            return
        placed.add(number)
        yield from lines_of[number]
        for line in lines_of[number]:
            for inner in line.notes:
                yield from gather(inner)

    return {
        id(strip): [line for number in strip.notes for line in gather(number)]
        for strip in strips
        if strip.notes
    }


def _height_with_notes(strip: Strip, notes: Mapping[int, list[Line]]) -> int:
    return strip.height + len(notes.get(id(strip), ()))


def _glued_groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.glued:
            yield group
            group = []
    if group:
        yield group
