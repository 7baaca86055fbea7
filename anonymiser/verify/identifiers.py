"""Whether a text still holds something that names its author, whatever its case, accents or spacing."""

import re
import unicodedata

from anonymiser.author import Author

_WORDS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d(?:[\s().\-/]{0,2}\d){6,}")
_PHONE_TAIL = 9  # the national number without its first zero: what all notations of one number share
_SHORT = 5
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Letters of other scripts that look like these.
_ALIKE = str.maketrans("асеорхуіјѕԁһӏԛԝαονρτυικ", "aceopxyijsdhlqwaovptuik") | str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)


def holds_identifier(text: str, author: Author) -> bool:
    """Look for whole names in either order, addresses of e-mail, numbers: what no other person shares."""
    words = f" {' '.join(_words(text))} "
    if any(f" {name} " in words for name in _names(author)):
        return True
    runs = {_digits(match) for match in _DIGITS.findall(text)}
    phones = [_digits(phone)[-_PHONE_TAIL:] for phone in author.phones]
    return any(len(phone) == _PHONE_TAIL and run.endswith(phone) for phone in phones for run in runs)


def _names(author: Author) -> list[str]:
    wholes = [author.orcid, *author.emails, *author.registration_numbers]
    found = [" ".join(_words(whole)) for whole in wholes if len(whole) >= _SHORT]
    for name in (author.name, *author.also_known_as):
        tokens = _words(name)
        if len(tokens) > 1 and len("".join(tokens)) > _SHORT:
            found.append(" ".join(tokens))
            found.append(" ".join([tokens[-1], *tokens[:-1]]))
            found.append(f"{tokens[0]} {tokens[-1]}")
    return [name for name in found if name]


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    if not decomposed.isascii():
        marks: dict[int, int | str | None] = {
            ord(mark): None for mark in set(decomposed) if unicodedata.combining(mark) or mark in _UNSEEN
        }
        decomposed = decomposed.translate(marks | _ALIKE)
    return _WORDS.findall(decomposed)


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
