"""Reads a copy's fonts: that they are embedded parts of the allowed faces, and which characters their codes mean."""

import codecs
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from anonymiser.verify.objects import Ref, Stream, Unreadable, unescape

_FACE = re.compile(
    r"[A-Z]{6}\+(?:LiberationSerif(?:-Bold|-Italic|-BoldItalic)?|NotoSerifHebrew-(?:Regular|Bold)"
    r"|NotoNaskhArabic-(?:Regular|Bold)|NotoSerifDevanagari-(?:Regular|Bold)|NotoSansMath-Regular"
    r"|NotoSansSymbols2-Regular|DejaVuSans|DroidSansFallback|NanumSquareR)"
)
_CODED = {
    "Type", "Subtype", "BaseFont", "FirstChar", "LastChar", "Widths", "Encoding", "FontDescriptor", "ToUnicode",
}  # fmt: skip
_NUMBERED = {"Type", "Subtype", "BaseFont", "Encoding", "DescendantFonts", "ToUnicode"}
_DESCENDANT = {
    "Type", "Subtype", "BaseFont", "CIDSystemInfo", "CIDToGIDMap", "FontDescriptor", "DW", "W",
}  # fmt: skip
_DESCRIPTOR = {
    "Type", "FontName", "Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV", "FontFile2",
}  # fmt: skip
_SYSTEM = {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0}
# A face's outlines and measures; names, copyright notices and signatures are other tables.
_TABLES = {b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cmap"}
_CODES = 256
_WIDEST = 1020  # thousandths of an em
_COARSE = 4
_UNMAPPED = "\ufffe"  # what charmap_decode takes for undefined
_MOVE = re.compile(rb"\)(-?\d+)\(")
_PART = re.compile(rb"\(([^()\\]*(?:\\.[^()\\]*)*)\)|(-?\d+)", re.DOTALL)
_ROW = re.compile(rb"<([0-9A-F]{2}|[0-9A-F]{4})><([0-9A-F]{4,80})>\n?")
_BLOCK = re.compile(rb"\d+ beginbfchar\n((?:<[0-9A-F]+><[0-9A-F]+>\n)*)endbfchar\n")
_MAP = re.compile(
    rb"/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
    rb"/CIDSystemInfo<</Registry\(Adobe\)/Ordering\(UCS\)/Supplement 0>>def\n"
    rb"/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
    rb"1 begincodespacerange\n(?:<00><FF>|<0000><FFFF>)\nendcodespacerange\n"
    rb"((?:\d+ beginbfchar\n(?:<[0-9A-F]+><[0-9A-F]+>\n)*endbfchar\n)*)"
    rb"endcmap CMapName currentdict/CMap defineresource pop end end"
)
_FARTHEST = 3000  # thousandths of an em that a string may be moved by: a tab is some 1,750


class FontError(ValueError):
    """A font is no embedded part of an allowed face, or a code of it means nothing."""


@dataclass(frozen=True, slots=True, repr=False)
class Font:
    """How codes are read, one byte each or two, and how wide they are in thousandths of an em."""

    characters: str | Mapping[int, str]
    widths: list[float]
    bounds: bytes = b""  # of one-byte codes: no narrower than their widths, in `_COARSE` thousandths
    used: set[int] = field(default_factory=set)  # codes of two bytes that were shown

    @property
    def says_more(self) -> bool:
        """Whether it names characters for codes that nothing shows."""
        return not isinstance(self.characters, str) and bool(self.characters.keys() - self.used)

    def read(self, array: bytes, size: float, room: float) -> tuple[str, float]:
        """Return the characters of an array of TJ, and how far it moves in points.

        That is no less than it is, and exact where it could be more than `room`.
        """
        data, moved = _read_array(array)
        try:
            if isinstance(self.characters, str):
                text = codecs.charmap_decode(data, "strict", self.characters)[0]
                wide: float = _COARSE * sum(data.translate(self.bounds))
                if (wide - moved) * size > room * 1000:
                    wide = sum([self.widths[code] for code in data])
            else:
                codes = struct.unpack(f">{len(data) // 2}H", data)
                text = "".join([self.characters[code] for code in codes])
                wide = sum([self.widths[code] for code in codes])
                self.used.update(codes)
        except (UnicodeDecodeError, KeyError, IndexError, struct.error):
            raise FontError("code") from None
        return text, (wide - moved) * size / 1000


def _read_array(array: bytes) -> tuple[bytes, int]:
    """Return the bytes that an array shows, and by how much it moves what follows to the left."""
    if b"\\" not in array and array[:1] == b"(" and array[-1:] == b")":
        if array.count(b"(") == 1:
            return array[1:-1], 0
        # Strings and numbers in turns, as nearly all arrays are; anything else is read part by part.
        strings = _MOVE.split(array[1:-1])
        if 2 * array.count(b"(") == len(strings) + 1:
            moves = [*map(int, strings[1::2])]
            if not -_FARTHEST <= min(moves) <= max(moves) <= _FARTHEST:
                raise FontError("moved")
            return b"".join(strings[::2]), sum(moves)
    return _read_parts(array)


def _read_parts(array: bytes) -> tuple[bytes, int]:
    moved = 0
    strings = []
    for string, number in _PART.findall(array):
        if number:
            moved += int(number)
            if not -_FARTHEST <= int(number) <= _FARTHEST:
                raise FontError("moved")
        else:
            strings.append(unescape(string))
    return b"".join(strings), moved


class FontReader:
    """Reads the fonts of a file's objects; `read` are the numbers of those it has looked at."""

    def __init__(self, objects: Mapping[int, Any]) -> None:
        self._objects = objects
        self.read: set[int] = set()

    def follow(self, value: Any) -> Any:
        if not isinstance(value, Ref):
            return value
        self.read.add(value.number)
        if value.number not in self._objects:
            raise Unreadable("reference")
        return self._objects[value.number]

    def font(self, reference: Any) -> Font:
        """Return how to read a font.

        Raises: FontError.
        """
        font = self.follow(reference)
        if not isinstance(font, dict) or not _FACE.fullmatch(str(font.get("BaseFont"))):
            raise FontError("face")
        unicodes = self.follow(font.get("ToUnicode"))
        if not isinstance(unicodes, Stream) or set(unicodes.entries) - {"Filter", "Length"}:
            raise FontError("unicode")
        if font.get("Subtype") == "TrueType" and not set(font) - _CODED:
            return self._coded(font, unicodes)
        if font.get("Subtype") == "Type0" and not set(font) - _NUMBERED:
            return self._numbered(font, _read_map(unicodes))
        raise FontError("kind")

    def _coded(self, font: dict[str, Any], unicodes: Stream) -> Font:
        self._check_descriptor(font)
        first, widths = font.get("FirstChar"), font.get("Widths")
        if font.get("Encoding") != "WinAnsiEncoding" or first != 32 or not isinstance(widths, list):  # noqa: PLR2004 - the space
            raise FontError("encoding")
        table = [0.0] * first + widths
        if len(table) != _CODES or max(table) > _WIDEST:
            raise FontError("widths")
        return Font(_coded_table(unicodes), table, _bounds(tuple(table)))

    def _numbered(self, font: dict[str, Any], characters: dict[int, str]) -> Font:
        descendants = self.follow(font.get("DescendantFonts"))
        if font.get("Encoding") != "Identity-H" or not isinstance(descendants, list) or len(descendants) != 1:
            raise FontError("encoding")
        descendant = self.follow(descendants[0])
        places = self.follow(descendant.get("CIDToGIDMap"))
        widths = descendant.get("W")
        if (
            set(descendant) - _DESCENDANT
            or descendant.get("CIDSystemInfo") != _SYSTEM
            or descendant.get("BaseFont") != font["BaseFont"]
            or not isinstance(places, Stream)
            or not (isinstance(widths, list) and len(widths) == 2 and widths[0] == 0)  # noqa: PLR2004 - a start and a row
        ):
            raise FontError("descendant")
        self._check_descriptor(descendant)
        if len(places.data()) != 2 * len(widths[1]) or len(characters) >= len(widths[1]):
            raise FontError("places")
        return Font(characters, [float(width) for width in widths[1]])

    def _check_descriptor(self, font: dict[str, Any]) -> None:
        descriptor = self.follow(font.get("FontDescriptor"))
        if (
            not isinstance(descriptor, dict)
            or set(descriptor) - _DESCRIPTOR
            or descriptor.get("FontName") != font["BaseFont"]
        ):
            raise FontError("descriptor")
        program = self.follow(descriptor.get("FontFile2"))
        if not isinstance(program, Stream) or set(program.entries) - {"Filter", "Length", "Length1"}:
            raise FontError("program")
        _check_program(program)


@lru_cache(maxsize=16)  # every copy has the same parts of the four serif faces
def _check_program(stream: Stream) -> None:
    """A TrueType program of the tables it needs, and not a byte beside them."""
    program = stream.data()
    try:
        kind, count = struct.unpack(">4sH", program[:6])
        rows = [struct.unpack(">4sLLL", program[12 + 16 * at : 28 + 16 * at]) for at in range(count)]
    except struct.error:
        raise FontError("program") from None
    used = 12 + 16 * count + sum(-(-length // 4) * 4 for _, _, _, length in rows)
    if kind != b"\0\1\0\0" or {row[0] for row in rows} - _TABLES or not 0 <= used - len(program) < 4:  # noqa: PLR2004 - padding
        raise FontError("program")


@lru_cache(maxsize=16)
def _bounds(widths: tuple[float, ...]) -> bytes:
    return bytes([min(255, -(-int(width + 1) // _COARSE)) for width in widths])


@lru_cache(maxsize=16)
def _coded_table(stream: Stream) -> str:
    """What the codes are called is a fact of Windows-1252, whatever the file says."""
    characters = _read_map(stream)
    if any(bytes([code]).decode("cp1252", "replace") != text for code, text in characters.items()):
        raise FontError("unicode")
    return "".join([characters.get(code, _UNMAPPED) for code in range(_CODES)])


@lru_cache(maxsize=16)
def _read_map(stream: Stream) -> dict[int, str]:
    whole = _MAP.fullmatch(stream.data())
    if whole is None:
        raise FontError("unicode")
    try:
        return {
            int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be")
            for code, text in _ROW.findall(whole[1])
        }
    except ValueError:
        raise FontError("unicode") from None
