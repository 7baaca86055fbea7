"""The desk's first page: what waits, and the register."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.database import reading
from app.desk.register import Filters, count_entries
from app.tables import Contest
from app.web.desk_frame import desk_frame
from app.web.desk_view import desk_values
from app.web.pages import page
from app.web.register_view import register_values
from app.web.visitors import Administrator, ContestEngine, Now

router = APIRouter(prefix="/desk")


@router.get("")
def desk_page(
    request: Request,
    visit: Administrator,
    engine: ContestEngine,
    now: Now,
    q: str = "",
    channel: str = "",
    category: str = "",
    state: str = "",
    after: str = "",
) -> Response:
    with reading(engine) as session:
        contest = session.get_one(Contest, visit.contest_id)
        known = {str(each.id) for each in contest.categories}
        filters = Filters(
            text=q[:100],
            channel=channel,
            category=category if category in known else "",
            state=state,
            after=_place(after),
        )
        counts = count_entries(session, contest.id)
        context = {
            **desk_values(session, contest, counts, now),
            **register_values(session, contest, filters, entries_in_all=counts.entries),
        }
        frame = desk_frame(session, visit, current="/desk")
        return page(request, "desk.html", context, title="Desk", **frame)


def _place(after: str) -> tuple[datetime, UUID] | None:
    instant, _, entry_id = after.partition("~")
    try:
        received_at, last = datetime.fromisoformat(instant), UUID(entry_id)
    except ValueError:
        return None
    return None if received_at.tzinfo is None else (received_at, last)
