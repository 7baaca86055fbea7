"""Changes of the Council list before an officer, who confirms or refuses each."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import reading
from app.desk.council import FROZEN, is_frozen, settle_change
from app.errors import BadRequest
from app.tables import Contest
from app.web.council_view import members_values, proposals_values
from app.web.officers_frame import officers_frame
from app.web.pages import page, see_other
from app.web.visitors import ContestEngine, Now, Officer, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/officers/council")
_DONE = {"yes": "Confirmed. The Council list is changed.", "no": "Refused. The Council list is as it was."}


@router.get("")
def council_page(request: Request, visit: Officer, engine: ContestEngine, done: str = "") -> Response:
    with reading(engine) as session:
        return _council_page(request, session, visit, notice=_DONE.get(done, ""))


@router.post("/{change_id}")
def settle(visit: Officer, engines: Whole, change_id: UUID, sent: Sent, now: Now) -> Response:
    answer = sent.one("confirm")
    if answer not in _DONE:
        raise BadRequest("Confirm the change or refuse it.", kept="The list is as it was.")
    settle_change(engines, visit=visit, change_id=change_id, confirmed=answer == "yes", now=now)
    return see_other(f"/officers/council?done={answer}")


def _council_page(request: Request, session: Session, visit: Visit, *, notice: str) -> Response:
    contest = session.get_one(Contest, visit.contest_id)
    context = {
        "members": members_values(contest),
        "proposals": proposals_values(session, contest, visit),
        "frozen": FROZEN if is_frozen(session, contest.id) else "",
    }
    frame = officers_frame(session, visit, current="/officers/council-check")
    return page(request, "officers_council.html", context, title="Council list", notice=notice, **frame)
