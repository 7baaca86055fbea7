"""Could two names be one person's? Order, titles, accents, nicknames, barrels and initials do not matter.

No token is taken for certain: a name is read in every likely way, and one way that agrees is enough to hold.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from judging.honorifics import CAPITAL_DEGREES, DEGREES, NAMES_TOO, PARTICLES, TITLES
from judging.nicknames import NICKNAMES
from judging.spelling import fold, letters, one_slip_apart

_SHORT_CAPITALS = re.compile(r"\b[^\W\d_a-z]{2,3}\b")
_RARE_FAMILY = 5


Spelling = tuple[tuple[str, ...], ...]
"""A name cut into folded words, the family name last; words that a hyphen joins stand together."""


@dataclass(frozen=True, slots=True)
class NameReading:
    """One way to read a name: spellings of the family name, given names in order, and how it was read."""

    family: tuple[str, ...] = field(repr=False)
    given: tuple[str, ...] = field(repr=False)
    way: str


def names_alike(one: str, other: str) -> bool:
    """Whether two names could be one person's; symmetric, and false where either holds no name."""
    return readings_alike(readings_of(spell(one)), readings_of(spell(other)))


def spell(name: str) -> tuple[Spelling, ...]:
    """Cut a name into its words, in each way that its short words allow.

    Two or three capitals may be a name or initials; a title or particle may be a name.
    """
    spelled = []
    for split in (False, True) if _SHORT_CAPITALS.search(name) else (False,):
        literal = _groups(name, split_capitals=split, literal=True)
        usual = _groups(name, split_capitals=split)
        # What leaves a single word was no title.
        spelled += [literal] if len(usual) < 2 <= len(literal) else [usual, literal]  # noqa: PLR2004 - given and family
    return tuple(dict.fromkeys(tuple(groups) for groups in spelled if groups))


def readings_of(spellings: Iterable[Spelling]) -> list[NameReading]:
    """Family name last; first; or the last two words as an unhyphenated double name."""
    readings = []
    for groups in spellings:
        for way, family, given in _ways(groups):
            written = tuple(word for word in (*family, "".join(family)) if len(word) > 1)
            if written:
                readings.append(NameReading(written, _given_words(given), way))
    return readings


def _ways(groups: Spelling) -> Iterator[tuple[str, tuple[str, ...], Spelling]]:
    """How a name may be read, with its family name and the given ones."""
    if len(groups) > 1 and all(len(word) == 1 for word in groups[-1]):
        # No family name is an initial: "Hollis M." begins with it, "María García L." keeps a second one short.
        yield "straight", groups[0], groups[1:]
        if len(groups) > 2:  # noqa: PLR2004 - a given name, a family name and the initial
            yield "straight", groups[-2], groups[:-2]
        return
    yield "straight", groups[-1], groups[:-1]
    if len(groups) > 1:
        yield "reversed", groups[0], groups[1:]
    if len(groups) > 2:  # noqa: PLR2004 - a given name and two family names
        yield "double", groups[-2] + groups[-1], groups[:-2]


def readings_alike(ones: Iterable[NameReading], others: Iterable[NameReading]) -> bool:
    """Whether any reading of one name agrees with any of another."""
    return any(
        _readings_agree(one, other)
        for one, other in product(ones, others)
        # Two names read in the same unusual way would agree on given names alone.
        if one.way != other.way or one.way == "straight"
    )


def near_families(readings: Iterable[NameReading]) -> frozenset[str]:
    """Each family name as it is and with any one letter left out: names can be alike only where these meet."""
    words = {form for reading in readings for word in reading.family for form in (word, fold(word))}
    return frozenset(words).union(word[:at] + word[at + 1 :] for word in words for at in range(len(word)))


def name_words(name: str) -> tuple[str, ...]:
    """List the folded words of a name in order, without titles, degrees, particles and initials."""
    return tuple(
        fold(word) for group in _groups(name, split_capitals=False) for word in group if len(word) > 1
    )


def name_initials(name: str) -> str:
    """Give the initials of a name in order, without those of titles and degrees."""
    return "".join(word[0] for group in _groups(name, split_capitals=True) for word in group)


def other_given_names(word: str) -> frozenset[str]:
    """Folded names that may stand for this given name, itself included."""
    folded = fold(word)
    return frozenset({folded}).union(*_NICKNAME_GROUPS.get(folded, ()))


