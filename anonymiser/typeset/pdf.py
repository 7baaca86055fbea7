"""Writes the objects of a PDF, one after another and nothing between them; the same bytes for the same objects.

ReportLab's document has no room for a structure tree, for glyphs by number, nor for ToUnicode beyond U+FFFF, and
adds dates and a producer; more of it would have to be replaced than used.
"""

import zlib

PACKING = 6  # zlib's level


class Objects:
    """Objects by number, from 1."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def add(self, body: bytes) -> int:
        self._bodies.append(body)
        return len(self._bodies)

    def reserve(self) -> int:
        return self.add(b"")

    def fill(self, number: int, body: bytes) -> None:
        self._bodies[number - 1] = body

    def write(self, *, root: int, info: int) -> bytes:
        parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        at, offsets = len(parts[0]), []
        for number, body in enumerate(self._bodies, start=1):
            offsets.append(at)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            at += len(parts[-1])
        size = len(self._bodies) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        parts.append("".join([f"{offset:010} 00000 n \n" for offset in offsets]).encode("ascii"))
        parts.append(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
            % (size, root, info, at)
        )
        return b"".join(parts)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a packed stream as an object's body; `entries` go into its dictionary."""
    packed = zlib.compress(content, PACKING)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (entries, len(packed), packed)


def text_string(text: str) -> bytes:
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode("ascii")
