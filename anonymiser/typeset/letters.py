"""Words of Windows-1252 letters: shown by their codes, each letter drawn by itself, pairs of them kerned."""

from functools import cache
from itertools import pairwise

import uharfbuzz as hb

from anonymiser.typeset.faces import open_face
from anonymiser.typeset.tokens import Style, Token, escape

LATIN = "".join(
    chr(code) for code in (*range(32, 127), *range(160, 256)) if code != 0xAD  # noqa: PLR2004 - the soft hyphen
) + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # fmt: skip


def shape_letters(text: str, style: Style, *, breaks: bool) -> Token:
    """Shape a word. What HarfBuzz says of each pair of letters is asked once and kept, for all words together."""
    measures = _measures(style.face)
    kerns = [*map(measures.kerns.__getitem__, pairwise(text))]
    coded = text.encode("cp1252")
    show, start = b"", 0
    if any(kerns):
        for position, kern in enumerate(kerns, start=1):
            if kern:
                show += escape(coded[start:position]) + b")%d(" % -round(kern * 1000 / measures.upem)
                start = position
    scale = style.size / measures.upem
    width = (sum(map(measures.advances.__getitem__, text)) + sum(kerns)) * scale
    trailing = measures.advances[" "] * scale if text[-1] == " " else 0.0
    return Token(width, trailing, breaks, show + escape(coded[start:]), style, text)


class _Measures:
    """A face's advances, and its kerns by pair, in `upem`ths of an em."""

    def __init__(self, name: str) -> None:
        face = open_face(name)
        self.upem = face.upem
        self.advances = {letter: face.advance(face.glyph(letter)) for letter in LATIN}
        self.kerns = _Kerns(face.font, self.advances)


class _Kerns(dict[tuple[str, str], int]):
    def __init__(self, font: hb.Font, advances: dict[str, int]) -> None:
        super().__init__()
        self._font, self._advances = font, advances

    def __missing__(self, pair: tuple[str, str]) -> int:
        buffer = hb.Buffer()
        buffer.add_str("".join(pair))
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
        hb.shape(self._font, buffer, {"liga": False, "clig": False})
        kern = int(buffer.glyph_positions[0].x_advance) - self._advances[pair[0]]
        self[pair] = kern
        return kern


@cache
def _measures(name: str) -> _Measures:
    return _Measures(name)
