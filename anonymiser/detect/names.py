"""Finds an author's name in whatever form it takes, with its title and degrees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from anonymiser.detect.fold import Token
from anonymiser.detect.initials import match_initials
from anonymiser.detect.person import Person
from anonymiser.detect.sequences import LINE_HYPHENS, Sequence, adjoins, extend_name, joined_over_line
from anonymiser.detect.source import Passage
from anonymiser.detect.sureness import Sureness, judge_given, judge_surname, stands_as_signature
from anonymiser.detect.words import DEGREES, TITLES, english, is_ambiguous, word_list

__all__ = ["NameFound", "Sureness", "cited_year", "find_names"]

_SENTENCE_WORDS = word_list("sentence_words") | word_list("after_name")
_DIGITS = "0123456789"
_CLOSED_BY = {"(": ")", "“": "”"}
_CITED_AFTER = re.compile(r"(?:['’]s)?(?:\s+(?:et al\.?|and|&)\s*[^()]{0,40})?,?\s*[(\[]?((?:19|20)\d\d)")


@dataclass(frozen=True, slots=True, repr=False)
class NameFound:
    start: int
    end: int
    sureness: Sureness
    term: str
    with_initials: bool  # or given name: a surname told from others of the same
    surname_only: bool


def find_names(passage: Passage, person: Person) -> Iterator[NameFound]:
    words = person.words
    passage = _without_note_numbers(passage, words)
    tokens = passage.tokens
    broken = _broken_words(passage, words)
    if not broken and words.isdisjoint(passage.words) and person.signs.isdisjoint(passage.words):
        return
    looked_for = words | person.signs | broken
    done = -1
    for at in sorted([at for word in looked_for & passage.words for at in passage.places(word)]):
        token = tokens[at]
        if at <= done:
            continue
        if token.word in words or (token.word in broken and joined_over_line(passage, at) in words):
            sequence = extend_name(passage, at, person)
            done = sequence.last
            yield _judge(passage, sequence, person)
        elif token.capital and (last := match_initials(passage, at, person)) is not None:
            done = last
            end = tokens[last].end + (
                last > at and passage.text[tokens[last].end : tokens[last].end + 1] == "."
            )
            yield NameFound(
                token.start, end, Sureness.CERTAIN, token.word, with_initials=False, surname_only=False
            )


def _without_note_numbers(passage: Passage, words: frozenset[str]) -> Passage:
    """Return the passage as if no number hung on a name: of "Okonkwo1,2" the 1 is an affiliation's."""
    numbered = {word for word in passage.words if word[-1].isdecimal() and word.rstrip(_DIGITS) in words}
    if not numbered:
        return passage
    tokens = [
        Token(
            bare := token.word.rstrip(_DIGITS),
            token.start,
            token.end - len(token.word) + len(bare),
            token.capital,
        )
        if token.word in numbered
        else token
        for token in passage.tokens
    ]
    spelt = [token.word for token in tokens]
    return replace(passage, tokens=tokens, spelt=spelt, words=frozenset(spelt))


def _broken_words(passage: Passage, words: frozenset[str]) -> frozenset[str]:
    """Return the first halves of words that may stand there broken over a line, both halves of which do stand there."""
    if LINE_HYPHENS.isdisjoint(passage.text):
        return frozenset()
    there = passage.words
    return frozenset(
        word[:at] for word in words for at in range(1, len(word)) if word[:at] in there and word[at:] in there
    )


def _judge(passage: Passage, sequence: Sequence, person: Person) -> NameFound:
    tokens = passage.tokens
    first = tokens[sequence.first]
    titled = _title_before(passage, sequence.first)
    start = titled.start if titled is not None else first.start
    end = _with_degrees(passage, sequence.last)
    end = _with_initial_stop(passage, sequence, end)
    end = _with_closing(passage.text, start, end)
    surname_only = sequence.surname and not sequence.strong
    named = (
        titled is not None
        and (sequence.surname or sequence.given or sequence.middle)
        and not _only_reads_on(titled, first)
    )
    if surname_only and all(len(tokens[at].word) == 1 for at in range(sequence.first, sequence.last + 1)):
        # A surname of which only the letter is known, as of "W. T.": the t of "don't" is nobody.
        sureness = Sureness.NONE
    elif sequence.strong or named or stands_as_signature(passage, start, end):
        sureness = Sureness.CERTAIN
    else:
        sureness = (
            judge_surname(passage, sequence, person)
            if surname_only
            else judge_given(passage, sequence, person)
        )
    term = " ".join(token.word for token in tokens[sequence.first : sequence.last + 1])
    return NameFound(start, end, sureness, term, sequence.strong, surname_only)


def _only_reads_on(title: Token, name: Token) -> bool:
    """Whether a word that is also a name goes on after a title that is also a word: "the Lord may", "Dr will"."""
    if name.capital or not is_ambiguous(name.word):
        return False
    return title.word in english() or name.word in _SENTENCE_WORDS


def _title_before(passage: Passage, at: int) -> Token | None:
    titled = None
    while (
        at
        and passage.tokens[at - 1].word in TITLES
        and passage.tokens[at - 1].capital
        and adjoins(passage, at - 1, at)
    ):
        at -= 1
        titled = passage.tokens[at]
    return titled


def _with_degrees(passage: Passage, last: int) -> int:
    tokens = passage.tokens
    while last + 1 < len(tokens) and tokens[last + 1].word in DEGREES and adjoins(passage, last, last + 1):
        following = passage.text[tokens[last + 1].start : tokens[last + 1].end]
        if not any(map(str.isupper, following)):
            break
        last += 1
    return tokens[last].end


def _with_initial_stop(passage: Passage, sequence: Sequence, end: int) -> int:
    """Take the full stop of a last initial along, unless it ends the sentence."""
    last = passage.tokens[sequence.last]
    if (
        (sequence.initials or sequence.abbreviated)
        and last.end == end
        and len(last.word) == 1
        and passage.text[end : end + 1] == "."
    ):
        rest = passage.text[end + 1 :].lstrip()
        return end + 1 if rest[:1].islower() or rest[:1] in {",", ";", "(", "&"} else end
    return end


def _with_closing(text: str, start: int, end: int) -> int:
    """Take along what closes a bracket inside the name: "Jane (Okonkwo)"."""
    for opening, closing in _CLOSED_BY.items():
        within = text[start:end]
        if within.count(opening) > within.count(closing) and text[end : end + 1] == closing:
            return end + 1
    return end


def cited_year(passage: Passage, end: int) -> str:
    """Return the year that follows, as in "Smith and Jones (2019)"; "" where none does."""
    match = _CITED_AFTER.match(passage.text[end : end + 60])
    return match[1] if match else ""
