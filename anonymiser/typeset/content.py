"""One page's content: text, rules and pictures, each marked with the tag it belongs to or as an artefact."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from anonymiser.typeset.form import LEADING
from anonymiser.typeset.lines import Line, Piece
from anonymiser.typeset.pdf import text_string
from anonymiser.typeset.strips import PlacedImage
from anonymiser.typeset.tags import Tag
from anonymiser.typeset.tokens import Glyph, Style, escape

_FINE = 0.5  # points


@lru_cache(maxsize=4096)  # lines begin at few places, and end up on the same grid
def _coordinate(points: float) -> bytes:
    return b"%.2f" % points


class Fonts:
    """What a copy uses of its faces: those shown by codes of Windows-1252, and of others the glyphs.

    A glyph gets a code for each text it stands for, so that a font can say which characters a code means.
    """

    def __init__(self) -> None:
        self.coded: set[str] = set()
        self.numbered: dict[str, dict[tuple[int, str], int]] = {}

    def encode(self, face: str, glyph: Glyph) -> bytes:
        codes = self.numbered.setdefault(face, {})
        code = codes.setdefault((glyph.number, glyph.text), len(codes) + 1)
        return escape(code.to_bytes(2, "big"))


class Content:
    """Collects what is drawn on page `number`; `tags` are by number of marked content."""

    def __init__(self, number: int, fonts: Fonts) -> None:
        self.number = number
        self.tags: list[Tag] = []
        self._fonts = fonts
        self._text: list[bytes] = [b"BT %.1f TL" % LEADING]
        self._rest: list[bytes] = []
        self._ruled: list[tuple[float, float, Piece]] = []
        self._tag: Tag | None = None
        self._aside = False
        self._style: Style | None = None
        self._rise = 0.0

    def written(self) -> bytes:
        self._close()
        return b"\n".join([*self._text, b"ET", *self._rest])

    @contextmanager
    def aside(self, kind: str) -> Iterator[None]:
        """Mark what is shown within as a running head or foot, which isn't read aloud."""
        self._close()
        self._text.append(b"/Artifact<</Type/Pagination/Subtype/%b>>BDC" % kind.encode("ascii"))
        self._aside = True
        yield
        self._text.append(b"EMC")
        self._aside = False

    def draw_line(self, line: Line, left: float, baseline: float) -> None:
        """Show a line's text; `left` and `baseline` in points on the page."""
        y = _coordinate(baseline)
        for piece in line.pieces:
            style = piece.style
            if piece.tag is not self._tag and not self._aside:
                self._open(piece)
            if style is not self._style:
                self._choose(style)
            show = piece.show if style.coded else b"".join([*self._place_glyphs(piece)])
            self._text.append(b"1 0 0 1 %b %b Tm[(%b)]TJ" % (_coordinate(left + piece.x), y, show))
            if style.ruled:
                self._ruled.append((left + piece.x, baseline, piece))

    def rule_words(self) -> None:
        """Draw the lines under and through words, once all are shown."""
        for x, baseline, piece in self._ruled:
            for height in piece.style.ruled:
                self.draw_rule(x, x + piece.width, baseline + height)

    def draw_rule(self, left: float, right: float, y: float) -> None:
        self._rest.append(b"/Artifact BMC %.1f w %.2f %.2f m %.2f %.2f l S EMC" % (_FINE, left, y, right, y))

    def draw_image(self, placed: PlacedImage, x: float, y: float) -> None:
        mark = self._mark(placed.tag)
        self._rest.append(
            b"%b q %.2f 0 0 %.2f %.2f %.2f cm /I%d Do Q EMC"
            % (mark, placed.width, placed.height, x, y, placed.image)
        )

    def _place_glyphs(self, piece: Piece) -> Iterator[bytes]:
        rise = piece.style.rise
        for token in piece.tokens:
            for glyph in token.glyphs:
                if piece.style.rise + glyph.raised != rise:
                    rise = piece.style.rise + glyph.raised
                    yield b")]TJ %.2f Ts[(" % rise
                if glyph.moved:
                    yield b")%d(" % -glyph.moved
                yield self._fonts.encode(piece.style.face, glyph)
        if rise != piece.style.rise:
            yield b")]TJ %.1f Ts[(" % piece.style.rise

    def _open(self, piece: Piece) -> None:
        self._close()
        self._text.append(self._mark(piece.tag, piece.spoken))
        self._tag = piece.tag

    def _mark(self, tag: Tag, spoken: str = "") -> bytes:
        tag.draw(self.number, len(self.tags))
        self.tags.append(tag)
        actual = b"/ActualText%b" % text_string(spoken) if spoken else b""
        return b"/%b<</MCID %d%b>>BDC" % (tag.kind.encode("ascii"), len(self.tags) - 1, actual)

    def _close(self) -> None:
        if self._tag is not None:
            self._text.append(b"EMC")
            self._tag = None

    def _choose(self, style: Style) -> None:
        if style.coded:
            self._fonts.coded.add(style.face)
        kind = "C" if style.coded else "N"
        self._text.append(b"/%b-%b %g Tf" % (kind.encode("ascii"), style.face.encode("ascii"), style.size))
        if style.rise != self._rise:
            self._text.append(b"%.1f Ts" % style.rise)
            self._rise = style.rise
        self._style = style
