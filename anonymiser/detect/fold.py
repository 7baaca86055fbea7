"""Text as it is compared: without case, accents and look-alikes, mapped back to the original."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

_LETTERS = {
    "…": ".", "－": "-", "＇": "'",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    # Letters of other scripts that look Latin.
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m",
    "н": "h", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ѵ": "v", "ԝ": "w", "х": "x",
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "m", "ν": "v", "ο": "o", "ρ": "p", "τ": "t",
    "υ": "u", "χ": "x", "ω": "w", "ɑ": "a", "ɡ": "g", "ꞌ": "'",
    # Small capitals.
    "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k",
    "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w",
    "ʏ": "y", "ᴢ": "z",
}  # fmt: skip
_IGNORED = {"Mn", "Me", "Cf"}
_WORD = re.compile(r"[^\W_]+")


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    parts: list[str] = []
    for part in unicodedata.normalize("NFKD", character.casefold()):
        if unicodedata.category(part) in _IGNORED:
            continue
        parts.extend(_LETTERS.get(letter, letter) for letter in part.casefold())
    folded = "".join(parts)
    return " " if folded.isspace() else folded


_TABLE = _Table()
_ALIKE: set[str] = set()  # characters met so far that fold to one character each


class Token(NamedTuple):
    """A word, folded; `start` and `end` in characters of the original.

    `capital`: it may begin a name, by a capital or by a letter of a script that has none.
    """

    word: str
    start: int
    end: int
    capital: bool

    def __repr__(self) -> str:
        return "<Token>"


@dataclass(frozen=True, slots=True, repr=False)
class Folded:
    """`text` is folded; `origin[i]` says where its character i stood, None where nothing has moved."""

    original: str
    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of the folded text in characters of the original."""
        if self.origin is None:
            return start, end
        # Marks that were left out belong to the letter before them.
        following = self.origin[end] if end < len(self.origin) else len(self.original)
        return self.origin[start], max(self.origin[end - 1] + 1, following)

    def tokens(self) -> list[Token]:
        original = self.original
        if self.origin is None:
            # Most of the time that finding takes is spent here: without the calls of Token's own making.
            make = tuple.__new__
            return [
                make(
                    Token,
                    (
                        match[0],
                        *(span := match.span()),
                        not (first := original[span[0]]).islower() and first.isalpha(),
                    ),
                )
                for match in _WORD.finditer(self.text)
            ]
        found = []
        for match in _WORD.finditer(self.text):
            start, end = self.span(match.start(), match.end())
            found.append(Token(match[0], start, end, _is_capital(original[start])))
        return found


def _is_capital(character: str) -> bool:
    return not character.islower() and character.isalpha()


def fold(text: str) -> Folded:
    if text.isascii():
        return Folded(text, text.lower(), None)
    if _folds_one_to_one(text):
        return Folded(text, text.translate(_TABLE), None)
    parts: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(text):
        folded = _TABLE[ord(character)]
        parts.append(folded)
        origin.extend([position] * len(folded))
    return Folded(text, "".join(parts), tuple(origin))


def _folds_one_to_one(text: str) -> bool:
    for character in set(text) - _ALIKE:
        if len(_TABLE[ord(character)]) != 1:
            return False
        _ALIKE.add(character)
    return True


def fold_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a name, an address or a term."""
    return tuple(_WORD.findall(fold(text).text))
