"""When are two words spelled alike? One spelling for accents and ligatures, and one slip of the pen."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ŋ": "ng",
        "ħ": "h",
    }
)
_DIGRAPHS = re.compile("ae|oe|ue|aa")
_NO_LETTER = re.compile("[^a-z]")
_SHORTEST_WITH_SLIP = 3


def letters(text: str) -> str:
    """Keep letters only, small, without accents and ligatures; any script."""
    text = text.casefold()
    if text.isascii():
        return text if text.isalpha() else _NO_LETTER.sub("", text)
    # Once more small: a sign such as ℡ is spelled out in capitals.
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    return "".join(letter for letter in plain if letter.isalpha())


def fold(text: str) -> str:
    """Write as `letters` does, and ö, oe and o alike, so that equal words are equal strings."""
    return _DIGRAPHS.sub(lambda pair: pair[0][0], letters(text))


def one_slip_apart(one: str, other: str) -> bool:
    """Whether at most one letter put in, left out, changed or swapped with the next tells them apart.

    Source: F. J. Damerau, Communications of the ACM 7 (1964) 171-176: four of five slips are such.
    """
    return _at_most_one_slip(one, other) or _at_most_one_slip(fold(one), fold(other))


def _at_most_one_slip(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    if len(one) <= 1 or len(other) < _SHORTEST_WITH_SLIP or len(other) - len(one) > 1:
        return False
    start = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start : start + 2][::-1] == other[start : start + 2]
    return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
