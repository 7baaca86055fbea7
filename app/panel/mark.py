"""Marking: drafts as typed, a lock that holds, recusal by one tap, flags."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import transaction
from app.decided import is_decided
from app.errors import Clash, NotAllowed
from app.panel.standing import own_reading, reasons_against
from app.problems import Problem
from app.record.leaves import append_leaf
from app.tables import (
    Assignment,
    Criterion,
    Flag,
    InterestDeclaration,
    Mark,
    MarkLock,
    ReadingCopy,
    Recusal,
)
from app.tables.panel import RecusalCause
from judging import marks as rules

MOST_NOTES = 20_000


def declare_interest(contest: Engine, *, visit: Visit, now: datetime) -> None:
    """One declaration of interest a judge makes once, before the first essay."""
    with transaction(contest) as session:
        if session.get(InterestDeclaration, visit.role_id) is None:
            declaration = InterestDeclaration(role_id=visit.role_id, declared_at=now)
            session.add(declaration)
            append_leaf(session, contest_id=visit.contest_id, kind="interest", rows=[declaration], now=now)


def save_marks(
    contest: Engine,
    *,
    visit: Visit,
    assignment_id: UUID,
    points: Mapping[str, str],
    notes: str,
    version: int | None,
    lock: bool,
    now: datetime,
) -> int | list[Problem]:
    """Save a draft, and lock it when asked; return the draft's new version, or what is wrong.

    `points` by criterion key, as typed; empty for no mark yet. `version` is the draft the page
    showed, None where the page can't know. Raises NotAllowed, NotHere, or Clash where a newer draft exists.
    """
    with transaction(contest) as session:
        reading = _markable(session, visit, assignment_id, now)
        if version is not None and version != reading.version:
            raise Clash(
                "These marks were changed on another page or device.",
                kept="The newer draft stands. What you typed here is still on your screen.",
                to_do="Reload to see the newer draft.",
            )
        criteria = criteria_of(session, visit.contest_id)
        given = _read_points(criteria, points)
        if isinstance(given, list):
            return given
        _store(session, reading, criteria, given)
        reading.notes, reading.version = notes[:MOST_NOTES], reading.version + 1
        if lock and (missing := [each for each in criteria if each.key not in given]):
            return [Problem(each.key, f"“{each.title}” has no mark yet.") for each in missing]
        if lock:
            _lock(session, reading, now)
        return reading.version


def recuse(contest: Engine, *, visit: Visit, assignment_id: UUID, cause: RecusalCause, now: datetime) -> None:
    """Take the judge off this entry, at any time. Marks already made are set aside, not deleted."""
    with transaction(contest) as session:
        reading = own_reading(session, role_id=visit.role_id, assignment_id=assignment_id, hold=True)
        if reading.recusal is not None:
            return
        if is_decided(session, reading.entry.category_id):
            raise Clash(
                "The decision is locked, and rests on the marks as they were.",
                kept="Nothing was changed.",
                to_do="Tell the officers.",
            )
        recusal = Recusal(assignment_id=reading.id, cause=cause, recused_at=now)
        session.add(recusal)
        append_leaf(
            session,
            contest_id=visit.contest_id,
            kind="recusal",
            entry_id=reading.entry_id,
            rows=[recusal],
            now=now,
        )


def raise_flag(contest: Engine, *, visit: Visit, assignment_id: UUID, kind: str, now: datetime) -> None:
    with transaction(contest) as session:
        reading = _markable(session, visit, assignment_id, now, locked_too=True)
        if kind not in [flag.kind for flag in reading.flags]:
            session.add(Flag(assignment_id=reading.id, kind=kind, raised_at=now))


def criteria_of(session: Session, contest_id: UUID) -> list[Criterion]:
    return list(
        session.scalars(
            select(Criterion).where(Criterion.contest_id == contest_id).order_by(Criterion.position)
        )
    )


def rule_of(criterion: Criterion) -> rules.Criterion:
    return rules.Criterion(
        key=criterion.key,
        title=criterion.title,
        weight=criterion.weight,
        most=criterion.most,
        step=criterion.step,
    )


def _markable(
    session: Session, visit: Visit, assignment_id: UUID, now: datetime, *, locked_too: bool = False
) -> Assignment:
    reading = own_reading(session, role_id=visit.role_id, assignment_id=assignment_id, hold=True)
    against = reasons_against(session, reading, now)
    if against:
        raise NotAllowed(against[0].sentence, kept="No mark was changed.")
    if reading.lock is not None and not locked_too:
        raise Clash("Your marks for this essay are locked.", kept="They stand as you locked them.")
    return reading


def _read_points(criteria: list[Criterion], points: Mapping[str, str]) -> dict[str, Decimal] | list[Problem]:
    given: dict[str, Decimal] = {}
    problems = []
    for criterion in criteria:
        typed = points.get(criterion.key, "").strip().replace(",", ".")
        if not typed:
            continue
        try:
            value = Decimal(typed)
        except InvalidOperation:
            problems.append(Problem(criterion.key, f"The mark for “{criterion.title}” is not a number."))
            continue
        reason = rules.check_mark(rule_of(criterion), value)
        if reason is not None:
            problems.append(Problem(criterion.key, reason.sentence))
        given[criterion.key] = value
    return problems or given


def _store(
    session: Session, reading: Assignment, criteria: list[Criterion], given: Mapping[str, Decimal]
) -> None:
    standing = {mark.criterion_id: mark for mark in reading.marks}
    for criterion in criteria:
        mark = standing.get(criterion.id)
        if criterion.key not in given:
            if mark is not None:
                session.delete(mark)
        elif mark is None:
            session.add(
                Mark(assignment_id=reading.id, criterion_id=criterion.id, points=given[criterion.key])
            )
        else:
            mark.points = given[criterion.key]


def _lock(session: Session, reading: Assignment, now: datetime) -> None:
    release = reading.entry.release
    if release is None:
        raise AssertionError("marks are locked for released entries alone")
    copy = session.get_one(ReadingCopy, release.reading_copy_id)
    lock = MarkLock(assignment_id=reading.id, reading_copy_id=copy.id, locked_at=now)
    session.add(lock)
    append_leaf(
        session,
        contest_id=reading.entry.contest_id,
        kind="marks",
        entry_id=reading.entry_id,
        rows=[lock],
        now=now,
    )
