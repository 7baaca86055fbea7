"""Essays in which an author's own name, addresses and numbers are planted, in every way people write them."""

# ruff: noqa: E501 - sentences and tables are not broken

import random
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from anonymiser import Author
from anonymiser.detect.fold import fold_words
from anonymiser.detect.words import given_names, is_ambiguous
from benchmarks.names import COUNTRIES, Country, Person, draw, plain

TUNED = (
    "I remember that {} came in late, and nobody minded.",
    "It was {} who had written it down for all of us.",
    "(This is what {} used to say of it.)",
    "At the end {}, who had been silent, got up.",
    "We owe it to {}; the rest is mine.",
    "A note in the margin says: ask {} about the boiler.",
)
HELD_OUT = (
    "Nobody but {} had noticed the coat.",
    "The minutes were kept by {} in a green book.",
    "So said {}, and I believe it.",
    "There is a photograph of {} on the wall of the library.",
    "What would {} have made of that?",
    "The others – {} among them – had left by then.",
)
SPOKEN = (
    "“{}, what did you feel?” he asked.",
    "“What did you feel, {}?” he asked.",
    "“Come in, {},” she said.",
    "They called me {} in those days.",
    "My name is {}, and I was late.",
    "“Thank you, {}.” She closed the door.",
    "“Dear {},” it began.",
)
NEUTRAL = (
    "The group met on Tuesdays, in a room over the chemist’s, and there was never enough milk.",
    "Balint (1957) asks what the doctor gives of himself; Winnicott might have asked what is taken.",
    "She had will enough, and grace; he may have had neither, but his hands were young.",
    "A rose stood on the ward by the window; the bell rang, and I rose to go.",
    "He was seen at the hospital in the spring, and again at a surgery near his brother’s house.",
    "In 2019 we had 12 patients on the list, 31 in the year after, 7–10 a month since.",
    "The long field behind the health centre belongs to the university, or to the council.",
    "It cost £1,250.00, in 14 parts, and took 3.5 hours on 11 of 20 days.",
    "“Doctor,” he said, “may I sit?” And then: “Will you mark it down?”",
    "Love is a word that general practice keeps in the bottom drawer.",
)
_LOOK_ALIKE = str.maketrans({"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "i": "і", "y": "у"})
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe"})
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_STREETS = ("Larch Row", "Quarrelton Lane", "Old Mill Road", "Pendle Street")
_TOWNS = ("Skelby", "Harrowmere", "Ostley", "Tarnside")
_PRACTICES = (
    "Penhallow Surgery",
    "The Quarrybank Medical Practice",
    "Marlesford Health Centre",
    "Tolworthy Group Practice",
)
_COLLEGES = ("University of Wexmoor", "Brackenfell Medical School", "Institute of Narrative Practice, Ostley")


@dataclass(frozen=True, slots=True)
class Planted:
    """One paragraph, and the parts of it that lead to the author, half-open, in characters."""

    text: str
    variant: str
    spans: tuple[tuple[int, int], ...]
    by_word: bool = False
    """Whether only a person can tell the author's name from a common word, or from another's."""


def essays_of_authors(
    each: int, seed: int, templates: tuple[str, ...]
) -> Iterator[tuple[Author, list[Planted]]]:
    """Yield authors, `each` of every country, with an essay each."""
    for country in COUNTRIES:
        for number in range(each):
            rng = random.Random(f"{seed} {country.name} {number}")
            person = draw(country, rng)
            author = _author(country, person, rng)
            yield author, [*_plant(author, person, rng, templates), *_leave(person, rng)]


def _author(country: Country, person: Person, rng: random.Random) -> Author:
    given, family = plain(person.given).lower().split()[0], "".join(plain(person.family).lower().split())
    handle = "".join(letter for letter in given + family if letter.isalpha())
    number = "".join(rng.choices(string.digits, k=6))
    town = rng.choice(_TOWNS)
    name = person.full if rng.random() < 0.7 else f"Dr {person.full}"
    return Author(
        name=name,
        also_known_as=(f"{person.given} {person.family}",) if country.family_first else (),
        emails=(
            f"{given}.{family}@{rng.choice(('nhs.net', 'ostley-practice.nhs.uk', 'gmail.com'))}".replace(
                "'", ""
            ),
            f"{handle}@example.org",
        ),
        phones=(f"+44 7700 {number}",),
        organisations=(rng.choice(_PRACTICES), rng.choice(_COLLEGES)),
        postal_address=f"{rng.randrange(1, 99)} {rng.choice(_STREETS)}\n{town}\nQX{rng.randrange(1, 9)} {rng.randrange(1, 9)}ZB",
        orcid="0000-0002-1825-0097",
        registration_numbers=(f"GMC {rng.randrange(1_000_000, 9_999_999)}",),
    )


def _plant(
    author: Author, person: Person, rng: random.Random, templates: tuple[str, ...]
) -> Iterator[Planted]:
    common = _is_common(person.family) or (
        bool(person.second_family) and plain(person.family).lower() in given_names()
    )
    for variant, form in _names(person):
        yield _put(rng.choice(templates), form, variant, by_word=variant.startswith("surname") and common)
    for form in (person.given, person.given.lower().title()):
        yield _put(rng.choice(SPOKEN), form, "first name in speech")
    for variant, form in [*_contacts(author), *_workplaces(author), *_addresses(author)]:
        yield _put(rng.choice(templates), form, variant)


def _leave(person: Person, rng: random.Random) -> Iterator[Planted]:
    """Yield what must stay: common words, cited works, other people with a name in common."""
    for sentence in NEUTRAL:
        yield Planted(sentence, "nothing", ())
    other = draw(rng.choice(COUNTRIES[:2]), rng)
    while {*plain(other.full).lower().split()} & {*plain(person.full).lower().split()}:
        other = draw(rng.choice(COUNTRIES[:2]), rng)
    yield Planted(f"Then {other.full} spoke, and Mrs {other.family} after that.", "nothing", ())
    yield Planted(f"My patient {person.given} {other.family} had a cough.", "nothing", ())


def _put(template: str, form: str, variant: str, *, by_word: bool = False) -> Planted:
    start = template.index("{}")
    return Planted(template.replace("{}", form), variant, ((start, start + len(form)),), by_word)


def _names(person: Person) -> Iterator[tuple[str, str]]:
    given, family = person.given, person.family
    first = given[0]
    whole = f"{given} {family}"
    yield "whole", whole
    yield "as in a list", person.full
    yield "title", f"Dr {whole}"
    yield "title and surname", f"Dr {family}"
    yield "title with a stop", f"Dr. {family}"
    yield "professor", f"Professor {family}"
    yield "turned round", f"{family}, {given}"
    yield "initial", f"{first}. {family}"
    yield "initial without a stop", f"{first} {family}"
    if first not in {"A", "I"}:  # which are words, too
        yield "initial after", f"{family} {first}"
    yield "initial after a comma", f"{family}, {first}."
    yield "middle initial", f"{given} Q. {family}"
    yield "degrees", f"Dr {whole} MRCGP"
    yield "capitals", whole.upper()
    yield "surname in capitals", f"{given} {family.upper()}"
    yield "small letters", whole.lower()
    yield "possessive", f"{whole}’s"
    yield "possessive, typed", f"Dr {family}'s"
    yield "decomposed", unicodedata.normalize("NFD", whole)
    yield "without accents", plain(whole)
    yield "full width", f"{given.translate(_FULL_WIDTH)} {family.translate(_FULL_WIDTH)}"
    yield "look-alikes", whole.translate(_LOOK_ALIKE)
    yield "zero-width", "\u200b".join(whole)
    yield "soft hyphen", f"{given} {family[:2]}\u00ad{family[2:]}"
    yield "no-break space", f"{given}\u00a0{family}"
    yield "over a line", f"{given}\n{family}"
    yield "hyphenated over a line", f"{given} {family[:3]}-\n{family[3:]}" if family[3:].isalpha() else whole
    yield "file name", f"{given}_{family}"
    handle = "".join(letter for letter in plain(given + family).lower() if letter.isalpha())
    yield "handle", f"@{handle}"
    yield "site", f"www.{handle}.co.uk"
    yield "site with path", f"https://{handle}.wordpress.com/about"
    yield "first name and a letter", f"{given} {family.split()[-1][0].upper()}."
    yield "apostrophe left out", f"{given} {family.replace(chr(39), '')}"
    yield "hyphen left out", f"{given} {family.replace('-', ' ')}"
    yield "two letters for an umlaut", f"{given} {family.translate(_TWO_LETTERS)}"
    yield "surname", family
    yield "surname, possessive", f"{family}’s"


def _contacts(author: Author) -> Iterator[tuple[str, str]]:
    for email in author.emails:
        local, _, host = email.partition("@")
        yield "e-mail", email
        yield "e-mail in capitals", email.upper()
        yield "e-mail in brackets", f"{local} [at] {host.replace('.', ' [dot] ')}"
        yield (
            "e-mail with words in brackets",
            f"{local.replace('.', '(dot)')}(at){host.replace('.', '(dot)')}",
        )
        yield "e-mail, shouted words", f"{local} AT {host.replace('.', ' DOT ')}"
        yield "e-mail spelt out", f"{local.replace('.', ' dot ')} at {host.replace('.', ' dot ')}"
    national = author.phones[0].removeprefix("+44 ")
    digits = national.replace(" ", "")
    yield "phone", author.phones[0]
    yield "phone at home", f"0{national}"
    yield "phone unspaced", f"0{digits}"
    yield "phone in pairs", "0" + " ".join(digits[at : at + 2] for at in range(0, 10, 2))
    yield "phone with dots", f"0{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    yield "phone from abroad", f"0044 (0){national}"
    yield "phone with brackets", f"(0{digits[:4]}) {digits[4:]}"
    yield "ORCID", author.orcid
    yield "ORCID address", f"https://orcid.org/{author.orcid}"
    yield "ORCID unspaced", author.orcid.replace("-", "")
    number = author.registration_numbers[0].split()[1]
    yield "registration", author.registration_numbers[0]
    yield "registration, long", f"GMC number: {number}"
    yield "registration, bare", number


def _workplaces(author: Author) -> Iterator[tuple[str, str]]:
    practice, college = author.organisations
    yield "workplace", practice
    yield "workplace in capitals", practice.upper()
    bare = practice.removeprefix("The ").split()[0]
    yield "workplace shortened", f"{bare} Surgery"
    yield "workplace, other word", f"the {bare} practice"
    yield (
        "college turned round",
        f"{college.split(',')[0].split()[-1]} University" if college[0] == "U" else college,
    )
    yield "college", college.split(",")[0]
    letters = "".join(word[0] for word in college.replace(",", "").split() if word not in {"of", "the"})
    if len(letters) > 2:
        yield "college by its letters", letters


def _addresses(author: Author) -> Iterator[tuple[str, str]]:
    house, town, postcode = author.postal_address.split("\n")
    yield "address", f"{house}, {town} {postcode}"
    yield "house", house
    if house.endswith(" Road"):
        yield "street shortened", house.replace(" Road", " Rd")
    yield "street", house.split(" ", 1)[1]
    yield "postcode", postcode
    yield "postcode unspaced", postcode.replace(" ", "")
    yield "postcode small", postcode.lower()


def _is_common(family: str) -> bool:
    return all(is_ambiguous(word) for word in fold_words(family))
