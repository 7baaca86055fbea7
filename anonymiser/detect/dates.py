"""Exact dates, dates of birth and ages that few people reach, each with what to write instead."""

import re
from collections.abc import Iterator

from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.report import Certainty, Subject

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?"
_NUMBERED = (
    rf"(?:{_DAY}\s?[/.\-–]\s?(?:1[0-2]|0?[1-9])\s?[/.\-–]\s?(?:{_YEAR}|\d\d)"
    rf"|{_YEAR}[\-/.](?:1[0-2]|0[1-9])[\-/.](?:[12]\d|3[01]|0[1-9]))"
)
_NAMED = (
    rf"(?:{_WEEKDAY}{_DAY}[\s\-]+(?:of\s+)?{_MONTH}\.?,?(?:[\s\-]+{_YEAR})?"
    rf"|{_WEEKDAY}{_MONTH}\.?\s+{_DAY},?\s+{_YEAR})"
)
_DATE = rf"(?:{_NAMED}|{_NUMBERED})"
_BIRTH_DATE = rf"(?:{_DATE}|{_DAY}[\s\-]+(?:of\s+)?{_MONTH}\.?,?[\s\-]+['’]?\d\d)"
_BIRTH = re.compile(
    r"(?:\b(?:d\.?\s?o\.?\s?b\b\.?|date[\s-]of[\s-]birth|birth\s?date|birthday|born|b\.)"
    r"(?:\s+(?:on|is|was|as|the|recorded|given|in|at|home|\w+day,?))*[\s:=(–\-]*(?:the\s+)?)"
    rf"({_BIRTH_DATE})(?!\w)",
    re.IGNORECASE,
)
_EXACT = re.compile(rf"(?<![\w/.\-]){_DATE}(?![\w/]|[.\-]\d)", re.IGNORECASE)
_TENS = r"(?:ninety|a hundred|one hundred)(?:[\s-](?:and[\s-])?(?:one|two|three|four|five|six|seven|eight|nine|ten))?"
_OLD = re.compile(
    r"\b(?:(?:aged?(?: of)?|turned|was|is|he's|she's)\s+(9\d|1[01]\d)"
    r"(?!\s*(?:%|per|km|kg|mg|ml|mm|cm|bpm|beats|miles|pounds|minutes|hours|days|weeks|months|/|\d|\.\d|of\b))"
    r"|(9\d|1[01]\d)[\s-]+years?(?:[\s-]+old|[\s-]+of[\s-]+age)"
    rf"|(?:aged?(?: of)?|turned|nearly|almost)\s+({_TENS})(?!\s+(?:minutes|hours|days|weeks|months|miles|pounds|per))"
    rf"|({_TENS})[\s-]+years?(?:[\s-]+old|[\s-]+of[\s-]+age)"
    r"|(?:her|his|my|whose)\s+(9\dth|100th|10\dth|ninet(?:ieth|y-\w+th|y-first|y-second|y-third)|hundredth)\s+birthday)(?!\w)",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?:was|is|he's|she's)\b", re.IGNORECASE)
_OLD_WORDS = {"ninety", "hundred", "hundredth", "ninetieth"}
_DIGIT = re.compile(r"\d")
_MONTHS = {
    name[:3].casefold(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )
}  # fmt: skip
_NAMED_MONTH = re.compile(rf"(?<![a-z]){_MONTH}(?![a-z])", re.IGNORECASE)
_NUMBERED_MONTH = re.compile(r"^\d{4}\D+(\d\d)\D|^\d{1,2}(?:st|nd|rd|th)?\D+(\d{1,2})\D")


def find_dates(passage: Passage) -> Iterator[Mark]:
    text = passage.text
    digits = _DIGIT.search(text) is not None
    if digits:
        for match in _BIRTH.finditer(text):
            yield _mark(passage, match.span(1), "date_of_birth", Certainty.CERTAIN, "[a date of birth]")
        for match in _EXACT.finditer(text):
            yield _mark(passage, match.span(), "date", Certainty.POSSIBLE, _suggest_date(match[0]))
    if digits or not _OLD_WORDS.isdisjoint(passage.words):
        for match in _OLD.finditer(text):
            yield _mark(passage, match.span(), "age", Certainty.LIKELY, _suggest_age(text, match))


def _suggest_date(date: str) -> str:
    """Return the month alone, "one March": the season often matters to a story, the day never does."""
    if named := _NAMED_MONTH.search(date):
        return f"one {_MONTHS[named[0][:3].casefold()]}"
    if numbered := _NUMBERED_MONTH.match(date):
        return f"one {[*_MONTHS.values()][int(numbered[1] or numbered[2]) - 1]}"
    return "[a date]"


def _suggest_age(text: str, match: re.Match[str]) -> str:
    """Return a whole decade instead of an age that few people reach."""
    near = text[max(0, match.start() - 80) : match.end() + 80].casefold()

    def count(words: str) -> int:
        return len(re.findall(rf"\b(?:{words})\b", near))

    his, her = (
        count("he|him|his|man|mr|gentleman|husband|father"),
        count("she|her|hers|woman|mrs|miss|ms|lady|wife|mother"),
    )
    whose = "his" if his > her else "her" if her > his else "their"
    hundred = (match[1] or match[2] or "").startswith("1") or "hundred" in match[0].casefold()
    if "birthday" in match[0].casefold():
        return f"{match[0].split()[0]} birthday"
    said = "very old" if hundred else f"in {whose} nineties"
    # "She was 94" keeps its verb; "aged 94" needs none.
    verb = _VERB.match(match[0])
    return f"{verb[0]} {said}" if verb else said


def _mark(passage: Passage, span: tuple[int, int], kind: str, certainty: Certainty, stand_in: str) -> Mark:
    term = " ".join(passage.text[span[0] : span[1]].casefold().split())
    return Mark(passage.index, *span, Subject.PATIENT, kind, certainty, stand_in, term)
