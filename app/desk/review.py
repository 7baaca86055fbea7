"""Reviewing an entry: each finding is kept or gets a stand-in, and the copy is typeset again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from app.access import Visit
from app.database import transaction
from app.engines import Engines
from app.errors import Clash, NotHere, Unusable
from app.record.leaves import append_leaf
from app.tables import Entry, Finding
from app.tables.entries import Work

Verdict = Literal["replace", "keep", "undo"]
REPAIR_WITHIN = timedelta(days=7)


def decide_finding(
    engines: Engines,
    *,
    visit: Visit,
    entry_id: UUID,
    finding_id: UUID,
    verdict: Verdict,
    stand_in: str,
    now: datetime,
) -> UUID | None:
    """Settle one finding; return the next still open. A stand-in makes the worker typeset the copy again.

    Raises NotHere; Clash once released; Unusable for an empty stand-in.
    """
    with transaction(engines.contest) as session:
        entry = entry_at_desk(session, visit, entry_id)
        finding = session.get(Finding, finding_id)
        if finding is None or finding.entry_id != entry.id:
            raise NotHere("There is no such finding.")
        _refuse_while_new_text_comes(entry)
        before = (finding.decision == "replaced", finding.stand_in)
        stand_in = " ".join(stand_in.split())
        if verdict == "replace" and not stand_in:
            raise Unusable(
                "A stand-in is needed: what the judges read instead.", kept="The finding is still open."
            )
        finding.decision = {"replace": "replaced", "keep": "kept", "undo": ""}[verdict]
        finding.stand_in = stand_in if verdict == "replace" else ""
        finding.decided_by = None if verdict == "undo" else visit.person_id
        finding.decided_at = None if verdict == "undo" else now
        typeset_again = before != (finding.decision == "replaced", finding.stand_in)
        if typeset_again:
            entry.work, entry.work_token, entry.lease_until = Work.RETYPESET, None, None
            entry.attempts = 0
        following = next((each.id for each in entry.findings if not each.decision), None)
    if typeset_again:
        engines.queue.wake(entry_id)
    return following


def keep_findings(
    engines: Engines, *, visit: Visit, entry_id: UUID, finding_ids: Collection[UUID], now: datetime
) -> None:
    """Keep the words of several findings at once, of those still open. Raises NotHere; Clash once released."""
    with transaction(engines.contest) as session:
        entry = entry_at_desk(session, visit, entry_id)
        _refuse_while_new_text_comes(entry)
        findings = {each.id: each for each in entry.findings}
        if not findings.keys() >= set(finding_ids):
            raise NotHere("There is no such finding.", kept="Nothing has changed.")
        for each in (findings[finding_id] for finding_id in finding_ids):
            if not each.decision:
                each.decision, each.decided_by, each.decided_at = "kept", visit.person_id, now


def _refuse_while_new_text_comes(entry: Entry) -> None:
    if entry.work is Work.FIRST_PASS:
        raise Clash(
            "A new text is being prepared, and its findings come with it.", kept="Nothing has changed."
        )


def ask_for_repair(engines: Engines, *, visit: Visit, entry_id: UUID, now: datetime) -> None:
    """Let the entrant replace a file that needs repair, deadline or not, for a week. On the record."""
    with transaction(engines.contest) as session:
        entry = entry_at_desk(session, visit, entry_id)
        if entry.work is not Work.REPAIR:
            raise Clash("This essay needs no repair.", kept="Nothing has changed.")
        entry.repair_invited_until = now + REPAIR_WITHIN
        append_leaf(
            session,
            contest_id=entry.contest_id,
            kind="repair-invited",
            entry_id=entry.id,
            kept={f"repair invited {entry.number}": {"until": entry.repair_invited_until.isoformat()}},
            now=now,
        )


def entry_at_desk(session: Session, visit: Visit, entry_id: UUID) -> Entry:
    """The entry, held for change. Raises NotHere, or Clash where nothing may change any more."""
    entry = session.get(Entry, entry_id, with_for_update={"key_share": True})
    if entry is None or entry.contest_id != visit.contest_id:
        raise NotHere("There is no such entry.")
    if entry.release is not None or entry.withdrawal is not None:
        raise Clash("This entry is released or withdrawn.", kept="It stands as it was.")
    return entry
