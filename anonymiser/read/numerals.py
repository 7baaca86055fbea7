"""Numbers of lists as they are shown: digits, letters, Roman numerals."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3999


def spell_number(count: int, form: str, *, synchronous: bool = True) -> str:
    """Spell a number in the form that "1", "a", "A", "i" or "I" names, as ODF and HTML name it.

    After z comes aa: then bb where letters are `synchronous`, else ab.
    """
    if form in {"a", "A"} and count > 0:
        letters = _letters(count, synchronous=synchronous)
        return letters.upper() if form == "A" else letters
    if form in {"i", "I"} and 0 < count <= _LARGEST_ROMAN:
        numeral = _roman(count)
        return numeral.upper() if form == "I" else numeral
    return str(count)


def _letters(count: int, *, synchronous: bool) -> str:
    if synchronous:
        return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 20)
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(count: int) -> str:
    numeral = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        numeral += letters * times
    return numeral
