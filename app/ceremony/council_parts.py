"""How officers' parts of the tokens' keys get from device to device: files to download, parts handed over.

Each officer's key stays on its own device (`app.ceremony.council_device`); what passes here is sealed to somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access import Visit, judging_officers
from app.ceremony.council_bundle import (
    BUNDLE,
    COMPARE,
    HAND_OVER,
    as_text,
    to_line,
    write_entries,
)
from app.ceremony.opening import also_judges
from app.database import reading, transaction
from app.engines import Engines
from app.errors import Clash, NotAllowed, TooLate, Unusable
from app.intake.checked import list_text
from app.intake.council import council_of
from app.intake.deadline import last_moment
from app.tables import Contest, Entry, Erasure, OfficerKey, PaperCopy, Person, Role, Withdrawal
from app.vault.tables import CouncilHandover
from app.vault.tokens import newest_tokens
from judging.tokens import MemberTokens

FORGOTTEN_AFTER = timedelta(days=7)
"""Parts handed over and left alone are let go: with them, one officer could go on alone."""
_AGE = b"age-encryption.org/v1\n"


@dataclass(frozen=True, slots=True)
class Holder:
    """An officer with a key: an own part of every entry's tokens."""

    role_id: UUID
    name: str
    title: str
    public_key: str
    judges: bool
    """Who judges may hand parts over, and never goes on with the others'."""


def holders(session: Session, contest_id: UUID) -> list[Holder]:
    rows = session.execute(
        select(Role, Person.name, OfficerKey.public_key)
        .join(Person, Person.id == Role.person_id)
        .join(OfficerKey, OfficerKey.role_id == Role.id)
        .where(Role.contest_id == contest_id)
        .order_by(Person.name)
    ).all()
    judging = judging_officers(session, contest_id)
    return [
        Holder(role.id, name, role.title, public_key, judges=role.person_id in judging)
        for role, name, public_key in rows
    ]


def handed_over(engines: Engines, contest_id: UUID) -> dict[UUID, tuple[UUID, datetime]]:
    """Who has handed parts over: to whom, and when."""
    with reading(engines.vault.opening) as session:
        rows = session.execute(
            select(
                CouncilHandover.from_officer, CouncilHandover.to_officer, CouncilHandover.handed_over_at
            ).where(CouncilHandover.contest_id == contest_id)
        )
        return {row.from_officer: (row.to_officer, row.handed_over_at) for row in rows}


def bundle_to_hand_over(engines: Engines, *, visit: Visit, to: UUID, now: datetime) -> Iterator[str]:
    """Lines of the file from which an officer's device makes what it hands over to `to`."""
    with reading(engines.contest) as session:
        contest = closed_contest(session, visit, now)
        receiver = _receiver(session, visit, to)
        head = _head(visit, contest, HAND_OVER)
        head["to"] = {
            "id": str(receiver.role_id),
            "name": receiver.name,
            "public_key": receiver.public_key,
        }
        numbers = compared_numbers(session, contest.id)
    return _lines(engines, visit, {**head, "handed": 0}, [], numbers)


def bundle_to_compare(engines: Engines, *, visit: Visit, now: datetime) -> Iterator[str]:
    """Lines of the file with which the last officer's device compares. Raises NotAllowed for one who judges."""
    with reading(engines.contest) as session:
        contest = closed_contest(session, visit, now)
        keep_judges_out(session, visit)
        require_parts(engines, contest, visit)
        head = _head(visit, contest, COMPARE)
        head["council"] = list_text(contest.council)
        head["members"] = [MemberTokens.of(each).as_json() for each in council_of(contest.council)]
        numbers = compared_numbers(session, contest.id)
    with reading(engines.vault.opening) as session:
        given = session.scalars(_handed_to(visit)).all()
        handed = [{"from": str(each.from_officer), "sealed": as_text(each.sealed)} for each in given]
    return _lines(engines, visit, {**head, "handed": len(handed)}, handed, numbers)


