"""Finds an author's initials, "JMS" or "J.M.S.", where a person is meant by them."""

import re
from itertools import pairwise

from anonymiser.detect.fold import Token
from anonymiser.detect.person import Person
from anonymiser.detect.source import Passage
from anonymiser.detect.sureness import stands_as_signature

_ROLE_NEAR = re.compile(
    r"\b(?:author|authors|writer|researcher|interviewer|facilitator|leader|correspond\w*|contribut\w*|wrote|written|signed|conflict)\b",
    re.IGNORECASE,
)
_FEWEST = 2  # letters of initials that tell anything; more than these tell by themselves
_ABBREVIATIONS = {"gp", "pm", "am", "tv", "uk", "us", "md", "ma", "ms", "mp"}


def match_initials(passage: Passage, at: int, person: Person) -> int | None:
    """Return the index of the last token of "JMS" or "J.M.S." beginning at `at`, where a person is meant."""
    token = passage.tokens[at]
    whole = person.initials + person.surname_initial
    if not token.capital or len(whole) < _FEWEST or not whole.startswith(token.word[:1]):
        return None
    if len(token.word) > 1:
        return at if _are_initials(passage, token, person) else None
    for letters in dict.fromkeys((whole, person.initials[:1] + person.surname_initial)):
        last = at + len(letters) - 1
        if _are_dotted(passage, at, last, letters):
            return last
    return None


def _are_dotted(passage: Passage, first: int, last: int, whole: str) -> bool:
    """Tell whether these are the initials one by one, "J. M. S.", and a person is meant by them."""
    letters = passage.tokens[first : last + 1]
    if [letter.word for letter in letters] != list(whole) or not all(letter.capital for letter in letters):
        return False
    dotted = all(passage.between(before, after).strip() == "." for before, after in pairwise(letters))
    near = passage.text[max(0, letters[0].start - 60) : letters[-1].end + 40]
    return dotted and (len(whole) > _FEWEST or _ROLE_NEAR.search(near) is not None)


def _are_initials(passage: Passage, token: Token, person: Person) -> bool:
    """Tell whether "JMS" or "JS" stands where something near says that a person is meant."""
    whole = person.initials + person.surname_initial
    if not passage.text[token.start : token.end].isupper():
        return False
    if token.word not in {whole, person.initials[:1] + person.surname_initial}:
        return False
    if stands_as_signature(passage, token.start, token.end):
        return True
    if token.word in _ABBREVIATIONS:
        return False
    near = passage.text[max(0, token.start - 60) : token.end + 40]
    bracketed = passage.text[token.start - 1 : token.start] in {"(", "["} if token.start else False
    return bool(_ROLE_NEAR.search(near)) or (bracketed and passage.note)
