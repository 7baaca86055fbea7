"""Walks an RTF file once, from token to token."""

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.rtf.destinations import DESTINATIONS, leave, open_destination, open_style
from anonymiser.read.rtf.formatting import FORMATTING
from anonymiser.read.rtf.machine import Machine
from anonymiser.read.rtf.tokens import BRACE, BYTE, NUMBERED_WORD, SYMBOL, TEXT, WORD
from anonymiser.read.rtf.words import CHARACTERS, SYMBOLS

_LINE_ENDS = b"\r\n"
_LARGEST = 2**31
_DEEPEST = 1_000  # groups in one another; Word writes a dozen


def run(machine: Machine) -> None:  # noqa: C901 - one branch per kind
    """Read to the end of the outermost group; what stands after it is no part of the document.

    Raises: Refused.
    """
    for token in machine.tokens:
        kind = token.lastindex
        if kind == TEXT:
            _read_text(machine, token[5].translate(None, _LINE_ENDS))
            continue
        if kind == BYTE:
            _read_byte(machine, int(token[3], 16))
            continue
        if kind == NUMBERED_WORD and token[1] == b"u":
            machine.show_number(int(token[2]) % 0x10000)
            machine.unicode_skip = machine.group.unicode_skip
            continue
        if machine.pending or machine.letters:
            machine.flush()
        if kind == WORD:
            _read_word(machine, token[1], None)
        elif kind == NUMBERED_WORD:
            _read_word(machine, token[1], max(-_LARGEST, min(int(token[2]), _LARGEST)))
        elif kind == SYMBOL:
            _read_symbol(machine, token[6])
        elif token[4] == b"{":
            _open_group(machine)
        elif kind == BRACE and not _close_group(machine):
            return
    raise Refused(RefusalCode.TRUNCATED)


def _open_group(machine: Machine) -> None:
    if len(machine.outer) > _DEEPEST:
        raise Refused(RefusalCode.TOO_COMPLEX)
    machine.unicode_skip = 0
    machine.outer.append(machine.group)
    inner = machine.group.inner()
    if inner.what == "property" and inner.shows == "frame":
        inner.shows = "left"
    machine.group = inner


def _close_group(machine: Machine) -> bool:
    """Close the group; whether the document goes on."""
    machine.unicode_skip = 0
    if machine.group.end is not None:
        machine.group.end()
    if not machine.outer:
        return False
    machine.group = machine.outer.pop()
    return bool(machine.outer)


def _read_text(machine: Machine, data: bytes) -> None:
    if machine.unicode_skip:
        skipped = min(machine.unicode_skip, len(data))
        machine.unicode_skip -= skipped
        data = data[skipped:]
    if machine.letters and data:
        machine.flush()
    machine.pending += data


def _read_byte(machine: Machine, byte: int) -> None:
    if machine.unicode_skip:
        machine.unicode_skip -= 1
    else:
        if machine.letters:
            machine.flush()
        machine.pending.append(byte)


def _read_word(machine: Machine, word: bytes, number: int | None) -> None:
    group = machine.group
    if word == b"bin":
        data = machine.tokens.take(number or 0)
        if machine.picture is not None and group.shows == "picture":
            machine.picture.binary += data
    elif group.shows == "left":
        return
    elif group.shows in _TABLES:
        _TABLES[group.shows](machine, word, number)
    elif word == b"uc":
        group.unicode_skip = max(0, min(number if number is not None else 1, 100))
    elif word in CHARACTERS:
        machine.show(CHARACTERS[word])
    elif word in FORMATTING:
        _format(machine, word, number)
    elif group.optional or word in DESTINATIONS or word.endswith(b"Pr"):
        open_destination(machine, word)
    group.optional = False


def _read_picture_word(machine: Machine, word: bytes, number: int | None) -> None:
    if machine.picture is not None:
        machine.picture.read_word(word, number)


def _read_font_word(machine: Machine, word: bytes, number: int | None) -> None:
    if word in {b"f", b"fcharset", b"cpg"}:
        machine.tables.read_font_word(word, number)
    elif machine.group.optional:
        leave(machine, "")


def _read_colour_word(machine: Machine, word: bytes, number: int | None) -> None:
    machine.tables.read_colour_word(word, number)


def _format(machine: Machine, word: bytes, number: int | None) -> None:
    group = machine.group
    if group.optional and group.shows != "styles":
        leave(machine, "")
        return
    if group.shows == "styles" and group.end is None and word in {b"s", b"cs"}:
        open_style(machine, number)
        return
    FORMATTING[word](machine, number)


def _read_symbol(machine: Machine, symbol: bytes) -> None:
    if symbol == b"*":
        machine.group.optional = True
    elif symbol in {b"\n", b"\r"}:
        if machine.group.shows == "text":
            machine.end_paragraph()
    elif symbol in SYMBOLS:
        if machine.unicode_skip:
            machine.unicode_skip -= 1
        else:
            machine.show(SYMBOLS[symbol])


_TABLES = {"picture": _read_picture_word, "fonts": _read_font_word, "colours": _read_colour_word}
