"""The decision room: the ranking under noms de plume, the decision that locks, and each officer's key."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Visit, judging_officers
from app.ceremony.decide import decide
from app.database import reading, transaction
from app.errors import Clash, NotHere
from app.problems import Problem
from app.tables import Category, Contest, OfficerKey, Role
from app.vault import age
from app.web.decision_view import NO_DECISION, read_resolution, typed_in
from app.web.key_view import key_values
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


@router.get("/keys")
def keys_page(request: Request, visit: Officer, engine: ContestEngine) -> Response:
    with reading(engine) as session:
        return _keys_page(request, session, visit)


@router.post("/keys")
def register_key(request: Request, visit: Officer, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    public_key = sent.one("public_key")
    if not age.is_public_key(public_key):
        private = public_key.upper().startswith("AGE-SECRET-KEY")
        message = (
            "That is your private key! Nothing was kept. Make a new key, and keep it to yourself."
            if private
            else "This is no public key: it begins with age1 and has 62 characters."
        )
        with reading(engine) as session:
            return _keys_page(request, session, visit, Problem("public_key", message))
    with transaction(engine) as session:
        contest = session.get_one(Contest, visit.contest_id, with_for_update=True)
        judging = judging_officers(session, contest.id)
        if visit.person_id in judging and len(judging) >= contest.keys_needed:
            raise Clash(
                "Too many officers judge: they alone could open an envelope.", kept="No key was registered."
            )
        if session.scalar(
            select(OfficerKey.role_id)
            .join(Role, Role.id == OfficerKey.role_id)
            .where(
                Role.contest_id == contest.id,
                OfficerKey.public_key == public_key,
                OfficerKey.role_id != visit.role_id,
            )
        ):
            raise Clash(
                "Another officer has registered this very key; one key alone must never open an envelope.",
                kept="No key was registered.",
                to_do="Each officer makes an own key on an own machine.",
            )
        if now >= contest.opens_at and session.get(OfficerKey, visit.role_id) is not None:
            raise Clash(
                "Entries are open and sealed to your key of now, so it can’t be changed.",
                kept="Your key stands.",
            )
        session.merge(OfficerKey(role_id=visit.role_id, public_key=public_key, registered_at=now))
    return see_other("/officers/keys")


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


def _keys_page(request: Request, session: Session, visit: Visit, *problems: Problem) -> Response:
    context = {**key_values(session, visit), "values": {"public_key": ""}}
    frame = officers_frame(session, visit, current="/officers/keys")
    return page(request, "officer_keys.html", context, title="My key", problems=problems, **frame)
