"""Two installations that differ in who wrote, and in everything that comes with who somebody is.

Alike: contest, staff, keys, essays, channels, noms de plume, categories, exclusions, the deadline and all that
follows. Different: each essay's writer (the same people, in other places), and with the writer the kind of file,
its bytes, name and properties, e-mail addresses, numbers, co-authors, consents, receipt codes, instants and order
of arrival, whether an essay was replaced before the deadline, and for paper the envelope's label, place, condition.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.access import Visit, give_role
from app.database import reading, transaction
from app.engines import make_engines
from app.secrets_folder import own_secret
from app.settings import Settings
from app.tables import CouncilMember, Person, Role
from app.tables.people import RoleKind
from tests.anonymity.chance import Chance
from tests.anonymity.people import WRITERS, Writer
from tests.conftest import Clock, Prize

JUDGING_OFFICER = "h.osgood@example.org"
OWN_SECRETS = ("forms", "record-signing")
"""What a server makes on first use: it belongs to the installation, so it is made before there are two."""


@dataclass(frozen=True)
class Essay:
    """What is alike in both worlds of one entry."""

    nom: str
    category: str
    title: str
    channel: str
    """file, pasted or post."""
    known_to: str = ""
    """E-mail address of the judge who would know the writer's work."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        thing = self.title.lower()
        return (
            f"I had presented {thing} three times before I understood it. The group listened as to a sermon.",
            "“Dr {last},” she said, and then “{first}”, as if at {work} one could. Nobody laughed.",
            f"What the group made of {thing} was not what I had brought.",
        )


@dataclass(frozen=True)
class Arrival:
    """What differs between the worlds of one entry."""

    writer: Writer | None
    at: datetime
    file_name: str = ""
    named: str = "yes"
    journal: str = "yes"
    replaced: bool = False
    envelope: tuple[str, str, str] = ("", "", "")
    """Label, place and condition of an envelope of paper."""


ESSAYS = (
    Essay("Larkspur", "everyone-else", "The Chair by the Door", "file"),
    Essay("Heron", "everyone-else", "A Bad Sermon", "pasted"),
    Essay("Pencil Moth", "everyone-else", "Push Back", "file", known_to="g.pryce@example.org"),
    Essay("Kittiwake", "undergraduates", "The Long Corridor", "pasted"),
    Essay("Sorrel", "undergraduates", "Her Coat on the Hook", "post"),
)
ESSAY = {each.nom: each for each in ESSAYS}


def _day(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, 17, tzinfo=UTC)


Arrivals = Mapping[str, Mapping[str, Arrival]]
ARRIVALS: Arrivals = {
    "this": {
        "Larkspur": Arrival(WRITERS[0], _day(6, 1, 8, 30), "essay.docx"),
        "Heron": Arrival(WRITERS[1], _day(7, 14, 22, 5), named="no"),
        "Sorrel": Arrival(None, _day(8, 3), envelope=("S-1", "tin box", "sound")),
        "Pencil Moth": Arrival(WRITERS[2], _day(9, 1, 1, 1), "Villanueva final FINAL.docx", replaced=True),
        "Kittiwake": Arrival(WRITERS[3], _day(9, 29, 23, 58), journal="no"),
    },
    "other": {
        "Kittiwake": Arrival(WRITERS[2], _day(5, 2, 3, 12), named="no", replaced=True),
        "Pencil Moth": Arrival(WRITERS[1], _day(5, 30, 19, 44), "nwosu.rtf", journal="no", named="no"),
        "Larkspur": Arrival(WRITERS[3], _day(8, 20, 14, 0), "Aurelio B - essay (2).odt", replaced=True),
        "Sorrel": Arrival(None, _day(9, 28), envelope=("Brown, 12", "the secretary’s desk", "torn at a corner")),
        "Heron": Arrival(WRITERS[0], _day(9, 29, 23, 59), journal="no"),
    },
}  # fmt: skip
"""By world and nom de plume, in order of arrival."""


@dataclass
class World:
    """One of the two installations."""

    name: str
    prize: Prize
    arrivals: Mapping[str, Arrival]
    """By nom de plume, in order of arrival."""
    entries: dict[str, UUID] = field(default_factory=dict)

    def copied(self, folder: Path) -> "World":
        shutil.copytree(self.prize.engines.settings.data, folder)
        return World(self.name, _prize_in(folder, self.prize), self.arrivals, dict(self.entries))

    def close(self) -> None:
        self.prize.engines.contest.dispose()
        self.prize.engines.vault.close()


@dataclass
class Pair:
    """Both worlds, and the chance injected into them."""

    worlds: tuple[World, World]
    chance: Chance

    def copied(self, folder: Path) -> "Pair":
        folder.mkdir(exist_ok=True)
        this, other = (each.copied(folder / each.name) for each in self.worlds)
        return Pair((this, other), self.chance)

    def at(self, instant: datetime) -> None:
        for each in self.worlds:
            each.prize.clock.at = instant

    def close(self) -> None:
        for each in self.worlds:
            each.close()


def found_pair(prize: Prize, folder: Path, chance: Chance, arrivals: Arrivals = ARRIVALS) -> Pair:
    """The same contest with the same staff and keys twice; one of its officers judges."""
    with transaction(prize.engines.contest) as session:
        person = session.scalars(select(Person).where(Person.email == JUDGING_OFFICER)).one()
        member = next(each for each in session.scalars(select(CouncilMember)) if person.email in each.emails)
        give_role(
            session,
            person=person,
            contest_id=prize.contest.id,
            kind=RoleKind.JUDGE,
            council_member_id=member.id,
            alias="Judge Damson",
        )
    # What takes officers who don't judge takes the first of them.
    officers = sorted(prize.staff.officers, key=lambda each: each.person_id == person.id)
    prize.staff = replace(prize.staff, officers=tuple(officers))
    for name in OWN_SECRETS:
        own_secret(prize.engines.settings.keys_folder, name)
    source = World("", prize, {})
    source.close()
    this, other = (World(name, source.copied(folder / name).prize, arrivals[name]) for name in arrivals)
    return Pair((this, other), chance)


def judges_of(world: World) -> dict[str, Visit]:
    """Everyone who judges, by alias; the last is an officer besides."""
    with reading(world.prize.engines.contest) as session:
        role = session.scalars(select(Role).where(Role.alias == "Judge Damson")).one()
    officer = next(each for each in world.prize.staff.officers if each.person_id == role.person_id)
    judging = replace(officer, role_id=role.id, kind=RoleKind.JUDGE, alias=role.alias)
    return {each.alias: each for each in (*world.prize.staff.judges, judging)}


def _prize_in(folder: Path, like: Prize) -> Prize:
    return Prize(make_engines(Settings(data=folder)), Clock(like.clock.at), like.contest, like.staff)
