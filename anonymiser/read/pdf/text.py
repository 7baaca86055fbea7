"""Takes the words off a page of a PDF: which characters, where, how large, in which emphasis."""

import math
import re
import sys
import unicodedata
from collections.abc import Iterator
from ctypes import c_double, c_uint, c_ushort, c_void_p, cast
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from anonymiser.manuscript import PLAIN, Emphasis
from anonymiser.read.look import NARROWEST
from anonymiser.read.pdf import calls
from anonymiser.read.pdf.fonts import read_emphasis
from anonymiser.read.pdf.page import RIGHT_TO_LEFT

# What pdfium gives for a hyphen at a line's end.
_FROM_LEFT = re.compile(r"[A-Za-z0-9\u0660-\u0669]")
_RAISED = 0.5  # points
_WIDTHS = 100 / NARROWEST
BROKEN = "\ufffe\x02"
_WORD = re.compile(rf"[^\s\x00-\x1f\ufffe\ufeff]+[{BROKEN}]?")


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """How text objects of the page look."""

    size: float
    angle: float  # degrees, anticlockwise
    emphasis: frozenset[Emphasis]
    mode: int  # of rendering: filled, outlined, invisible
    fill: tuple[int, int, int, int]


@dataclass(slots=True, repr=False)
class Found:
    """A word, or a part of one in a look of its own, which is then `joined` to the part before it.

    Places are in the page's own space: from the lower left corner to the right and upwards.
    """

    text: str
    start: int  # of its first character in the page's text
    source: int  # the text object
    look: Look
    box: Box  # left, bottom, right, top
    baseline: float  # how far above the page's lower left corner, seen along the text's own direction
    joined: bool
    broken: bool  # a hyphen at its end was made by the end of the line

    def __repr__(self) -> str:
        return "<Found>"


def find_words(text_page: pypdfium2.PdfTextPage) -> list[Found]:
    page = _TextPage(cast(text_page.raw, c_void_p).value or 0)
    found = []
    source = 0
    for match in _WORD.finditer(page.characters()):
        text = match[0]
        start, end = match.span()
        broken = text[-1] in BROKEN
        if broken:
            text = text[:-1] + "-"
        last = calls.object_at(page.handle, end - 1) or 0
        if last == source or calls.object_at(page.handle, start) == last:
            found.append(page.word(text, start, end, last, broken=broken))
        else:
            found.extend(page.pieces(text, start, end, broken=broken))
        source = last
    return found


class _TextPage:
    """Calls cost more than anything else here, so what they told is kept."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._looks: dict[int, Look] = {}  # by text object
        self._known: dict[tuple[object, ...], Look] = {}
        self._emphases: dict[int, frozenset[Emphasis]] = {}
        self._rectangle, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = c_double(), c_double()
        self._colour = (c_uint(), c_uint(), c_uint(), c_uint())

    def characters(self) -> str:
        """Return the page's text, one character for each that pdfium counts."""
        text_page = cast(self.handle, raw.FPDF_TEXTPAGE)
        count = raw.FPDFText_CountChars(text_page)
        if count <= 0:
            return ""
        buffer = (c_ushort * (2 * count + 2))()
        written = raw.FPDFText_GetText(text_page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Characters that the text leaves out, or writes as two, would shift all places after them.
        codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
        return "".join(chr(code) if code <= sys.maxunicode else "\ufffd" for code in codes)

    def word(self, text: str, start: int, end: int, source: int, *, broken: bool) -> Found:
        look = self._looks.get(source) or self._look(source, start)
        rectangle = self._rectangle
        calls.loose_box_at(self.handle, start, rectangle)
        box = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if end - start > 1:
            calls.loose_box_at(self.handle, end - 1, rectangle)
            box = _unite(box, (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        if RIGHT_TO_LEFT.search(text) and not look.angle:
            text = self._as_read(text, start)
        return Found(text, start, source, look, box, self._baseline(start, look.angle), False, broken)

    def _as_read(self, text: str, start: int) -> str:
        """Return a word of a script that runs to the left as it is read; some files have it as it looks."""
        if _FROM_LEFT.search(text):
            return text
        places = []
        for index, character in enumerate(text):
            calls.loose_box_at(self.handle, start + index, self._rectangle)
            middle = (self._rectangle.left + self._rectangle.right) / 2
            places.append((-middle, bool(unicodedata.combining(character)), index, character))
        return "".join(character for *_, character in sorted(places))

    def pieces(self, text: str, start: int, end: int, *, broken: bool) -> Iterator[Found]:
        """Yield the parts of a word that look alike."""
        began = start
        source = calls.object_at(self.handle, start) or 0
        current = self._stands(source, start)
        for index in range(start + 1, end + 1):
            here = calls.object_at(self.handle, index) or 0 if index < end else -1
            if here == source:
                continue
            stands = self._stands(here, index) if here != -1 else None
            if stands is not None and stands[0] is current[0] and abs(stands[1] - current[1]) < _RAISED:
                continue
            last = broken and index == end
            piece = self.word(text[began - start : index - start], began, index, source, broken=last)
            piece.joined = began > start
            yield piece
            if stands is not None:
                began, source, current = index, here, stands

    def _stands(self, source: int, index: int) -> tuple[Look, float]:
        look = self._look(source, index)
        return look, self._baseline(index, look.angle)

    def _baseline(self, index: int, angle: float) -> float:
        calls.origin_at(self.handle, index, self._x, self._y)
        if not angle:
            return self._y.value
        turn = math.radians(angle)
        return self._y.value * math.cos(turn) - self._x.value * math.sin(turn)

    def _look(self, source: int, index: int) -> Look:
        look = self._looks.get(source)
        if look is None:
            look = self._looks[source] = self._read_look(source, index)
        return look

    def _read_look(self, source: int, index: int) -> Look:
        matrix, colour = self._matrix, self._colour
        calls.matrix_at(self.handle, index, matrix)
        size = calls.size_at(self.handle, index)
        font, mode = 0, raw.FPDF_TEXTRENDERMODE_UNKNOWN
        fill = (0, 0, 0, 255)
        if source:
            font, mode = calls.font_of(source) or 0, calls.mode_of(source)
            calls.fill_of(source, *colour)
            fill = (colour[0].value, colour[1].value, colour[2].value, colour[3].value)
        key = (font, mode, fill, size, matrix.a, matrix.b, matrix.c, matrix.d)
        if key not in self._known:
            self._known[key] = Look(
                # Squeezed letters are as small as they are narrow.
                round(
                    size * min(math.hypot(matrix.c, matrix.d), _WIDTHS * math.hypot(matrix.a, matrix.b)), 2
                ),
                round(math.degrees(math.atan2(matrix.b, matrix.a)), 1),
                self._emphasis(font, mode),
                mode,
                fill,
            )
        return self._known[key]

    def _emphasis(self, font: int, mode: int) -> frozenset[Emphasis]:
        if font and font not in self._emphases:
            self._emphases[font] = read_emphasis(font)
        found = self._emphases.get(font, PLAIN)
        return found | {Emphasis.BOLD} if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE else found


def _unite(one: Box, other: Box) -> Box:
    """Return the box around two characters; of a word that reads to the right, they are its first and its last."""
    if one[0] < other[2] and one[1] == other[1] and one[3] == other[3]:
        return one[0], one[1], other[2], one[3]
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
