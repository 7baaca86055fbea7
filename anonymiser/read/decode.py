"""Bytes of a text file as characters, in whatever encoding they came."""

import codecs
import re
import unicodedata

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.guess import guess_code_page

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
# What programs mean by these names, which the standard library takes at their word.
_MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "sjis": "cp932", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "iso-8859-9": "cp1254", "macintosh": "mac-roman", "mac-cyrillic": "mac-cyrillic",
    "unicode": "",
}  # fmt: skip
_JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B]")
_MOSTLY_RIGHT = 10
_ESCAPED = re.compile("[\udc80-\udcff]+")  # bytes that are no UTF-8, as Python keeps them
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028]")
_PARAGRAPH_ENDS = re.compile(r"[\x0b\x0c\x1c-\x1e\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# More controls than one character in fifty, and it is no text.
_TOLERATED_CONTROLS = 50


def decode(source: bytes, declared: str = "") -> str:
    r"""Return the text, its line ends all "\n", a form feed an empty line, without control characters.

    What the file itself declares its encoding to be is believed, unless its bytes say otherwise.
    Raises: Refused (not_a_document).
    """
    text = _decode(source, declared)
    controls = len(_CONTROLS.findall(text))
    if controls * _TOLERATED_CONTROLS > len(text):
        raise Refused(RefusalCode.NOT_A_DOCUMENT)
    text = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    text = _CONTROLS.sub("", text) if controls else text
    if not text.strip("\ufeff \n\t"):
        raise Refused(RefusalCode.EMPTY)
    return text.replace("\ufeff", "")


def _decode(source: bytes, declared: str) -> str:
    for mark, encoding in _MARKS:
        if source.startswith(mark):
            return source[len(mark) :].decode(encoding, "replace")
    if b"\x00" in source:
        if encoding := _guess_wide(source[:_SAMPLE]):
            return source.decode(encoding, "replace")
        if source.count(b"\x00") * _TOLERATED_CONTROLS > len(source):
            raise Refused(RefusalCode.NOT_A_DOCUMENT)
        source = source.replace(b"\x00", b"")
    if _JAPANESE_SHIFT.search(source):
        declared = declared or "iso2022_jp"
    for encoding in filter(None, (_known(declared), "utf-8")):
        try:
            return source.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _decode_mixed(source) or source.decode(guess_code_page(source), "replace")


def _known(declared: str) -> str:
    """Return the codec of a declared encoding, by what programs mean with that name; "" for none.

    A file that could be read far enough to find a declaration isn't in UTF-16, whatever it declares.
    """
    name = declared.casefold().removeprefix("x-")
    if name in _MEANT:
        return _MEANT[name]
    try:
        found = codecs.lookup(name.replace("windows-", "cp")).name if name else ""
    except LookupError:
        return ""
    return (
        "" if found.startswith(("utf-16", "utf-32", "utf-7", "punycode", "idna", "raw", "unicode")) else found
    )


def _guess_wide(sample: bytes) -> str:
    """UTF-32 or UTF-16 without a mark: the reading with spaces and line ends in it, and nothing odd."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        width = 4 if "32" in encoding else 2
        try:
            text = sample[: len(sample) // width * width].decode(encoding)
        except UnicodeDecodeError as error:
            # A sample may end within a character, and no other error is forgiven.
            if error.start < len(sample) - 2 * width:
                continue
            text = sample[: error.start].decode(encoding)
        odd = sum(unicodedata.category(character) in {"Cn", "Co", "Cc"} for character in text)
        odd -= sum(text.count(blank) for blank in "\n\r\t\f\v")
        if odd * _TOLERATED_CONTROLS <= len(text) and any(mark in text for mark in " \n\u3001\u3002\uff0c"):
            return encoding
    return ""


def _decode_mixed(source: bytes) -> str:
    """Return UTF-8 into which a few bytes of an older file were pasted; "" for what is none."""
    text = source.decode("utf-8", "surrogateescape")
    wrong = sum(len(found) for found in _ESCAPED.findall(text))
    if wrong * _MOSTLY_RIGHT > sum(character > "\x7f" for character in text):
        return ""
    return _ESCAPED.sub(lambda match: _unescape(match[0]).decode("cp1252", "replace"), text)


def _unescape(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
