"""What the desk's page of one entry says: the facts, what waits, and each finding in its sentences."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from anonymiser import KIND_LABELS, Manuscript, load_manuscript
from app.desk.register import Filters, list_entries
from app.desk.release import why_not_released
from app.intake.checked import checked_numbers
from app.intake.messages import unread_of_entrants
from app.intake.state import State, state_of
from app.storage import Storage
from app.tables import Category, Contest, Entry
from app.tables.entries import Channel
from app.web.finding_view import finding_values, pages_of
from app.web.pages import labelled
from app.web.register_view import CHANNELS
from app.wording import capital, counted, in_words

_STATES = {
    State.ERASED: "erased",
    State.WITHDRAWN: "withdrawn",
    State.RELEASED: "released",
    State.INELIGIBLE: "ineligible",
    State.REPAIR: "needs_repair",
    State.NO_TEXT: "paper_only",
    State.PREPARING: "preparing",
    State.HELD: "held",
    State.REVIEW: "review",
    State.READY: "ready",
}


def entry_values(session: Session, copies: Storage, entry: Entry, now: datetime) -> dict[str, Any]:
    contest = session.get_one(Contest, entry.contest_id)
    state = state_of(entry)
    settled = sum(bool(finding.decision) for finding in entry.findings)
    manuscript = _manuscript(copies, entry)
    pages = pages_of(entry, manuscript) if manuscript else []
    return {
        "entry_id": str(entry.id),
        "number": entry.number,
        "nom": entry.nom_de_plume,
        "over": "Review",
        "sentence": _sentence(entry, state, settled),
        "state": "paper_only" if _to_be_typed(entry, state) else _STATES[state],
        "facts": _facts(session, contest, entry),
        "repair": _repair(entry, now) if state is State.REPAIR and not _to_be_typed(entry, state) else None,
        "hold": {"rule": _hold(entry), "may_decide": False}
        if state in {State.HELD, State.INELIGIBLE}
        else None,
        "findings": [finding_values(entry, each, manuscript, pages) for each in entry.findings]
        if manuscript
        else [],
        "redacted": [
            {"kind_label": KIND_LABELS[each["kind"]], "places": each["places"]}
            for each in (entry.copies[-1].redacted if entry.copies else [])
        ],
        "may_decide_findings": state in {State.REVIEW, State.READY, State.HELD, State.PREPARING},
        "settled": settled,
        "total": len(entry.findings),
        "warnings": entry.copies[-1].warnings if entry.copies else [],
        "has_copy": bool(entry.copies) and state not in {State.WITHDRAWN, State.ERASED},
        "release_waits": capital(
            why_not_released(contest, entry, now, checked=checked_numbers(session, contest))
        ),
        "next_href": _next(session, entry),
        "on_paper": entry.paper is not None,
        "paper_to_destroy": _paper(entry) if state is State.ERASED else "",
        "unread": unread_of_entrants(session, entry.contest_id).get(entry.id, 0),
    }


def _manuscript(copies: Storage, entry: Entry) -> Manuscript | None:
    if entry.manuscript_key is None or entry.withdrawal is not None:
        return None
    return load_manuscript(copies.get(entry.manuscript_key))


def _sentence(entry: Entry, state: State, settled: int) -> str:
    left = len(entry.findings) - settled
    return {
        State.ERASED: "Erased, as the entrant asked. Its place in the record stays.",
        State.WITHDRAWN: "Withdrawn by the entrant. Its place in the record stays.",
        State.RELEASED: "With the judges. The copy is frozen.",
        State.INELIGIBLE: "Its writer may not enter, so it is never released.",
        State.REPAIR: entry.repair_reason
        if _to_be_typed(entry, state)
        else "Received in time, needs repair.",
        State.NO_TEXT: "Its essay is on paper. Type it in, so that judges get a reading copy.",
        State.PREPARING: "The reading copy is being made.",
        State.HELD: "Held for the officers.",
        State.REVIEW: f"{counted(left, 'term').capitalize()} may give away the author or a patient.",
        State.READY: "Nothing is left to settle.",
    }[state]


def _to_be_typed(entry: Entry, state: State) -> bool:
    """Whether the desk types the text (again): nobody but the desk can mend what came by post."""
    return entry.channel is Channel.POST and state in {State.NO_TEXT, State.REPAIR}


def _facts(session: Session, contest: Contest, entry: Entry) -> list[dict[str, str]]:
    zone = ZoneInfo(contest.time_zone)
    facts = [
        ("Channel", CHANNELS[entry.channel]),
        ("Received", in_words(entry.received_at, zone)),
        ("Category", session.get_one(Category, entry.category_id).title),
    ]
    if entry.copies:
        copy = entry.copies[-1]
        words = f"{copy.words:,} words{_over(copy.words, contest.word_limit)}"
        facts.append(("Length", f"{words}, {counted(copy.pages, 'page')}"))
        facts.append(("References", f"{copy.references}{_over(copy.references, contest.reference_limit)}"))
    if entry.paper is not None:
        facts.append(("Envelope", f"{entry.paper.envelope_label}, {entry.paper.envelope_place}"))
        facts.append(("Copies", f"{entry.paper.copies}, {entry.paper.copies_place or 'place not noted'}"))
    return labelled(facts)


def _paper(entry: Entry) -> str:
    """What there is of paper and where, for whoever has to find it; empty where the entry came another way."""
    if entry.paper is None:
        return ""
    copies = f"{entry.paper.copies} copies, {entry.paper.copies_place}"
    return f"envelope {entry.paper.envelope_label}, {entry.paper.envelope_place}; {copies}"


def _over(number: int, limit: int | None) -> str:
    return " (over the limit)" if limit and number > limit else ""


def _repair(entry: Entry, now: datetime) -> dict[str, Any]:
    invited = entry.repair_invited_until is not None and now < entry.repair_invited_until
    return {
        "reason": entry.repair_reason,
        "what_to_do": "The entrant has been asked, through the receipt, to send it again within a week."
        if invited
        else "Ask the entrant to send it again; the entry keeps its place and its time of arrival.",
        "may_ask": not invited,
    }


def _hold(entry: Entry) -> str:
    against = [hold for hold in entry.holds if hold.eligible is False]
    if any(hold.settled_by is None for hold in against):
        return (
            "The Council check found that its e-mail address or registration number is that of a member of Council. "
            "The entrant sees this with the receipt. If the Council list is wrong, correct it: the next check and the "
            "officers then look at the entry again."
        )
    if against:
        return "The officers have found that its author may not enter."
    return (
        "The name in its envelope is like that of a member of Council. Two officers open the envelope and decide; "
        "nobody at the desk sees it."
    )


def _next(session: Session, entry: Entry) -> str:
    others, _ = list_entries(session, entry.contest_id, Filters(state=State.REVIEW))
    following = [each for each in others if each.id != entry.id]
    return f"/desk/entries/{following[0].id}" if following else ""
