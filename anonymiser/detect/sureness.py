"""How sure it is that a name found is the author's, and not the same word used otherwise."""

import re
from enum import IntEnum

from anonymiser.detect.fold import Token
from anonymiser.detect.person import Person
from anonymiser.detect.sequences import Sequence, adjoins
from anonymiser.detect.source import Passage
from anonymiser.detect.words import TITLES, common_given_names, given_names, given_words, is_ambiguous
from anonymiser.manuscript import Role

_SPEECH_BEFORE = re.compile(
    r"(?:\b(?:dear|hello|hi|hey|thanks|thank you|goodbye|morning|afternoon|evening|sorry|please|well|no|yes|oh|so)"
    r"[,!]?\s+"
    r"|\b(?:i am|i'm|i’m|me,|i,|myself,|signed,?)\s+)$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:my name is|my name['’]s|name is|name['’]s|call me|called me|calls me|calling me|knew me as"
    r"|known as|addressed me as)"
    r"\s+[“\"‘']?$",
    re.IGNORECASE,
)
_QUOTE_OPEN = re.compile(r"[“\"‘']\s*$")
_SPEECH_AFTER = re.compile(r"\s*[,!?.…—–-]")
_CLOSES_SPEECH = re.compile(r"\s*[?!.,…]\s*[”\"’']")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s*[”\"’')]*\s+[“\"‘'(]*|\n|^[“\"‘'(]+)$")
_AND_ANOTHER = re.compile(r"\s+(?:and|&)\s+(?:[A-Z][\w.’'\-]*\s+){1,2}")
_FURTHEST_SHARED = 5  # words from one's given name to the surname shared with another
_LONGEST_INITIALS = 3


class Sureness(IntEnum):
    NONE = 0
    DOUBTFUL = 1
    CERTAIN = 2


def judge_surname(passage: Passage, sequence: Sequence, person: Person) -> Sureness:
    tokens = passage.tokens[sequence.first : sequence.last + 1]
    capital = any(token.capital for token in tokens)
    particled = len(tokens) > 1 and not person.particles.isdisjoint([token.word for token in tokens])
    if (particled and capital) or _is_shared(passage, sequence, person):
        return Sureness.CERTAIN  # "van den Berg" is no berg
    if person.either.issuperset([token.word for token in tokens]) and _followed_by_surname(
        passage, sequence.last
    ):
        return Sureness.NONE
    if _is_another_person(passage, sequence):
        return Sureness.DOUBTFUL if capital and not passage.is_reference else Sureness.NONE
    if all(is_ambiguous(token.word) for token in tokens):
        if not capital or starts_sentence(passage, tokens[0].start):
            return Sureness.NONE
        return Sureness.CERTAIN if _addressed(passage, tokens) else Sureness.DOUBTFUL
    return Sureness.CERTAIN


def judge_given(passage: Passage, sequence: Sequence, person: Person) -> Sureness:
    tokens = passage.tokens[sequence.first : sequence.last + 1]
    if not tokens[0].capital:
        return Sureness.NONE
    if _followed_by_surname(passage, sequence.last):
        return Sureness.NONE
    if _addressed(passage, tokens) or _shares_surname(passage, sequence, person):
        return Sureness.CERTAIN
    word = tokens[0].word
    # Whom nobody told us to be called so may share a pet name with a patient.
    rare = word in person.givens and word not in common_given_names() and not is_ambiguous(word)
    if rare and sequence.given:
        return Sureness.CERTAIN
    if is_ambiguous(word) and starts_sentence(passage, tokens[0].start):
        return Sureness.NONE
    return Sureness.DOUBTFUL


def stands_as_signature(passage: Passage, start: int, end: int) -> bool:
    """Whether the paragraph holds nothing else, at a place where people sign."""
    if not passage.outer or passage.is_reference or passage.paragraph.role in {Role.HEADING, Role.TITLE}:
        return False
    rest = passage.text[:start] + passage.text[end:]
    rest = re.sub(
        r"\b(?:by|from|signed|yours|sincerely|faithfully|regards|kind|best|wishes|with)\b",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return not any(map(str.isalnum, rest))


def _addressed(passage: Passage, tokens: list[Token]) -> bool:
    """Whether the name is spoken to somebody, or by somebody of themselves."""
    before = passage.text[max(0, tokens[0].start - 40) : tokens[0].start]
    after = passage.text[tokens[-1].end : tokens[-1].end + 12]
    if _NAMED.search(before):
        return True
    if _SPEECH_BEFORE.search(before) and _SPEECH_AFTER.match(after + "."):
        return True
    if _QUOTE_OPEN.search(before) and _SPEECH_AFTER.match(after):
        return True
    return before.endswith(", ") and _CLOSES_SPEECH.match(after) is not None


def _shares_surname(passage: Passage, sequence: Sequence, person: Person) -> bool:
    """Whether the surname follows after another's given name: "Jane and Peter Okonkwo"."""
    given = passage.tokens[sequence.last]
    ahead = passage.tokens[sequence.last + 1 : sequence.last + 1 + _FURTHEST_SHARED]
    return any(
        token.word in person.surnames and _AND_ANOTHER.fullmatch(passage.between(given, token)) is not None
        for token in ahead
    )


def _is_shared(passage: Passage, sequence: Sequence, person: Person) -> bool:
    """Whether the author's given name stands before another's that shares this surname."""
    surname = passage.tokens[sequence.first]
    before = passage.tokens[max(0, sequence.first - _FURTHEST_SHARED) : sequence.first]
    return any(
        token.word in person.givens
        and token.capital
        and _AND_ANOTHER.fullmatch(passage.between(token, surname)) is not None
        for token in before
    )


def _is_another_person(passage: Passage, sequence: Sequence) -> bool:
    """Tell a surname with somebody else's given name or initial: "Peter Smith", "Smith P"."""
    tokens = passage.tokens
    if sequence.first and adjoins(passage, sequence.first - 1, sequence.first):
        before = tokens[sequence.first - 1]
        gap = passage.between(before, tokens[sequence.first])
        spaced = gap.isspace() or gap.strip() == "."
        if before.capital and spaced and before.word not in TITLES:
            lone = len(before.word) == 1 and before.word not in {"i", "a"}
            if lone or before.word in given_names() or before.word in given_words():
                return True
    if sequence.last + 1 < len(tokens) and adjoins(passage, sequence.last, sequence.last + 1):
        after = tokens[sequence.last + 1]
        text = passage.text[after.start : after.end]
        return (
            len(text) <= _LONGEST_INITIALS
            and text.isupper()
            and text.isalpha()
            and after.word not in {"i", "a"}
        )
    return False


def _followed_by_surname(passage: Passage, last: int) -> bool:
    """Tell a given name that is somebody else's: a capitalised word, not the author's, follows.

    "Jane Austen".
    """
    tokens = passage.tokens
    if last + 1 >= len(tokens):
        return False
    following = tokens[last + 1]
    gap = passage.between(tokens[last], following)
    prefixed = passage.text[following.end : following.end + 1] in {"'", "’"}
    return following.capital and gap in {" ", "\u00a0", "-"} and (len(following.word) > 1 or prefixed)


def starts_sentence(passage: Passage, start: int) -> bool:
    return _SENTENCE_START.search(passage.text[max(0, start - 12) : start]) is not None or start == 0
