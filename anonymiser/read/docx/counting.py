"""How Word spells the numbers of lists: letters, Roman numerals, words."""

from collections.abc import Callable

from anonymiser.read.numerals import spell_number

_MOST_WORDS = 99  # longer lists are counted in digits
_MOST_LETTERS = 780  # Word goes as far as thirty letters
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_CHINESE = "〇一二三四五六七八九"
_CHICAGO = "*†‡§"


def spell_count(count: int, form: str) -> str:
    """Spell a count in a form of `w:numFmt`; forms unknown here are digits."""
    return _FORMS.get(form, str)(count)


def _letters(count: int) -> str:
    """Count a to z, then aa, bb, as Word does."""
    if not 0 < count <= _MOST_LETTERS:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _ordinal_ending(count: int) -> str:
    if count % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")


def _words(count: int) -> str:
    if not 0 < count <= _MOST_WORDS:
        return str(count)
    if count < len(_ONES):
        return _ONES[count]
    tens, ones = divmod(count, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal_words(count: int) -> str:
    before, dash, last = _words(count).rpartition("-")
    if last.isdigit():
        return f"{count}{_ordinal_ending(count)}"
    return before + dash + _ORDINALS.get(last, last[:-1] + "ieth" if last.endswith("y") else f"{last}th")


def _circled(count: int) -> str:
    return chr(ord("①") + count - 1) if 0 < count <= 20 else str(count)  # noqa: PLR2004 - as many as there are


def _chinese(count: int) -> str:
    if not 0 < count <= _MOST_WORDS:
        return str(count)
    tens, ones = divmod(count, 10)
    return (_CHINESE[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE[ones] if ones else "")


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": lambda count: spell_number(count, "i"),
    "upperRoman": lambda count: spell_number(count, "I"),
    "decimalZero": lambda count: f"{count:02d}",
    "cardinalText": lambda count: _words(count).capitalize(),
    "ordinalText": lambda count: _ordinal_words(count).capitalize(),
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedCircle": _circled,
    "chicago": lambda count: (
        _CHICAGO[(count - 1) % 4] * ((count - 1) // 4 + 1) if 0 < count <= _MOST_WORDS else str(count)
    ),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _chinese
    ),
    "ordinal": lambda count: f"{count}{_ordinal_ending(count)}",
}
