"""Signing in and out, for the administrator, judges and officers."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from app.access import begin_session, contests_of, end_session, roles_of, sign_in
from app.database import reading, transaction
from app.errors import NotAllowed, SignInNeeded
from app.problems import Problem
from app.tables import Role
from app.tables.people import RoleKind
from app.web.pages import page, see_other
from app.web.visitors import ContestEngine, Now, Sent, clear_cookie, cookie, set_cookie

router = APIRouter()
FRONT = {RoleKind.ADMINISTRATOR: "/desk", RoleKind.JUDGE: "/panel", RoleKind.OFFICER: "/officers"}


@router.get("/sign-in")
def sign_in_page(request: Request, engine: ContestEngine, now: Now) -> Response:
    try:
        with reading(engine) as session:
            _, roles = roles_of(session, cookie(request, "session"), now=now)
    except SignInNeeded:
        return _sign_in_page(request, "")
    return see_other(FRONT[roles[0].kind]) if roles else _sign_in_page(request, "")


@router.post("/sign-in")
def take_sign_in(request: Request, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    token = sign_in(
        engine, email=sent.one("email"), password=sent.text("password"), code=sent.one("code"), now=now
    )
    if token is None:
        # One sentence whatever was wrong: which part it was is nobody's business.
        message = (
            "That did not match. Check the e-mail address, the password, and the code your device shows now. "
            "After five failures an account rests for fifteen minutes."
        )
        return _sign_in_page(request, sent.one("email"), Problem("", message))
    with reading(engine) as session:
        _, roles = roles_of(session, token, now=now)
    response = see_other(FRONT[roles[0].kind] if roles else "/")
    set_cookie(request, response, "session", token)
    return response


@router.post("/sign-out")
def sign_out(request: Request, engine: ContestEngine, _sent: Sent, now: Now) -> Response:
    with transaction(engine) as session:
        end_session(session, cookie(request, "session"), now=now)
    response = see_other("/sign-in")
    clear_cookie(request, response, "session")
    return response


@router.get("/contests")
def contests_page(request: Request, engine: ContestEngine, now: Now) -> Response:
    """Contests the person signed in has a role in, to go over to another year's."""
    with reading(engine) as session:
        person, _ = roles_of(session, cookie(request, "session"), now=now)
        contests = [
            {"id": str(each.id), "title": each.title, "society": each.society}
            for each in contests_of(session, person.id)
        ]
    return page(
        request,
        "contests.html",
        {"contests": contests},
        title="Contests",
        society="Essay prizes",
        signed_in_as=person.name,
    )


@router.post("/contests")
def go_to_contest(request: Request, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    with transaction(engine) as session:
        person, _ = roles_of(session, cookie(request, "session"), now=now)
        wanted = next(
            (each for each in contests_of(session, person.id) if str(each.id) == sent.one("contest")), None
        )
        if wanted is None:
            raise NotAllowed("You have no role in that contest.")
        kind = session.scalars(
            select(Role.kind)
            .where(Role.person_id == person.id, Role.contest_id == wanted.id)
            .order_by(Role.kind)
        ).first()
        end_session(session, cookie(request, "session"), now=now)
        token = begin_session(session, person_id=person.id, contest_id=wanted.id, now=now)
    response = see_other(FRONT[kind] if kind is not None else "/")
    set_cookie(request, response, "session", token)
    return response


def _sign_in_page(request: Request, email: str, *problems: Problem) -> Response:
    context = {"problems": problems, "values": {"email": email}, "back": ""}
    return page(
        request, "sign_in.html", context, title="Sign in", society="Staff", status=401 if problems else 200
    )
