"""Changes of the Council list: the administrator proposes, another person confirms, and marking freezes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import transaction
from app.engines import Engines
from app.errors import Clash, NotAllowed, NotHere
from app.problems import Problem
from app.record.leaves import append_leaf
from app.tables import Assignment, Contest, CouncilChange, CouncilMember, Entry, Mark, MarkLock

MOST_MEMBERS = 500
_DATES = frozenset({"in_office_from", "in_office_until"})
FROZEN = "Marking has begun, so the Council list can’t be changed any more."


@dataclass(frozen=True, slots=True)
class MemberForm:
    """A member of Council as typed in; the last day in office is empty while it lasts."""

    name: str
    in_office_from: date | None
    in_office_until: date | None = None
    also_known_as: tuple[str, ...] = ()
    emails: tuple[str, ...] = field(default=())
    registration_numbers: tuple[str, ...] = field(default=())

    def columns(self) -> dict[str, Any]:
        """As a change keeps them: days as text, lists as lists."""
        return {
            "name": self.name,
            "also_known_as": list(self.also_known_as),
            "emails": list(self.emails),
            "registration_numbers": list(self.registration_numbers),
            "in_office_from": _iso(self.in_office_from),
            "in_office_until": _iso(self.in_office_until),
        }


def propose_members(
    engines: Engines, *, visit: Visit, forms: list[MemberForm], now: datetime
) -> list[Problem]:
    """Propose to add these members. All of them, or none and what has to be changed."""
    problems = [problem for form in forms for problem in problems_with(form)]
    if not forms:
        problems.append(Problem("name", "Give at least one name."))
    if problems:
        return problems
    with transaction(engines.contest) as session:
        contest = _changeable(session, visit.contest_id)
        if len(contest.council) + len(forms) > MOST_MEMBERS:
            return [Problem("name", f"A Council list has room for {MOST_MEMBERS} members.")]
        for form in forms:
            _propose(session, visit, None, form.columns(), now)
    return []


def propose_correction(
    engines: Engines, *, visit: Visit, member_id: UUID, form: MemberForm, now: datetime
) -> list[Problem]:
    """Propose what is to change about a member; the columns that stay as they are are left out."""
    problems = problems_with(form)
    if problems:
        return problems
    with transaction(engines.contest) as session:
        contest = _changeable(session, visit.contest_id)
        member = member_of(contest, member_id)
        before = columns_of(member)
        change = {column: value for column, value in form.columns().items() if value != before[column]}
        if not change:
            return [Problem("name", "Nothing here differs from the list.")]
        _propose(session, visit, member.id, change, now)
    return []


def settle_change(engines: Engines, *, visit: Visit, change_id: UUID, confirmed: bool, now: datetime) -> None:
    """Confirm or refuse a proposal. Raises NotAllowed for the person who made it, Clash once it is settled."""
    with transaction(engines.contest) as session:
        contest = _changeable(session, visit.contest_id)
        proposal = session.get(CouncilChange, change_id)
        if proposal is None or proposal.contest_id != contest.id:
            raise NotHere("There is no such proposal.")
        if proposal.proposed_by == visit.person_id:
            raise NotAllowed("You proposed this yourself; another person has to confirm it.")
        if proposal.settled_at is not None:
            raise Clash("This was settled a moment ago.", kept="It stands as it was settled.")
        proposal.confirmed, proposal.settled_by, proposal.settled_at = confirmed, visit.person_id, now
        rows: list[Any] = [proposal]
        if confirmed:
            rows.append(_apply(session, contest, proposal))
        append_leaf(session, contest_id=contest.id, kind="council", rows=rows, now=now)


def is_frozen(session: Session, contest_id: UUID) -> bool:
    """Whether a judge has saved or locked a mark."""
    for table in (Mark, MarkLock):
        query = select(table.assignment_id).join(Assignment).join(Entry).where(Entry.contest_id == contest_id)
        if session.scalars(query.limit(1)).first() is not None:
            return True
    return False


def pending(session: Session, contest_id: UUID) -> list[CouncilChange]:
    """Proposals nobody has settled, the oldest first."""
    query = select(CouncilChange).where(
        CouncilChange.contest_id == contest_id, CouncilChange.settled_at.is_(None)
    )
    return list(session.scalars(query.order_by(CouncilChange.proposed_at, CouncilChange.id)))


def member_of(contest: Contest, member_id: UUID | None) -> CouncilMember:
    found = next((each for each in contest.council if each.id == member_id), None)
    if found is None:
        raise NotHere("There is no such member of Council.")
    return found


def columns_of(member: CouncilMember) -> dict[str, Any]:
    """A member's columns in the form a change keeps them."""
    return MemberForm(
        name=member.name,
        in_office_from=member.in_office_from,
        in_office_until=member.in_office_until,
        also_known_as=tuple(member.also_known_as),
        emails=tuple(member.emails),
        registration_numbers=tuple(member.registration_numbers),
    ).columns()


def problems_with(form: MemberForm) -> list[Problem]:
    problems = []
    if not any(character.isalpha() for character in form.name):
        problems.append(Problem("name", "Give the member’s full name."))
    if form.in_office_from is None:
        problems.append(Problem("in_office_from", "Give the first day in office."))
    elif form.in_office_until is not None and form.in_office_until < form.in_office_from:
        problems.append(Problem("in_office_until", "The last day in office is before the first."))
    if any("@" not in each for each in form.emails):
        problems.append(Problem("emails", "Give one e-mail address a line: name@example.org."))
    return problems


def _changeable(session: Session, contest_id: UUID) -> Contest:
    contest = session.get_one(Contest, contest_id, with_for_update={"key_share": True})
    if is_frozen(session, contest_id):
        raise Clash(FROZEN, kept="The list stands as it is.")
    return contest


def _propose(
    session: Session, visit: Visit, member_id: UUID | None, change: Mapping[str, Any], now: datetime
) -> None:
    waiting = ((each.member_id, each.change) for each in pending(session, visit.contest_id))
    if (member_id, dict(change)) in waiting:
        return  # a button pressed twice
    session.add(
        CouncilChange(
            contest_id=visit.contest_id,
            member_id=member_id,
            change=dict(change),
            proposed_by=visit.person_id,
            proposed_at=now,
        )
    )


def _apply(session: Session, contest: Contest, proposal: CouncilChange) -> CouncilMember:
    values = {
        column: date.fromisoformat(value) if column in _DATES and value is not None else value
        for column, value in proposal.change.items()
    }
    if proposal.member_id is None:
        member = CouncilMember(contest_id=contest.id, **values)
        session.add(member)
        session.flush()  # the proposal and the record name it
        proposal.member_id = member.id
        return member
    member = member_of(contest, proposal.member_id)
    for column, value in values.items():
        setattr(member, column, value)
    return member


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
