"""The demo's own pages, for loopback alone: one-click sign-in and a hand on the clock."""

import hashlib
import hmac
from ipaddress import ip_address
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access import begin_session
from app.database import reading, transaction
from app.errors import NotHere
from app.record.leaves import state_rules
from app.secrets_folder import own_secret
from app.settings import Settings
from app.tables import Contest, Role
from app.tables.people import RoleKind
from app.web.pages import page, see_other
from app.web.staff import FRONT
from app.web.visitors import ContestEngine, Now, Sent, set_cookie

router = APIRouter(prefix="/demo")
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def sign_in_key(settings: Settings, role_id: UUID) -> str:
    """What a printed sign-in link carries: only whoever reads the terminal knows it."""
    return hmac.digest(own_secret(settings.keys_folder, "demo"), role_id.bytes, hashlib.sha256).hex()[:32]


def roles_by_contest(session: Session) -> list[tuple[Contest, list[Role]]]:
    order = {RoleKind.ADMINISTRATOR: 0, RoleKind.JUDGE: 1, RoleKind.OFFICER: 2}
    contests = session.scalars(select(Contest).where(Contest.is_demo.is_(True)).order_by(Contest.closes_at))
    found = []
    for contest in contests:
        roles = session.scalars(
            select(Role).where(Role.contest_id == contest.id).options(joinedload(Role.person))
        ).all()
        found.append((contest, sorted(roles, key=lambda role: (order[role.kind], role.alias, role.title))))
    return found


@router.get("/sign-in/{role_id}")
def sign_in_at_a_click(
    request: Request, engine: ContestEngine, now: Now, role_id: UUID, key: str = ""
) -> Response:
    _require_loopback(request)
    with transaction(engine) as session:
        role = session.get(Role, role_id)
        right = hmac.compare_digest(key.encode(), sign_in_key(request.app.state.settings, role_id).encode())
        if role is None or not right or not session.get_one(Contest, role.contest_id).is_demo:
            raise NotHere(
                "This sign-in link is not one of the demo’s.", to_do="Use a link the terminal shows."
            )
        token = begin_session(session, person_id=role.person_id, contest_id=role.contest_id, now=now)
        front = FRONT[role.kind]
    response = see_other(front)
    set_cookie(request, response, "session", token)
    return response


@router.get("/clock")
def clock_page(request: Request, engine: ContestEngine, now: Now) -> Response:
    _require_loopback(request)
    with reading(engine) as session:
        contests = [
            {"slug": contest.slug, "title": contest.title}
            for contest, _ in roles_by_contest(session)
            if contest.opens_at <= now < contest.closes_at
        ]
    return page(request, "demo_clock.html", {"contests": contests}, title="The demo’s clock", society="Demo")


@router.post("/clock")
def close_entries(request: Request, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    """Bring the deadline of an open demo contest forward to this instant."""
    _require_loopback(request)
    with transaction(engine) as session:
        contest = session.scalar(
            select(Contest).where(Contest.slug == sent.one("contest"), Contest.is_demo.is_(True))
        )
        if contest is None or now >= contest.closes_at:
            raise NotHere("No demo contest of this name is open.")
        contest.closes_at = now
        state_rules(session, contest_id=contest.id, now=now)
        slug = contest.slug
    return see_other(f"/prize/{slug}")


def _require_loopback(request: Request) -> None:
    host = request.client.host if request.client else ""
    name = request.headers.get("host", "").rsplit(":", 1)[0]
    try:
        near = ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near or name not in _LOCAL:
        raise NotHere("The demo’s own pages answer this machine alone.")
