"""Numbers, addresses and dates that may identify a patient or anybody else."""

import re
from collections.abc import Iterator

import phonenumbers

from anonymiser.detect.contacts import DIGIT, PHONE_SHAPE
from anonymiser.detect.dates import find_dates
from anonymiser.detect.institutions import find_institutions
from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.report import Certainty, Subject

_TEN_DIGITS = re.compile(
    r"(?<![\d+.\-/])(?<!\d )(?:\d{3}[ \u00a0.\-–]?\d{3}[ \u00a0.\-–]?\d{4}|\d{6}[ \u00a0\-]?\d{4})(?![\d/]|[.\-]\d)"
)
_LINK = r"(?:\s*(?:is|was|of|as|:|=|#|–|-|\(|\.|no\b|number|num|id|ref|reference)\s*){0,4}"
_NHS_LABELLED = re.compile(
    rf"\b(?:NHS|CHI)(?:\s+(?:no|number|num)\b)?{_LINK}\s*(\d{{3}}[\s\-]?\d{{3}}[\s\-]?\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_HOSPITAL_NUMBER = re.compile(
    r"\b(?:(?:hospital|hosp|patient|unit|case|case\s?notes?|notes|chart|record|medical\s+record|PAS|clinic|registration)\.?\s*"
    rf"(?:no|number|num|id|ref|reference|record\s+number)\b|MRN|PID\b|patient\s+identifier|K\s+number){_LINK}"
    r"\s*([A-Z]{0,4}[\-/ ]?\d[\dA-Z/\-]{3,}\d?)",
    re.IGNORECASE,
)
_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][\s\-]?\d\d[\s\-]?\d\d[\s\-]?\d\d[\s\-]?[A-D]\b",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(
    r"\b(?:GMC|NMC|GDC|HCPC|GPhC|General Medical Council|Nursing and Midwifery Council)\b"
    r"(?:['’]s)?(?:\s+(?:no|number|num|reg|registration|registered|registrant|ref|reference|pin|id|with|under)\b\.?){0,4}"
    rf"{_LINK}\s*(\d{{7}}|\d\d[A-Z]\d{{4}}[A-Z]|\d{{3}}[\s\-]\d{{4}}|[A-Z]{{2}}\d{{5,6}})\b",
    re.IGNORECASE,
)
_ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/)?(?<!\d)\d{4}[\-–‑ ]?\d{4}[\-–‑ ]?\d{4}[\-–‑ ]?\d{3}[\dXx]\b"
)
_POSTCODE = re.compile(
    r"\b(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y])\s{0,2}\d[ABD-HJLNP-UW-Z]{2})\b"
)
_SMALL_POSTCODE = re.compile(_POSTCODE.pattern.replace(r"\s{0,2}", r"\s?"), re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}\s?(?:@|\(at\)|\[at\]|\{at\})\s?[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]+)+",
    re.IGNORECASE,
)
_EMAIL_SPELT = re.compile(
    r"(?<![\w+-])[\w+-]{1,64}(?:(?: dot | underscore | dash | hyphen |\.)[\w+-]+)* at "
    r"[\w-]+(?:(?: dot |\.)[\w-]+)* dot [\w-]+\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]]+[^\s<>()\[\].,;:'\"”’]|(?<![\w.])@[A-Za-z]\w{3,}"
    r"|(?<![\w@.\-])[a-z0-9][\w\-]*(?:\.[\w\-]+)*\.(?:com|org|net|co\.uk|org\.uk|nhs\.uk|ac\.uk|me\.uk|info|io|blog)\b(?:/[\w\-/]*)?",
    re.IGNORECASE,
)  # fmt: skip
_LABELLED_PHONE = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|fax|ext|extension|bleep|pager|ring|call|rang|text|dial)\b\.?"
    r"(?:\s*(?:(?:no|number|num|on|at|is|was|me|us|her|him)\b\.?|[:#])){0,3}\s*(\(?\+?\d(?:[\s().\-]{0,2}\d){4,14})(?!\d|\.\d)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:[Ff]lat\s\d+[a-z]?,?\s)?\d{1,4}[a-zA-Z]?,?\s(?:[A-Z][\w'’.]+\s){1,3}"
    r"(?:Road|Rd|Street|St|Lane|Avenue|Ave|Close|Drive|Way|Court|Place|Terrace|Gardens|Crescent|Square|Hill|Row|Walk|Mews|Grove|Park|Green)\b"
)
_HOSTS = frozenset(["http", "https", "www", "com", "org", "net", "uk", "info", "io", "blog"])
_CHI_DAYS = 31
_CHI_MONTHS = 12
_ORCID_DIGITS = 15


def find_identifiers(passage: Passage) -> Iterator[Mark]:
    """Yield marks that may overlap; the first of two is the better."""
    digits = DIGIT.search(passage.text) is not None
    yield from _find_emails(passage)
    if digits:
        yield from _find_numbers(passage)
    if "@" in passage.text or not _HOSTS.isdisjoint(passage.words):
        yield from _all(passage, _SITE, Subject.OTHER, "web_address", Certainty.POSSIBLE, "[a web address]")
    yield from find_dates(passage)
    if digits:
        yield from _find_phones(passage)
        yield from _all(passage, _STREET, Subject.PATIENT, "address", Certainty.LIKELY, "[an address]")
    yield from find_institutions(passage)


