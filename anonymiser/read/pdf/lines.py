"""Gathers the words of a page into stretches and these into lines."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from anonymiser.manuscript import Emphasis
from anonymiser.read.pdf.page import RIGHT_TO_LEFT, Word

_WIDEST_SPACE = 1.5  # of the size of the type: a wider gap may be that between columns
_OVERLAP = 0.4
_RAISED = 0.12
_SMALLER = 0.86
_TOUCHING = 0.1


@dataclass(slots=True, repr=False)
class Stretch:
    """Words that follow each other in the file and on the page."""

    words: list[Word]
    x0: float
    x1: float
    baseline: float
    size: float

    def __repr__(self) -> str:
        return "<Stretch>"


@dataclass(slots=True, repr=False)
class Line:
    """A line of type. `left` and `right` are the edges of the column it stands in."""

    words: list[Word]
    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    page: int = 0
    column: int = 0
    left: float = 0.0
    right: float = 0.0

    def __repr__(self) -> str:
        return "<Line>"


def is_right_to_left(text: str) -> bool:
    return bool(RIGHT_TO_LEFT.search(text))


def gather_stretches(words: list[Word]) -> list[Stretch]:
    stretches: list[Stretch] = []
    current: Stretch | None = None
    before: Word | None = None
    for word in words:
        if current is None or before is None or not _follows(word, before, current):
            current = Stretch([word], word.x0, word.x1, word.baseline, word.size)
            stretches.append(current)
        else:
            if _touches(word, before):
                # Some programs begin a new piece inside a word; a true space is never so narrow.
                word.joined = True
            current.words.append(word)
            current.x0, current.x1 = min(current.x0, word.x0), max(current.x1, word.x1)
            if word.size > current.size * 1.05:
                current.size, current.baseline = word.size, word.baseline
        before = word
    return stretches


def _touches(word: Word, before: Word) -> bool:
    gap = (word.x0 - before.x1) / max(word.size, 1.0)
    return -0.1 < gap < 0.04 and word.baseline == before.baseline and not is_right_to_left(word.text)  # noqa: PLR2004 - of the size


def gather(words: list[Word]) -> Stretch:
    """Return words as one stretch, which is as large as the largest of them."""
    tall = max(words, key=lambda word: word.size)
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    return Stretch(words, x0, x1, tall.baseline, tall.size)


def _follows(word: Word, before: Word, stretch: Stretch) -> bool:
    larger = max(word.size, stretch.size)
    same_size = min(word.size, stretch.size) > larger * _SMALLER
    if abs(word.baseline - stretch.baseline) > larger * (0.4 if same_size else 0.65):
        return False
    gap = word.x0 - before.x1
    if gap < -_OVERLAP * larger and is_right_to_left(word.text + before.text):
        gap = before.x0 - word.x1
    return -_OVERLAP * larger <= gap <= _WIDEST_SPACE * larger


def gather_lines(
    stretches: list[Stretch], *, page: int, column: int, left: float, right: float
) -> list[Line]:
    """Return the lines of one column from top to bottom."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda each: (each.baseline, each.x0)):
        if rows and _shares_line(rows[-1], stretch):
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [_make_line(row, page, column, left, right) for row in rows]


def _shares_line(row: list[Stretch], stretch: Stretch) -> bool:
    tall = max(row, key=lambda each: each.size)
    larger = max(tall.size, stretch.size)
    same_size = min(tall.size, stretch.size) > larger * _SMALLER
    if stretch.baseline - tall.baseline > larger * (0.3 if same_size else 0.6):
        return False
    slack = _OVERLAP * larger
    return all(stretch.x0 >= each.x1 - slack or stretch.x1 <= each.x0 + slack for each in row)


def _make_line(row: list[Stretch], page: int, column: int, left: float, right: float) -> Line:
    row.sort(key=lambda each: each.x0)
    words = [word for stretch in row for word in stretch.words]
    if len(row) > 1:
        if is_right_to_left("".join(word.text for word in words)):
            words.sort(key=lambda word: word.order)
        for stretch, following in pairwise(row):
            first = following.words[0]
            first.joined = first.x0 - stretch.x1 < _TOUCHING * first.size
    weights: Counter[float] = Counter()
    for word in words:
        weights[word.size] += len(word.text)
    size = max(weights, key=lambda each: (weights[each], each))
    baseline = next(word.baseline for word in words if word.size == size)
    if len(weights) > 1 or len({word.baseline for word in words}) > 1:
        words = [_raise(word, size, baseline) for word in words]
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    text = "".join(("" if word.joined or not at else " ") + word.text for at, word in enumerate(words))
    return Line(words, text, x0, x1, baseline, size, page, column, left, right)


def _raise(word: Word, size: float, baseline: float) -> Word:
    """Mark what stands above or below the line in smaller type, or clearly above it in any."""
    rise = baseline - word.baseline
    if (word.size < size * _SMALLER and rise > _RAISED * size) or rise > 0.25 * size:
        return replace(word, emphasis=word.emphasis | {Emphasis.SUPERSCRIPT})
    if rise < -0.06 * size and word.size < size * _SMALLER:
        return replace(word, emphasis=word.emphasis | {Emphasis.SUBSCRIPT})
    return word
