"""Makes a demo contest from the rules beside it, with its Council, its staff and their keys."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit, add_person, give_role
from app.ceremony.rehearsal import hand_in_test_part, own_test_share, register_key
from app.database import transaction
from app.engines import Engines
from app.tables import Category, Contest, CouncilMember, Criterion, Declaration, Person
from app.tables.people import RoleKind
from app.vault import age

HERE = Path(__file__).parent
ALIASES = ("Judge Alder", "Judge Beech", "Judge Cedar", "Judge Damson")


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what in one demo contest, as if signed in."""

    administrator: Visit
    judges: tuple[Visit, ...]
    officers: tuple[Visit, ...]
    keys: dict[str, str] = field(repr=False)
    """Officers' private keys by surname, to be written to files of their own and nowhere else."""


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def found_contest(
    engines: Engines,
    *,
    slug: str,
    title: str,
    opens_on: date,
    closes_on: date,
    announced_on: date,
    password: str,
    now: datetime,
    late: int = 0,
) -> tuple[Contest, Staff]:
    """Make a contest that can take entries: its rules and staff, and the officers' rehearsal done at `now`.

    The last `late` of the officers have still to make their keys.
    """
    with transaction(engines.contest) as session:
        contest = add_contest(
            session,
            slug=slug,
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            announced_on=announced_on,
        )
        staff = add_staff(session, contest, password=password)
    for officer in staff.officers[len(staff.officers) - late :]:
        del staff.keys[key_name(officer)]
    rehearse(engines, staff, now=now)
    return contest, staff


def add_contest(
    session: Session, *, slug: str, title: str, opens_on: date, closes_on: date, announced_on: date
) -> Contest:
    """Add a contest under the demo's rules. `closes_on` is the last day in time."""
    rules = read_toml("balint.toml")
    zone = ZoneInfo(rules["time_zone"])
    plain = (
        "society",
        "lede",
        "terms",
        "rules",
        "time_zone",
        "word_limit",
        "reference_limit",
        "number_digits",
    )
    contest = Contest(
        slug=slug,
        title=title,
        opens_at=datetime.combine(opens_on, time(), zone),
        closes_at=datetime.combine(closes_on + timedelta(days=1), time(), zone),
        announced_on=announced_on,
        is_demo=True,
        keys_needed=rules["keys_needed"],
        retention_days=rules["retention_days"],
        tie_rule=rules["tie_rule"],
        **{name: rules[name] for name in plain},
    )
    contest.categories = [Category(position=n, **each) for n, each in enumerate(rules["categories"])]
    contest.declarations = [Declaration(position=n, **each) for n, each in enumerate(rules["declarations"])]
    contest.criteria = [
        Criterion(
            position=n,
            key=each["key"],
            title=each["title"],
            description=each["description"],
            weight=Decimal(each["weight"]),
            most=Decimal(10),
            step=Decimal("0.5"),
        )
        for n, each in enumerate(rules["criteria"])
    ]
    contest.council = [
        CouncilMember(
            name=f"{each['title']} {each['name']}",
            emails=each["emails"],
            in_office_from=each["in_office_from"],
        )
        for each in read_toml("essays/council.toml")["members"]
    ]
    session.add(contest)
    session.flush()  # roles refer to the contest and its Council
    return contest


def add_staff(session: Session, contest: Contest, *, password: str) -> Staff:
    """Name administrator, judges and officers, and make each officer a key of this contest alone."""
    people = read_toml("essays/council.toml")
    administrator = _role(
        session, contest, people["administrator"], RoleKind.ADMINISTRATOR, password=password
    )
    judging = [each for each in people["members"] if each["judge"]]
    judges = tuple(
        _role(session, contest, each, RoleKind.JUDGE, password=password, alias=alias)
        for each, alias in zip(judging, ALIASES, strict=False)
    )
    officers = tuple(
        _role(session, contest, each, RoleKind.OFFICER, password=password, title=each["office"])
        for each in people["officers"]
    )
    keys = {key_name(officer): age.new_secret() for officer in officers}
    return Staff(administrator=administrator, judges=judges, officers=officers, keys=keys)


def rehearse(engines: Engines, staff: Staff, *, now: datetime) -> None:
    """Do as officers do before entries open: register their keys, and open the test envelope with them."""
    with_keys = [officer for officer in staff.officers if key_name(officer) in staff.keys]
    for officer in with_keys:
        public_key = age.public_key(staff.keys[key_name(officer)])
        register_key(engines, visit=officer, public_key=public_key, now=now)
    for officer in with_keys:
        share = own_test_share(engines, visit=officer, now=now)
        part = age.unseal(share, staff.keys[key_name(officer)]).decode()
        hand_in_test_part(engines, visit=officer, text=part, now=now)


def key_name(officer: Visit) -> str:
    """By which an officer's private key is kept: the surname."""
    return officer.person_name.split()[-1].lower()


def _role(
    session: Session,
    contest: Contest,
    who: dict[str, Any],
    kind: RoleKind,
    *,
    password: str,
    alias: str = "",
    title: str = "",
) -> Visit:
    name = f"{who.get('title', '')} {who['name']}".strip()
    email = who["emails"][0] if "emails" in who else who["email"]
    person = session.scalar(select(Person).where(Person.email == email))
    person = person or add_person(session, name=name, email=email, password=password)
    member = next((each for each in contest.council if email in each.emails), None)
    role = give_role(
        session,
        person=person,
        contest_id=contest.id,
        kind=kind,
        council_member_id=member.id if member and kind is RoleKind.JUDGE else None,
        alias=alias,
        title=title,
    )
    return Visit(
        person_id=person.id,
        person_name=person.name,
        role_id=role.id,
        contest_id=contest.id,
        kind=kind,
        alias=alias,
        title=title,
    )
