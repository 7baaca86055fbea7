"""What a capitalised word of an essay can be: a name, a word that is also one, a word, a name all the world knows."""

from enum import IntEnum, auto

from anonymiser.detect.capitals import RANKS
from anonymiser.detect.words import (
    DEGREES,
    PARTICLES,
    TITLES,
    common_given_names,
    english,
    family_words,
    field_names,
    given_names,
    given_words,
    word_list,
)

_NEVER_NAMES = word_list("never_names")
_SENTENCE_WORDS = word_list("sentence_words")
_COMMON_SURNAMES = word_list("common_surnames")
_PLURALS = ("s", "es")
_SHORTEST_SINGULAR = 4


CLASSICS = field_names() - _COMMON_SURNAMES
"""Surnames by which every reader of such essays knows whom is meant."""


class Kind(IntEnum):
    TITLE = auto()
    RANK = auto()  # may stand before a name, as "Captain" does
    INITIAL = auto()
    GIVEN = auto()
    GIVEN_WORD = auto()  # Rose, Mark
    FAMILY_WORD = auto()  # White, Baker
    WORD = auto()
    PLAIN = auto()  # The, Wouldn't: never a name
    KNOWN = auto()  # Tuesday, French
    CITED = auto()  # Balint
    UNKNOWN = auto()


NAMES = frozenset({Kind.GIVEN, Kind.UNKNOWN})
NAME_WORDS = frozenset({Kind.GIVEN_WORD, Kind.FAMILY_WORD})


class Kinds(dict[str, Kind]):
    """The kind of each folded word, worked out when it is first met; `cited` are surnames cited in the essay."""

    def __init__(self, cited: frozenset[str]) -> None:
        super().__init__()
        self._cited = cited | CLASSICS

    def __missing__(self, word: str) -> Kind:
        kind = self[word] = self._tell(word)
        return kind

    def _tell(self, word: str) -> Kind:  # noqa: C901, PLR0911 - one way out per kind
        if word in TITLES:
            return Kind.TITLE
        if word in RANKS:
            return Kind.RANK
        if len(word) == 1:
            return Kind.INITIAL
        if word in _SENTENCE_WORDS:
            return Kind.PLAIN
        if word in given_words():
            return Kind.GIVEN_WORD
        if word in self._cited and word not in common_given_names():
            return Kind.CITED
        if word in _NEVER_NAMES:
            return Kind.KNOWN
        if word in given_names():
            return Kind.GIVEN
        if word in PARTICLES or word in DEGREES:
            return Kind.WORD
        if word in english():
            return Kind.FAMILY_WORD if word in family_words() else Kind.WORD
        return self._tell_plural(word)

    def _tell_plural(self, word: str) -> Kind:
        """Thursdays and the Balints are what the singular is; digits and their like are words."""
        for ending in _PLURALS:
            singular = word.removesuffix(ending)
            if singular == word or len(singular) < _SHORTEST_SINGULAR:
                continue
            if singular in _NEVER_NAMES:
                return Kind.KNOWN
            if singular in self._cited:
                return Kind.CITED
            if singular in english() and singular not in given_names():
                return Kind.WORD
        return Kind.UNKNOWN if word.isalpha() else Kind.WORD


def is_known(words: tuple[str, ...]) -> bool:
    """Whether words together are something all the world knows: New York, Good Friday."""
    return len(words) > 1 and "_".join(words) in _NEVER_NAMES
