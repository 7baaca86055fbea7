"""Puts strips onto pages, and the notes whose marks stand on a page at its bottom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anonymiser.typeset.form import LINES
from anonymiser.typeset.lines import Line
from anonymiser.typeset.strips import Strip

_SHORT_NOTE = 4


@dataclass(slots=True, repr=False)
class Page:
    strips: list[tuple[int, Strip]] = field(default_factory=list)  # with the row each starts at
    notes: list[Line] = field(default_factory=list)
    used: int = 0

    @property
    def room(self) -> int:
        return LINES - self.used - len(self.notes)


def fill_pages(strips: Sequence[Strip], lines_of: Mapping[int, list[Line]]) -> list[Page]:
    """Every strip on a page, glued ones together as far as a page holds them.

    A note that doesn't fit below its mark goes on at the bottom of the next page.
    """
    notes = _assign_notes(strips, lines_of)
    page = Page()
    pages = [page]
    waiting: list[Line] = []

    def turn() -> Page:
        # Some lines are left to the text, so that a long note can't push it away for pages.
        room = LINES // 2
        pages.append(Page(notes=waiting[:room]))
        del waiting[:room]
        return pages[-1]

    for group, height in _glued_groups(strips):
        needed = height + sum([_least(notes.get(id(strip), ())) for strip in group]) if notes else height
        if needed > page.room and page.strips and (needed <= LINES or not waiting):
            page = turn()
        for strip in group:
            if strip.blank and not page.strips:
                continue
            if strip.height > page.room:
                page = turn()
            page.strips.append((page.used, strip))
            page.used += strip.height
            if lines := notes.get(id(strip)):
                room = 0 if waiting else page.room
                page.notes.extend(lines[:room])
                waiting.extend(lines[room:])
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

    if not lines_of:
        return {}
    return {
        id(strip): [line for number in called for line in gather(number)]
        for strip in strips
        if (called := strip.notes)
    }


def _least(note: Sequence[Line]) -> int:
    """Return how many of a note's lines must stand below its mark: all of a short one, some of a long one."""
    return len(note) if len(note) <= _SHORT_NOTE else _SHORT_NOTE - 1


def _glued_groups(strips: Sequence[Strip]) -> Iterator[tuple[list[Strip], int]]:
    """Yield strips that belong together, with their height."""
    group: list[Strip] = []
    height = 0
    for strip in strips:
        group.append(strip)
        height += strip.height
        if not strip.glued:
            yield group, height
            group, height = [], 0
    if group:
        yield group, height
