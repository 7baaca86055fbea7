"""The decision room: the ranking under noms de plume, and the decision that locks."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.decide import decide
from app.database import reading
from app.errors import NotHere
from app.problems import Problem
from app.tables import Category, Contest
from app.web.decision_view import NO_DECISION, read_resolution, typed_in
from app.web.officers_frame import officers_frame
from app.web.pages import page, see_other
from app.web.ranking_view import ranking_values
from app.web.visitors import ContestEngine, Now, Officer, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/officers")


@router.get("")
def ranking_page(request: Request, visit: Officer, engine: ContestEngine, category: str = "") -> Response:
    with reading(engine) as session:
        return _ranking_page(request, session, visit, category)


@router.post("/decisions")
def record_decision(request: Request, visit: Officer, engines: Whole, sent: Sent, now: Now) -> Response:
    resolution = read_resolution(sent)
    with reading(engines.contest) as session:
        category_id = _category(session, visit, sent.one("category")).id
    problems = decide(engines, visit=visit, category_id=category_id, resolution=resolution, now=now)
    if not problems:
        return see_other(f"/officers?category={sent.one('category')}")
    with reading(engines.contest) as session:
        return _ranking_page(request, session, visit, sent.one("category"), problems, typed_in(sent))


def _ranking_page(
    request: Request,
    session: Session,
    visit: Visit,
    key: str,
    problems: Sequence[Problem] = (),
    values: Mapping[str, Any] = NO_DECISION,
) -> Response:
    context = {**ranking_values(session, _category(session, visit, key)), "values": values}
    frame = officers_frame(session, visit, current="/officers")
    return page(request, "ranking.html", context, title="Ranking", problems=problems, **frame)


def _category(session: Session, visit: Visit, key: str) -> Category:
    categories = session.get_one(Contest, visit.contest_id).categories
    found = [each for each in categories if each.key == key] if key else categories[-1:]
    if not found:
        raise NotHere("There is no such category.")
    return found[0]
