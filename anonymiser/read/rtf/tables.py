"""The tables at the head of an RTF file: fonts, colours, styles."""

import re
from dataclasses import dataclass, field

from anonymiser.manuscript import Role
from anonymiser.read.colours import Colour
from anonymiser.read.docx.symbols import symbol_font
from anonymiser.read.rtf.encodings import of_character_set, of_code_page

_SYMBOLS = 2
_HEADING = re.compile(r"heading ([1-9])")
_ROLES = {
    "title": (Role.TITLE, 0),
    "subtitle": (Role.HEADING, 2),
    "quote": (Role.QUOTE, 0),
    "intense quote": (Role.QUOTE, 0),
    "quotations": (Role.QUOTE, 0),
    "block text": (Role.QUOTE, 0),
    "block quotation": (Role.QUOTE, 0),
    "bibliography": (Role.REFERENCE, 0),
    "bibliography 1": (Role.REFERENCE, 0),
    "html preformatted": (Role.VERSE, 0),
    "preformatted text": (Role.VERSE, 0),
    "source code": (Role.VERSE, 0),
}
_BYLINES = {"author", "authors", "byline", "author name"}
_BODY_LEVEL = 9


@dataclass(slots=True)
class Font:
    codec: str | None = None  # None: the document's
    symbols: str = ""  # the font of symbols this is


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's or a run's; of its look only what hides text, the rest is written out at each run."""

    role: Role | None = None
    level: int = 0
    byline: bool = False
    hidden: bool = False
    colour: int = 0
    size: int | None = None


@dataclass(slots=True)
class Tables:
    fonts: dict[int, Font] = field(default_factory=dict)
    colours: list[Colour | None] = field(default_factory=list)
    styles: dict[int, Style] = field(default_factory=dict)
    _font: int = 0
    _name: list[bytes] = field(default_factory=list)
    _channels: dict[str, int] = field(default_factory=dict)

    def read_font_word(self, word: bytes, number: int | None) -> None:
        if word == b"f":
            self._font = number or 0
            self.fonts[self._font] = Font()
            self._name.clear()
        elif word == b"fcharset" and number is not None:
            font = self.fonts.setdefault(self._font, Font())
            font.codec = of_character_set(number)
            font.symbols = "symbol" if number == _SYMBOLS else ""
        elif word == b"cpg" and number:
            self.fonts.setdefault(self._font, Font()).codec = of_code_page(number)

    def name_font(self, text: bytes) -> None:
        self._name.append(text)
        if text.rstrip().endswith(b";"):
            name = b"".join(self._name).decode("latin-1").rstrip("; ").strip()
            font = self.fonts.setdefault(self._font, Font())
            font.symbols = symbol_font(name) or font.symbols
            self._name.clear()

    def read_colour_word(self, word: bytes, number: int | None) -> None:
        if word in {b"red", b"green", b"blue"}:
            self._channels[word.decode()] = max(0, min(number or 0, 255))

    def end_colours(self, text: bytes) -> None:
        for _ in range(text.count(b";")):
            channels = self._channels
            colour = (channels.get("red", 0), channels.get("green", 0), channels.get("blue", 0))
            self.colours.append(colour if channels else None)
            self._channels = {}

    def colour(self, number: int) -> Colour | None:
        return self.colours[number] if 0 <= number < len(self.colours) else None


def make_style(name: str, outline: int | None, *, hidden: bool, colour: int, size: int | None) -> Style:
    folded = name.strip().rstrip(";").split(";")[0].split(",")[0].strip().casefold()
    role, level = _ROLES.get(folded, (None, 0))
    if match := _HEADING.fullmatch(folded):
        role, level = Role.HEADING, int(match[1])
    elif role is None and outline is not None and 0 <= outline < _BODY_LEVEL:
        role, level = Role.HEADING, outline + 1
    return Style(role, level, folded in _BYLINES, hidden, colour, size)
