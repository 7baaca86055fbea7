"""Which bytes are which characters in RTF: by font, else by the document's code page."""

import codecs

_WESTERN = "cp1252"
# By \fcharset, the number Windows gives a set of characters. 0 is Western, 1 the document's own, 2 symbols.
_CHARACTER_SETS = {
    0: _WESTERN, 77: "mac-roman", 78: "shift-jis", 79: "euc-kr", 80: "gb2312", 81: "big5", 83: "mac-greek",
    128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_NUMBERED = {10000: "mac-roman", 10007: "mac-cyrillic", 10029: "mac-latin2", 65001: "utf-8", 1361: "johab"}


def of_character_set(number: int) -> str | None:
    return _CHARACTER_SETS.get(number)


def of_code_page(number: int) -> str | None:
    r"""Return the codec of `\ansicpg` or `\cpg`; None where it is none that is known."""
    if number in _NUMBERED:
        return _NUMBERED[number]
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return None
