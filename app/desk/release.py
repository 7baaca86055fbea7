"""Releasing essays to the judges: in batches, never before the deadline, each a frozen copy."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import transaction
from app.decided import hold_off_decision, is_decided
from app.engines import Engines
from app.errors import Clash, TooLate
from app.intake.checked import NOT_CHECKED, checked_numbers, is_checked
from app.intake.deadline import last_moment
from app.intake.state import WHOLE, State, state_of
from app.panel.deal import deal_entry
from app.record.leaves import append_leaf
from app.record.roots import publish_after_deadline, publish_root
from app.tables import Contest, Entry, Release

_WAITS = {
    State.ERASED: "erased, as the entrant asked",
    State.WITHDRAWN: "withdrawn by the entrant",
    State.INELIGIBLE: "its writer may not enter",
    State.RELEASED: "already with the judges",
    State.REPAIR: "the essay needs repair",
    State.NO_TEXT: "no text yet: type it in first",
    State.PREPARING: "the reading copy is still being made",
    State.HELD: "held for the officers",
    State.REVIEW: "findings are still open",
    State.READY: "",
}


def why_not_released(contest: Contest, entry: Entry, now: datetime, *, checked: set[int]) -> str:
    """What the release of this entry waits for, in words; empty where nothing does.

    `checked` are the numbers of the entries the Council check has covered.
    """
    if now < contest.closes_at:
        return f"entries close on {last_moment(contest)}, and nothing is released before"
    waits = _WAITS[state_of(entry)]
    return waits if waits or is_checked(entry, checked) else NOT_CHECKED


def release_entries(engines: Engines, *, visit: Visit, entry_ids: Sequence[UUID], now: datetime) -> int:
    """Release these entries together and deal them to the judges; all or none.

    Raises TooLate before the deadline or after a decision, Clash where an entry still waits for something.
    """
    settings = engines.settings
    publish_after_deadline(
        engines.contest, keys_folder=settings.keys_folder, host=settings.host_name, now=now
    )
    with transaction(engines.contest) as session:
        contest = session.get_one(Contest, visit.contest_id)
        entries = _entries(session, contest, entry_ids)
        checked = checked_numbers(session, contest)
        for category_id in sorted({entry.category_id for entry in entries}):
            hold_off_decision(session, category_id)
        for entry in entries:
            waits = why_not_released(contest, entry, now, checked=checked)
            if waits:
                raise Clash(f"Entry {entry.number} can’t be released: {waits}.", kept="Nothing was released.")
            if is_decided(session, entry.category_id):
                raise TooLate("The decision in this category is locked.", kept="Nothing was released.")
        for entry in entries:
            _release(session, entry, visit, now)
        publish_root(
            session,
            contest_id=contest.id,
            occasion="release",
            keys_folder=engines.settings.keys_folder,
            host=engines.settings.host_name,
            now=now,
        )
    return len(entries)


def _entries(session: Session, contest: Contest, entry_ids: Sequence[UUID]) -> list[Entry]:
    # Dealt in the order of their random ids: nothing a judge sees follows the order of arrival.
    query = select(Entry).where(Entry.contest_id == contest.id, Entry.id.in_(entry_ids)).options(*WHOLE)
    # Held, so that no withdrawal comes between the look at an entry and its release.
    return list(session.scalars(query.order_by(Entry.id).with_for_update(of=Entry, key_share=True)))


def _release(session: Session, entry: Entry, visit: Visit, now: datetime) -> None:
    copy = entry.copies[-1]
    entry.release = Release(reading_copy_id=copy.id, released_at=now, released_by=visit.person_id)
    session.flush()  # the deal reads it
    append_leaf(
        session,
        contest_id=entry.contest_id,
        kind="release",
        entry_id=entry.id,
        rows=[copy, entry.release, *deal_entry(session, entry)],
        now=now,
    )
