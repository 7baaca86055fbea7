"""A page as positioned words and pictures: what a PDF or the recognition of a scan hands to the layout.

Lengths are points, measured from the page's upper left corner to the right and downwards.
`blocks_of` in `anonymiser.read.pdf.layout` makes paragraphs of pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from anonymiser.manuscript import PLAIN, Emphasis

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters of Hebrew, Arabic and the scripts around them."""

_DESCENT = 0.22  # of a line's height: what hangs below the baseline


@dataclass(slots=True, repr=False)
class Word:
    """Characters without white space, set in one go. A word in two emphases is two of these, the second `joined`."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float  # of the type
    emphasis: frozenset[Emphasis] = PLAIN
    joined: bool = False  # no space stands before it on its line
    order: int = 0  # where it stands in the file, which for right-to-left text is where it is read
    broken: bool = False  # ends with a hyphen that the file itself calls the end of a line

    def __repr__(self) -> str:
        return "<Word>"


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A picture on the page; `image` is an index into the manuscript's images."""

    image: int
    x0: float
    top: float
    x1: float
    bottom: float

    def __repr__(self) -> str:
        return "<Shown>"


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn across or down the page."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True, repr=False)
class Page:
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def __repr__(self) -> str:
        return "<Page>"


def recognised_line(boxes: Sequence[tuple[str, float, float, float, float]]) -> list[Word]:
    """Return the words of one line that a machine recognised: text, left, top, right and bottom of each."""
    if not boxes:
        return []
    bottom = median(box[4] for box in boxes)
    # Letters without ascender or descender make low boxes: the tall ones tell the size of the type.
    height = sorted(box[4] - box[2] for box in boxes)[-(len(boxes) // 4 + 1)]
    deep = any(mark in text for text, *_ in boxes for mark in "gjpqy,")
    baseline = bottom - (_DESCENT * height if deep else 0)
    return [Word(text, x0, x1, baseline, height) for text, x0, _, x1, _ in boxes]
