"""Whose works an essay cites, and which of them are its author's own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from anonymiser.detect.fold import fold_words
from anonymiser.detect.names import NameFound, Sureness, find_names
from anonymiser.detect.person import Person
from anonymiser.detect.source import Passage
from anonymiser.detect.words import is_ambiguous

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_CITED_NAME = re.compile(
    r"(?<![^\W_])([^\W\d_][^\W\d_]+(?:['’\-–][^\W\d_]+)*)(?:,)?\s+(?:[A-Z]{1,3}\b|(?:[A-Z]\.\s?-?){1,3})"
)
_IN_TEXT = re.compile(
    r"(?<![^\W_])([A-Z][^\W\d_]+(?:['’\-–][^\W\d_]+)*)(?:['’]s)?"
    r"(?=(?:\s*,?\s*(?:and|&)\s+[A-Z][^\W\d_]+(?:['’\-][^\W\d_]+)*|\s+et\s+al\.?|,\s[A-Z][^\W\d_]+(?:,?\s(?:and|&)\s[A-Z][^\W\d_]+)?){0,2}"
    r",?\s*[(\[]?(?:1[89]|20)\d\d)"
)
_AND_SECOND = re.compile(r"(?:and|&)\s+([A-Z][^\W\d_]+)(?:['’]s)?,?\s*[(\[]?(?:1[89]|20)\d\d")
_BARE = re.compile(r"(?:\s+(?:et\s+al|and\s+(?:others|colleagues))\b\.?|,?\s*[(\[]?(?:1[89]|20)\d\d|[.:]\s)")
_PARTS = re.compile(r"[.?!:]\s+|[“”\"]|[‘]|(?<!\w)'|'(?!\w)|’(?!\w)")
_SHORTEST_TITLE = 3  # words; what is shorter may stand in any sentence
_AUTHORS_PART = 300  # characters of a reference in which its authors stand, at most
# What ends them: a year in brackets, or the stop after a whole word ("Field, Margaret. Title", "Field M. A title").
_AUTHORS_END = re.compile(r"[(\[]\s*(?:1[89]|20)\d\d|(?<=[^\W\d_]{4})[.?!:](?=\s)")
_ABOUT = re.compile(r"\b(?:about|after|for|of|on|remembering|to)\s+$", re.IGNORECASE)
_WHOSE = re.compile(r"['’]s\b")
_BEGINNING = 60


@dataclass(frozen=True, slots=True, repr=False)
class Citations:
    """`own`: indexes of references that are the author's, `own_years` when they came out, `own_titles` their words.

    `others`: folded surnames of everybody else cited.
    """

    own: frozenset[int]
    own_years: frozenset[str]
    own_titles: frozenset[tuple[str, ...]]
    others: frozenset[str]


def read_citations(passages: Sequence[Passage], people: Iterable[Person]) -> Citations:
    known = list(people)
    own = {passage.index for passage in passages if _is_own(passage, known)}
    surnames = frozenset[str]().union(*(person.surnames for person in known))
    bare = {passage.index for passage in passages if _begins_with(passage, surnames)} - own
    others = _cited_in(passages, own | bare)
    if surnames.isdisjoint(others):
        own |= bare
    else:
        others = _cited_in(passages, own)
    own_years = {year for index in own for year in _YEAR.findall(passages[index].text)}
    titles = {title for index in own for title in _titles(passages[index], known)}
    return Citations(frozenset(own), frozenset(own_years), frozenset(titles), frozenset(others))


def _cited_in(passages: Sequence[Passage], own: set[int]) -> set[str]:
    """Return the folded surnames of everybody cited in a work that is not the author's."""
    others: set[str] = set()
    for passage in passages:
        if passage.index in own:
            continue
        if passage.is_reference:
            others |= _surnames(_CITED_NAME.findall(passage.text[:_AUTHORS_PART]))
            if first := passage.tokens[:1]:
                others |= {first[0].word} if first[0].capital else set()
        elif _YEAR.search(passage.text):
            cited = [*_IN_TEXT.findall(passage.text), *_AND_SECOND.findall(passage.text)]
            others |= _surnames(cited)
    return others


def _begins_with(passage: Passage, surnames: frozenset[str]) -> bool:
    """Whether a reference begins with the bare surname, "Okonkwo et al.", where nobody else of the name is cited."""
    if not passage.is_reference or not passage.tokens:
        return False
    first = passage.tokens[0]
    return (
        first.word in surnames
        and not is_ambiguous(first.word)
        and _BARE.match(passage.text, first.end) is not None
    )


def _titles(passage: Passage, people: list[Person]) -> Iterator[tuple[str, ...]]:
    """Yield the title of the author's own work, which an essay may name without its author."""
    named = frozenset().union(*(person.words for person in people))
    for part in _PARTS.split(passage.text):
        words = fold_words(part)
        if len(words) >= _SHORTEST_TITLE and named.isdisjoint(words) and not any(map(str.isdecimal, words)):
            yield words
            return


def _is_own(passage: Passage, people: list[Person]) -> bool:
    """Tell whether a reference's authors include the author, by surname and initial or given name.

    A title that mentions somebody of that name makes it nobody's own work.
    """
    if not passage.is_reference and not (passage.note and _YEAR.search(passage.text)):
        return False
    ended = _AUTHORS_END.search(passage.text, 0, _AUTHORS_PART)
    reach = min(
        ended.start() if ended else _AUTHORS_PART, _AUTHORS_PART if passage.is_reference else _BEGINNING
    )
    return any(
        found.sureness is Sureness.CERTAIN
        and found.with_initials
        and found.start < max(reach, 1)
        and not _ABOUT.search(passage.text[: found.start])
        and not _WHOSE.match(passage.text[found.end :])
        and not is_classic(found)
        for person in people
        for found in find_names(passage, person)
    )


_CLASSICS = {
    "balint": {"m", "e"},
    "bion": {"w", "wr"},
    "bowlby": {"j"},
    "freud": {"s", "a"},
    "jung": {"c", "cg"},
    "klein": {"m"},
    "rogers": {"c", "cr"},
    "winnicott": {"d", "dw"},
}


def is_classic(found: NameFound) -> bool:
    """Tell the classic of a surname by the initials: Balint M is Michael, whoever wrote the essay."""
    words = found.term.split()
    return any(
        "".join(words[:at] + words[at + 1 :]) in _CLASSICS.get(word, ()) for at, word in enumerate(words)
    )


def _surnames(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in fold_words(name) if len(word) > 1}
