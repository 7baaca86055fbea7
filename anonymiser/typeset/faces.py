"""The faces a copy is set in: Liberation Serif, and for what it lacks the first of the others that has it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

from anonymiser.manuscript import Emphasis

FONTS = Path(__file__).parent.parent / "fonts"
REGULAR = "LiberationSerif"
_SERIF = {
    (False, False): ("LiberationSerif", "LiberationSerif-Regular.ttf"),
    (True, False): ("LiberationSerif-Bold", "LiberationSerif-Bold.ttf"),
    (False, True): ("LiberationSerif-Italic", "LiberationSerif-Italic.ttf"),
    (True, True): ("LiberationSerif-BoldItalic", "LiberationSerif-BoldItalic.ttf"),
}
# In the order in which they are asked: the scripts' own faces before those that have a little of everything.
_OTHERS = (
    ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"),
    ("NotoSerifDevanagari-Regular", "NotoSerifDevanagari-Bold"),
    ("NotoSansMath-Regular", "NotoSansMath-Regular"),
    ("DejaVuSans", "DejaVuSans"),
    ("NotoSansSymbols2-Regular", "NotoSansSymbols2-Regular"),
    ("DroidSansFallback", "DroidSansFallback"),
    ("NanumSquareR", "NanumSquareR"),
)
# Liberation Serif has Hebrew letters too, but sets the points beside them.
_HEBREW = ("NotoSerifHebrew-Regular", "NotoSerifHebrew-Bold")
_HEBREW_BLOCK = range(0x0590, 0x0600)
_FILES = {
    **dict(_SERIF.values()),
    **{name: f"{name}.ttf" for pair in (_HEBREW, *_OTHERS) for name in pair},
    "DroidSansFallback": "DroidSansFallbackFull.ttf",
}


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Face:
    """A face, opened; its measures are in `upem`ths of an em."""

    name: str
    font: hb.Font
    upem: int
    codes: frozenset[int]  # code points it has glyphs for

    def glyph(self, character: str) -> int:
        return int(self.font.get_nominal_glyph(ord(character)) or 0)

    def advance(self, glyph: int) -> int:
        return int(self.font.get_glyph_h_advance(glyph))


@cache
def open_face(name: str) -> Face:
    """Return the face; its file is mapped, not read, so that forked children share it."""
    face = hb.Face(hb.Blob.from_file_path(str(FONTS / _FILES[name])))
    font = hb.Font(face)
    return Face(name, font, face.upem, frozenset(face.unicodes))


def serif(emphasis: frozenset[Emphasis]) -> str:
    return _SERIF[Emphasis.BOLD in emphasis, Emphasis.ITALIC in emphasis][0]


def choose_face(characters: str, emphasis: frozenset[Emphasis]) -> str:
    """Return the face for a letter with its marks: the first that has them all, or at least the letter."""
    codes = [ord(character) for character in characters]
    names = _candidates(emphasis)
    if codes[0] in _HEBREW_BLOCK:
        names = (names[-1], *names)
    whole = (name for name in names if all(code in open_face(name).codes for code in codes))
    part = (name for name in names if codes[0] in open_face(name).codes)
    return next(whole, None) or next(part, serif(emphasis))


@cache
def _candidates(emphasis: frozenset[Emphasis]) -> tuple[str, ...]:
    bold = Emphasis.BOLD in emphasis
    return (serif(emphasis), *(pair[bold] for pair in _OTHERS), _HEBREW[bold])


@cache
def drawable_code_points() -> frozenset[int]:
    """List what some face has a glyph for in every style: anything else would vanish without a word."""
    styles = [open_face(name).codes for name, _ in _SERIF.values()]
    others = [open_face(pair[0]).codes & open_face(pair[1]).codes for pair in _OTHERS]
    return frozenset.intersection(*styles).union(*others)


@cache
def register_faces() -> tuple[str, ...]:
    """Register the four serif faces with ReportLab, for what is drawn with its canvas; return their names."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _SERIF.values():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    return tuple(name for name, _ in _SERIF.values())
