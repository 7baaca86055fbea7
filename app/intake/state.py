"""Where an entry stands, in one word, from the rows that record what happened to it."""

from enum import StrEnum

from sqlalchemy.orm import selectinload

from app.tables import Entry
from app.tables.entries import Work

WHOLE = (
    selectinload(Entry.erasure),
    selectinload(Entry.withdrawal),
    selectinload(Entry.release),
    selectinload(Entry.holds),
    selectinload(Entry.findings),
    selectinload(Entry.copies),
    selectinload(Entry.paper),
)
"""What has to be loaded with an entry to tell its state."""


class State(StrEnum):
    """Where an entry stands, the most pressing first."""

    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    INELIGIBLE = "ineligible"
    REPAIR = "repair"
    NO_TEXT = "no-text"
    PREPARING = "preparing"
    HELD = "held"
    REVIEW = "review"
    READY = "ready"


_BY_WORK = {
    Work.REPAIR: State.REPAIR,
    Work.NONE: State.NO_TEXT,
    Work.FIRST_PASS: State.PREPARING,
    Work.RETYPESET: State.PREPARING,
    Work.DESTROY: State.PREPARING,  # withdrawn or erased, in truth: those are told before this is asked
}


def state_of(entry: Entry) -> State:
    if entry.erasure is not None or entry.withdrawal is not None:
        return State.WITHDRAWN if entry.erasure is None else State.ERASED
    if entry.release is not None:
        return State.RELEASED
    if any(hold.eligible is False for hold in entry.holds):
        return State.INELIGIBLE
    if entry.work in _BY_WORK:
        return _BY_WORK[entry.work]
    if any(hold.eligible is None for hold in entry.holds):
        return State.HELD
    return State.REVIEW if any(not finding.decision for finding in entry.findings) else State.READY
