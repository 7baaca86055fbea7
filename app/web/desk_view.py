"""What the desk's page says above the register: what waits for a hand, in words and figures, and how judging goes."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.desk.register import Counts
from app.intake.checked import NOT_CHECKED, checked_numbers
from app.intake.deadline import last_moment
from app.intake.keys import is_ready, still_to_do
from app.intake.messages import unread_of_entrants
from app.intake.state import State
from app.tables import Assignment, Contest, InterestDeclaration, MarkLock, Recusal, Role
from app.tables.people import RoleKind
from app.web.pages import labelled
from app.web.register_view import CHANNELS
from app.wording import capital, counted, day_in_words


def desk_values(session: Session, contest: Contest, counts: Counts, now: datetime) -> dict[str, Any]:
    is_closed = now >= contest.closes_at
    return {
        "date_line": day_in_words(now.astimezone(ZoneInfo(contest.time_zone)).date()),
        "heading": _heading(contest, counts, now, taking=is_ready(session, contest.id)),
        "sentence": _sentence(session, contest, counts, now),
        "counts": _figures(counts),
        "queue": [*_queue(counts, is_closed=is_closed), *_letters(session, contest.id)],
        "judges": _judges(session, contest.id),
        "keys": _keys(session, contest.id),
        "release_href": "/desk/release" if is_closed else "",
    }


def _heading(contest: Contest, counts: Counts, now: datetime, *, taking: bool) -> str:
    waiting = sum(counts.in_state[s] for s in (State.REVIEW, State.REPAIR, State.NO_TEXT, State.HELD))
    when = "Entries are open." if now < contest.closes_at else "Entries are closed."
    if now < contest.opens_at:
        when = "Entries are not open yet."
    elif now < contest.closes_at and not taking:
        when = "Entries can’t be taken yet."
    if not waiting:
        return f"{when} Nothing needs your eye."
    essays = "One essay needs" if waiting == 1 else f"{counted(waiting, 'essay').capitalize()} need"
    return f"{when} {essays} your eye."


def _sentence(session: Session, contest: Contest, counts: Counts, now: datetime) -> str:
    if now < contest.closes_at:
        return f"They close on {last_moment(contest)}."
    ready = counts.in_state[State.READY]
    if ready and not checked_numbers(session, contest):
        return f"{capital(NOT_CHECKED)}."
    return f"{counted(ready, 'essay').capitalize()} can go to the judges." if ready else ""


def _figures(counts: Counts) -> list[dict[str, str]]:
    withdrawn = counts.in_state[State.WITHDRAWN] + counts.in_state[State.ERASED]
    figures = [
        (counts.entries, "entries" + (f", of which {withdrawn} withdrawn or erased" if withdrawn else ""))
    ]
    figures += [(counts.by_channel.get(channel, 0), f"by {label}") for channel, label in CHANNELS.items()]
    figures.append((counts.in_state[State.RELEASED], "released to the judges"))
    return [{"figure": f"{figure:,}", "label": label} for figure, label in figures]


def _queue(counts: Counts, *, is_closed: bool) -> list[dict[str, Any]]:
    findings = f"{counted(counts.findings_open, 'finding')} in all"
    hold, repair = "held for the officers; you cannot see whose", "received in time; the entrant can be asked"
    typing = "the judges read what you type in"
    lines = [
        (State.REVIEW, "Essays to review", findings, "Review", False),
        (State.HELD, "Name alike to a Council member’s", hold, "See", True),
        (State.REPAIR, "Essays in need of repair", repair, "See why", True),
        (State.NO_TEXT, "Postal entries without text", typing, "Type it in", False),
    ]
    if is_closed:
        lines.append((State.READY, "Essays ready for the judges", "", "Release", False))
    return [
        {
            "figure": str(counts.in_state[state]),
            "label": label,
            "hint": hint,
            "href": "/desk/release" if state is State.READY else f"/desk?state={state}#entries",
            "action": action,
            "urgent": urgent,
        }
        for state, label, hint, action, urgent in lines
        if counts.in_state[state]
    ]


def _keys(session: Session, contest_id: UUID) -> dict[str, Any] | None:
    """What the officers have still to do about their keys; None once all are tested."""
    to_do = still_to_do(session, contest_id)
    if not to_do and is_ready(session, contest_id):
        return None
    return {
        "blocking": not is_ready(session, contest_id),
        "to_do": to_do or ["The officers have still to open the test envelope together."],
    }


def _letters(session: Session, contest_id: UUID) -> list[dict[str, Any]]:
    """Messages of entrants that nobody at the desk has seen."""
    unread = sum(unread_of_entrants(session, contest_id).values())
    if not unread:
        return []
    return [
        {
            "figure": str(unread),
            "label": "Messages from entrants",
            "hint": "you know them by their noms de plume alone",
            "href": "/desk/messages",
            "action": "Read",
            "urgent": False,
        }
    ]


def _judges(session: Session, contest_id: UUID) -> list[dict[str, str]]:
    judges = list(
        session.scalars(select(Role.id).where(Role.contest_id == contest_id, Role.kind == RoleKind.JUDGE))
    )

    def count(query: Any) -> int:
        return session.scalar(query) or 0

    of_theirs = Assignment.role_id.in_(judges)
    dealt = count(select(func.count()).select_from(Assignment).where(of_theirs))
    declared = count(
        select(func.count()).select_from(InterestDeclaration).where(InterestDeclaration.role_id.in_(judges))
    )
    locked = count(select(func.count()).select_from(MarkLock).join(Assignment).where(of_theirs))
    recused = count(select(func.count()).select_from(Recusal).join(Assignment).where(of_theirs))
    return labelled(
        [
            ("Named", counted(len(judges), "judge")),
            ("Declared", f"{declared} of {len(judges)}"),
            ("Marks locked", f"{locked} of {dealt - recused}"),
            ("Recusals", str(recused)),
        ]
    )
