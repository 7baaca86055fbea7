"""Finds an author's addresses of e-mail and sites, telephone and other numbers, in any notation."""

import re
from collections.abc import Iterator

from anonymiser.author import Author
from anonymiser.detect.fold import Token, fold_words
from anonymiser.detect.mark import Mark
from anonymiser.detect.person import Person
from anonymiser.detect.phrases import SPELT_OUT, Phrase
from anonymiser.detect.source import Passage
from anonymiser.detect.words import english, word_list
from anonymiser.report import Certainty, Subject

EMAIL_STAND_IN = "[an e-mail address]"
PHONE_STAND_IN = "[a telephone number]"
SITE_STAND_IN = "[a web address]"
NUMBER_STAND_IN = "[a registration number]"

_PUBLIC_HOSTS = word_list("public_hosts")
_DIGITS = "0123456789"
DIGIT = re.compile(r"\d")
PHONE_SHAPE = re.compile(r"(?<![\w.])[+(]?\d(?:[\s().\-/·]{0,3}\d){6,14}(?!\d)")
_TAIL = 9
_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "hundred": "00", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_SEPARATED = r"[\s\-–./()]{0,2}"
_LEAST_DIGITS = 5
_FEWEST_DIGIT_WORDS = 2
_HANDLE_AT_LEAST = 4
_ADDRESS_CHARACTER = re.compile(r"[\w.@/:\-+%~#?=&]")
_TELLS_ADDRESS = re.compile(r"[@/]|\w\.\w|www")


def contact_phrases(author: Author) -> list[Phrase]:
    phrases = []
    for email in author.emails:
        local, _, host = email.partition("@")
        host_words = fold_words(host)
        phrases.append(Phrase((*fold_words(local), *host_words), "email", EMAIL_STAND_IN, SPELT_OUT))
        if len(host_words) > 1 and not _PUBLIC_HOSTS & set(host_words[:1]):
            phrases.append(Phrase(host_words, "web_address", SITE_STAND_IN, SPELT_OUT))
    return phrases


class Contacts:
    """An author's numbers and handles, made ready to be looked for in any number of passages."""

    def __init__(self, author: Author, people: list[Person]) -> None:
        digits = [_digits(phone) for phone in author.phones]
        self._tails = {number[-_TAIL:] for number in digits if len(number) > _LEAST_DIGITS}
        self._codes = list(_codes(author))
        self._handles = _handles(people, author)

    def find(self, passage: Passage) -> Iterator[Mark]:
        if DIGIT.search(passage.text):
            yield from self._find_numbers(passage)
        if self._tails and len(_DIGIT_WORDS.keys() & passage.words) > _FEWEST_DIGIT_WORDS:
            yield from _find_spoken(passage, self._tails)
        yield from _find_handles(passage, self._handles)

    def _find_numbers(self, passage: Passage) -> Iterator[Mark]:
        text = passage.folded.text
        for match in PHONE_SHAPE.finditer(text) if self._tails else ():
            if any(_digits(match[0]).endswith(tail) for tail in self._tails):
                yield _mark(passage, *passage.folded.span(*match.span()), "phone", PHONE_STAND_IN)
        for number, kind, stand_in in self._codes:
            for match in number.finditer(text):
                yield _mark(passage, *passage.folded.span(*match.span()), kind, stand_in)


def _find_handles(passage: Passage, handles: frozenset[str]) -> Iterator[Mark]:
    """Names written as one word, as in "@janesmith" or "janesmith.example": the whole address goes."""
    if handles.isdisjoint(passage.words) and handles.isdisjoint(
        [word.strip(_DIGITS) for word in passage.words if word[-1].isdecimal() or word[0].isdecimal()]
    ):
        return
    for token in passage.tokens:
        if token.word.strip(_DIGITS) in handles or token.word in handles:
            start, end = _whole_address(passage.text, token)
            address = _TELLS_ADDRESS.search(passage.text[start:end]) is not None
            emailed = "@" in passage.text[start + 1 : end]
            kind = "email" if emailed else "web_address" if address else "name"
            stand_in = EMAIL_STAND_IN if emailed else SITE_STAND_IN if address else "[the author]"
            yield _mark(passage, start, end, kind, stand_in)


