"""One entry at the desk: its page, its text where one is missing, its repair, its release."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import reading
from app.desk.postal import add_text
from app.desk.release import release_entries
from app.desk.review import ask_for_repair
from app.errors import NotHere
from app.problems import Problem
from app.storage import Storage
from app.web.desk_findings import entry_of_desk
from app.web.desk_frame import desk_frame
from app.web.entry_view import entry_values
from app.web.pages import page, pdf, see_other
from app.web.visitors import Administrator, ContestEngine, Copies, Now, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/desk/entries")


@router.get("/{entry_id}")
def review_page(
    request: Request, visit: Administrator, engine: ContestEngine, copies: Copies, now: Now, entry_id: UUID
) -> Response:
    with reading(engine) as session:
        return _review_page(request, session, copies, visit, entry_id, now)


@router.get("/{entry_id}/reading-copy.pdf")
def reading_copy(visit: Administrator, engine: ContestEngine, copies: Copies, entry_id: UUID) -> Response:
    with reading(engine) as session:
        entry = entry_of_desk(session, visit, entry_id)
        if not entry.copies or entry.withdrawal is not None or entry.erasure is not None:
            raise NotHere(
                "There is no reading copy.", to_do="It is made within a minute of the essay’s arrival."
            )
        return pdf(copies.get(entry.copies[-1].pdf_key), f"entry-{entry.number}.pdf")


@router.post("/{entry_id}/text")
def type_in(
    request: Request, visit: Administrator, engines: Whole, entry_id: UUID, sent: Sent, now: Now
) -> Response:
    problems = add_text(engines, visit=visit, entry_id=entry_id, text=sent.text("text"), now=now)
    if not problems:
        return see_other(f"/desk/entries/{entry_id}")
    with reading(engines.contest) as session:
        return _review_page(
            request, session, engines.copies, visit, entry_id, now, problems=problems, text=sent.text("text")
        )


@router.post("/{entry_id}/repair")
def repair(visit: Administrator, engines: Whole, entry_id: UUID, _sent: Sent, now: Now) -> Response:
    ask_for_repair(engines, visit=visit, entry_id=entry_id, now=now)
    return see_other(f"/desk/entries/{entry_id}")


@router.post("/{entry_id}/release")
def release(visit: Administrator, engines: Whole, entry_id: UUID, _sent: Sent, now: Now) -> Response:
    release_entries(engines, visit=visit, entry_ids=[entry_id], now=now)
    return see_other(f"/desk/entries/{entry_id}")


def _review_page(
    request: Request,
    session: Session,
    copies: Storage,
    visit: Visit,
    entry_id: UUID,
    now: datetime,
    *,
    problems: Sequence[Problem] = (),
    text: str = "",
) -> Response:
    entry = entry_of_desk(session, visit, entry_id)
    context = {
        **entry_values(session, copies, entry, now),
        "values": {"text": text, "decision": "", "reason": ""},
    }
    title, frame = f"Entry {entry.number}, {entry.nom_de_plume}", desk_frame(session, visit)
    return page(request, "review.html", context, title=title, problems=problems, **frame)
