"""How sure it is that a name found is the author's, and not the same word used otherwise."""

import re
from enum import IntEnum

from anonymiser.detect.fold import Token
from anonymiser.detect.sequences import Sequence, adjoins
from anonymiser.detect.source import Passage
from anonymiser.detect.words import TITLES, given_names, is_ambiguous
from anonymiser.manuscript import Role

_SPEECH_BEFORE = re.compile(
    r"(?:\b(?:dear|hello|hi|hey|thanks|thank you|goodbye|morning|afternoon|evening|sorry|please|well|no|yes|oh|so)"
    r"[,!]?\s+"
    r"|\b(?:i am|i'm|i’m|my name is|name's|name is|call me|called me|calls me|calling me|known as|me,|i,|myself,"
    r"|signed,?)\s+)$",
    re.IGNORECASE,
)
_QUOTE_OPEN = re.compile(r"[“\"‘']\s*$")
_SPEECH_AFTER = re.compile(r"\s*[,!?.…—–-]")
_CLOSES_SPEECH = re.compile(r"\s*[?!.,…]\s*[”\"’']")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s*[”\"’')]*\s+[“\"‘'(]*|\n|^[“\"‘'(]+)$")
_LONGEST_INITIALS = 3


class Sureness(IntEnum):
    NONE = 0
    DOUBTFUL = 1
    CERTAIN = 2


def judge_surname(passage: Passage, sequence: Sequence) -> Sureness:
    tokens = passage.tokens[sequence.first : sequence.last + 1]
    capital = tokens[0].capital
    if _is_another_person(passage, sequence):
        return Sureness.DOUBTFUL if capital and not passage.is_reference else Sureness.NONE
    if all(is_ambiguous(token.word) for token in tokens):
        if not capital or starts_sentence(passage, tokens[0].start):
            return Sureness.NONE
        return Sureness.CERTAIN if _addressed(passage, tokens) else Sureness.DOUBTFUL
    return Sureness.CERTAIN


def judge_given(passage: Passage, sequence: Sequence) -> Sureness:
    tokens = passage.tokens[sequence.first : sequence.last + 1]
    if not tokens[0].capital:
        return Sureness.NONE
    if _followed_by_surname(passage, sequence.last):
        return Sureness.NONE
    if _addressed(passage, tokens):
        return Sureness.CERTAIN
    word = tokens[0].word
    if word not in given_names() and not is_ambiguous(word) and sequence.given:
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
    if _SPEECH_BEFORE.search(before) and _SPEECH_AFTER.match(after + "."):
        return True
    if _QUOTE_OPEN.search(before) and _SPEECH_AFTER.match(after):
        return True
    return before.endswith(", ") and _CLOSES_SPEECH.match(after) is not None


def _is_another_person(passage: Passage, sequence: Sequence) -> bool:
    """Tell a surname with somebody else's given name or initial: "Peter Smith", "Smith P"."""
    tokens = passage.tokens
    if sequence.first and adjoins(passage, sequence.first - 1, sequence.first):
        before = tokens[sequence.first - 1]
        gap = passage.between(before, tokens[sequence.first])
        spaced = gap.isspace() or gap.strip() == "."
        if before.capital and spaced and before.word not in TITLES:
            lone = len(before.word) == 1 and before.word not in {"i", "a"}
            if lone or before.word in given_names():
                return True
    if sequence.last + 1 < len(tokens) and adjoins(passage, sequence.last, sequence.last + 1):
        after = tokens[sequence.last + 1]
        text = passage.text[after.start : after.end]
        return len(text) <= _LONGEST_INITIALS and text.isupper() and text.isalpha() and text not in {"I", "A"}
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
    return following.capital and gap in {" ", "\u00a0", "-"} and len(following.word) > 1


def starts_sentence(passage: Passage, start: int) -> bool:
    return _SENTENCE_START.search(passage.text[max(0, start - 12) : start]) is not None or start == 0
