"""Recognises what stands in the margins of pages: running heads and feet, page numbers, numbers of lines."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from anonymiser.read.pdf.lines import Stretch, gather
from anonymiser.read.pdf.page import Page
from anonymiser.read.reading import Tally

_DEPTH = 3  # rows from the upper or lower edge among which heads and feet are looked for
_HEAD_ZONE = 0.085  # of the page's height: text proper begins below
_ZONE = 0.2  # a running head stands no deeper
_SAME_HEIGHT = 4.0  # points
_ALONE = 99.0
_SET_OFF = 1.35  # lines of distance to the text
_NUMBER = re.compile(
    r"[-–—~|\[(]*\s*(?:(?:page|pg\.?|p\.?|seite)\s*)?(\d{1,4}|[ivxl]{1,7})(?:\s*(?:/|of|von|\||-)\s*\d{1,4})?"
    r"\s*(?:\|?\s*page)?\s*[-–—~|\])]*\.?",
    re.IGNORECASE,
)
_BROWSERS = re.compile(r"(?:https?|file)://|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}", re.IGNORECASE)
_EDGE = 0.06  # of the page's height
_DIGITS = re.compile(r"\d+")
_PURE_NUMBER = re.compile(r"\d{1,4}")
_FEWEST_NUMBERS = 5


@dataclass(slots=True)
class _Row:
    page: int
    rank: int  # from the edge: 0 is the outermost
    stretches: list[Stretch]
    height: float  # of the page
    distance: float  # to the next row inwards, in lines

    @property
    def baseline(self) -> float:
        return self.stretches[0].baseline

    @property
    def text(self) -> str:
        words = (word.text for stretch in self.stretches for word in stretch.words)
        return " ".join(words)


def drop_margins(pages: list[Page], stretches: list[list[Stretch]], tally: Tally) -> list[list[Stretch]]:
    """Return each page's stretches without what stands in its margins."""
    gone: set[int] = set()
    dropped: list[str] = []
    for at_top in (True, False):
        rows = [
            row
            for number, (page, found) in enumerate(zip(pages, stretches, strict=True))
            for row in _outermost(number, page, found, at_top=at_top)
        ]
        for row in _running(rows, len(pages), at_top=at_top):
            gone.update(map(id, row.stretches))
            what = "page number" if _NUMBER.fullmatch(row.text) else "header" if at_top else "footer"
            dropped.append(what)
    left = [[stretch for stretch in found if id(stretch) not in gone] for found in stretches]
    if not any(left):
        # Where nothing else is on any page, it is no margin.
        return stretches
    for what in dropped:
        tally.add(what, "document")
    return [_without_line_numbers(found, tally) for found in left]


def _outermost(number: int, page: Page, found: list[Stretch], *, at_top: bool) -> list[_Row]:
    if not found:
        return []
    rows: list[list[Stretch]] = []
    for stretch in sorted(found, key=lambda each: each.baseline, reverse=not at_top):
        if rows and abs(rows[-1][0].baseline - stretch.baseline) < 0.5 * stretch.size:
            rows[-1].append(stretch)
        elif len(rows) > _DEPTH:
            break
        else:
            rows.append([stretch])
    leading = _leading(found)
    made = []
    for rank, row in enumerate(rows[:_DEPTH]):
        further = rows[rank + 1 :]
        distance = abs(further[0][0].baseline - row[0].baseline) / leading if further else _ALONE
        row.sort(key=lambda each: each.x0)
        made.append(_Row(number, rank, row, page.height, distance))
    return made


def _leading(found: list[Stretch]) -> float:
    heights = sorted({round(stretch.baseline, 1) for stretch in found})
    gaps = [below - above for above, below in pairwise(heights) if below - above > 4]  # noqa: PLR2004 - points: nearer lines are raised or lowered marks
    usual = median(stretch.size for stretch in found) * 1.15
    return max(usual, median(gaps)) if gaps else usual


