"""Pictures in RTF: bytes written in hexadecimal, with the size at which they are shown."""

from dataclasses import dataclass, field

_TWIPS = 20  # to the point
_KINDS = frozenset((
    b"pngblip", b"jpegblip", b"emfblip", b"wmetafile", b"pmmetafile", b"dibitmap", b"wbitmap", b"macpict",
))  # fmt: skip
_HEXADECIMAL = frozenset(b"0123456789abcdefABCDEF")
_OTHERS = bytes(set(range(256)) - _HEXADECIMAL)
_LARGEST = 80_000_000  # digits


@dataclass(slots=True)
class RtfPicture:
    kind: bytes = b""
    sizes: dict[bytes, int] = field(default_factory=dict)
    digits: list[bytes] = field(default_factory=list)
    binary: bytes = b""

    def read_word(self, word: bytes, number: int | None) -> None:
        if word in _KINDS:
            self.kind = word
        elif number is not None:
            self.sizes[word] = number

    @property
    def data(self) -> bytes:
        r"""The bytes; those of a bitmap without the header that makes it a file get one."""
        digits = b"".join(self.digits)[:_LARGEST].translate(None, _OTHERS)
        data = self.binary or bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
        return _as_file(data) if self.kind == b"dibitmap" else data

    @property
    def width(self) -> float | None:
        return self._side(b"picwgoal", b"picscalex")

    @property
    def height(self) -> float | None:
        return self._side(b"pichgoal", b"picscaley")

    def _side(self, goal: bytes, scale: bytes) -> float | None:
        twips = self.sizes.get(goal, 0)
        per_cent = self.sizes.get(scale, 100) or 100
        return twips * per_cent / 100 / _TWIPS if twips > 0 else None


def _as_file(bitmap: bytes) -> bytes:
    """Put the header of a BMP file before a bitmap; the palette's length follows from the colours' depth."""
    header, depth = int.from_bytes(bitmap[:4], "little"), int.from_bytes(bitmap[14:16], "little")
    used = int.from_bytes(bitmap[32:36], "little")
    palette = (used or (1 << depth if depth <= 8 else 0)) * 4  # noqa: PLR2004 - deeper bitmaps have no palette
    start = 14 + header + min(palette, 1024)
    return b"BM" + (14 + len(bitmap)).to_bytes(4, "little") + bytes(4) + start.to_bytes(4, "little") + bitmap
