"""May this judge mark this reading now? Every path that stores a mark loads the rows here and asks the rules."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.decided import hold_off_decision
from app.errors import NotHere
from app.tables import (
    Assignment,
    Contest,
    CouncilMember,
    Decision,
    Entry,
    Exclusion,
    InterestDeclaration,
    Role,
)
from judging.council import Term
from judging.eligibility import EntryFacts, Judge, may_mark
from judging.ids import ContestId, EntryId, MemberId
from judging.reasons import Reason

_READING = (
    joinedload(Assignment.entry).selectinload(Entry.release),
    joinedload(Assignment.entry).selectinload(Entry.withdrawal),
    joinedload(Assignment.entry).selectinload(Entry.erasure),
    selectinload(Assignment.marks),
    selectinload(Assignment.lock),
    selectinload(Assignment.recusal),
    selectinload(Assignment.flags),
)


def own_reading(session: Session, *, role_id: UUID, assignment_id: UUID, hold: bool = False) -> Assignment:
    """A judge's own reading; `hold` it for change, and a decision waits.

    Raises NotHere for another's, in the words of one that does not exist.
    """
    query = select(Assignment).where(Assignment.id == assignment_id, Assignment.role_id == role_id)
    if hold:
        query = query.with_for_update(of=Assignment)
    found = session.scalar(query.options(*_READING))
    if found is None or found.entry.erasure is not None:
        raise NotHere("This essay is not on your list.", to_do="Go back to your reading list.")
    if hold:
        hold_off_decision(session, found.entry.category_id)
    return found


def reasons_against(session: Session, reading: Assignment, now: datetime) -> list[Reason]:
    """Why this judge may not mark this entry now; empty: may."""
    role = session.get_one(Role, reading.role_id)
    entry = reading.entry
    contest = session.get_one(Contest, entry.contest_id)
    return may_mark(judge=_judge(session, role), entry=_facts(session, contest, entry, reading), now=now)


def _judge(session: Session, role: Role) -> Judge:
    member = session.get(CouncilMember, role.council_member_id) if role.council_member_id else None
    contest = ContestId(str(role.contest_id))
    declared = session.get(InterestDeclaration, role.id) is not None
    return Judge(
        member=MemberId(str(role.council_member_id)),
        terms=() if member is None else (Term(member.in_office_from, member.in_office_until),),
        named_for=frozenset({contest}),
        declared_for=frozenset({contest} if declared else ()),
    )


def _facts(session: Session, contest: Contest, entry: Entry, reading: Assignment) -> EntryFacts:
    member = MemberId(str(session.get_one(Role, reading.role_id).council_member_id))
    excluded = session.scalars(select(Exclusion.council_member_id).where(Exclusion.entry_id == entry.id))
    decided_at = session.scalar(select(Decision.locked_at).where(Decision.category_id == entry.category_id))
    return EntryFacts(
        entry=EntryId(str(entry.id)),
        contest=ContestId(str(contest.id)),
        zone=ZoneInfo(contest.time_zone),
        released_at=None if entry.release is None else entry.release.released_at,
        withdrawn_at=None if entry.withdrawal is None else entry.withdrawal.withdrawn_at,
        decided_at=decided_at,
        readers=frozenset({member}),
        excluded=frozenset(MemberId(str(each)) for each in excluded),
        recused=frozenset({member} if reading.recusal is not None else ()),
    )
