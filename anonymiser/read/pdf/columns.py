"""Puts the stretches of a page in the order in which they are read: column after column, between what spans them."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from anonymiser.read.pdf.lines import Stretch, gather, is_right_to_left

_STEP = 4.0  # points between the places where a gutter is looked for
_EDGE = 0.12  # of the width: no gutter lies nearer to an edge of the text
_FEWEST = 3  # lines on either side of a gutter
_NARROWEST = 55.0  # points: narrower columns are those of a table, or numbers before items
_GUTTER = 0.8  # of the size of the type: wider than most spaces between justified words
_DEEPEST = 4  # columns side by side


@dataclass(slots=True)
class Column:
    stretches: list[Stretch]
    left: float
    right: float


def find_columns(stretches: list[Stretch]) -> list[Column]:
    if not stretches:
        return []
    left = min(stretch.x0 for stretch in stretches)
    right = max(stretch.x1 for stretch in stretches)
    return _split(stretches, left, right, _DEEPEST)


def _split(stretches: list[Stretch], left: float, right: float, depth: int) -> list[Column]:
    gutter = _find_gutter(stretches, left, right) if depth > 1 and len(stretches) > 2 * _FEWEST else None
    if gutter is None:
        return [Column(stretches, left, right)]
    columns: list[Column] = []
    whole: list[Stretch] = []
    stretches = [part for stretch in stretches for part in _parted(stretch, gutter)]
    for crossing, zone in _zones(stretches, gutter):
        if crossing or not _has_columns(zone, gutter):
            whole += zone
            continue
        if whole:
            columns.append(Column(whole, left, right))
            whole = []
        before = [stretch for stretch in zone if stretch.x1 <= gutter]
        after = [stretch for stretch in zone if stretch.x1 > gutter]
        edge = max(stretch.x1 for stretch in before)
        start = min(stretch.x0 for stretch in after)
        sides = [_split(before, left, edge, depth - 1), _split(after, start, right, depth - 1)]
        if is_right_to_left(zone[0].words[0].text):
            sides.reverse()
        columns += [column for side in sides for column in side]
    if whole:
        columns.append(Column(whole, left, right))
    return columns


def _find_gutter(stretches: list[Stretch], left: float, right: float) -> float | None:
    """Return the middle of the white strip that parts most lines from others beside them."""
    starts = sorted(stretch.x0 for stretch in stretches)
    ends = sorted(stretch.x1 for stretch in stretches)
    best, places = 0, list[float]()
    place = left + (right - left) * _EDGE
    while place < right - (right - left) * _EDGE:
        fewer = min(bisect_right(ends, place), len(starts) - bisect_left(starts, place))
        if fewer >= _FEWEST and fewer >= best:
            score = sum(
                min(_sides(zone, place))
                for crossing, zone in _zones(stretches, place)
                if not crossing and _has_columns(zone, place)
            )
            if score > best:
                best, places = score, [place]
            elif score == best and score:
                places.append(place)
        place += _STEP
    return places[len(places) // 2] if places else None


def _parted(stretch: Stretch, gutter: float) -> list[Stretch]:
    """Return the two halves of a stretch in which the gutter was taken for a wide space."""
    if not stretch.x0 < gutter < stretch.x1:
        return [stretch]
    for at, (before, after) in enumerate(pairwise(stretch.words), start=1):
        if before.x1 <= gutter <= after.x0 and after.x0 - before.x1 > _GUTTER * stretch.size:
            after.joined = False
            return [gather(stretch.words[:at]), gather(stretch.words[at:])]
    return [stretch]


def _zones(stretches: list[Stretch], gutter: float) -> list[tuple[bool, list[Stretch]]]:
    """Return, from top to bottom, what crosses the gutter and what stands between that."""
    zones: list[tuple[bool, list[Stretch]]] = []
    for stretch in sorted(stretches, key=lambda each: each.baseline):
        crossing = stretch.x0 < gutter < stretch.x1
        if zones and zones[-1][0] == crossing:
            zones[-1][1].append(stretch)
        else:
            zones.append((crossing, [stretch]))
    return zones


def _sides(zone: list[Stretch], gutter: float) -> tuple[int, int]:
    before = sum(stretch.x1 <= gutter for stretch in zone)
    return before, len(zone) - before


def _has_columns(zone: list[Stretch], gutter: float) -> bool:
    before = [stretch for stretch in zone if stretch.x1 <= gutter]
    after = [stretch for stretch in zone if stretch.x1 > gutter]
    return all(
        len(side) >= _FEWEST and median(stretch.x1 - stretch.x0 for stretch in side) >= _NARROWEST
        for side in (before, after)
    ) and _are_side_by_side(before, after)


def _are_side_by_side(before: list[Stretch], after: list[Stretch]) -> bool:
    """Tell columns from lines that only alternate between left and right, as in a conversation."""
    fewer, more = sorted((before, after), key=len)
    heights = sorted(stretch.baseline for stretch in more)
    beside = 0
    for stretch in fewer:
        at = bisect_left(heights, stretch.baseline - stretch.size * 0.8)
        beside += at < len(heights) and heights[at] < stretch.baseline + stretch.size * 0.8
    return beside * 2 >= len(fewer)