def _find_emails(passage: Passage) -> Iterator[Mark]:
    """Find addresses of e-mail, also read aloud."""
    text = passage.text
    if "@" in text or "at" in passage.words:
        if "@" in text or "(at" in text.casefold() or "[at" in text.casefold():
            yield from _all(passage, _EMAIL, Subject.OTHER, "email", Certainty.CERTAIN, "[an e-mail address]")
        if "dot" in passage.words:
            yield from _all(
                passage, _EMAIL_SPELT, Subject.OTHER, "email", Certainty.LIKELY, "[an e-mail address]"
            )


def _find_numbers(passage: Passage) -> Iterator[Mark]:
    text = passage.text
    for match in _ORCID.finditer(text):
        if "orcid" in passage.words or _is_orcid(match[0]):
            yield _mark(
                passage, match.span(), Subject.AUTHOR, "orcid", Certainty.LIKELY, "[a registration number]"
            )
    yield from _all(
        passage,
        _REGISTRATION,
        Subject.AUTHOR,
        "registration_number",
        Certainty.LIKELY,
        "[a registration number]",
    )
    for match in _TEN_DIGITS.finditer(text):
        if _checks_out(_digits(match[0])):
            yield _mark(passage, match.span(), Subject.PATIENT, *_nhs_or_chi(match[0]))
    for match in _NHS_LABELLED.finditer(text):
        yield _mark(passage, match.span(1), Subject.PATIENT, *_nhs_or_chi(match[1]))
    yield from _all(
        passage,
        _HOSPITAL_NUMBER,
        Subject.PATIENT,
        "hospital_number",
        Certainty.CERTAIN,
        "[a hospital number]",
    )
    yield from _all(
        passage,
        _INSURANCE,
        Subject.PATIENT,
        "national_insurance_number",
        Certainty.CERTAIN,
        "[a national insurance number]",
    )
    pattern = _SMALL_POSTCODE if "postcode" in passage.words or "post" in passage.words else _POSTCODE
    yield from _all(passage, pattern, Subject.PATIENT, "postcode", Certainty.LIKELY, "[a postcode]")


def _find_phones(passage: Passage) -> Iterator[Mark]:
    for match in PHONE_SHAPE.finditer(passage.folded.text):
        if _is_phone(match[0]):
            span = passage.folded.span(*match.span())
            yield _mark(passage, span, Subject.OTHER, "phone", Certainty.LIKELY, "[a telephone number]")
    yield from _all(
        passage, _LABELLED_PHONE, Subject.OTHER, "phone", Certainty.LIKELY, "[a telephone number]"
    )


def _all(
    passage: Passage,
    pattern: re.Pattern[str],
    subject: Subject,
    kind: str,
    certainty: Certainty,
    stand_in: str,
) -> Iterator[Mark]:
    """Yield a mark a match: of its first group, where it has one."""
    for match in pattern.finditer(passage.text):
        yield _mark(passage, match.span(match.lastindex or 0), subject, kind, certainty, stand_in)


def _nhs_or_chi(number: str) -> tuple[str, Certainty, str]:
    """Tell a CHI number, which begins with a date of birth, by the six digits it is written in."""
    digits = _digits(number)
    dated = 1 <= int(digits[:2]) <= _CHI_DAYS and 1 <= int(digits[2:4]) <= _CHI_MONTHS
    if dated and number[3:4].isdigit():
        return "chi_number", Certainty.CERTAIN, "[a CHI number]"
    return "nhs_number", Certainty.CERTAIN, "[an NHS number]"


def _checks_out(digits: str) -> bool:
    """Check an NHS or CHI number by its last digit: weighed from ten down to two, modulo eleven."""
    if len(set(digits)) == 1:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - weighed % 11) % 11 == int(digits[9])


def _is_orcid(text: str) -> bool:
    """Check an ORCID by its last character (ISO 7064, MOD 11-2)."""
    total = 0
    digits = [character for character in text.upper() if character.isdecimal() or character == "X"][-16:]
    for digit in digits[:_ORCID_DIGITS]:
        total = (total + int(digit)) * 2 if digit != "X" else total
    check = (12 - total % 11) % 11
    return digits[_ORCID_DIGITS] == ("X" if check == 10 else str(check))  # noqa: PLR2004 - X is ten


def _is_phone(text: str) -> bool:
    if not text.startswith(("+", "0", "(0", "(+")) or "/" in text or text.startswith("0."):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _mark(
    passage: Passage, span: tuple[int, int], subject: Subject, kind: str, certainty: Certainty, stand_in: str
) -> Mark:
    term = " ".join(passage.text[span[0] : span[1]].casefold().split())
    return Mark(passage.index, *span, subject, kind, certainty, stand_in, term)
