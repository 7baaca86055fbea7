"""The desk releases essays to the judges, together: which can go, and why the others cannot."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import reading
from app.desk.register import entries_in
from app.desk.release import release_entries, why_not_released
from app.errors import BadRequest
from app.intake.checked import NOT_CHECKED, checked_numbers, is_checked
from app.intake.deadline import last_moment
from app.intake.state import State
from app.problems import Problem
from app.tables import Contest, Entry
from app.web.desk_frame import desk_frame
from app.web.pages import page, see_other
from app.web.visitors import Administrator, ContestEngine, Now, Sent
from app.web.whole import Whole
from app.wording import capital, counted

router = APIRouter(prefix="/desk")
_WAITING = (State.REVIEW, State.HELD, State.INELIGIBLE, State.REPAIR, State.NO_TEXT, State.PREPARING)


@router.get("/release")
def release_page(request: Request, visit: Administrator, engine: ContestEngine, now: Now) -> Response:
    with reading(engine) as session:
        return _release_page(request, session, visit, now)


@router.post("/release")
def release(request: Request, visit: Administrator, engines: Whole, sent: Sent, now: Now) -> Response:
    try:
        chosen = [UUID(each) for each in sent.all("entry")]
    except ValueError as error:
        raise BadRequest("That is no entry.", kept="Nothing was released.") from error
    if not chosen:
        with reading(engines.contest) as session:
            return _release_page(request, session, visit, now, Problem("entry", "Choose at least one essay."))
    release_entries(engines, visit=visit, entry_ids=chosen, now=now)
    return see_other("/desk?state=released#entries")


def _release_page(
    request: Request, session: Session, visit: Visit, now: datetime, *problems: Problem
) -> Response:
    contest = session.get_one(Contest, visit.contest_id)
    checked = checked_numbers(session, contest)
    found = entries_in(session, contest.id, State.READY)
    ready = _ready(contest, [each for each in found if is_checked(each, checked)])
    unchecked = [each for each in found if not is_checked(each, checked)]
    before_deadline = now < contest.closes_at
    context = {
        "heading": f"{counted(len(ready), 'essay').capitalize()} can go to the judges"
        if not before_deadline
        else "Nothing goes to the judges before the deadline",
        "sentence": "They go out together, each with a random number, and are frozen from then on."
        if ready
        else "",
        "ready": ready,
        "not_ready": _not_ready(
            contest, [*unchecked, *entries_in(session, contest.id, *_WAITING)], now, checked
        ),
        "waits": _waits(contest, ready, unchecked, before_deadline=before_deadline),
    }
    frame = desk_frame(session, visit, current="/desk/release")
    return page(request, "release.html", context, title="Release", problems=problems, **frame)


def _waits(
    contest: Contest, ready: Sequence[Any], unchecked: Sequence[Entry], *, before_deadline: bool
) -> str:
    if before_deadline:
        return f"Entries close on {last_moment(contest)}."
    return f"{capital(NOT_CHECKED)}." if unchecked and not ready else ""


def _ready(contest: Contest, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    categories = {each.id: each.title for each in contest.categories}
    return [
        {
            "id": str(each.id),
            "number": each.number,
            "nom": each.nom_de_plume,
            "category": categories[each.category_id],
            "findings": f"{counted(len(each.findings), 'term')} settled"
            if each.findings
            else "nothing found",
            "chosen": True,
        }
        for each in entries
    ]


def _not_ready(
    contest: Contest, entries: Sequence[Entry], now: datetime, checked: set[int]
) -> list[dict[str, Any]]:
    return [
        {
            "number": each.number,
            "nom": each.nom_de_plume,
            "why": why_not_released(contest, each, max(now, contest.closes_at), checked=checked),
            "href": f"/desk/entries/{each.id}",
        }
        for each in entries
    ]
