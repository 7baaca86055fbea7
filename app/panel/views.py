"""What a judge's pages may show, and nothing besides: values made here, never rows.

No entry number, channel, hour, total or gap is in any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access import Visit
from app.panel.mark import criteria_of, rule_of
from app.panel.standing import own_reading, reasons_against
from app.tables import Assignment, Criterion, Entry, InterestDeclaration, ReadingCopy, Release, Role
from judging import marks as rules


@dataclass(frozen=True, slots=True)
class ListedEssay:
    assignment_id: UUID
    nom: str
    title: str
    state: str
    """unread, draft, locked or set_aside."""
    sum: Decimal | None


@dataclass(frozen=True, slots=True)
class OwnMark:
    key: str
    title: str
    description: str
    weight: Decimal
    most: Decimal
    step: Decimal
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class OthersMarks:
    alias: str
    points: tuple[Decimal, ...]
    sum: Decimal | None


@dataclass(frozen=True, slots=True)
class EssayToMark:
    assignment_id: UUID
    nom: str
    title: str
    pages: int
    pdf_key: str
    manuscript_key: str
    place: int
    """Place in this judge's own order, from 1, of `own_total` not set aside."""
    own_total: int
    own_locked: int
    state: str
    marks: tuple[OwnMark, ...]
    notes: str
    version: int
    sum: Decimal | None
    most_sum: Decimal
    others: tuple[OthersMarks, ...]
    """Empty until the whole own list is locked."""
    next_id: UUID | None
    flags: tuple[str, ...]
    may_mark: bool
    why_not: str


def has_declared(session: Session, visit: Visit) -> bool:
    return session.get(InterestDeclaration, visit.role_id) is not None


def reading_list(session: Session, visit: Visit) -> list[ListedEssay]:
    """The judge's essays in their own random order; those withdrawn since are gone from it."""
    criteria = criteria_of(session, visit.contest_id)
    return [_listed(session, each, criteria) for each in _own(session, visit)]


def essay_to_mark(session: Session, visit: Visit, assignment_id: UUID, *, now: datetime) -> EssayToMark:
    """One essay with the judge's own marks. Raises NotHere for what is not on their list, or set aside."""
    reading = own_reading(session, role_id=visit.role_id, assignment_id=assignment_id)
    own = _own(session, visit)
    criteria = criteria_of(session, visit.contest_id)
    kept = [each for each in own if each.recusal is None]
    place = next((n for n, each in enumerate(kept) if each.id == reading.id), 0)
    copy = _copy(session, reading)
    against = reasons_against(session, reading, now)
    whole_own_set_locked = all(each.lock is not None for each in kept)
    later = [each for each in kept[place + 1 :] + kept[:place] if each.id != reading.id]
    to_do = [each.id for each in later if each.lock is None]
    return EssayToMark(
        assignment_id=reading.id,
        nom=reading.entry.nom_de_plume,
        title=copy.title,
        pages=copy.pages,
        pdf_key=copy.pdf_key,
        manuscript_key=copy.manuscript_key,
        place=place + 1,
        own_total=len(kept),
        own_locked=sum(each.lock is not None for each in kept),
        state=_state(reading),
        marks=_own_marks(reading, criteria),
        notes=reading.notes,
        version=reading.version,
        sum=_sum(reading, criteria),
        most_sum=sum((each.weight * each.most for each in criteria), start=Decimal()),
        others=_others(session, reading, criteria) if whole_own_set_locked else (),
        next_id=to_do[0] if to_do else None,
        flags=tuple(sorted(flag.kind for flag in reading.flags)),
        may_mark=not against,
        why_not=against[0].sentence if against else "",
    )


def _own(session: Session, visit: Visit) -> list[Assignment]:
    query = (
        select(Assignment)
        .where(Assignment.role_id == visit.role_id)
        .order_by(Assignment.position, Assignment.id)
        .options(
            joinedload(Assignment.entry).selectinload(Entry.withdrawal),
            joinedload(Assignment.entry).selectinload(Entry.erasure),
            joinedload(Assignment.entry).selectinload(Entry.release).joinedload(Release.reading_copy),
            selectinload(Assignment.marks),
            selectinload(Assignment.lock),
            selectinload(Assignment.recusal),
        )
    )
    found = session.scalars(query)
    return [each for each in found if each.entry.withdrawal is None and each.entry.erasure is None]


def _listed(session: Session, reading: Assignment, criteria: Sequence[Criterion]) -> ListedEssay:
    state = _state(reading)
    return ListedEssay(
        assignment_id=reading.id,
        nom=reading.entry.nom_de_plume,
        title="" if state == "set_aside" else _copy(session, reading).title,
        state=state,
        sum=None if state == "set_aside" else _sum(reading, criteria),
    )


def _copy(session: Session, reading: Assignment) -> ReadingCopy:
    release = reading.entry.release
    if release is None:
        raise AssertionError("only released entries are dealt")
    return session.get_one(ReadingCopy, release.reading_copy_id)


def _state(reading: Assignment) -> str:
    if reading.recusal is not None:
        return "set_aside"
    if reading.lock is not None:
        return "locked"
    return "draft" if reading.marks else "unread"


def _own_marks(reading: Assignment, criteria: Sequence[Criterion]) -> tuple[OwnMark, ...]:
    given = {mark.criterion_id: mark.points for mark in reading.marks}
    return tuple(
        OwnMark(
            key=each.key,
            title=each.title,
            description=each.description,
            weight=each.weight,
            most=each.most,
            step=each.step,
            points=given.get(each.id),
        )
        for each in criteria
    )


def _sum(reading: Assignment, criteria: Sequence[Criterion]) -> Decimal | None:
    given = {mark.criterion_id: mark.points for mark in reading.marks}
    return rules.total(
        [rule_of(each) for each in criteria],
        {each.key: given[each.id] for each in criteria if each.id in given},
    )


def _others(session: Session, reading: Assignment, criteria: Sequence[Criterion]) -> tuple[OthersMarks, ...]:
    query = (
        select(Assignment)
        .where(Assignment.entry_id == reading.entry_id, Assignment.id != reading.id)
        .options(
            joinedload(Assignment.role),
            selectinload(Assignment.marks),
            selectinload(Assignment.lock),
            selectinload(Assignment.recusal),
        )
    )
    shown = [each for each in session.scalars(query) if each.lock is not None and each.recusal is None]
    return tuple(
        OthersMarks(alias=_alias(each.role), points=_points(each, criteria), sum=_sum(each, criteria))
        for each in sorted(shown, key=lambda each: _alias(each.role))
    )


def _points(reading: Assignment, criteria: Sequence[Criterion]) -> tuple[Decimal, ...]:
    given = {mark.criterion_id: mark.points for mark in reading.marks}
    return tuple(given[each.id] for each in criteria)


def _alias(role: Role) -> str:
    return role.alias
