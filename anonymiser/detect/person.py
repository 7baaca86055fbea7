"""An author's name taken apart: which words are given names, which surname, and which letters initials."""

import re
from dataclasses import dataclass

from anonymiser.author import Author
from anonymiser.detect.fold import fold_words
from anonymiser.detect.words import DEGREES, PARTICLES, TITLES, nicknames

_INITIALS_RUN = re.compile(r"[A-Z]{2,3}")


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

    @property
    def words(self) -> frozenset[str]:
        return self.givens | self.middles | self.surnames | self.short

    def fits_initials(self, letters: str) -> bool:
        """Whether "J", "JM" or "M" can stand for the given names."""
        return bool(letters) and (self.initials.startswith(letters) or letters in self.initials)


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
    return [person for person in people if person.words]


def _take_apart(name: str) -> Person:
    chunks = _order(name)
    words = [fold_words(chunk) for chunk in chunks]
    words = [chunk for chunk in words if chunk and not (len(chunk) == 1 and chunk[0] in TITLES | DEGREES)]
    if not words:
        return Person(frozenset(), frozenset(), frozenset(), "", "", frozenset())
    last = len(words) - 1
    while last > 1 and words[last - 1][0] in PARTICLES:
        last -= 1
    surname = [word for chunk in words[last:] for word in chunk] if last or len(words) == 1 else []
    given = words[:last]
    first = given[0] if given else ()
    middle = [word for chunk in given[1:] for word in chunk]
    flat = [*first, *middle]
    return Person(
        givens=frozenset(word for word in first if len(word) > 1),
        middles=frozenset(word for word in middle if len(word) > 1 and word not in PARTICLES),
        surnames=frozenset(word for word in surname if len(word) > 1 and word not in PARTICLES)
        or frozenset(surname),
        initials="".join(word[0] for word in flat),
        surname_initial=next((word[0] for word in surname if word not in PARTICLES), ""),
        particles=frozenset(word for word in surname[:-1] if word in PARTICLES),
        short=frozenset().union(*(nicknames().get(word, frozenset()) for word in first)),
    )


def _order(name: str) -> list[str]:
    """Return the parts of a name, given names first.

    "Smith, Jane" is turned round, degrees after a comma are left out.
    """
    parts = [part.strip() for part in name.split(",") if part.strip()]
    named = [part for part in parts if not all(word in DEGREES for word in fold_words(part))]
    if len(named) > 1:
        named = [named[1], named[0]]
    return " ".join(named).split()


def _with_short(person: Person, word: str) -> Person:
    return Person(
        person.givens,
        person.middles,
        person.surnames,
        person.initials,
        person.surname_initial,
        person.short | {word},
    )


def _with_surname(person: Person, word: str) -> Person:
    return Person(
        person.givens,
        person.middles,
        frozenset({word}),
        person.initials,
        word[0],
        person.short,
    )
