"""Names drawn from the lists beside this file: given, family, and what a country adds to them."""

import random
import string
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ı": "i"}
)


@dataclass(frozen=True, slots=True)
class Country:
    name: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    middle: tuple[str, ...]
    two_families: bool
    patronymic: bool
    family_first: bool


@dataclass(frozen=True, slots=True)
class Person:
    given: str
    family: str
    full: str
    """As a list of members would print it."""
    second_family: str = ""
    middle: str = ""


def draw(country: Country, rng: random.Random) -> Person:
    """Draw a person; every name of a list is as likely as any other."""
    given, family = rng.choice(country.given), rng.choice(country.family)
    if country.two_families:
        second = rng.choice([each for each in country.family if each != family])
        return Person(given, family, f"{given} {family} {second}", second_family=second)
    if country.middle:
        middle = rng.choice(country.middle)
        return Person(given, family, f"{family} {middle} {given}", middle=middle)
    return Person(given, family, f"{family} {given}" if country.family_first else f"{given} {family}")


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slip(word: str, rng: random.Random) -> str:
    """A word with one letter dropped, doubled, changed, or swapped with the next."""
    at = rng.randrange(len(word) - 1)
    letter = rng.choice(string.ascii_lowercase)
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[: at + 1] + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def _country(name: str, found: dict[str, str]) -> Country:
    return Country(
        name=name,
        given=tuple(found["given"].split()),
        family=tuple(each.replace("_", " ") for each in found["family"].split()),
        middle=tuple(found.get("middle", "").split()),
        two_families="family_count" in found,
        patronymic="patronymic" in found,
        family_first=found.get("order") == "family-first",
    )


_FOUND = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
COUNTRIES = tuple(_country(name, found) for name, found in _FOUND.items())
