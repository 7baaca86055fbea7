"""What the receipt's page says: how far the entry has come, what was made of it, and at the end the result.

Of the envelope it learns two things: the essay's fingerprint, and whether it holds an e-mail address.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.engines import Engines
from app.intake.messages import unread_of_desk
from app.intake.receipts import ReceiptCode
from app.intake.state import State, state_of
from app.tables import Announcement, Category, Contest, Entry, Opening, Result
from app.tables.ceremony import AwardKind
from app.tables.entries import Channel
from app.web.clean_copy_view import clean_copy_values
from app.web.contest_dates import last_minute
from app.web.essay_field import ACCEPT
from app.web.pages import qr_svg, size_in_words
from app.web.record_line import in_fours
from app.wording import city, counted, day_in_words

STATUS = {
    State.ERASED: "withdrawn",
    State.WITHDRAWN: "withdrawn",
    State.RELEASED: "released",
    State.INELIGIBLE: "ineligible",
    State.REPAIR: "needs_repair",
    State.NO_TEXT: "held",
    State.PREPARING: "preparing",
    State.HELD: "held",
    State.REVIEW: "ready",
    State.READY: "ready",
}


def receipt_values(
    session: Session,
    engines: Engines,
    entry: Entry,
    contest: Contest,
    code: ReceiptCode,
    *,
    fingerprint: str,
    has_email: bool,
    now: datetime,
) -> dict[str, Any]:
    zone = ZoneInfo(contest.time_zone)
    received = entry.received_at.astimezone(zone)
    announced = session.get(Announcement, contest.id) is not None
    state = state_of(entry)
    # Before the announcement an opening would tell its owner who has won.
    was_opened = announced and _was_opened(session, entry)
    judged = announced and state is State.RELEASED
    invited = entry.repair_invited_until is not None and now < entry.repair_invited_until
    return {
        "slug": contest.slug,
        "number": entry.number,
        "nom": entry.nom_de_plume,
        "category": session.get_one(Category, entry.category_id).title,
        "status": "result" if judged else STATUS[state],
        "code": code.groups,
        "qr_svg": qr_svg(code.text),
        "received": received,
        "received_clock": f"{received:%H:%M:%S}",
        "zone_name": city(zone),
        "fingerprint": in_fours(fingerprint) or ["an essay on paper has none"],
        "envelope": _envelope(entry, contest, state, was_opened=was_opened, has_email=has_email),
        "steps": _steps(entry, contest, state, was_opened=was_opened, announced=announced),
        **clean_copy_values(engines.copies, entry, contest, state),
        "ineligible": _ineligible(entry) if state is State.INELIGIBLE else "",
        "repair": _repair(entry, invited=invited) if state is State.REPAIR else None,
        "can_change": state not in {State.WITHDRAWN, State.RELEASED} and (now < contest.closes_at or invited),
        "closes": last_minute(contest),
        "letters": _letters(session, entry),
        "printed_by_desk": entry.desk_code,
        "named": "yes" if entry.may_be_named else "no",
        "can_consent": not announced,
        "result": _result(session, entry, contest) if judged else None,
        "accept": ACCEPT,
        "largest": size_in_words(engines.settings.max_upload),
    }


def _letters(session: Session, entry: Entry) -> str:
    """What waits from the desk, in words; empty where nothing does."""
    unread = unread_of_desk(session, entry.id)
    if not unread:
        return ""
    return "The desk has written to you." if unread == 1 else f"The desk has written to you {unread} times."


def _was_opened(session: Session, entry: Entry) -> bool:
    query = select(Opening.id).where(Opening.entry_id == entry.id, Opening.opened_at.is_not(None))
    return session.scalar(query) is not None


def _envelope(entry: Entry, contest: Contest, state: State, *, was_opened: bool, has_email: bool) -> str:
    if was_opened:
        return "Opened by the officers, together; the record says when and why."
    if state is State.WITHDRAWN:
        return "Sealed. The entry is withdrawn, so nobody opens it."
    if entry.channel is Channel.POST:
        return "Of paper, kept closed by the society, and opened only if you win."
    reach = "" if has_email else " You left no e-mail address, so nobody can write to you: keep the dates."
    needed = {2: "two", 3: "three", 4: "four"}.get(contest.keys_needed, str(contest.keys_needed))
    return f"Sealed. Only {needed} officers together can open it, and only if you win.{reach}"


def _steps(
    entry: Entry, contest: Contest, state: State, *, was_opened: bool, announced: bool
) -> list[dict[str, str]]:
    if state is State.WITHDRAWN:
        return [
            {"label": "Received", "hint": "in time", "state": "done"},
            {"label": "Withdrawn", "hint": "the essay is destroyed", "state": "done"},
        ]
    if state is State.INELIGIBLE:
        return [
            {"label": "Received", "hint": "in time", "state": "done"},
            {"label": "Not eligible", "hint": "no judge reads it", "state": "done"},
        ]
    made = bool(entry.copies)
    released = state is State.RELEASED
    done = [
        ("Received", "in time", True),
        ("Envelope sealed", _seal_hint(announced=announced, was_opened=was_opened), True),
        ("Clean copy made", counted(entry.copies[-1].pages, "page") if made else "", made),
        ("Released to the judges", "", released),
        ("Judged", "", announced and released),
        (
            "Result",
            "here" if announced else f"{day_in_words(contest.announced_on)}, here",
            announced and released,
        ),
    ]
    steps = []
    current_given = False
    for label, hint, is_done in done:
        is_current = not is_done and not current_given
        current_given = current_given or is_current
        steps.append(
            {
                "label": label,
                "hint": hint,
                "state": "done" if is_done else "current" if is_current else "later",
            }
        )
    return steps


def _ineligible(entry: Entry) -> str:
    """Why no judge will read it, without saying whom it concerns."""
    by_rule = any(hold.eligible is False and hold.settled_by is None for hold in entry.holds)
    found = (
        "Members of Council may not enter, and the e-mail address or registration number given is that of a member."
        if by_rule
        else "The officers have found that its writer may not enter."
    )
    return f"{found} If this is a mistake, write to the society and give the number of your entry."


def _seal_hint(*, announced: bool, was_opened: bool) -> str:
    if was_opened:
        return "opened by the officers"
    return "nobody has opened it" if announced else ""


def _repair(entry: Entry, *, invited: bool) -> dict[str, str]:
    return {
        "reason": entry.repair_reason,
        "what_to_do": "Save the essay again as .docx or PDF and send it here, or paste its text."
        if invited
        else "The desk has been told. If it asks you for another file, this page will take it, deadline or not.",
    }


def _result(session: Session, entry: Entry, contest: Contest) -> dict[str, Any]:
    row = session.scalar(select(Result).where(Result.entry_id == entry.id))
    href = f"/prize/{contest.slug}/results"
    if row is None:
        return {
            "heading": "The results are announced",
            "sentence": "Your essay was read and judged; the prize went to another. Your envelope stays closed.",
            "won": False,
            "results_href": href,
        }
    headings = {
        AwardKind.WINNER: "Your essay has won",
        AwardKind.SHARED: "Your essay shares the prize",
        AwardKind.COMMENDED: "Your essay is commended",
    }
    return {
        "heading": headings.get(row.kind, "The results are announced"),
        "sentence": "The officers will write to you at the address in your envelope."
        if row.kind is not AwardKind.COMMENDED
        else "It is named in the results under your nom de plume; your envelope stays closed.",
        "won": True,
        "results_href": href,
    }
