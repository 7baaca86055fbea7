"""Finds notes at the foot of pages, and at the end, and links them to their marks in the text.

A note is taken out of the text only where its mark is found; all else stays where it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from anonymiser.manuscript import Emphasis
from anonymiser.read.pdf.lines import Line
from anonymiser.read.pdf.page import Page, Rule, Word
from anonymiser.read.pdf.paragraphs import Habits

_MARK = re.compile(r"[\[(]?(\d{1,3}|[ivx]{1,5}|[*†‡§¶]{1,3}|[a-z])[\])]?")
_NUMBERED = re.compile(r"(\d{1,3})[.)]?")
_SMALLER = 0.95
_FURTHER = 1.25  # lines


@dataclass(slots=True, repr=False)
class Note:
    mark: Word
    lines: list[Line]
    skip: int  # words of the first line that are the note's own mark

    def __repr__(self) -> str:
        return "<Note>"


@dataclass(slots=True)
class _Marks:
    """The marks met in the text, by what they show, those of the page at hand first."""

    free: dict[str, list[tuple[int, Word]]] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        for word in line.words:
            if Emphasis.SUPERSCRIPT in word.emphasis and (match := _MARK.fullmatch(word.text)):
                self.free.setdefault(match[1], []).append((line.page, word))

    def take(self, shown: str, page: int) -> Word | None:
        found = self.free.get(shown, [])
        for at, (where, _) in enumerate(found):
            if where == page:
                return found.pop(at)[1]
        return found.pop(0)[1] if found else None


def take_notes(lines: list[Line], pages: Sequence[Page], habits: Habits) -> tuple[list[Line], list[Note]]:
    """Return the text's lines and the notes."""
    marks = _Marks()
    body: list[Line] = []
    notes: list[Note] = []
    for column in _columns(lines):
        start = _find_foot(column, pages[column[0].page].rules, habits)
        for line in column[:start]:
            marks.add(line)
        body += column[:start]
        body += _read_foot(column[start:], marks, notes, habits)
    return body, notes


def _columns(lines: list[Line]) -> list[list[Line]]:
    found: list[list[Line]] = []
    for line in lines:
        if found and found[-1][0].column == line.column:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _find_foot(column: list[Line], rules: Sequence[Rule], habits: Habits) -> int:
    """Return where the notes of a column begin; its length where it has none."""
    start = min(_find_set_off(column, rules, habits), _find_small(column, habits))
    # Small type above the first note may be the end of one from the page before.
    while 0 < start < len(column) and _is_small(column[start - 1], habits):
        gap = column[start].baseline - column[start - 1].baseline
        if gap > habits.leading(column[start].size) * _FURTHER:
            break
        start -= 1
    return start


def _find_set_off(column: list[Line], rules: Sequence[Rule], habits: Habits) -> int:
    """Return the first line that begins with a raised mark, below a rule or more than a line below the text."""
    for at, line in enumerate(column):
        if Emphasis.SUPERSCRIPT not in line.words[0].emphasis or _opens(line, habits) is None:
            continue
        above = column[at - 1].baseline if at else 0.0
        ruled = any(
            above < rule.bottom and rule.top < line.baseline - line.size * 0.5 and rule.x1 > line.x0
            for rule in rules
        )
        if ruled or not at or line.baseline - above > _FURTHER * habits.leading(line.size):
            return at
    return len(column)


def _find_small(column: list[Line], habits: Habits) -> int:
    """Return the first note of those in smaller type with which a column ends."""
    start = len(column)
    for at in range(len(column) - 1, -1, -1):
        if not _is_small(column[at], habits):
            break
        if _opens(column[at], habits) is not None:
            start = at
    return start


def _is_small(line: Line, habits: Habits) -> bool:
    return line.size < habits.size * _SMALLER


def _opens(line: Line, habits: Habits) -> str | None:
    """Return the mark with which a note begins, raised or, in small type, a number."""
    first = line.words[0]
    if len(line.words) == 1:
        return None
    if Emphasis.SUPERSCRIPT in first.emphasis and (match := _MARK.fullmatch(first.text)):
        return match[1]
    if _is_small(line, habits) and (match := _NUMBERED.fullmatch(first.text)) and not line.words[1].joined:
        return match[1]
    return None


def _read_foot(foot: list[Line], marks: _Marks, notes: list[Note], habits: Habits) -> list[Line]:
    """Add the notes of a page's foot, and return what turns out to be text."""
    text: list[Line] = []
    current = notes[-1] if notes else None
    for line in foot:
        shown = _opens(line, habits)
        mark = marks.take(shown, line.page) if shown else None
        if mark is not None:
            current = Note(mark, [line], 1)
            notes.append(current)
        elif current is not None and not text and (current.lines[-1].column == line.column or not shown):
            current.lines.append(line)
        else:
            current = None
            text.append(line)
    return text
