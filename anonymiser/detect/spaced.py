"""Finds an author's name whose letters stand apart, "J A N E  O K O N K W O", as on title pages."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from anonymiser.detect.fold import Token
from anonymiser.detect.person import Person
from anonymiser.detect.source import Passage
from anonymiser.detect.words import english

_GAP = re.compile(r"[\s.·•_|*\-–—]{1,4}")
_SHORTEST = 4  # letters of a name that is looked for by itself


class SpeltNames:
    """Surnames and given names, also beside each other, to be looked for in letters put together."""

    def __init__(self, people: Iterable[Person]) -> None:
        names = sorted(set(_names(people)), key=lambda name: (-len(name), name))
        self._letters = {frozenset(name) for name in names}
        self._pattern = re.compile("|".join(map(re.escape, names)))

    def find(self, passage: Passage) -> Iterator[tuple[int, int]]:
        """Yield start and end of each name, in characters of the passage."""
        if not any(letters <= passage.words for letters in self._letters):
            return
        for letters in _runs_of_letters(passage):
            for match in self._pattern.finditer("".join([letter.word for letter in letters])):
                yield letters[match.start()].start, letters[match.end() - 1].end


def _names(people: Iterable[Person]) -> Iterator[str]:
    for person in people:
        names = {name for name in person.surnames | person.givens if name not in english()}
        for surname in person.surnames:
            for given in person.givens | person.short | {person.initials}:
                names |= {surname + given, given + surname}
                names |= {given + middle + surname for middle in person.middles}
        yield from (name for name in names if len(name) >= _SHORTEST)


def _runs_of_letters(passage: Passage) -> Iterator[list[Token]]:
    run: list[Token] = []
    for before, token in pairwise([Token("", 0, 0, capital=False), *passage.tokens]):
        if len(token.word) != 1:
            if len(run) >= _SHORTEST:
                yield run
            run = []
        elif run and _GAP.fullmatch(passage.between(before, token)):
            run.append(token)
        else:
            if len(run) >= _SHORTEST:
                yield run
            run = [token]
    if len(run) >= _SHORTEST:
        yield run
