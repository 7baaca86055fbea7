"""Finds fixed sequences of words, however they are spaced, spelt or punctuated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anonymiser.detect.person import Person
from anonymiser.detect.source import Passage
from anonymiser.detect.words import is_ambiguous, word_list

_WIDEST_GAP = 5  # characters between two words of a phrase
SPELT_OUT = word_list("spelt_out")


@dataclass(frozen=True, slots=True, repr=False)
class Phrase:
    """`skipped` words may stand between: an address that is read aloud has a "dot" in it."""

    words: tuple[str, ...]
    kind: str
    stand_in: str
    skipped: frozenset[str] = frozenset()


def family_phrases(people: Iterable[Person]) -> list[Phrase]:
    """Return "the Okonkwos" and "the Joneses", as an author's family is called."""
    surnames = frozenset[str]().union(*(person.surnames for person in people))
    return [
        Phrase(("the", surname + ending), "name", "[the author's family]")
        for surname in sorted(surnames)
        for ending in ("s", "es")
        if not is_ambiguous(surname)
    ]


class Phrases:
    def __init__(self, phrases: list[Phrase]) -> None:
        self._by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in sorted(phrases, key=lambda phrase: -len(phrase.words)):
            if phrase.words:
                self._by_first[phrase.words[0]].append(phrase)

    def find(self, passage: Passage) -> Iterator[tuple[int, int, Phrase]]:
        """Start and end in characters of the passage; the longest phrase at each place."""
        firsts = self._by_first.keys() & passage.words
        done = -1
        for at in sorted([at for word in firsts for at in passage.places(word)]):
            if at <= done:
                continue
            for phrase in self._by_first[passage.spelt[at]]:
                last = _match(passage, at, phrase)
                if last is not None:
                    yield passage.tokens[at].start, passage.tokens[last].end, phrase
                    done = last
                    break


def _match(passage: Passage, at: int, phrase: Phrase) -> int | None:
    """Return the index of the last token of the phrase that begins at `at`."""
    tokens = passage.tokens
    for word in phrase.words[1:]:
        at += 1
        while at < len(tokens) and tokens[at].word in phrase.skipped and tokens[at].word != word:
            at += 1
        if at >= len(tokens) or tokens[at].word != word:
            return None
        if tokens[at].start - tokens[at - 1].end > _WIDEST_GAP:
            return None
    return at
