"""Whose works an essay cites, and which of them are its author's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anonymiser.detect.fold import fold_words
from anonymiser.detect.names import NameFound, Sureness, find_names
from anonymiser.detect.person import Person
from anonymiser.detect.source import Passage

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
_AUTHORS_PART = 300  # characters of a reference in which its authors stand, at most
# What ends them: a year in brackets, or the stop after a whole word ("Field, Margaret. Title", "Field M. A title").
_AUTHORS_END = re.compile(r"[(\[]\s*(?:1[89]|20)\d\d|(?<=[^\W\d_]{4})[.?!:](?=\s)")
_ABOUT = re.compile(r"\b(?:about|after|for|of|on|remembering|to)\s+$", re.IGNORECASE)
_WHOSE = re.compile(r"['’]s\b")
_BEGINNING = 60


@dataclass(frozen=True, slots=True, repr=False)
class Citations:
    """`own`: indexes of references that are the author's, `own_years` when they came out.

    `others`: folded surnames of everybody else cited.
    """

    own: frozenset[int]
    own_years: frozenset[str]
    others: frozenset[str]


def read_citations(passages: Sequence[Passage], people: Iterable[Person]) -> Citations:
    known = list(people)
    own = {passage.index for passage in passages if _is_own(passage, known)}
    others: set[str] = set()
    for passage in passages:
        if passage.index in own:
            continue
        if passage.is_reference:
            others |= _surnames(_CITED_NAME.findall(passage.text[:_AUTHORS_PART]))
            if first := passage.tokens[:1]:
                others |= {first[0].word} if first[0].capital else set()
        else:
            cited = [*_IN_TEXT.findall(passage.text), *_AND_SECOND.findall(passage.text)]
            others |= _surnames(cited)
    own_years = {year for index in own for year in _YEAR.findall(passages[index].text)}
    return Citations(frozenset(own), frozenset(own_years), frozenset(others))


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
