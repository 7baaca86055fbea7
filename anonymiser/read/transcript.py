"""Reads Tesseract's table of words and their places (TSV) into a page of positioned words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from statistics import median

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.pdf.page import Page, Word, recognised_line

_COLUMNS = 12
_PAGE, _WORD = "1", "5"
_A4 = 842.0  # points: a picture doesn't tell how large its paper was
_UNLIKE = 1.3  # times the usual size: a heading
_NOISE_BELOW = 50.0  # of 100: marks without a letter that were recognised less surely are specks


class Turn(Enum):
    """How a page lies: the way in which its words follow each other."""

    NONE = "right"
    RIGHT = "down"
    OVER = "left"
    LEFT = "up"


Box = tuple[float, float, float, float]  # left, top, right, bottom; pixels


@dataclass(frozen=True, slots=True, repr=False)
class Recognised:
    """A word as a machine read it; `line` is the same for the words of a line."""

    text: str
    box: Box
    confidence: float  # of 100
    line: tuple[str, ...]


def page_of(table: str) -> Page:
    """Raises: Refused."""
    (width, height), words = _read_table(table)
    lines: dict[tuple[str, ...], list[Recognised]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    turned = _turn(list(lines.values()))
    if turned in {Turn.RIGHT, Turn.LEFT}:
        width, height = height, width
    scale = _A4 / max(width, height, 1.0)
    page = Page(width * scale, height * scale)
    for line in lines.values():
        boxes = []
        for word in line:
            left, top, right, bottom = _upright(word.box, turned, width, height)
            boxes.append((word.text, left * scale, top * scale, right * scale, bottom * scale))
        page.words += recognised_line(boxes)
    _even_out(page.words)
    return page


def _even_out(words: list[Word]) -> None:
    """Give words of nearly the usual size that size: what letters a line happens to have makes it look taller."""
    if words:
        usual = median(word.size for word in words)
        for word in words:
            if usual / _UNLIKE < word.size < usual * _UNLIKE:
                word.size = usual


def confidence(tables: Sequence[str]) -> tuple[int, float]:
    """Return how many words were read, and how surely, of 100, each weighing as much as it has letters."""
    words = [word for table in tables for word in _read_table(table)[1]]
    letters = sum(len(word.text) for word in words)
    return len(words), sum(len(word.text) * word.confidence for word in words) / max(1, letters)


def _read_table(table: str) -> tuple[tuple[float, float], list[Recognised]]:
    size = (0.0, 0.0)
    words = []
    try:
        for row in table.splitlines()[1:]:
            cells = row.split("\t", _COLUMNS - 1)
            left, top, width, height, sure = map(float, cells[6:11])
            if cells[0] == _PAGE:
                size = (width, height)
            elif cells[0] == _WORD and _is_text(text := cells[11].strip(), sure):
                box = (left, top, left + width, top + height)
                words.append(Recognised(text, box, sure, tuple(cells[2:5])))
    except (ValueError, IndexError):
        raise Refused(RefusalCode.CRASHED) from None
    return size, words


def _is_text(text: str, sure: float) -> bool:
    return bool(text) and (sure >= _NOISE_BELOW or any(map(str.isalnum, text)))


def _turn(lines: list[list[Recognised]]) -> Turn:
    right = down = 0.0
    for line in lines:
        for word, after in pairwise(line):
            right += after.box[0] - word.box[0]
            down += after.box[1] - word.box[1]
    if abs(right) >= abs(down):
        return Turn.NONE if right >= 0 else Turn.OVER
    return Turn.RIGHT if down > 0 else Turn.LEFT


def _upright(box: Box, turned: Turn, width: float, height: float) -> Box:
    """Turn a box back; `width` and `height` are those of the page once it is upright."""
    left, top, right, bottom = box
    if turned is Turn.RIGHT:
        return top, height - right, bottom, height - left
    if turned is Turn.OVER:
        return width - right, height - bottom, width - left, height - top
    if turned is Turn.LEFT:
        return width - bottom, left, width - top, right
    return box
