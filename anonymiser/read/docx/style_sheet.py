"""Parses the part with a document's styles; those of tables only when a table asks for one.

Templates bring a hundred of them, nine tenths of the part, and most essays have no table.
"""

import re

from lxml import etree

from anonymiser.read.archive import parse_xml

_IDENTITY = re.compile(rb'w:styleId="([^"]*)"')
_DEFAULT = b'w:default="1"'
_STYLE, _END, _TABLE = b"<w:style ", b"</w:style>", b'w:type="table"'


class StyleSheet:
    """`root` lacks the styles of tables where they could be set aside; `table_style` finds them."""

    def __init__(self, data: bytes) -> None:
        self._aside: dict[bytes, bytes] = {}
        self._opening = b""
        self.root: etree._Element = parse_xml(self._set_aside(data))

    def table_style(self, identity: str) -> etree._Element | None:
        """Return the style of that id; of none, the default."""
        piece = self._aside.get(identity.encode())
        return parse_xml(self._opening + piece + b"</w:styles>")[0] if piece is not None else None

    def _set_aside(self, data: bytes) -> bytes:
        """Return the part without the styles of tables; whole, if it isn't written as all programs write it."""
        head, *pieces = data.split(_STYLE)
        root = head.find(b"<w:styles")
        end = head.find(b">", root)
        # A comment or an instruction may hold what only looks like a style.
        if not pieces or root < 0 or end < 0 or b"!" in data or data.find(b"?", root) >= 0:
            return data
        kept = [head]
        for piece in pieces:
            own, closed, rest = piece.partition(_END)
            if closed and _TABLE in piece[: piece.find(b">")]:
                self._keep(_STYLE + own + closed)
                kept.append(rest)
            else:
                kept.append(_STYLE + piece)
        self._opening = head[: end + 1]
        return b"".join(kept)

    def _keep(self, piece: bytes) -> None:
        opening = piece[: piece.find(b">")]
        if match := _IDENTITY.search(opening):
            self._aside[match[1]] = piece
        if _DEFAULT in opening:
            self._aside.setdefault(b"", piece)
