"""Turns the words of a page so that they read from left to right, also where the page lies on its side."""

from collections import Counter
from dataclasses import dataclass

from anonymiser.read.pdf.page import Word
from anonymiser.read.pdf.text import Box, Found

_STRAIGHT = 5.0  # degrees
_HUGE = 48.0  # points
_PALE = 160  # of 255


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's visible box in its own space, and by how many quarter turns its text is turned."""

    box: Box  # left, bottom, right, top
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (top - bottom, right - left) if self.turns % 2 else (right - left, top - bottom)

    def place(self, box: Box) -> Box:
        """Return left, top, right and bottom of a box as the text sees it, from the upper left corner."""
        left, bottom, right, top = box
        page_left, page_bottom, page_right, page_top = self.box
        return (
            (left - page_left, page_top - top, right - page_left, page_top - bottom),
            (bottom - page_bottom, left - page_left, top - page_bottom, right - page_left),
            (page_right - right, bottom - page_bottom, page_right - left, top - page_bottom),
            (page_top - top, page_right - right, page_top - bottom, page_right - left),
        )[self.turns]

    def place_baseline(self, baseline: float) -> float:
        """Return how far below the upper edge a baseline lies that is given along the text's own direction."""
        left, bottom, right, top = self.box
        return (top - baseline, -baseline - left, -bottom - baseline, right - baseline)[self.turns]


def is_watermark(word: Found) -> bool:
    """Tell a watermark or a stamp: it is turned, and by no right angle, or it is huge and pale."""
    turns = round(word.look.angle / 90)
    pale = min(word.look.fill[:3]) > _PALE and word.look.size > _HUGE
    return pale or abs(word.look.angle - 90 * turns) > _STRAIGHT


def by_direction(found: list[Found]) -> list[tuple[int, list[Found]]]:
    """Return the words by quarter turns anticlockwise, the direction of most characters first."""
    if all(not word.look.angle for word in found):
        return [(0, found)] if found else []
    groups: dict[int, list[Found]] = {}
    weights: Counter[int] = Counter()
    for word in found:
        turns = round(word.look.angle / 90) % 4
        groups.setdefault(turns, []).append(word)
        weights[turns] += len(word.text)
    return [(turns, groups[turns]) for turns, _ in weights.most_common()]


def place_words(found: list[Found], frame: Frame) -> list[Word]:
    words = []
    left, _, _, top = frame.box
    for word in found:
        if frame.turns:
            x0, _, x1, _ = frame.place(word.box)
            baseline = frame.place_baseline(word.baseline)
        else:
            x0, x1, baseline = word.box[0] - left, word.box[2] - left, top - word.baseline
        look = word.look
        words.append(
            Word(
                word.text,
                x0,
                x1,
                round(baseline, 1),
                look.size,
                look.emphasis,
                word.joined,
                word.start,
                word.broken,
            )
        )
    return words
