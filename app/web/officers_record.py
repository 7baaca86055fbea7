"""The officers' page of the record: an auditor's countersignature, and the whole record once all is decided."""

import json

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.audit import audited_record
from app.ceremony.opening import also_judges
from app.database import reading, transaction
from app.decided import all_decided
from app.errors import NotAllowed, Unusable
from app.problems import Problem
from app.record.countersign import keep_countersignature
from app.tables import Announcement, Contest
from app.web.officers_frame import officers_frame
from app.web.pages import download, page, see_other
from app.web.record_view import published_roots
from app.web.visitors import ContestEngine, Now, Officer, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/officers/record")
_NOTHING = {"key": "", "line": ""}


@router.get("")
def record_page(request: Request, visit: Officer, engine: ContestEngine, done: str = "") -> Response:
    notice = "The countersignature is kept and published." if done == "signed" else ""
    with reading(engine) as session:
        return _page(request, session, visit, _NOTHING, notice=notice)


@router.post("/countersignatures")
def countersign(request: Request, visit: Officer, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    key, line = sent.one("key")[:500], sent.text("line")[:2000]
    try:
        with transaction(engine) as session:
            keep_countersignature(session, contest_id=visit.contest_id, key=key, line=line, now=now)
    except Unusable as error:
        with reading(engine) as session:
            problem = Problem("line", error.in_full)
            return _page(request, session, visit, {"key": key, "line": line}, problem)
    return see_other("/officers/record?done=signed")


@router.get("/whole.json")
def whole(visit: Officer, engines: Whole) -> Response:
    """Everything on record with the rows and files it speaks of. Before the last decision nobody here may see it."""
    with reading(engines.contest) as session:
        slug = session.get_one(Contest, visit.contest_id).slug
        waits = _waits(session, visit)
    if waits:
        raise NotAllowed(waits)
    export = audited_record(engines, contest_id=visit.contest_id)
    content = json.dumps(export, ensure_ascii=False, indent=1).encode()
    return download(content, f"record-{slug}-whole.json", "application/json")


def _waits(session: Session, visit: Visit) -> str:
    """What this officer's sight of the whole record waits for, in words; empty where nothing does."""
    if not all_decided(session, visit.contest_id):
        return (
            "When every decision is locked, the whole record can be saved here for an auditor. "
            "Until then it would show you the judges’ marks."
        )
    if also_judges(session, visit) and session.get(Announcement, visit.contest_id) is None:
        # No envelope is open yet, and it tells when and by which channel each essay came.
        return "You judged in this contest, so you can save the whole record once the results are announced."
    return ""


def _page(
    request: Request,
    session: Session,
    visit: Visit,
    values: dict[str, str],
    *problems: Problem,
    notice: str = "",
) -> Response:
    contest = session.get_one(Contest, visit.contest_id)
    context = {
        "slug": contest.slug,
        "roots": published_roots(session, contest),
        "waits": _waits(session, visit),
        "values": values,
    }
    frame = officers_frame(session, visit, current="/officers/record")
    return page(
        request, "officers_record.html", context, title="Record", problems=problems, notice=notice, **frame
    )
