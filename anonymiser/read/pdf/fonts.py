"""Which emphasis a font stands for, told from its name first: the weights and flags in files are often wrong."""

import re
from ctypes import byref, c_int, cast, create_string_buffer
from functools import lru_cache

from pypdfium2 import raw

from anonymiser.manuscript import PLAIN, Emphasis

_BOLD = re.compile(
    r"bold|black|heavy|demi(?!an)|[-,]bd\b|[-,]b\b|[-,]bi\b|(?:cm|ec|sf|lm)(?:ss)?b[xi]?[xi]?\d",
    re.IGNORECASE,
)
_ITALIC = re.compile(
    r"ital|obli|slant|kursiv|[-,]it\b|[-,]i\b|[-,]bi\b|(?:cm|ec|sf|lm)(?:ss)?(?:ti|bi|sl|i|bxti|bxsl)\d",
    re.IGNORECASE,
)
_SYMBOLS = re.compile(r"symbol|wingding|dingbat|cmsy|cmmi|cmex|msam|msbm|zapf|opensymbol", re.IGNORECASE)
_BOLD_WEIGHT = 600
_ITALIC_FLAG = 1 << 6
_STEEP = -4  # degrees


def read_emphasis(font: int) -> frozenset[Emphasis]:
    handle = cast(font, raw.FPDF_FONT)
    name = _read_name(handle)
    if not name or _SYMBOLS.search(name):
        return PLAIN
    angle = c_int()
    raw.FPDFFont_GetItalicAngle(handle, byref(angle))
    leans = bool(raw.FPDFFont_GetFlags(handle) & _ITALIC_FLAG) or angle.value < _STEEP
    return _emphasis_by_name(name, heavy=raw.FPDFFont_GetWeight(handle) >= _BOLD_WEIGHT, leans=leans)


def is_symbolic(font: int) -> bool:
    return bool(_SYMBOLS.search(_read_name(cast(font, raw.FPDF_FONT))))


def _read_name(handle: object) -> str:
    buffer = create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(handle, buffer, 128)
    return buffer.value.decode("utf-8", "replace")


@lru_cache(maxsize=256)
def _emphasis_by_name(name: str, *, heavy: bool, leans: bool) -> frozenset[Emphasis]:
    marks = set()
    if heavy or _BOLD.search(name):
        marks.add(Emphasis.BOLD)
    if leans or _ITALIC.search(name):
        marks.add(Emphasis.ITALIC)
    return frozenset(marks)
