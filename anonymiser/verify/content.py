"""Reads the text of a page back: every string shown, where, in which font, size and leading."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\s*(?:(?P<string>\((?:[^()\\]|\\.)*\))|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<name>/[^\s()<>\[\]/%]*)"
    rb"|(?P<number>[-+]?[0-9]*\.?[0-9]+)|(?P<open>\[)|(?P<close>\])|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*))",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

# What a reading copy's pages may consist of. Anything else, say an inline picture or an optional layer, is
# a fault.
_ALLOWED = frozenset((
    b"q", b"Q", b"cm", b"BT", b"ET", b"Tm", b"Tf", b"TL", b"Ts", b"Tj", b"w", b"m", b"l", b"S", b"n", b"Do",
))  # fmt: skip
_MATRIX = 6


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A string as it was shown; `x` and `y` in points, of its start on the page."""

    text: str
    font: str
    size: float
    leading: float
    rise: float
    x: float
    y: float


class ContentError(ValueError):
    """A page holds what a reading copy's pages don't."""


def read_content(stream: bytes, fonts: dict[str, Callable[[bytes], str]]) -> Iterator[Shown]:  # noqa: C901 - one branch per kind
    """Read each string shown; raise ContentError for what no reading copy has."""
    font, size, leading, rise, x, y = "", 0.0, 0.0, 0.0, 0.0, 0.0
    operands: list[bytes | float] = []
    for kind, token in _tokens(stream):
        if kind == "number":
            operands.append(float(token))
            continue
        if kind != "operator":
            operands.append(token)
            continue
        if token not in _ALLOWED:
            raise ContentError("operator")
        if token == b"Tm":
            x, y = _origin(operands)
        elif token == b"cm":
            _check_scale(operands)
        elif token == b"Tf":
            font, size = _name(operands[0]), float(operands[1])
        elif token == b"TL":
            leading = float(operands[0])
        elif token == b"Ts":
            rise = float(operands[0])
        elif token == b"Tj":
            if font not in fonts or not isinstance(operands[0], bytes):
                raise ContentError("font")
            yield Shown(fonts[font](_unescape(operands[0])), font, size, leading, rise, x, y)
        operands.clear()


def _tokens(stream: bytes) -> Iterator[tuple[str, bytes]]:
    position, end = 0, len(stream.rstrip())
    while position < end:
        match = _TOKEN.match(stream, position)
        if match is None:
            raise ContentError("token")
        position = match.end()
        yield str(match.lastgroup), match[str(match.lastgroup)]


def _origin(operands: list[bytes | float]) -> tuple[float, float]:
    """Text may be moved, never scaled, turned or slanted: its size is what Tf says."""
    if len(operands) != _MATRIX or operands[:4] != [1.0, 0.0, 0.0, 1.0]:
        raise ContentError("matrix")
    return float(operands[4]), float(operands[5])


def _check_scale(operands: list[bytes | float]) -> None:
    if len(operands) != _MATRIX or operands[1:3] != [0.0, 0.0]:
        raise ContentError("matrix")


def _name(operand: bytes | float) -> str:
    if not isinstance(operand, bytes):
        raise ContentError("name")
    return operand.decode("latin-1")


def _unescape(token: bytes) -> bytes:
    if not token.startswith(b"("):
        return bytes.fromhex(token[1:-1].decode("ascii"))
    inner = token[1:-1]
    return _ESCAPE.sub(_escaped, inner) if b"\\" in inner else inner


def _escaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255])
    return _LETTERS.get(code, code)
