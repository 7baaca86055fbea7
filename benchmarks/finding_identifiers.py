"""Sentences with numbers in them: what identifies somebody, in the notations of notes and letters, and what doesn't."""

# ruff: noqa: E501 - sentences and tables are not broken

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start` and `end` of what identifies, half-open; both 0 where nothing does."""

    kind: str
    text: str
    start: int = 0
    end: int = 0


def identifying(each: int, seed: int) -> Iterator[Sentence]:
    rng = random.Random(seed)
    for kind, (make, templates) in _KINDS.items():
        for _ in range(each):
            value, template = make(rng), rng.choice(templates)
            start = template.index("{}")
            yield Sentence(kind, template.replace("{}", value), start, start + len(value))


def harmless(each: int, seed: int) -> Iterator[Sentence]:
    rng = random.Random(seed)
    for _ in range(each):
        for make in _HARMLESS:
            yield Sentence("nothing", make(rng))


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(string.digits, k=count))


def _mod_eleven(first: str) -> str:
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(first, range(10, 1, -1), strict=True)) % 11
    ) % 11
    return "" if check == 10 else first + str(check)


def _nhs(rng: random.Random) -> str:
    number = ""
    while not number:
        number = _mod_eleven(rng.choice("4679") + _digits(rng, 8))
    return rng.choice(
        [number, f"{number[:3]} {number[3:6]} {number[6:]}", f"{number[:3]}-{number[3:6]}-{number[6:]}"]
    )


def _chi(rng: random.Random) -> str:
    number = ""
    while not number:
        number = _mod_eleven(f"{rng.randrange(1, 29):02}{rng.randrange(1, 13):02}{_digits(rng, 5)}")
    return rng.choice([number, f"{number[:6]} {number[6:]}"])


def _insurance(rng: random.Random) -> str:
    first, last = rng.choice(["AB", "JK", "PX", "SE", "WL", "CR"]), rng.choice("ABCD")
    number = _digits(rng, 6)
    spaced = f"{first} {number[:2]} {number[2:4]} {number[4:]} {last}"
    return rng.choice(
        [spaced, spaced.replace(" ", ""), spaced.replace(" ", "-"), spaced.replace(" ", "").lower()]
    )


def _postcode(rng: random.Random) -> str:
    area = rng.choice(["S", "LS", "BS", "EH", "SW", "N", "CF", "BT", "G", "TR", "PO", "W"])
    district = rng.choice([str(rng.randrange(1, 10)), str(rng.randrange(10, 30))])
    if area in {"SW", "W"}:
        district = "1A" if area == "SW" else "1B"
    return f"{area}{district}{rng.choice([' ', ' ', ''])}{rng.randrange(1, 10)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQRS')}"


def _email(rng: random.Random) -> str:
    local = rng.choice(["mary.ash", "p_hale", "the-hales", "rosie77", "d.o'hara", "secretary+balint"])
    host = rng.choice(["example.org", "nhs.net", "some-practice.co.uk", "mail.example.ac.uk"])
    spelt = f"{local.replace('.', ' dot ')} at {host.replace('.', ' dot ')}"
    forms = [
        f"{local}@{host}",
        f"{local} @ {host}",
        f"{local}(at){host}",
        f"{local} [at] {host.replace('.', ' [dot] ')}",
    ]
    return rng.choice([*forms, spelt] if local in {"mary.ash", "rosie77"} else forms)


def _phone(rng: random.Random) -> str:
    mobile, area = _digits(rng, 6), rng.choice(["0114", "0131", "0117"])
    number = f"496 0{_digits(rng, 3)}"
    return rng.choice(
        [
            f"07700 {mobile}", f"07700{mobile}", f"07700-{mobile[:3]}-{mobile[3:]}", f"+44 7700 {mobile}",
            f"+44 (0)7700 {mobile}", f"{area} {number}", f"({area}) {number}", f"{area}-{number.replace(' ', '-')}",
            f"020 7946 0{_digits(rng, 3)}", f"0044 20 7946 0{_digits(rng, 3)}", f"+353 1 496 0{_digits(rng, 3)}",
            f"+1 212 555 01{_digits(rng, 2)}", f"{area}.{number.replace(' ', '.')}",
        ]
    )  # fmt: skip


def _orcid(rng: random.Random) -> str:
    first = "0000000" + rng.choice("123") + _digits(rng, 7)
    total = 0
    for digit in first:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    number = first + ("X" if check == 10 else str(check))
    grouped = "-".join(number[at : at + 4] for at in range(0, 16, 4))
    return rng.choice([grouped, f"https://orcid.org/{grouped}", f"orcid.org/{grouped}"])


def _birth(rng: random.Random) -> str:
    day, month, year = rng.randrange(1, 29), rng.randrange(12), rng.randrange(1925, 2010)
    return rng.choice(
        [
            f"{day} {_MONTHS[month]} {year}", f"{day}/{month + 1}/{year}", f"{day:02}/{month + 1:02}/{year % 100:02}",
            f"{day:02}.{month + 1:02}.{year}", f"{day}th of {_MONTHS[month]}, {year}", f"{_MONTHS[month]} {day}, {year}",
            f"{year}-{month + 1:02}-{day:02}", f"{day}-{_MONTHS[month][:3]}-{year}", f"{day} {_MONTHS[month][:3]} {year}",
        ]
    )  # fmt: skip


def _hospital(rng: random.Random) -> str:
    letters = rng.choice(["", "A", "K", "RX", "SGH"])
    return letters + _digits(rng, rng.choice([6, 7, 8]))


_Maker = Callable[[random.Random], str]
_KINDS: dict[str, tuple[_Maker, tuple[str, ...]]] = {
    "NHS number": (_nhs, ("NHS number: {}", "Her NHS number was {} then.", "On the slip stood {} and nothing else.", "(NHS no. {})", "NHS No {}; seen at home.")),
    "CHI": (_chi, ("CHI: {}", "His CHI number is {}.", "CHI number {} was on the label.", "She gave {} as if it were a song.")),
    "NINO": (_insurance, ("National Insurance number {}", "His NI number, {}, was on the form.", "The form said {} at the top.")),
    "postcode": (_postcode, ("She lived in {} then.", "Postcode: {}", "It was sent to {}, and came back.", "a flat (in {}) over a shop")),
    "e-mail": (_email, ("Write to {} for it.", "Her address, {}, bounced.", "E-mail: {}", "He spelt it out: {}.")),
    "phone": (_phone, ("Ring {} after six.", "Tel: {}", "The number was {}.", "He rang from {}, drunk.", "My mobile ({}) was off.")),
    "ORCID": (_orcid, ("ORCID: {}", "My ORCID is {}.", "See {} for the list.")),
    "GMC": (lambda rng: str(rng.randrange(1_000_000, 8_000_000)), ("GMC {}", "GMC number {}", "GMC no. {}", "my GMC number is {}", "GMC reference number: {}", "General Medical Council number {}", "GMC reg. no: {}")),
    "date of birth": (_birth, ("Date of birth: {}", "DOB {}", "DoB: {}", "d.o.b. {}", "She was born on {} at home.", "born {}, the third of five", "His date of birth was {}.", "(date of birth {})", "D.O.B. – {}")),
    "hospital number": (_hospital, ("Hospital number {}", "Hospital no. {}", "Hosp. No: {}", "hospital number: {}", "MRN {}", "MRN: {}", "Unit number {}", "Patient ID: {}", "Her hospital number was {}.", "case note number {}", "Medical record number {}")),
}  # fmt: skip
_HARMLESS: tuple[_Maker, ...] = (
    lambda rng: f"It was {rng.randrange(1950, 2024)}, and we were {rng.randrange(2, 14)} of us.",
    lambda rng: f"Her pressure was {rng.randrange(110, 190)}/{rng.randrange(60, 100)} and her pulse {rng.randrange(50, 99)}.",
    lambda rng: f"He took {rng.randrange(1, 9)}0 mg at 8 and {rng.randrange(1, 9)}5 mg at night.",
    lambda rng: f"We scored {rng.random():.4f} ({rng.random():.4f}), with p = 0.0{rng.randrange(1, 99)}.",
    lambda rng: f"J Balint Soc {rng.randrange(1980, 2020)};{rng.randrange(1, 60)}:{rng.randrange(1, 90)}-{rng.randrange(91, 120)}.",
    lambda rng: f"See pages {rng.randrange(100, 300)}–{rng.randrange(301, 400)} of the second edition.",
    lambda rng: f"The list held {rng.randrange(1, 9)},{_digits(rng, 3)} patients, {rng.randrange(10, 60)}% of them over sixty.",
    lambda rng: f"ISBN 978-0-443-{_digits(rng, 5)}-{_digits(rng, 1)}",
    lambda rng: f"doi:10.1136/bmj.{_digits(rng, 3)}.{_digits(rng, 4)}.{_digits(rng, 3)}",
    lambda rng: f"It cost £{rng.randrange(1, 99)},{_digits(rng, 3)}.{_digits(rng, 2)} in all.",
    lambda rng: f"He was {rng.randrange(20, 89)} years old, and she {rng.randrange(20, 89)}.",
    lambda rng: f"The meeting ran from {rng.randrange(1, 12)}.30 to {rng.randrange(1, 12)}.{rng.randrange(10, 59)} on Tuesdays.",
    lambda rng: f"Of {_digits(rng, 7).lstrip('0')} records, {_digits(rng, 5).lstrip('0')} were read.",
    lambda rng: f"Table {rng.randrange(1, 9)}.{rng.randrange(1, 9)} shows groups {rng.randrange(1, 9)} to {rng.randrange(10, 19)}.",
    lambda rng: f"Room B{rng.randrange(1, 20)} was cold, and Ward 7B was worse; the M{rng.randrange(1, 9)} was shut.",
    lambda rng: f"She weighed {rng.randrange(40, 90)}.{rng.randrange(1, 9)} kg; her HbA1c was {rng.randrange(40, 99)} mmol/mol, her eGFR 9{rng.randrange(0, 9)}.",
)  # fmt: skip
