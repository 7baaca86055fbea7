"""Reads the objects of a PDF, strictly: one table of them, every byte of the file accounted for, nothing twice.

A lenient reader finds its way through anything; this one is to notice what has no business in a reading copy.
"""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple


class Unreadable(ValueError):
    """The file isn't built as a reading copy is."""


class Name(str):
    """A name of PDF, without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    number: int


@dataclass(frozen=True, slots=True, repr=False)
class Stream:
    entries: dict[str, Any]
    raw: bytes

    def __hash__(self) -> int:
        return hash(self.raw)

    def data(self) -> bytes:
        if self.entries.get("Filter") is None:
            return self.raw
        if self.entries["Filter"] != Name("FlateDecode") or self.entries.get("DecodeParms") is not None:
            raise Unreadable("filter")
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(self.raw, _MOST_UNPACKED)
        except zlib.error:
            raise Unreadable("packed") from None
        if not unpacker.eof or unpacker.unused_data:
            raise Unreadable("packed")
        return data


_MOST_UNPACKED = 100_000_000  # bytes
_HEAD = re.compile(rb"%PDF-1\.[3-7]\r?\n(?:%[^\r\n]{4,100}\r?\n)?")
_TAIL = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d{1,7})\s*\n")
_ROW = 20
_OBJECT = re.compile(rb"\s*(\d+) 0 obj\s*")
_STREAM = re.compile(rb"\s*stream\r?\n")
_END_OF_STREAM = re.compile(rb"\r?\n?endstream\s*endobj\s*\Z")
_END = re.compile(rb"\s*endobj\s*\Z")
_TOKEN = re.compile(
    rb"\s*(?:(?P<ref>(\d{1,7}) 0 R\b)|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))|/(?P<name>[^\s()<>\[\]{}/%]*)"
    rb"|(?P<open><<)|(?P<close>>>)|\[(?P<numbers>[-\d.\s]*)\]|\[\s*(?P<refs>(?:\d{1,7} 0 R\b\s*)+)\]"
    rb"|(?P<list>\[)|(?P<end>\])|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|\((?P<string>[^()\\]*(?:\\.[^()\\]*)*)\)|(?P<word>true|false|null))",
    re.DOTALL,
)
# Most objects are elements of the structure; they are read at one go.
_ELEMENT = re.compile(
    rb"(\d+) 0 obj\n<</S/([A-Za-z0-9]+)/P (\d+) 0 R/Pg (\d+) 0 R/K\[((?:\d++(?: 0 R)? ?)*+)\]>>\nendobj\n"
)
_KID = re.compile(rb"(\d+)( 0 R)?")
_WORDS = {b"true": True, b"false": False, b"null": None}
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b""}


def read_objects(pdf: bytes) -> tuple[dict[int, Any], dict[str, Any]]:
    """Return the objects by number, and the trailer.

    Raises: Unreadable.
    """
    head, tail = _HEAD.match(pdf), _TAIL.search(pdf, max(0, len(pdf) - 100))
    if head is None or tail is None:
        raise Unreadable("ends")
    start = int(tail[1])
    table = _TABLE.match(pdf, start)
    if table is None:
        raise Unreadable("table")
    rows_end = table.end() + _ROW * int(table[1])
    rows = [pdf[at : at + _ROW] for at in range(table.end(), rows_end, _ROW)]
    offsets = {number: int(row[:10]) for number, row in enumerate(rows) if row[11:18] == b"00000 n"}
    if rows_end > tail.start() or len(offsets) != len(rows) - 1 or rows[0][17:18] != b"f":
        raise Unreadable("table")
    trailer_at = re.compile(rb"trailer\s*").match(pdf, rows_end)
    if trailer_at is None:
        raise Unreadable("trailer")
    trailer, end = _parse(pdf, trailer_at.end())
    if pdf[end : tail.start()].strip():
        raise Unreadable("trailer")
    order = sorted(offsets, key=offsets.__getitem__)
    bounds = [*(offsets[number] for number in order), start]
    if bounds[0] != head.end():
        raise Unreadable("gap")
    objects = {
        number: _read_object(pdf[low:high], number)
        for number, (low, high) in zip(order, pairwise(bounds), strict=True)
    }
    return objects, trailer


def _read_object(body: bytes, number: int) -> Any:
    if (element := _ELEMENT.fullmatch(body)) is not None and int(element[1]) == number:
        return _read_element(element)
    head = _OBJECT.match(body)
    if head is None or int(head[1]) != number:
        raise Unreadable("object")
    value, at = _parse(body, head.end())
    if _END.match(body, at):
        return value
    stream = _STREAM.match(body, at)
    if stream is None or not isinstance(value, dict) or not isinstance(value.get("Length"), int):
        raise Unreadable("object")
    end = stream.end() + value["Length"]
    if not _END_OF_STREAM.match(body, end):
        raise Unreadable("stream")
    return Stream(value, body[stream.end() : end])


def _read_element(element: re.Match[bytes]) -> dict[str, Any]:
    kids: list[int] | list[int | Ref]
    if b"R" not in element[5]:
        kids = [*map(int, element[5].split())]
    else:
        kids = [Ref(int(digits)) if ref else int(digits) for digits, ref in _KID.findall(element[5])]
    return {
        "S": Name(element[2].decode("ascii")),
        "P": Ref(int(element[3])),
        "Pg": Ref(int(element[4])),
        "K": kids,
    }


def _parse(body: bytes, at: int) -> tuple[Any, int]:
    """Read one value; return it and where it ends."""
    holders: list[Any] = []
    while True:
        match = _TOKEN.match(body, at)
        if match is None:
            raise Unreadable("token")
        at = match.end()
        kind = match.lastgroup
        if kind in {"open", "list"}:
            holders.append((kind, []))
            continue
        value = _close(holders, kind) if kind in {"close", "end"} else _value(kind, match)
        if not holders:
            return value, at
        holders[-1][1].append(value)


def _value(kind: str | None, match: re.Match[bytes]) -> Any:
    if kind == "number":
        return _number(match["number"])
    if kind == "numbers":
        return _numbers(match["numbers"])
    if kind == "refs":
        return [Ref(int(digits)) for digits in match["refs"].split()[::3]]
    if kind == "name":
        return _name(match["name"])
    if kind == "ref":
        return Ref(int(match[2]))
    return _string(match) if match["word"] is None else _WORDS[match["word"]]


@lru_cache(maxsize=256)  # of which a copy has some seventy
def _name(spelt: bytes) -> Name:
    return Name(spelt.decode("latin-1"))


@lru_cache(maxsize=64)  # page sizes and widths of letters are the same in every copy
def _numbers(listed: bytes) -> list[float | int]:
    return [*map(_number, listed.split())]


def _number(digits: bytes) -> float | int:
    return float(digits) if b"." in digits else int(digits)


def _string(match: re.Match[bytes]) -> bytes:
    if match["hex"] is None:
        return unescape(match["string"])
    digits = b"".join(match["hex"].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _close(holders: list[Any], kind: str | None) -> Any:
    if not holders or holders[-1][0] != ("open" if kind == "close" else "list"):
        raise Unreadable("nesting")
    _, held = holders.pop()
    if kind == "end":
        return held
    keys = held[::2]
    if len(held) % 2 or any(type(key) is not Name for key in keys):
        raise Unreadable("dictionary")
    made = dict(zip(keys, held[1::2], strict=True))
    if len(made) != len(keys):
        raise Unreadable("dictionary")
    return made


def read_text_string(value: bytes) -> str:
    """Return a string of text: UTF-16 with its mark, else ASCII.

    Raises: Unreadable.
    """
    try:
        return value[2:].decode("utf-16-be") if value.startswith(b"\xfe\xff") else value.decode("ascii")
    except UnicodeDecodeError:
        raise Unreadable("string") from None


def unescape(inner: bytes) -> bytes:
    """Return the bytes of a string, given what stands between its parentheses."""
    return _ESCAPE.sub(_escaped, inner) if b"\\" in inner else inner


def _escaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 255]) if code.isdigit() else _LETTERS.get(code, code)