def take_parts(engines: Engines, *, visit: Visit, to: UUID, sealed: bytes, now: datetime) -> None:
    """Keep what an officer hands over, sealed to another; a second time takes the place of the first."""
    with reading(engines.contest) as session:
        contest = closed_contest(session, visit, now)
        _receiver(session, visit, to)
    if not sealed.startswith(_AGE):
        raise Unusable(
            "This is not what your device made.",
            kept="Nothing was handed over.",
            to_do="Hand in the file the command wrote. Never your key.",
        )
    with transaction(engines.vault.opening) as session:
        session.merge(
            CouncilHandover(
                contest_id=contest.id,
                from_officer=visit.role_id,
                to_officer=to,
                sealed=sealed,
                handed_over_at=now,
            )
        )


def compared_numbers(session: Session, contest_id: UUID) -> dict[UUID, int]:
    """Number by id of the entries to compare: all that stand, but for those whose name is on paper."""
    query = (
        select(Entry.id, Entry.number)
        .outerjoin(Withdrawal, Withdrawal.entry_id == Entry.id)
        .outerjoin(Erasure, Erasure.entry_id == Entry.id)
        .outerjoin(PaperCopy, PaperCopy.entry_id == Entry.id)
        .where(
            Entry.contest_id == contest_id,
            Withdrawal.entry_id.is_(None),
            Erasure.entry_id.is_(None),
            PaperCopy.entry_id.is_(None),
        )
    )
    return {row.id: row.number for row in session.execute(query)}


def keep_judges_out(session: Session, visit: Visit) -> None:
    """Raise NotAllowed for an officer who judges: they may hand parts over, and learn nothing."""
    if also_judges(session, visit):
        raise NotAllowed(
            "You judge in this contest, so another officer compares.",
            kept="Nothing was opened.",
            to_do="Hand your parts over to an officer who does not judge.",
        )


def forget_handovers(engines: Engines, *, now: datetime) -> None:
    """Let go of parts handed over long ago with which nobody went on."""
    with transaction(engines.vault.working) as session:
        session.execute(delete(CouncilHandover).where(CouncilHandover.handed_over_at < now - FORGOTTEN_AFTER))


def _lines(
    engines: Engines, visit: Visit, head: dict[str, Any], handed: list[Any], numbers: dict[UUID, int]
) -> Iterator[str]:
    yield from map(to_line, [{**head, "entries": len(numbers)}, *handed])
    with reading(engines.vault.opening) as session:
        sealed = newest_tokens(session, contest_id=visit.contest_id, officer_id=visit.role_id)
        yield from write_entries(sealed, numbers, head["step"])


def _head(visit: Visit, contest: Contest, step: str) -> dict[str, Any]:
    return {
        "nomdeplume": BUNDLE,
        "step": step,
        "contest": str(contest.id),
        "title": contest.title,
        "me": {"id": str(visit.role_id), "name": visit.person_name},
    }


def closed_contest(session: Session, visit: Visit, now: datetime, *, hold: bool = False) -> Contest:
    contest = session.get_one(Contest, visit.contest_id, with_for_update=True if hold else None)
    if now < contest.closes_at:
        raise TooLate(
            f"Entries close on {last_moment(contest)}; the Council check is made after that.",
            kept="Nothing was opened.",
        )
    return contest


def _receiver(session: Session, visit: Visit, to: UUID) -> Holder:
    found = [each for each in holders(session, visit.contest_id) if each.role_id == to]
    if not found or found[0].judges or to == visit.role_id:
        raise Unusable(
            "Choose another officer who holds a key and does not judge.", kept="Nothing was handed over."
        )
    return found[0]


def _handed_to(visit: Visit) -> Any:
    return select(CouncilHandover).where(
        CouncilHandover.contest_id == visit.contest_id, CouncilHandover.to_officer == visit.role_id
    )


def require_parts(engines: Engines, contest: Contest, visit: Visit) -> list[UUID]:
    """Who has handed over to this officer. Raises Clash while they are too few."""
    given = handed_over(engines, contest.id)
    givers = [giver for giver, (to, _) in given.items() if to == visit.role_id]
    if len(givers) < contest.keys_needed - 1:
        raise Clash(
            f"It takes the parts of {contest.keys_needed} officers; not enough have handed theirs over to you.",
            kept="Nothing was opened.",
        )
    return givers
