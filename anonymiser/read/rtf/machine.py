"""What reading an RTF file has come to at a point of it, and what becomes of text that stands there."""

import re

from anonymiser.manuscript import Block
from anonymiser.read.colours import ANY, Colour, can_be_seen
from anonymiser.read.docx.symbols import draw_symbol, read_symbols
from anonymiser.read.look import NARROWEST
from anonymiser.read.pictures import Pictures
from anonymiser.read.reading import Tally
from anonymiser.read.rtf.pictures import RtfPicture
from anonymiser.read.rtf.state import Characters, Group, Layout
from anonymiser.read.rtf.story import Definition, Story
from anonymiser.read.rtf.tables import Font, Style, Tables
from anonymiser.read.rtf.tokens import Tokens

_TINY = 10  # half-points: below five points nobody reads it
_WESTERN = "cp1252"
_DOUBLE_BYTE = {"cp932", "gbk", "cp949", "big5", "cp936", "cp950"}
_OLD_SYSTEMS = {"mac-roman", "cp437", "cp850", "utf-8"}
_SHADE = re.compile(rb"\\clcbpat(\d{1,4})")
_LONGEST_ROW = 50_000  # bytes of a row's definition
_PRIVATE = range(0xF000, 0xF100)
_NO_STYLE = Style()
_NO_FONT = Font()


class Machine:
    def __init__(self, source: bytes, tally: Tally) -> None:
        self.tokens = Tokens(source)
        self.tally = tally
        self.tables = Tables()
        self.pictures = Pictures(tally)
        self.picture: RtfPicture | None = None
        self.notes: list[tuple[Block, ...]] = []
        self.story = Story("text")
        self.group = Group(Characters(), Layout(), "text")
        self.outer: list[Group] = []
        self.definitions: list[Definition] = []  # of the cells of a row
        self.next_cell = Definition(0)
        self.codec = _WESTERN
        self.default_font = 0
        self.instructions: list[list[str]] = []  # of the fields that are open
        self.captured: list[str] = []
        self.shape: dict[str, str] = {}
        self.unicode_skip = 0  # characters still to skip: they stand in for one given by its number
        self.high = 0  # the first half of a character beyond the basic plane
        self.pending = bytearray()  # of text: a character may take two
        self._row_end = -1  # of a nested table, as looked ahead for
        self._grounds: list[Colour | None] = []
        self.letters: list[str] = []  # given by their numbers, one after another

    @property
    def style(self) -> Style:
        return self.tables.styles.get(self.group.layout.style, _NO_STYLE)

    @property
    def font(self) -> Font:
        return self.tables.fonts.get(self.group.characters.font, _NO_FONT)

    def flush(self) -> None:
        """Show the text that has come, bytes as the characters they are in their font."""
        if self.letters:
            self.show("".join(self.letters))
            self.letters = []
        if not self.pending:
            return
        data = bytes(self.pending)
        self.pending.clear()
        if self.group.shows in {"fonts", "colours"}:
            self._fill_table(data)
        elif self.font.symbols:
            self.show("".join(draw_symbol(code, self.font.symbols) for code in data if code >= ord(" ")))
        else:
            self.show(self._decode(data))

    def show_number(self, code: int) -> None:
        """Show a character given by its number in Unicode, half of one where it takes two."""
        if self.pending:
            self.flush()
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - where Unicode has first halves
            self.high = code
            return
        if 0xDC00 <= code < 0xE000:  # noqa: PLR2004 - where it has second halves
            whole = 0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00) if self.high else 0xFFFD
            self.high = 0
            self.letters.append(chr(whole))
        elif code in _PRIVATE:
            self.letters.append(read_symbols(chr(code), self.font.symbols or "symbol"))
        else:
            self.letters.append(chr(code))

    def show(self, text: str) -> None:
        """Do with text what the group it stands in does with text."""
        shows = self.group.shows
        if shows == "text":
            if why := self._hides():
                if text.strip():
                    self.tally.add(why, self.story.where)
            else:
                self.story.runs.add(text, self.group.characters.emphasis)
        elif shows in {"label", "formula", "styles", "name", "value"}:
            self.captured.append(text)
        elif shows == "instruction" and self.instructions:
            self.instructions[-1].append(text)
        elif shows == "left" and self.group.what and text.strip():
            self.tally.add(self.group.what, "text")
            for group in (self.group, *(outer for outer in self.outer if outer.shows == "left")):
                group.what = ""
        elif shows == "picture" and self.picture is not None:
            self.picture.digits.append(text.encode("latin-1", "replace"))

    def take_captured(self) -> str:
        text = "".join(self.captured)
        self.captured = []
        return text

    def end_paragraph(self) -> None:
        if self.style.byline and self.story.runs:
            self.story.runs.take()
            self.tally.add("byline", self.story.where)
        self.story.end_paragraph(self.group.layout, self.style)

    def _hides(self) -> str:
        characters = self.group.characters
        if characters.deleted:
            return "deleted passage"
        if characters.hidden:
            return "hidden text"
        if characters.colour and not can_be_seen(self.tables.colour(characters.colour), self._ground()):
            return "white text"
        return "tiny text" if characters.size < _TINY or characters.width < NARROWEST else ""

    def _ground(self) -> Colour | None:
        """Return the colour behind the text: its own, its paragraph's, its cell's."""
        behind = self.group.characters.behind
        if behind is not None:
            return self.tables.colour(behind)
        if self.group.layout.ground is not None:
            return self.group.layout.ground
        if self.group.layout.depth > 1:
            return self._ground_of_nested_cell()
        if self.group.layout.depth and self.story.cell < len(self.definitions):
            return self.definitions[self.story.cell].ground
        return self.story.ground

    def _ground_of_nested_cell(self) -> Colour | None:
        """A row in a table within a table is defined only at its end: look ahead."""
        if self._row_end < self.tokens.position:
            source, position = self.tokens.source, self.tokens.position
            found = source.find(b"\\nestrow", position)
            self._row_end = found if found >= 0 else len(source)
            start = source.rfind(b"\\trowd", position, self._row_end)
            row = source[start : self._row_end] if start >= 0 and found >= 0 else b""
            shades = [_SHADE.search(cell) for cell in row[:_LONGEST_ROW].split(b"\\cellx")]
            self._grounds = [self.tables.colour(int(shade[1])) if shade else None for shade in shades]
        return self._grounds[self.story.cell] if self.story.cell < len(self._grounds) else None

    def _decode(self, data: bytes) -> str:
        codec = self.font.codec or self.codec
        if data.isascii():
            return data.decode("ascii") if codec not in _DOUBLE_BYTE else data.decode(codec, "replace")
        if codec == _WESTERN and self.codec in _OLD_SYSTEMS | _DOUBLE_BYTE:
            # The font says Western, the document otherwise, and nobody writes é in two bytes by chance.
            try:
                return data.decode(self.codec)
            except UnicodeDecodeError:
                pass
        return data.decode(codec, "replace")

    def _fill_table(self, data: bytes) -> None:
        if self.group.shows == "fonts":
            self.tables.name_font(data)
        else:
            self.tables.end_colours(data)


def ground_of_shape(shape: dict[str, str]) -> Colour | None:
    """A shape filled with anything but white may show white text."""
    filled = shape.get("fFilled", "1") != "0" and shape.get("fillColor", "16777215") != "16777215"
    return ANY if filled else None
