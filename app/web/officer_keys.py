"""An officer's key: registering its public half, and trying it on the test envelope."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.access import Visit
from app.ceremony.rehearsal import hand_in_test_part, own_test_share, register_key
from app.database import reading
from app.engines import Engines
from app.errors import NomdeplumeError, Unusable
from app.problems import Problem
from app.web.key_view import key_stamp, key_values
from app.web.officers_frame import officers_frame
from app.web.pages import download, page, see_other
from app.web.visitors import Now, Officer, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/officers/keys")
_BUNDLE = Path(__file__).parent / "static" / "js" / "vendor" / "age.js"


@router.get("")
def keys_page(request: Request, visit: Officer, engines: Whole, now: Now, done: str = "") -> Response:
    notice = "Your key opened its part of the test envelope." if done == "tried" else ""
    return _keys_page(request, engines, visit, now, notice=notice)


@router.post("")
def register(request: Request, visit: Officer, engines: Whole, sent: Sent, now: Now) -> Response:
    try:
        register_key(engines, visit=visit, public_key=sent.one("public_key"), now=now)
    except Unusable as error:
        return _keys_page(request, engines, visit, now, _problem("public_key", error))
    return see_other("/officers/keys")


@router.get("/status")
def status(visit: Officer, engines: Whole) -> Response:
    with reading(engines.contest) as session:
        return JSONResponse({"state": key_stamp(session, engines, visit)})


@router.get("/test/share.age")
def share(visit: Officer, engines: Whole, now: Now) -> Response:
    """Serve an officer's own part of the test envelope, sealed to the officer's key."""
    return download(own_test_share(engines, visit=visit, now=now), "share.age", "application/octet-stream")


@router.post("/test/part")
def hand_in(request: Request, visit: Officer, engines: Whole, sent: Sent, now: Now) -> Response:
    with sent.content() as content:
        text = content.decode(errors="replace") if content is not None else sent.text("part_text")
    try:
        hand_in_test_part(engines, visit=visit, text=text.strip(), now=now)
    except Unusable as error:
        return _keys_page(request, engines, visit, now, _problem("part", error))
    return see_other("/officers/keys?done=tried")


def in_browser() -> bool:
    """Whether the officers' pages can open parts themselves: what they need for it is bundled when we are built."""
    return _BUNDLE.exists()


def _problem(field: str, error: NomdeplumeError) -> Problem:
    return Problem(field, error.in_full)


def _keys_page(
    request: Request, engines: Engines, visit: Visit, now: Now, *problems: Problem, notice: str = ""
) -> Response:
    with reading(engines.contest) as session:
        context = {
            **key_values(session, engines, visit, now),
            "in_browser": in_browser(),
            # What was pasted is not shown again: it may have been a private key.
            "values": {"public_key": "", "part_text": ""},
        }
        frame = officers_frame(session, visit, current="/officers/keys")
        return page(
            request, "officer_keys.html", context, title="My key", problems=problems, notice=notice, **frame
        )
