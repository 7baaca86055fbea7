"""An author's name taken apart: which words are given names, which surname, and which letters initials."""

import re
from dataclasses import dataclass, field, replace

from anonymiser.author import Author
from anonymiser.detect.fold import fold_words
from anonymiser.detect.words import DEGREES, PARTICLES, TITLES, given_names, nicknames

_WITH_TWO = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "å": "aa",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "Ø": "Oe",
        "Å": "Aa",
    }
)
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_MC = re.compile(r"\bMc(?=[A-Z])")
_TWO_LETTERS = re.compile(r"(?<=\w)(?:ae|oe|ue)(?=\w\w)")


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Folded words. `middles` may be further given names or the first half of a double surname."""

    givens: frozenset[str]
    middles: frozenset[str]
    surnames: frozenset[str]
    initials: str  # of all given names, in order
    surname_initial: str
    short: frozenset[str]  # nicknames
    particles: frozenset[str] = frozenset()  # "van" and "der", or the "O" of O'Brien
    either: frozenset[str] = frozenset()  # surnames that another reading of the name takes for given names

    words: frozenset[str] = field(init=False, default=frozenset())
    signs: frozenset[str] = field(init=False, default=frozenset())  # words with which initials may begin
    surname_letters: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        whole = self.initials + self.surname_initial
        object.__setattr__(self, "words", self.givens | self.middles | self.surnames | self.short)
        letters = frozenset(word[0] for word in self.surnames | self.middles | self.particles if word)
        object.__setattr__(self, "surname_letters", letters)
        object.__setattr__(
            self, "signs", frozenset({whole, self.initials[:1] + self.surname_initial, whole[:1]})
        )

    def fits_initials(self, letters: str) -> bool:
        """Whether "J", "JM" or "M" can stand for the given names; few people tell us all of theirs."""
        if not letters or not self.initials:
            return False
        return letters in self.initials or letters.startswith(self.initials)


def take_apart(author: Author) -> list[Person]:
    """Take apart every name of the author; a single word, a maiden name say, counts as a surname."""
    people = [_take_apart(author.name)]
    for name in author.also_known_as:
        words = fold_words(name)
        if len(words) == 1 and people[0].givens:
            first = people[0]
            known = nicknames().get(words[0], frozenset())
            if known & (first.givens | first.middles):
                people[0] = _with_short(first, words[0])
            else:
                people.append(_with_surname(first, words[0]))
        elif words:
            people.append(_take_apart(name))
    givens = frozenset().union(*(person.givens for person in people))
    return [replace(person, either=person.surnames & givens) for person in people if person.words]


def spellings(name: str) -> list[str]:
    """Return how else a name is written: "Mueller" for "Müller" and back, "OConnor", "Maryann", "MacKay"."""
    others = {
        name.translate(_WITH_TWO),
        _TWO_LETTERS.sub(lambda match: match[0][0], name),
        _APOSTROPHE.sub("", name),
        _HYPHEN.sub("", name),
        _MC.sub("Mac", name),
        _MC.sub("Mc ", name),
    }
    return sorted(others - {name})


def _take_apart(name: str) -> Person:
    """Take a name apart in all its spellings, which people mix: "Jürgen Mueller"."""
    spelt = [_take_spelt(each) for each in (name, *spellings(name))]
    return replace(
        spelt[0],
        givens=frozenset[str]().union(*(each.givens for each in spelt)),
        middles=frozenset[str]().union(*(each.middles for each in spelt)),
        surnames=frozenset[str]().union(*(each.surnames for each in spelt)),
        particles=frozenset[str]().union(*(each.particles for each in spelt)),
    )


def _take_spelt(name: str) -> Person:
    chunks = _order(name)
    words = [fold_words(chunk) for chunk in chunks if not _is_degree(chunk)]
    words = [chunk for chunk in words if chunk]
    while len(words) > 1 and len(words[0]) == 1 and words[0][0] in TITLES:
        del words[0]
    if not words:
        return Person(frozenset(), frozenset(), frozenset(), "", "", frozenset())
    last = len(words) - 1
    while last > 1 and words[last - 1][0] in PARTICLES:
        last -= 1
    surname = [word for chunk in words[last:] for word in chunk] if last or len(words) == 1 else []
    given = words[:last]
    first = given[0] if given else ()
    middle = [word for chunk in given[1:] for word in chunk]
    # Of a third word that nobody is called by, "Ana Martins Lopes", people make a surname of its own.
    double = [word for word in middle if len(word) > 1 and word not in PARTICLES | given_names()]
    flat = [*first, *middle]
    return Person(
        givens=frozenset(word for word in first if len(word) > 1),
        middles=frozenset(word for word in middle if len(word) > 1 and word not in PARTICLES),
        surnames=frozenset(word for word in [*double, *surname] if len(word) > 1 and word not in PARTICLES)
        or frozenset(surname),
        initials="".join(word[0] for word in flat),
        surname_initial=next((word[0] for word in surname if word not in PARTICLES), ""),
        particles=frozenset(word for word in surname[:-1] if word in PARTICLES or len(word) == 1),
        short=frozenset().union(*(nicknames().get(word, frozenset()) for word in first)),
    )


def _is_degree(word: str) -> bool:
    """Tell "MA" and "PhD" from Ma, who is a person."""
    capitals = sum(map(str.isupper, word))
    parts = fold_words(word)
    return capitals > 1 and ("".join(parts) in DEGREES or all(part in DEGREES for part in parts))


def _order(name: str) -> list[str]:
    """Return the parts of a name, given names first.

    "Smith, Jane" is turned round, degrees after a comma are left out.
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    named = [part for part in parts if not all(_is_degree(word) for word in part.split())]
    if len(named) > 1:
        named = [named[1], named[0]]
    return " ".join(named).split()


def _with_short(person: Person, word: str) -> Person:
    return replace(person, givens=person.givens | {word})


def _with_surname(person: Person, word: str) -> Person:
    return replace(person, surnames=frozenset({word}), surname_initial=word[0])
