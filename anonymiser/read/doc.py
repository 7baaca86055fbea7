"""Documents of Word 97 to 2003: looked into here, read by way of LibreOffice ([MS-DOC])."""

import re
import struct
from dataclasses import replace

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.compound import Compound
from anonymiser.read.docx import read_docx
from anonymiser.read.material import Converted
from anonymiser.read.reading import Reading
from anonymiser.report import Format

_MAIN = "WordDocument"
_BASE = 32  # bytes that every format begins with
_WORD_97 = 0xC1  # the number of the format from which on the text is laid out as read here
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COMPRESSED = 0x40000000  # of a piece: one byte a character, at half the offset
# A field is its instruction, a mark, its result and another mark; only the result is text.
_INSTRUCTION = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15")


def read_doc(source: bytes) -> Reading:
    """Raises: Refused, always: with `legacy` where LibreOffice may be asked to save it as .docx."""
    _open(source)
    raise Refused(RefusalCode.LEGACY)


def read_converted(converted: Converted) -> Reading:
    reading = read_docx(converted.docx)
    return replace(reading, format=Format.DOC)


def count_doc(source: bytes) -> int:
    """Count the words of text and notes without converting it; 0 in formats older than Word 97.

    Raises: Refused.
    """
    document, head = _open(source)
    number, flags = struct.unpack_from("<2xH6xH", head)
    if number < _WORD_97:
        return 0
    try:
        table = document.read("1Table" if flags & _SECOND_TABLE else "0Table") or b""
        text, notes = struct.unpack_from("<II", head, 0x4C)
        at, length = struct.unpack_from("<II", head, 0x1A2)
        return _count_words(_join_pieces(head, table[at : at + length])[: text + notes])
    except struct.error:
        raise Refused(RefusalCode.UNREADABLE) from None


def _open(source: bytes) -> tuple[Compound, bytes]:
    document = Compound(source)
    head = document.read(_MAIN)
    if head is None or len(head) < _BASE:
        raise Refused(RefusalCode.UNREADABLE)
    if struct.unpack_from("<H", head, 10)[0] & _ENCRYPTED:
        raise Refused(RefusalCode.ENCRYPTED)
    return document, head


def _join_pieces(head: bytes, listed: bytes) -> str:
    """Return the characters of the document in order, from the list of its pieces."""
    at = 0
    while listed[at : at + 1] == b"\x01":  # formatting, of no matter here
        at += 3 + struct.unpack_from("<H", listed, at + 1)[0]
    if listed[at : at + 1] != b"\x02":
        raise Refused(RefusalCode.UNREADABLE)
    pieces = (struct.unpack_from("<I", listed, at + 1)[0] - 4) // 12
    ends = struct.unpack_from(f"<{pieces + 1}I", listed, at + 5)
    found = []
    for piece in range(pieces):
        length = ends[piece + 1] - ends[piece]
        (place,) = struct.unpack_from("<2xI", listed, at + 5 + 4 * (pieces + 1) + 8 * piece)
        if place & _COMPRESSED:
            start = (place & ~_COMPRESSED) // 2
            found.append(head[start : start + length].decode("cp1252", "replace"))
        else:
            found.append(head[place : place + 2 * length].decode("utf-16-le", "replace"))
    return "".join(found)


def _count_words(text: str) -> int:
    while text != (text := _INSTRUCTION.sub("", text)):
        pass
    return sum(any(map(str.isalnum, word)) for word in re.split(r"[\s\x07\x0b\x0c\x0e]+", text))
