"""The panel's page of the record: the roots published so far, each of which a judge can countersign at a tap."""

import json

from fastapi import APIRouter, Request, Response

from app.database import reading, transaction
from app.errors import BadRequest
from app.record.countersign import countersign_as_judge
from app.record.proofs import marks_proof
from app.settings import Settings
from app.tables import Contest
from app.web.pages import download, page, see_other
from app.web.panel_frame import panel_frame
from app.web.record_view import published_roots
from app.web.visitors import ContestEngine, Judge, Now, Sent

router = APIRouter(prefix="/panel/record")


@router.get("")
def record_page(request: Request, visit: Judge, engine: ContestEngine, done: str = "") -> Response:
    with reading(engine) as session:
        contest = session.get_one(Contest, visit.contest_id)
        context = {"slug": contest.slug, "roots": published_roots(session, contest, seen_by=visit.alias)}
        notice = "Noted: you have this root." if done == "signed" else ""
        frame = panel_frame(session, visit)
        return page(request, "panel_record.html", context, title="The record", notice=notice, **frame)


@router.get("/marks.json")
def own_marks(request: Request, visit: Judge, engine: ContestEngine) -> Response:
    """Serve what a judge holds of the marks they have locked, to be checked by anybody they show it to."""
    settings: Settings = request.app.state.settings
    with reading(engine) as session:
        proof = marks_proof(
            session,
            contest_id=visit.contest_id,
            role_id=visit.role_id,
            keys_folder=settings.keys_folder,
        )
    return download(
        json.dumps(proof, ensure_ascii=False, indent=1).encode(), "marks.json", "application/json"
    )


@router.post("")
def countersign(visit: Judge, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    size = sent.one("size")
    if not size.isascii() or not size.isdigit() or len(size) > 9:  # noqa: PLR2004 - a thousand million leaves
        raise BadRequest("Choose one of the roots.", kept="Nothing was noted.")
    with transaction(engine) as session:
        countersign_as_judge(
            session,
            contest_id=visit.contest_id,
            role_id=visit.role_id,
            alias=visit.alias,
            size=int(size),
            now=now,
        )
    return see_other("/panel/record?done=signed")
