"""Bytes of a text file as characters, in whatever encoding they came."""

import codecs
import re

from charset_normalizer import from_bytes

from anonymiser.errors import RefusalCode, Refused

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028]")
_PARAGRAPH_ENDS = re.compile(r"[\x0b\x0c\x1c-\x1e\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# More controls than one character in fifty, and it is no text.
_TOLERATED_CONTROLS = 50


def decode(source: bytes) -> str:
    r"""Return the text, its line ends all "\n", a form feed an empty line, without control characters.

    Raises: Refused (not_a_document).
    """
    text = _decode(source)
    controls = len(_CONTROLS.findall(text))
    if controls * _TOLERATED_CONTROLS > len(text):
        raise Refused(RefusalCode.NOT_A_DOCUMENT)
    text = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    text = _CONTROLS.sub("", text) if controls else text
    if not text.strip("\ufeff \n\t"):
        raise Refused(RefusalCode.EMPTY)
    return text.replace("\ufeff", "")


def _decode(source: bytes) -> str:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source[len(mark) :].decode(encoding, "replace")
    if encoding := _guess_utf16(source[:_SAMPLE]):
        return source.decode(encoding, "replace")
    if b"\x00" in source:
        raise Refused(RefusalCode.NOT_A_DOCUMENT)
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(source)


def _guess_utf16(sample: bytes) -> str:
    """UTF-16 without a mark: Western text has a zero in nearly every second byte."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    quarter = len(sample) // 4
    if quarter and odd > quarter and even * 8 < odd:
        return "utf-16-le"
    if quarter and even > quarter and odd * 8 < even:
        return "utf-16-be"
    return ""


def _decode_legacy(source: bytes) -> str:
    """Windows' Western code page is by far the likeliest, unless its reading looks wrong."""
    western = source.decode("cp1252", "replace")
    high = [character for character in western if character > "\x7f"]
    if sum(map(_looks_western, high)) >= len(high) * 0.9 and "\ufffd" not in western:
        return western
    best = from_bytes(source).best()
    return str(best) if best is not None else western


def _looks_western(character: str) -> bool:
    return character in "‘’“”–—…•£€°éèêëáàâäãåçñöóòôõøüúùûíìîïßÉÈÀÁÂÄÅÇÑÖØÜÚæœÆŒ§©®½¼¾´·«»¿¡\u00a0"
