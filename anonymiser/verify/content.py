"""Reads the text of a page back: every string shown, where, in which font, size and leading, and marked as what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from anonymiser.verify.fonts import Font
from anonymiser.verify.objects import read_text_string

_NUMBER = rb"-?\d+(?:\.\d+)?"
_SHOWN = rb"(?:\([^()\\]*(?:\\.[^()\\]*)*\)|-?\d+)*"
_LINE = re.compile(
    rb"\n1 0 0 1 (%(n)b) (%(n)b) Tm\[(%(s)b)\]TJ(?=[\s\[])" % {b"n": _NUMBER, b"s": _SHOWN}, re.DOTALL
)
# What else a reading copy's pages may consist of, to the letter: no inline picture, no colour, no layer, no comment.
_OPERATION = re.compile(
    rb"\s*(?:(?P<end>EMC)|/(?P<tag>\w+)<</MCID (?P<content>\d+)(?:/ActualText<(?P<actual>[0-9A-F]*)>)?>>BDC"
    rb"|/(?P<face>C-[\w-]+|N-[\w-]+) (?P<size>%(n)b) Tf|(?P<artefact>/Artifact BMC)"
    rb"|(?P<paging>/Artifact<</Type/Pagination/Subtype/(?:Header|Footer)>>BDC)"
    rb"|(?P<text>BT)|(?P<textend>ET)|\[(?P<more>%(s)b)\]TJ"
    rb"|(?P<rise>%(n)b) Ts|(?P<leading>%(n)b) TL|(?P<line>%(n)b w %(n)b %(n)b m %(n)b %(n)b l S)"
    rb"|q %(n)b 0 0 %(n)b %(n)b %(n)b cm /(?P<image>\w+) Do Q)(?=[\s\[/]|\Z)" % {b"n": _NUMBER, b"s": _SHOWN},
    re.DOTALL,
)
_RIGHT = 595.28 - 72.0  # points: where lines end
PAGING, DECORATION = -1, -2  # what stands in place of a number of marked content


@dataclass(slots=True, repr=False)
class Shown:
    """Text as it was shown; `x`, `y` and `width` in points; `content` is the number of its mark."""

    text: str
    size: float
    leading: float
    rise: float
    x: float
    y: float
    width: float
    content: int


class ContentError(ValueError):
    """A page holds what a reading copy's pages don't."""


@dataclass(slots=True, repr=False)
class Page:
    shown: list[Shown]
    contents: dict[int, tuple[str, str]]  # tag and what is said instead, by number of marked content
    images: list[tuple[str, int]]  # by name and number of marked content


def read_content(stream: bytes, fonts: Mapping[str, Font]) -> Page:
    """Read each string shown; raise ContentError for what no reading copy has."""
    reader = _Reader(fonts)
    position, end = 0, len(stream.rstrip())
    while position < end:
        if (line := _LINE.match(stream, position)) is not None:
            position = line.end()
            x, y, array = line.groups()
            reader.x, reader.y = float(x), float(y)
            reader.show(array)
            continue
        match = _OPERATION.match(stream, position)
        if match is None:
            raise ContentError("operation")
        position = match.end()
        reader.act(match)
    if reader.marked is not None or reader.in_text:
        raise ContentError("end")
    return reader.page


class _Reader:
    """Goes through a page's operations and keeps the state they leave."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self.page = Page([], {}, [])
        self.marked: int | None = None
        self.in_text = False
        self.x = self.y = 0.0
        self._fonts = fonts
        self._font: Font | None = None
        self._size = self._leading = self._rise = 0.0

    def show(self, array: bytes) -> None:
        if self._font is None or self.marked is None or not self.in_text:
            raise ContentError("text")
        text, width = self._font.read(array, self._size, _RIGHT - self.x)
        self.page.shown.append(
            Shown(text, self._size, self._leading, self._rise, self.x, self.y, width, self.marked)
        )
        self.x += width

    def act(self, match: re.Match[bytes]) -> None:
        """Do an operation: the last of its groups tells which."""
        kind = match.lastgroup
        if kind == "end":
            if self.marked is None:
                raise ContentError("mark")
            self.marked = None
        elif kind in {"content", "actual"}:
            self._mark(match)
        elif kind in {"size", "rise", "leading"}:
            self._set(match)
        elif kind == "more":
            self.show(match["more"])
        elif kind in {"text", "textend"}:
            if self.in_text == (kind == "text"):
                raise ContentError("text")
            self.in_text = not self.in_text
        elif kind in {"line", "image"}:
            self._draw(match)
        else:
            self._begin(PAGING if kind == "paging" else DECORATION)

    def _set(self, match: re.Match[bytes]) -> None:
        if match["size"]:
            self._font, self._size = self._fonts.get(match["face"].decode("ascii")), float(match["size"])
        elif match["rise"]:
            self._rise = float(match["rise"])
        else:
            self._leading = float(match["leading"])

    def _draw(self, match: re.Match[bytes]) -> None:
        if match["line"] is None and self.marked is not None and self.marked >= 0 and not self.in_text:
            self.page.images.append((match["image"].decode("ascii"), self.marked))
        elif match["line"] is None or self.marked != DECORATION:
            raise ContentError("drawing")

    def _mark(self, match: re.Match[bytes]) -> None:
        tag, content, actual = match.group("tag", "content", "actual")
        number = int(content)
        self._begin(number)
        if number in self.page.contents:
            raise ContentError("mark")
        said = read_text_string(bytes.fromhex(actual.decode("ascii"))) if actual else ""
        self.page.contents[number] = tag.decode("ascii"), said

    def _begin(self, content: int) -> None:
        """Begin marked content; none stands within another."""
        if self.marked is not None:
            raise ContentError("mark")
        self.marked = content