def _readings_agree(one: NameReading, other: NameReading) -> bool:
    """Whether family and given names agree with at most one slip between the two of them."""
    exact = any(fold(a) == fold(b) for a, b in product(one.family, other.family))
    slip = exact or any(one_slip_apart(a, b) for a, b in product(one.family, other.family))
    if not slip:
        return False
    if not one.given or not other.given:
        return exact
    if _given_agree(one.given, other.given, slip=exact):
        return True
    rare = min(map(len, one.family + other.family)) >= _RARE_FAMILY
    return (exact or rare) and _initials_agree(one.given, other.given)


def _given_agree(one: tuple[str, ...], other: tuple[str, ...], *, slip: bool) -> bool:
    """Whether the name somebody goes by, first on one side, stands anywhere on the other."""
    pairs = [*product(one[:1], other), *product(other[:1], one)]
    return any(fold(b) in other_given_names(a) or (slip and one_slip_apart(a, b)) for a, b in pairs)


def _initials_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    pairs = [*product(one[:1], other), *product(other[:1], one)]
    return any(1 in (len(a), len(b)) and a[0] == b[0] for a, b in pairs)


def _given_words(groups: Spelling) -> tuple[str, ...]:
    """Given names in order, then all of them written as one."""
    words = tuple(word for group in groups for word in group)
    return (*words, "".join(words)) if len(words) > 1 else words


def _groups(name: str, *, split_capitals: bool, literal: bool = False) -> list[tuple[str, ...]]:
    """Fold the words of a name, family name last, hyphenated ones in one group.

    `literal`: what may be a name is one.
    """
    text = re.sub(r"['\u2019\u2018\u02bc`\u00b4\"\u201c\u201d]", "", unicodedata.normalize("NFC", name))
    text = re.sub(r"[()\[\]/]", " ", text)
    shouting = text.upper() == text
    no_name = TITLES - NAMES_TOO if literal else TITLES
    parts = [_words(part, no_name, shouting=shouting) for part in text.split(",")]
    kept = [part for part in parts if part]
    ordered = [word for part in (*kept[1:], *kept[:1]) for word in part]
    groups = []
    for word in ordered:
        short_capitals = not shouting and _SHORT_CAPITALS.fullmatch(word)
        pieces = word if split_capitals and short_capitals else re.split(r"[-\u2010-\u2015.]+", word)
        if group := tuple(word for word in map(letters, pieces) if word):
            groups.append(group)
    return _without_particles(groups, literal=literal)


def _words(part: str, titles: frozenset[str], *, shouting: bool) -> list[str]:
    """List the words of a stretch between commas, without titles and degrees."""
    kept = []
    for word in re.sub(r"\.(?=\w{2})", ". ", _joined_degrees(part)).split():
        bare = fold(word)
        is_degree = bare in DEGREES or (bare in CAPITAL_DEGREES and not shouting and word.isupper())
        if bare not in titles and not is_degree:
            kept.append(word)
    return kept


def _joined_degrees(part: str) -> str:
    """Write Ph.D. and M.B. B.S. without dots, where that gives a degree; initials keep theirs."""

    def join(match: re.Match[str]) -> str:
        bare = match[0].replace(".", "")
        return bare if fold(bare) in DEGREES | CAPITAL_DEGREES else match[0]

    return re.sub(r"\b\w+\.(?:\w+\.?)+", join, part)


def _without_particles(groups: list[tuple[str, ...]], *, literal: bool) -> list[tuple[str, ...]]:
    """Join a particle to what follows, as one more spelling: van den Berg is Berg and Vandenberg."""
    joined: list[tuple[str, ...]] = []
    prefix = ""
    for place, group in enumerate(groups):
        is_name = literal and place == 0 and group[0] in NAMES_TOO
        if len(group) == 1 and group[0] in PARTICLES and group is not groups[-1] and not is_name:
            prefix += group[0]
            continue
        joined.append((*group, prefix + "".join(group)) if prefix else group)
        prefix = ""
    return joined


def _nickname_groups() -> dict[str, list[frozenset[str]]]:
    groups: dict[str, list[frozenset[str]]] = {}
    for line in NICKNAMES.split("\n"):
        group = frozenset(map(fold, line.split()))
        for name in group:
            groups.setdefault(name, []).append(group)
    return groups


_NICKNAME_GROUPS = _nickname_groups()
