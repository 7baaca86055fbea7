"""Shapes words: each distinct one once in each look, into tokens that lines are made of.

A word of Windows-1252 letters is shown by its bytes in a font that is the same in every copy; any other goes by
the numbers of its glyphs. Where these don't spell the word one by one, as in Arabic, it says its text itself.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from anonymiser.manuscript import Emphasis
from anonymiser.typeset.faces import choose_face, serif
from anonymiser.typeset.glyphs import shape_glyphs
from anonymiser.typeset.letters import LATIN, shape_letters
from anonymiser.typeset.tokens import Style, Token

SIZE = 12.0
SMALL = 8.0  # super- and subscripts
TAB = 24.0
_RISES = {Emphasis.SUPERSCRIPT: 4.0, Emphasis.SUBSCRIPT: -2.0}
_RULED = {Emphasis.UNDERLINE: -1.5, Emphasis.STRIKE: 3.2}
_MOST_WORDS, _LONGEST = 10_000, 40  # what is kept of each look; an essay has a thousand words
_LATIN_WORD = re.compile(f"[{re.escape(LATIN)}]+")
_UNBROKEN = re.compile(f"[{re.escape(LATIN.translate(dict.fromkeys(map(ord, '-–—/'))))}]+")
# A word may be broken after a hyphen, a dash or a slash that stands between letters.
_PARTS = re.compile(r".+?(?:(?<=\w)[-–—/](?=\w)|\Z)", re.DOTALL)
_IDEOGRAPHS = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = "、。，．・：；？！ー々〉》」』】〕）］｝ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_OPENING = "〈《「『【〔（［｛"
_CLUSTERS = re.compile(f"[{_OPENING}]*[{_IDEOGRAPHS}][{_CLOSING}]*|[^{_IDEOGRAPHS}]+")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_LETTER_WITH_MARKS = re.compile(
    r"[^\u200c\u200d][\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f]*",
    re.DOTALL,
)


class _Spaced(dict[str, Token | None]):
    """The words that a space follows, which are most, by their letters alone; None for one of several tokens."""

    def __init__(self, words: "Look") -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> Token | None:
        if len(self) > _MOST_WORDS:
            self.clear()
        tokens = self._words.shape(f"{word} ")
        token = tokens[0] if len(tokens) == 1 else None
        if len(word) < _LONGEST:
            self[word] = token
        return token


class Look(dict[str, tuple[Token, ...]]):
    """An emphasis, and the words met in it so far with their tokens."""

    def __init__(self, emphasis: frozenset[Emphasis]) -> None:
        super().__init__()
        rise = next((_RISES[mark] for mark in _RISES if mark in emphasis), 0.0)
        self.emphasis = emphasis
        self.style = Style(
            serif(emphasis),
            coded=True,
            emphasis=emphasis,
            size=SMALL if rise else SIZE,
            rise=rise,
            ruled=tuple(height for mark, height in _RULED.items() if mark in emphasis),
        )
        self._spaced = _Spaced(self)
        self._numbered: dict[str, Style] = {}

    def __missing__(self, word: str) -> tuple[Token, ...]:
        if len(self) > _MOST_WORDS:
            self.clear()
        tokens = self.shape(word)
        if len(word) <= _LONGEST:
            self[word] = tokens
        return tokens

    def read(self, text: str) -> Sequence[Token]:
        """Return the tokens of a text whose white space is single spaces."""
        *words, last = text.split(" ")
        tokens = [*map(self._spaced.__getitem__, words)]
        if not all(tokens):
            known = zip(words, tokens, strict=True)
            parts = [(token,) if token is not None else self[f"{word} "] for word, token in known]
            return [*itertools.chain.from_iterable(parts), *(self[last] if last else ())]
        if last:
            tokens.extend(self[last])
        return tokens  # type: ignore[return-value]

    def shape(self, word: str) -> tuple[Token, ...]:
        if _UNBROKEN.fullmatch(word):
            return (shape_letters(word, self.style, breaks=word[-1] == " "),)
        parts = _PARTS.findall(word)
        return tuple(token for part in parts for token in self._shape(part, last=part is parts[-1]))

    def _shape(self, part: str, *, last: bool) -> Iterator[Token]:
        spaced = part[-1] == " "
        if _LATIN_WORD.fullmatch(part):
            yield shape_letters(part, self.style, breaks=spaced or not last)
            return
        clusters = _CLUSTERS.findall(part.rstrip(" "))
        for number, cluster in enumerate(clusters, start=1):
            ends = number == len(clusters)
            breaks = not ends or not last or (not spaced and bool(_IDEOGRAPH.search(cluster)))
            yield from self.shape_numbered(cluster, breaks=breaks, rtl=False)
        if spaced:
            yield from self[" "]

    def shape_numbered(self, text: str, *, breaks: bool, rtl: bool) -> Iterator[Token]:
        """Shape what goes by glyph number: a token for each face it needs, in the order in which it is read."""
        pieces: list[tuple[str, str]] = []
        for letter in _LETTER_WITH_MARKS.findall(text):
            face = choose_face(letter, self.emphasis)
            if pieces and pieces[-1][0] == face:
                pieces[-1] = (face, pieces[-1][1] + letter)
            else:
                pieces.append((face, letter))
        for number, (face, piece) in enumerate(pieces, start=1):
            style = self._numbered.setdefault(face, replace(self.style, face=face, coded=False))
            yield shape_glyphs(piece, style, breaks=breaks and number == len(pieces), rtl=rtl)


@lru_cache(maxsize=256)
def look(emphasis: frozenset[Emphasis]) -> Look:
    return Look(emphasis)


def tab(of: Look) -> Token:
    """Return a space as wide as a tab."""
    (space,) = of[" "]
    more = round((TAB - space.width) / space.style.size * 1000)
    return space._replace(width=TAB, trailing=TAB, show=b" )%d(" % -more, text="\t")


@lru_cache(maxsize=1024)
def note_mark(number: int, emphasis: frozenset[Emphasis]) -> Token:
    raised = look((emphasis - {Emphasis.SUBSCRIPT}) | {Emphasis.SUPERSCRIPT})
    (token,) = raised[str(number)]
    return token._replace(note=number, style=replace(token.style))


def split_overlong(token: Token, room: float) -> Sequence[Token]:
    """Return the letters of a token wider than a line, between any of which it may be broken."""
    if token.width <= room or len(token.text) < 2:  # noqa: PLR2004 - a letter can't be parted
        return (token,)
    of = look(token.style.emphasis)
    letters = _LETTER_WITH_MARKS.findall(token.text)
    parts = [part for letter in letters for part in of[letter]]
    return [part._replace(breaks=True, level=token.level) for part in parts]
