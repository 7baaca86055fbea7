"""The register: every entry of a contest, its state in one word, and what waits for the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.intake.noms import fold_nom
from app.intake.state import WHOLE, State
from app.tables import Entry, Erasure, Finding, Hold, Release, Withdrawal
from app.tables.entries import Channel, Work

PAGE = 50
MOST_DIGITS = 9

_ERASED = exists().where(Erasure.entry_id == Entry.id)
_WITHDRAWN = exists().where(Withdrawal.entry_id == Entry.id)
_STANDING = ~_WITHDRAWN & ~_ERASED
_RELEASED = exists().where(Release.entry_id == Entry.id)
_UNRELEASED = _STANDING & ~_RELEASED
_INELIGIBLE = exists().where(Hold.entry_id == Entry.id, Hold.eligible.is_(False))
_WAITING = _UNRELEASED & ~_INELIGIBLE
_DONE = _WAITING & (Entry.work == Work.DONE)
_HELD = exists().where(Hold.entry_id == Entry.id, Hold.eligible.is_(None))
_OPEN_FINDING = exists().where(Finding.entry_id == Entry.id, Finding.decision == "")
_CONDITIONS: dict[State, ColumnElement[bool]] = {
    State.ERASED: _ERASED,
    State.WITHDRAWN: _WITHDRAWN & ~_ERASED,
    State.RELEASED: _STANDING & _RELEASED,
    State.INELIGIBLE: _UNRELEASED & _INELIGIBLE,
    State.REPAIR: _WAITING & (Entry.work == Work.REPAIR),
    State.NO_TEXT: _WAITING & (Entry.work == Work.NONE),
    State.PREPARING: _WAITING & Entry.work.in_((Work.FIRST_PASS, Work.RETYPESET, Work.DESTROY)),
    State.HELD: _DONE & _HELD,
    State.REVIEW: _DONE & ~_HELD & _OPEN_FINDING,
    State.READY: _DONE & ~_HELD & ~_OPEN_FINDING,
}
"""The same states as `state_of`, said in SQL."""


@dataclass(frozen=True, slots=True)
class Counts:
    entries: int
    by_channel: dict[Channel, int]
    findings_open: int
    in_state: dict[State, int]


def count_entries(session: Session, contest_id: UUID) -> Counts:
    """Counts for the desk. No page of a judge's ever gets one of them."""

    def count(*conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(Entry).where(Entry.contest_id == contest_id, *conditions)
        return session.scalar(query) or 0

    per_channel = select(Entry.channel, func.count()).where(Entry.contest_id == contest_id)
    by_channel = {row[0]: row[1] for row in session.execute(per_channel.group_by(Entry.channel))}
    findings_open = session.scalar(
        select(func.count())
        .select_from(Finding)
        .join(Entry)
        .where(Entry.contest_id == contest_id, _WAITING, Finding.decision == "")
    )
    return Counts(
        entries=count(),
        by_channel=by_channel,
        findings_open=findings_open or 0,
        in_state={state: count(condition) for state, condition in _CONDITIONS.items()},
    )


@dataclass(frozen=True, slots=True)
class Filters:
    text: str = ""
    channel: str = ""
    category: str = ""
    state: str = ""
    after: tuple[datetime, UUID] | None = None


def list_entries(session: Session, contest_id: UUID, filters: Filters) -> tuple[list[Entry], bool]:
    """A page of entries, latest first, and whether more follow. Pages go by key, never by offset."""
    query = select(Entry).where(Entry.contest_id == contest_id).options(*WHOLE)
    text = filters.text.strip()
    if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS:
        query = query.where(Entry.number == int(text))
    elif text:
        query = query.where(Entry.nom_key.contains(fold_nom(filters.text), autoescape=True))
    if filters.channel in set(Channel):
        query = query.where(Entry.channel == Channel(filters.channel))
    if filters.category:
        query = query.where(Entry.category_id == UUID(filters.category))
    if filters.state in set(State):
        query = query.where(_CONDITIONS[State(filters.state)])
    if filters.after is not None:
        query = query.where(tuple_(Entry.received_at, Entry.id) < filters.after)
    found = list(session.scalars(query.order_by(Entry.received_at.desc(), Entry.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], len(found) > PAGE


def entries_in(session: Session, contest_id: UUID, *states: State) -> list[Entry]:
    """Everything in these states, by nom de plume: nothing here follows the order of arrival."""
    wanted = or_(*(_CONDITIONS[state] for state in states))
    query = select(Entry).where(Entry.contest_id == contest_id, wanted).options(*WHOLE)
    return list(session.scalars(query.order_by(Entry.nom_key)))


def find_entry(session: Session, contest_id: UUID, entry_id: UUID) -> Entry | None:
    return session.scalar(
        select(Entry).where(Entry.contest_id == contest_id, Entry.id == entry_id).options(*WHOLE)
    )
