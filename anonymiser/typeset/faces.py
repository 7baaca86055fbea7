"""The four faces of Liberation Serif: which glyphs they have and how wide words are in them."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from anonymiser.manuscript import Emphasis

FONTS = Path(__file__).parent.parent / "fonts"
REGULAR = "LiberationSerif"
_FILES = {
    (False, False): ("LiberationSerif", "LiberationSerif-Regular.ttf"),
    (True, False): ("LiberationSerif-Bold", "LiberationSerif-Bold.ttf"),
    (False, True): ("LiberationSerif-Italic", "LiberationSerif-Italic.ttf"),
    (True, True): ("LiberationSerif-BoldItalic", "LiberationSerif-BoldItalic.ttf"),
}


@cache
def register_faces() -> dict[str, TTFont]:
    """Return the faces by name. Reading the files takes some 40 ms, so a long-lived process does it once."""
    faces = {}
    for name, file in _FILES.values():
        faces[name] = TTFont(name, str(FONTS / file))
        pdfmetrics.registerFont(faces[name])
    return faces


def choose_face(emphasis: frozenset[Emphasis]) -> str:
    return _FILES[Emphasis.BOLD in emphasis, Emphasis.ITALIC in emphasis][0]


@cache
def drawable_code_points() -> frozenset[int]:
    """List what all four faces have a glyph for: anything else would vanish without a word."""
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in register_faces().values()))


@cache
def _advances(face: str) -> dict[int, float]:
    metrics = register_faces()[face].face
    return {code: metrics.charWidths.get(code, metrics.defaultWidth) / 1000 for code in metrics.charToGlyph}


def measure(text: str, face: str) -> float:
    """Return the width of the text in ems; times the size gives points."""
    advances = _advances(face)
    return sum([advances[ord(character)] for character in text])
