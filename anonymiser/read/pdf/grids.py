"""Finds tables drawn with lines: where rules across and down the page meet, they part it into cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from anonymiser.read.pdf.page import Page, Rule, Word

_THIN = 3.0  # points
_SHORTEST = 8.0
_NEAR = 3.0
_MOST_RULES = 4_000
_MOST_LINES = 200  # across or down one table


@dataclass(slots=True, repr=False)
class GridCell:
    words: list[Word] = field(default_factory=list)
    columns: int = 1

    def __repr__(self) -> str:
        return "<GridCell>"


@dataclass(slots=True, repr=False)
class Grid:
    """A table on its page; `rows` hold the cells from left to right, `right` tells how far each may reach."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[GridCell]]

    def __repr__(self) -> str:
        return "<Grid>"


def take_grids(page: Page) -> list[Grid]:
    """Return the page's tables, and take their words off the page."""
    across = _merge([rule for rule in page.rules[:_MOST_RULES] if _is_level(rule)], level=True)
    down = _merge([rule for rule in page.rules[:_MOST_RULES] if not _is_level(rule)], level=False)
    grids = []
    for levels, uprights in _meeting(across, down):
        grid = _make_grid(levels, uprights, page.words)
        if grid is not None:
            taken = {id(word) for row in grid.rows for cell in row for word in cell.words}
            page.words = [word for word in page.words if id(word) not in taken]
            grids.append(grid)
    return grids


def _is_level(rule: Rule) -> bool:
    return rule.x1 - rule.x0 >= rule.bottom - rule.top


def _merge(rules: Sequence[Rule], *, level: bool) -> list[Rule]:
    """Put together what was drawn piece by piece: each cell's edge for itself, or twice."""
    merged: list[Rule] = []
    longer = [
        rule
        for rule in rules
        if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= _SHORTEST
        and min(rule.x1 - rule.x0, rule.bottom - rule.top) <= _THIN
    ]
    for rule in sorted(
        longer, key=lambda each: (round(each.top), each.x0) if level else (round(each.x0), each.top)
    ):
        last = merged[-1] if merged else None
        if (
            last is not None
            and level
            and abs(last.top - rule.top) <= _NEAR / 2
            and rule.x0 <= last.x1 + _NEAR
        ):
            merged[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), last.bottom)
        elif (
            last is not None
            and not level
            and abs(last.x0 - rule.x0) <= _NEAR / 2
            and rule.top <= last.bottom + _NEAR
        ):
            merged[-1] = Rule(last.x0, last.top, last.x1, max(last.bottom, rule.bottom))
        else:
            merged.append(rule)
    return merged


def _meeting(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return groups of rules that meet each other."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    left = list(down)
    while left:
        levels: list[Rule] = []
        uprights = [left.pop()]
        for upright in uprights:
            for level in [each for each in across if each not in levels and _meet(each, upright)]:
                levels.append(level)
                for other in [each for each in left if _meet(level, each)]:
                    left.remove(other)
                    uprights.append(other)
        if len(levels) > 1 and len(uprights) > 1 and len(levels) + len(uprights) < _MOST_LINES:
            groups.append((levels, uprights))
    return groups


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.x0 - _NEAR <= upright.x1
        and upright.x0 <= level.x1 + _NEAR
        and upright.top - _NEAR <= level.bottom
        and level.top <= upright.bottom + _NEAR
    )


def _make_grid(levels: list[Rule], uprights: list[Rule], words: Sequence[Word]) -> Grid | None:
    heights = _distinct([rule.top for rule in levels])
    places = _distinct([rule.x0 for rule in uprights])
    if len(heights) < 2 or len(places) < 3:  # noqa: PLR2004 - one row, two columns
        return None
    grid = Grid(places[0], heights[0], places[-1], heights[-1], [])
    inside = [
        word
        for word in words
        if grid.x0 < _middle(word)[0] < grid.x1 and grid.top < _middle(word)[1] < grid.bottom
    ]
    above: dict[int, GridCell] = {}
    for top, bottom in pairwise(heights):
        row: list[GridCell] = []
        for at, (x0, x1) in enumerate(pairwise(places)):
            parted = at == 0 or any(_crosses(rule, x0, (top + bottom) / 2, level=False) for rule in uprights)
            if not parted:
                row[-1].columns += 1
                cell = above[at - 1]
            else:
                row.append(GridCell())
                open_above = top != heights[0] and not any(
                    _crosses(rule, top, (x0 + x1) / 2, level=True) for rule in levels
                )
                # A cell that reaches down over several rows has its words in the first of them.
                cell = above[at] if open_above else row[-1]
            above[at] = cell
            cell.words += [
                word for word in inside if x0 < _middle(word)[0] <= x1 and top < _middle(word)[1] <= bottom
            ]
        grid.rows.append(row)
    filled = sum(bool(cell.words) for row in grid.rows for cell in row)
    return grid if filled > 1 else None


def _distinct(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, word.baseline - 0.3 * word.size


def _crosses(rule: Rule, place: float, along: float, *, level: bool) -> bool:
    if level:
        return abs(rule.top - place) <= _NEAR and rule.x0 - _NEAR <= along <= rule.x1 + _NEAR
    return abs(rule.x0 - place) <= _NEAR and rule.top - _NEAR <= along <= rule.bottom + _NEAR