def _running(rows: list[_Row], pages: int, *, at_top: bool) -> list[_Row]:
    """Return the rows that run through the pages, from the edge inwards: behind text proper nothing runs."""
    known: list[_Row] = []
    inside: set[int] = set()
    # A page on which nothing else stands doesn't tell what runs: it may be a line of text.
    telling = [row for row in rows if row.distance < _ALONE or row.rank]
    keys: Counter[str] = Counter(_key(row) for row in telling)
    for row in sorted(rows, key=lambda each: each.rank):
        if row.page in inside:
            continue
        depth = row.baseline if at_top else row.height - row.baseline
        runs = _is_numbered(row, rows, pages) or _repeats(row, rows, keys, depth) or _is_browsers(row, depth)
        if depth > row.height * _ZONE or not runs:
            inside.add(row.page)
        else:
            known.append(row)
    return known


def _is_browsers(row: _Row, depth: float) -> bool:
    """Tell the line with address or date that a browser prints on each page, which may be the only one."""
    return row.rank == 0 and depth < row.height * _EDGE and _BROWSERS.match(row.text) is not None


def _key(row: _Row) -> str:
    return _DIGITS.sub("#", row.text).casefold()


def _repeats(row: _Row, rows: list[_Row], keys: Counter[str], depth: float) -> bool:
    if keys[_key(row)] < 2:  # noqa: PLR2004 - what runs stands on two pages at least
        return False
    set_off = row.distance > _SET_OFF or depth < row.height * _HEAD_ZONE
    return set_off and any(
        other.page != row.page
        and abs(other.baseline - row.baseline) < _SAME_HEIGHT
        and _key(other) == _key(row)
        for other in rows
    )


def _is_numbered(row: _Row, rows: list[_Row], pages: int) -> bool:
    match = _NUMBER.fullmatch(row.text)
    if match is None:
        return False
    if pages == 1:
        return row.distance > _SET_OFF and match[1] in {"1", "i", "I"}
    if not match[1].isdigit():
        return row.distance > _SET_OFF
    shift = int(match[1]) - row.page
    for other in rows:
        beside = _NUMBER.fullmatch(other.text) if other.page != row.page else None
        if beside and beside[1].isdigit() and int(beside[1]) - other.page == shift:
            return True
    return False


def _without_line_numbers(found: list[Stretch], tally: Tally) -> list[Stretch]:
    """Take out numbers that count the lines in the margin of a manuscript, every line or every fifth."""
    outer = [
        (stretch, stretch.words[0])
        for stretch in found
        if _PURE_NUMBER.fullmatch(stretch.words[0].text)
        and (len(stretch.words) == 1 or _stands_apart(stretch))
    ]
    if len(outer) < _FEWEST_NUMBERS:
        return found
    outer.sort(key=lambda each: each[0].baseline)
    edge = median(word.x1 for _, word in outer)
    outer = [each for each in outer if abs(each[1].x1 - edge) < _SAME_HEIGHT]
    values = [int(word.text) for _, word in outer]
    steps = {after - before for before, after in pairwise(values)}
    numbers = {id(word) for _, word in outer}
    others = [word.x0 for stretch in found for word in stretch.words if id(word) not in numbers]
    beside = not others or edge < min(others) or edge > max(others)
    lines = len({round(stretch.baseline) for stretch in found})
    every = steps == {1} and len(values) * 10 > lines * 8
    if len(values) < _FEWEST_NUMBERS or not beside or not (every or steps in ({5}, {10})):
        return found
    tally.add("line number", "document", len(values))
    left = []
    for stretch in found:
        words = [word for word in stretch.words if id(word) not in numbers]
        if len(words) == len(stretch.words):
            left.append(stretch)
        elif words:
            words[0].joined = False
            left.append(gather(words))
    return left


def _stands_apart(stretch: Stretch) -> bool:
    return stretch.words[1].x0 - stretch.words[0].x1 > 0.6 * stretch.size
