"""Numbers, dates, ages and addresses that may identify a patient or anybody else."""

# ruff: noqa: E501 - patterns, tables and sentences are not broken

import re
from collections.abc import Iterator

import phonenumbers

from anonymiser.detect.contacts import PHONE_SHAPE
from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.report import Certainty, Subject

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?"
_DATE = (
    rf"(?:{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH}\.?,?(?:\s+{_YEAR})?|{_WEEKDAY}{_MONTH}\.?\s+{_DAY},?\s+{_YEAR}"
    rf"|{_DAY}[/.\-](?:1[0-2]|0?[1-9])[/.\-](?:{_YEAR}|\d\d)|{_YEAR}-(?:1[0-2]|0[1-9])-(?:[12]\d|3[01]|0[1-9]))"
)
_BIRTH = re.compile(
    rf"(?:\b(?:d\.?\s?o\.?\s?b\.?|date of birth|born(?:\s+on)?(?:\s+the)?)[\s:]*)({_DATE})(?!\w)",
    re.IGNORECASE,
)
_EXACT = re.compile(rf"(?<![\w/.\-]){_DATE}(?![\w/])", re.IGNORECASE)
_OLD = re.compile(
    r"\b(?:(?:aged?(?: of)?|turned|was|is|he's|she's)\s+(9\d|1[01]\d)(?!\s*(?:%|per|km|kg|mg|minutes|hours|days|\d))"
    r"|(9\d|1[01]\d)[\s-]+years?(?:[\s-]+old|\s+of\s+age)"
    r"|(ninety|a hundred|one hundred)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?[\s-]+years?(?:[\s-]+old|\s+of\s+age))(?!\w)",
    re.IGNORECASE,
)
_TEN_DIGITS = re.compile(r"(?<![\d+])(?:\d{3}[\s-]?\d{3}[\s-]?\d{4}|\d{6}[\s-]?\d{4})(?!\d)")
_HOSPITAL_NUMBER = re.compile(
    r"\b(?:hospital|patient|unit|case|chart|medical record)\s*(?:no|number|num|id|ref)\b\.?[\s:#]*([A-Z]{0,3}\d[\dA-Z/-]{3,})"
    r"|\bMRN\b[\s:#]*([A-Z]{0,3}\d[\dA-Z/-]{3,})",
    re.IGNORECASE,
)
_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b")
_REGISTRATION = re.compile(
    r"\b(?:GMC|NMC)(?:\s+(?:no|number|reg(?:istration)?))?\b\.?[\s:#]*(\d{7}|\d\d[A-Z]\d{4}[A-Z])\b"
)
_ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
_POSTCODE = re.compile(r"\b(?:GIR 0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2})\b")
_EMAIL = re.compile(
    r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+", re.IGNORECASE
)
_EMAIL_SPELT = re.compile(r"\b[\w.+-]+ at [\w-]+(?: dot [\w-]+)+\b", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+[^\s<>()\[\].,;:'\"”’]|(?<!\w)@[A-Za-z]\w{3,}")
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,?\s(?:[A-Z][\w'’]+\s){1,3}(?:Road|Street|Lane|Avenue|Close|Drive|Way|Court|Place|Terrace|Gardens|Crescent|Square)\b"
)
_INSTITUTION = re.compile(
    r"(?:\b(?:St\.?|Saint)\s)?\b[A-Z][\w'’.]+(?:\s(?:of|and|the|[A-Z][\w'’.]+)){0,4}\s"
    r"(?:Hospital|Infirmary|Hospice|Surgery|Medical Centre|Health Centre|Clinic|Medical Practice|Practice|Nursing Home|Care Home|Prison|Primary School|School)\b"
)
# By what a name ends in, the longer ending first; the last holds for every other.
_INSTITUTIONS = (
    (("Hospital", "Infirmary"), "[a hospital]"),
    (("Hospice",), "[a hospice]"),
    (("Nursing Home", "Care Home"), "[a care home]"),
    (("Prison",), "[a prison]"),
    (("School",), "[a school]"),
    (("Clinic",), "[a clinic]"),
    (("",), "[a practice]"),
)
_MONTHS = {
    name[:3].casefold(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )
}  # fmt: skip
_NAMED_MONTH = re.compile(rf"(?<![a-z]){_MONTH}(?![a-z])", re.IGNORECASE)
_NUMBERED_MONTH = re.compile(r"^\d{4}-(\d\d)-|^\d{1,2}[/.\-](\d{1,2})[/.\-]")
_LEADING = re.compile(r"(?:The|At|In|From|Our|His|Her|My|A|An|This|That|When|After|Near|To)\s+")
_CHI_DAYS = 31
_CHI_MONTHS = 12

Rule = tuple[re.Pattern[str], Subject, str, Certainty, str]
_RULES: tuple[Rule, ...] = (
    (_EMAIL, Subject.OTHER, "email", Certainty.CERTAIN, "[an e-mail address]"),
    (_EMAIL_SPELT, Subject.OTHER, "email", Certainty.LIKELY, "[an e-mail address]"),
    (_SITE, Subject.OTHER, "web_address", Certainty.POSSIBLE, "[a web address]"),
    (_ORCID, Subject.AUTHOR, "orcid", Certainty.LIKELY, "[a registration number]"),
    (_REGISTRATION, Subject.AUTHOR, "registration_number", Certainty.LIKELY, "[a registration number]"),
    (_BIRTH, Subject.PATIENT, "date_of_birth", Certainty.CERTAIN, "[a date of birth]"),
    (_HOSPITAL_NUMBER, Subject.PATIENT, "hospital_number", Certainty.CERTAIN, "[a hospital number]"),
    (
        _INSURANCE,
        Subject.PATIENT,
        "national_insurance_number",
        Certainty.CERTAIN,
        "[a national insurance number]",
    ),
    (_EXACT, Subject.PATIENT, "date", Certainty.POSSIBLE, "[a date]"),
    (_STREET, Subject.PATIENT, "address", Certainty.LIKELY, "[an address]"),
    (_POSTCODE, Subject.PATIENT, "postcode", Certainty.LIKELY, "[a postcode]"),
)


def find_identifiers(passage: Passage) -> Iterator[Mark]:
    """Yield marks that may overlap; the first of two is the better."""
    text = passage.text
    digits = any(map(str.isdigit, text))
    if digits:
        yield from _find_numbers(passage)
    for pattern, subject, kind, certainty, stand_in in _RULES:
        for match in pattern.finditer(text):
            group = next((at for at in range(1, (match.lastindex or 0) + 1) if match[at]), 0)
            suggestion = _suggest_date(match[0]) if kind == "date" else stand_in
            yield _mark(passage, *match.span(group), subject, kind, certainty, suggestion)
    for match in _OLD.finditer(text):
        yield _mark(
            passage, *match.span(), Subject.PATIENT, "age", Certainty.LIKELY, _suggest_age(text, match)
        )
    for match in _INSTITUTION.finditer(text):
        start = match.start() + (len(found[0]) if (found := _LEADING.match(match[0])) else 0)
        suggestion = next(stand_in for ending, stand_in in _INSTITUTIONS if match[0].endswith(ending))
        yield _mark(passage, start, match.end(), Subject.OTHER, "institution", Certainty.LIKELY, suggestion)


def _find_numbers(passage: Passage) -> Iterator[Mark]:
    for match in _TEN_DIGITS.finditer(passage.text):
        digits = "".join(filter(str.isdigit, match[0]))
        if _checks_out(digits):
            chi = (
                1 <= int(digits[:2]) <= _CHI_DAYS
                and 1 <= int(digits[2:4]) <= _CHI_MONTHS
                and match[0][3:4].isdigit()
            )
            kind, stand_in = ("chi_number", "[a CHI number]") if chi else ("nhs_number", "[an NHS number]")
            yield _mark(passage, *match.span(), Subject.PATIENT, kind, Certainty.CERTAIN, stand_in)
    for match in PHONE_SHAPE.finditer(passage.folded.text):
        if _is_phone(match[0]):
            span = passage.folded.span(*match.span())
            yield _mark(passage, *span, Subject.OTHER, "phone", Certainty.LIKELY, "[a telephone number]")


def _checks_out(digits: str) -> bool:
    """Check an NHS or CHI number by its last digit: weighed from ten down to two, modulo eleven."""
    if len(set(digits)) == 1:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - weighed % 11) % 11 == int(digits[9])


def _is_phone(text: str) -> bool:
    if not text.startswith(("+", "0", "(0", "(+")) or "/" in text:
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "GB"))
    except phonenumbers.NumberParseException:
        return False


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
    return "very old" if hundred else f"in {whose} nineties"


def _mark(
    passage: Passage, start: int, end: int, subject: Subject, kind: str, certainty: Certainty, stand_in: str
) -> Mark:
    term = " ".join(passage.text[start:end].casefold().split())
    return Mark(passage.index, start, end, subject, kind, certainty, stand_in, term)
