"""The Council check on generated names: is a member found however the name is written, is a stranger left alone.

    python -m benchmarks.council_names [--people 200] [--councils 360]

prints a table by country and way of writing: of members' names written otherwise the share that is found, of names
with one slip the share, and of strangers the share that is held against a Council of thirty.
"""

import argparse
import random
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.names import COUNTRIES, Country, Person, draw, plain, slip
from judging.names import near_families, readings_alike, readings_of, spell
from judging.nicknames import NICKNAMES

COUNCIL = 30
TYPO = "one letter wrong"
_SHORT_NAMES = {line.split()[0]: line.split()[1:] for line in NICKNAMES.strip().splitlines()}
_SPELT_OUT = str.maketrans(
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


@dataclass
class Shares:
    """How many of how many, by whatever they are counted by."""

    hits: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    tried: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def count(self, country: str, way: str, *, hit: bool) -> None:
        self.tried[country, way] += 1
        self.hits[country, way] += hit

    def share(self, country: str = "", way: str = "", *, but: str = "") -> float | None:
        """Of one country and way, or of all; None where nothing was tried."""
        keys = [
            key
            for key in self.tried
            if country in {"", key[0]} and way in {"", key[1]} and (not but or key[1] != but)
        ]
        tried = sum(self.tried[key] for key in keys)
        return sum(self.hits[key] for key in keys) / tried if tried else None

    @property
    def ways(self) -> list[str]:
        return list(dict.fromkeys(way for _, way in self.tried))


def recall(rng: random.Random, people: int) -> Shares:
    """Write each of `people` members of every country in every way, and look whether they are still found."""
    shares = Shares()
    for country in COUNTRIES:
        for _ in range(people):
            member = draw(country, rng)
            listed = readings_of(spell(f"Dr {member.full}"))
            for way, names in written(country, member, rng).items():
                for name in names:
                    shares.count(country.name, way, hit=readings_alike(listed, readings_of(spell(name))))
    return shares


def false_holds(rng: random.Random, councils: int, entries: int = 100, *, home: bool = False) -> Shares:
    """Hold strangers against Councils of thirty: of all countries, or where `home` each country's of its own."""
    shares = Shares()
    for number in range(councils):
        one = COUNTRIES[number % len(COUNTRIES)]
        council = [draw(one if home else rng.choice(COUNTRIES), rng) for _ in range(COUNCIL)]
        members = [readings_of(spell(f"Dr {each.full}")) for each in council]
        near = [near_families(each) for each in members]
        for _ in range(entries):
            country = one if home else rng.choice(COUNTRIES)
            stranger = readings_of(spell(draw(country, rng).full))
            own = near_families(stranger)
            held = any(
                not own.isdisjoint(each) and readings_alike(stranger, member)
                for member, each in zip(members, near, strict=True)
            )
            shares.count(country.name, "held", hit=held)
    return shares


def written(country: Country, member: Person, rng: random.Random) -> dict[str, list[str]]:
    """The ways in which one member's name turns up on an entry."""
    given, family, full = member.given, member.family, member.full
    stranger = rng.choice([each for each in country.given if each != given])
    other = rng.choice(country.family)
    ways = {
        "order": [
            f"{family}, {given}",
            f"{family.upper()} {given}",
            f"{family} {given}",
            f"{given} {family}",
        ],
        "title": [f"Dr {full}", f"Professor {full}", f"Prof. Dr. {full}", f"Mrs {full}", f"Dr. med. {full}"],
        "degree": [f"{full} MBBS FRCP", f"{full}, Ph.D., MRCGP", f"{full} MA MD", f"{full}, M.B., B.S."],
        "case": [full.upper(), full.lower()],
        "accents": [plain(full), plain(full.translate(_SPELT_OUT)), unicodedata.normalize("NFD", full)],
        "signs": [
            full.replace("'", "’"),
            full.replace("'", ""),
            f"  {full}  ".replace(" ", "\N{NO-BREAK SPACE} "),
        ],
        "initials": [
            f"{given[0]}. {family}",
            f"{family}, {given[0]}.",
            f"{given[0]}. {stranger[0]}. {family}",
            f"{family} {given[0]}{stranger[0]}",
        ],
        "middle name": [f"{given} {stranger} {family}", f"{given} {stranger[0]}. {family}"],
        "double name": [
            f"{given} {family}-{other}",
            f"{given} {other}-{family}",
            f"{given} {other} {family}",
        ],
        "custom": list(custom(country, member)),
        "short name": [f"{each} {family}" for each in _SHORT_NAMES.get(given.lower(), ())],
        TYPO: [f"{slip(given, rng)} {family}", f"{given} {slip(family, rng)}"],
    }
    return {way: names for way, names in ways.items() if names}


def custom(country: Country, member: Person) -> Iterator[str]:
    """Ways of writing that are a country's own, or the name's."""
    given, family = member.given, member.family
    if member.second_family:
        yield f"{given} {family}"
        yield f"{given} {family}-{member.second_family}"
        yield f"{family} {member.second_family}, {given}"
        yield f"{given} {family} {member.second_family[0]}."
    if member.middle:
        yield f"{given} {family}"
        yield f"{family} {member.middle} {given}"
        yield f"{given} {member.middle} {family}"
    if country.patronymic:
        yield f"{given} Petrovich {family}"
        yield f"{family} {given} Petrovich"
        yield f"{family} {given[0]}.P."
    if country.name == "China" and (pieces := syllables(given)):
        yield from (
            f"{family} {'-'.join(pieces)}",
            f"{' '.join(pieces)} {family}",
            f"{family} {' '.join(pieces)}",
        )
        yield f"{pieces[0][0]}.{pieces[1][0]}. {family}"
    if "-" in given:
        first, _, second = given.partition("-")
        yield from (f"{first} {second} {family}", f"{first}{second.lower()} {family}", f"{first} {family}")
        yield f"{first[0]}.-{second[0]}. {family}"
    if " " in family:
        *particles, last = family.split(" ")
        yield f"{last}, {given} {' '.join(particles)}"
        yield f"{given} {family.title()}"
        yield f"{given} {''.join(particles)}{last}"
    if family.startswith("el-"):
        yield from (f"{given} El {family[3:]}", f"{given} El{family[3:].lower()}", f"{given} Al-{family[3:]}")
    if "'" in family:
        before, _, after = family.partition("'")
        yield from (f"{given} {before} {after}", f"{given} {before}{after.lower()}")


def syllables(given: str) -> list[str]:
    """The two syllables of a Chinese given name; nothing where it has one."""
    found = re.fullmatch(r"((?:[ZCS]h|[A-Z])[aeiou]+(?:ng|n(?![aeiou]))?)([a-z]{2,})", given)
    return [found[1], found[2].capitalize()] if found else []


def table(found: Shares, held: Shares, at_home: Shares) -> str:
    ways = [way for way in found.ways if way != TYPO]
    head = ["country", *ways, "all", TYPO, "held", "held at home"]
    lines = [head, ["---", *["--:"] * (len(head) - 1)]]
    for name in [*(country.name for country in COUNTRIES), ""]:
        shares = [found.share(name, way) for way in ways]
        shares += [found.share(name, but=TYPO), found.share(name, TYPO)]
        lines.append(
            [
                name.replace("_", " ") or "**all**",
                *("" if share is None else f"{share:.1%}" for share in shares),
                *(f"{share.share(name) or 0:.2%}" for share in (held, at_home)),
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def figures(found: Shares, held: Shares) -> Mapping[str, float]:
    return {
        "formatting": found.share(but=TYPO) or 0,
        "typos": found.share(way=TYPO) or 0,
        "false holds": held.share() or 0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200, help="members drawn from each country")
    parser.add_argument(
        "--councils", type=int, default=360, help="Councils of thirty, a hundred strangers each"
    )
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    found = recall(rng, given.people)
    held = false_holds(rng, given.councils)
    at_home = false_holds(rng, given.councils, home=True)
    sys.stdout.write(table(found, held, at_home) + "\n\n")
    for what, share in figures(found, held).items():
        sys.stdout.write(f"{what}: {share:.2%}\n")


if __name__ == "__main__":
    main()
