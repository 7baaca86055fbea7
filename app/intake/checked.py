"""Which entries the Council check has covered: after the deadline, with the Council list that stands."""

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.leaves import canonical
from app.tables import Contest, CouncilCheck, CouncilMember, Entry

NOT_CHECKED = "the officers have not made the Council check yet"


def list_text(members: Iterable[CouncilMember]) -> str:
    """The Council list as JSON with one spelling, in an order that no id decides."""
    return canonical(sorted((_plain(each) for each in members), key=canonical)).decode()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def numbers_digest(numbers: Iterable[int]) -> str:
    """Digest of entry numbers, whatever order they come in."""
    return digest(canonical(sorted(numbers)).decode())


def checked_numbers(session: Session, contest: Contest) -> set[int]:
    """Numbers of the entries that a check still in force has covered."""
    checks = session.scalars(
        select(CouncilCheck.outcomes).where(
            CouncilCheck.contest_id == contest.id,
            CouncilCheck.council == digest(list_text(contest.council)),
            # An extended deadline may have let in others, or a correction.
            CouncilCheck.made_at >= contest.closes_at,
        )
    )
    return {int(number) for outcomes in checks for number in outcomes}


def is_checked(entry: Entry, checked: set[int]) -> bool:
    """Whether the entry may go on. A name in an envelope of paper is compared when that is opened."""
    return entry.paper is not None or entry.number in checked


def _plain(member: CouncilMember) -> dict[str, Any]:
    until = member.in_office_until
    return {
        "name": member.name,
        "also_known_as": list(member.also_known_as),
        "emails": list(member.emails),
        "registration_numbers": list(member.registration_numbers),
        "in_office_from": member.in_office_from.isoformat(),
        "in_office_until": None if until is None else until.isoformat(),
    }
