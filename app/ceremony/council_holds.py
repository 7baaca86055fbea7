"""What the outcome of a Council check does: the same address bars an entry, a name alike holds it for people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.tables import Base, CouncilChange, Entry, Hold, Opening, Withdrawal
from app.tables.ceremony import Purpose
from judging.eligibility import CouncilRule


def follow_outcomes(
    session: Session, contest_id: UUID, outcomes: Mapping[int, str], *, now: datetime
) -> list[Base]:
    """Place or reopen the holds these outcomes (rule by entry number) call for; return the rows that changed.

    A hold that nobody settled and that says "not eligible" is the rule's own. Where a later check no longer finds
    its reason, officers look: what a check once found is never let go by a machine.
    """
    list_stands_since = session.scalar(
        select(func.max(CouncilChange.settled_at)).where(
            CouncilChange.contest_id == contest_id, CouncilChange.confirmed.is_(True)
        )
    )
    changed: list[Base] = []
    for entry in _entries(session, contest_id, outcomes):
        rule, holds = outcomes[entry.number], entry.holds
        by_rule = [hold for hold in holds if hold.eligible is False and hold.settled_by is None]
        bars = rule in {CouncilRule.SAME_EMAIL, CouncilRule.SAME_REGISTRATION}
        if by_rule and not bars:
            for hold in by_rule:
                hold.eligible, hold.settled_at = None, None
            changed += [*by_rule, *_asked_again(session, entry)]
        elif rule and not by_rule and not _looked_at(holds, list_stands_since, bars=bars):
            hold = Hold(entry_id=entry.id, placed_at=now)
            if bars:
                hold.eligible, hold.settled_at = False, now
            session.add(hold)
            changed += [hold, *([] if bars else _asked_again(session, entry))]
    session.flush()  # the record states the holds by their ids
    return changed


def _entries(session: Session, contest_id: UUID, outcomes: Mapping[int, str]) -> list[Entry]:
    """Entries compared that have a hold, or for which a rule matched."""
    matched = [number for number, rule in outcomes.items() if rule]
    query = (
        select(Entry)
        .outerjoin(Withdrawal, Withdrawal.entry_id == Entry.id)
        .where(
            Entry.contest_id == contest_id,
            Withdrawal.entry_id.is_(None),
            or_(Entry.number.in_(matched), Entry.id.in_(select(Hold.entry_id))),
        )
        .order_by(Entry.id)
    )
    return [entry for entry in session.scalars(query) if entry.number in outcomes]


def _asked_again(session: Session, entry: Entry) -> list[Opening]:
    """An envelope opened before for this question stays open: its officers say anew whether it is eligible."""
    openings = session.scalars(
        select(Opening).where(
            Opening.entry_id == entry.id,
            Opening.purpose == Purpose.ELIGIBILITY,
            Opening.eligible.is_not(None),
        )
    ).all()
    for opening in openings:
        opening.eligible, opening.eligibility_note, opening.eligibility_at = None, "", None
    return list(openings)


def _looked_at(holds: Sequence[Hold], list_stands_since: datetime | None, *, bars: bool) -> bool:
    """Whether officers have the entry before them, or settled it knowing the Council list that stands."""
    return any(
        not bars
        if hold.settled_at is None
        else list_stands_since is None or hold.settled_at >= list_stands_since
        for hold in holds
    )