def widen_to_address(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Widen a name inside an address of the web or of e-mail to the whole address."""
    wide_start, wide_end = _whole_address(passage.text, Token("", start, end, capital=False))
    if _TELLS_ADDRESS.search(passage.text[wide_start:start]) or re.match(
        r"\d*@|/|\.\w+[./\w]*", passage.text[end:wide_end]
    ):
        return wide_start, wide_end
    return start, end


def _handles(people: list[Person], author: Author) -> frozenset[str]:
    handles = set()
    for person in people:
        for surname in person.surnames:
            for given in person.givens | person.short | {person.initials[:1], person.initials}:
                handles |= {given + surname, surname + given, f"dr{given}{surname}", f"prof{given}{surname}"}
            handles |= {f"dr{surname}", f"prof{surname}"}
    for email in author.emails:
        words = fold_words(email.partition("@")[0])
        if len(words) == 1:
            handles.add(words[0])
    plain = {word for person in people for word in person.words}
    return frozenset(
        handle for handle in handles - plain if len(handle) >= _HANDLE_AT_LEAST and handle not in english()
    )


def _whole_address(text: str, token: Token) -> tuple[int, int]:
    start, end = token.start, token.end
    while start and _ADDRESS_CHARACTER.match(text[start - 1]):
        start -= 1
    while end < len(text) and _ADDRESS_CHARACTER.match(text[end]):
        end += 1
    while end > token.end and text[end - 1] in ".:?-":
        end -= 1
    while start < token.start and text[start] in ".:?-":
        start += 1
    return start, end


def _codes(author: Author) -> Iterator[tuple[re.Pattern[str], str, str]]:
    if len(orcid := "".join(fold_words(author.orcid.rpartition("/")[2]))) > _LEAST_DIGITS:
        prefix = r"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid(?:\s+id)?[:\s]*)?"
        yield _spaced(orcid, prefix), "orcid", NUMBER_STAND_IN
    for number in author.registration_numbers:
        words = fold_words(number)
        code = "".join(word for word in words if any(map(str.isdigit, word)))
        if len(code) >= _LEAST_DIGITS:
            named = "".join(
                rf"(?:{re.escape(word)}[\s:.#]*)?" for word in words if not any(map(str.isdigit, word))
            )
            prefix = named + r"(?:(?:no|number|num|reg|registration|pin)\b[\s:.#]*){0,2}"
            # As a consultant's code, the number of the GMC is written with a C before it.
            yield (
                _spaced(code, prefix, "c?" if code.isdecimal() else ""),
                "registration_number",
                NUMBER_STAND_IN,
            )


def _spaced(code: str, prefix: str, letter: str = "") -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_]){prefix}(?<![^\W_]){letter}{_SEPARATED.join(map(re.escape, code))}(?![^\W_])"
    )


def _find_spoken(passage: Passage, tails: set[str]) -> Iterator[Mark]:
    """Find a number in words, "oh seven double seven", as it stands in a transcript."""
    first, digits, repeat = -1, "", 1
    for at, token in enumerate(passage.tokens):
        if token.word in _REPEATS:
            first = at if first < 0 else first
            repeat = _REPEATS[token.word]
        elif token.word in _DIGIT_WORDS or token.word.isdecimal():
            first = at if first < 0 else first
            digits += _DIGIT_WORDS.get(token.word, token.word) * repeat
            repeat = 1
            if any(digits.endswith(tail) for tail in tails):
                yield _mark(passage, passage.tokens[first].start, token.end, "phone", PHONE_STAND_IN)
                first, digits = -1, ""
        else:
            first, digits, repeat = -1, "", 1


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _mark(passage: Passage, start: int, end: int, kind: str, stand_in: str) -> Mark:
    return Mark(passage.index, start, end, Subject.AUTHOR, kind, Certainty.CERTAIN, stand_in)
