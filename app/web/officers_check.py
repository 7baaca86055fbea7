"""The officers' Council check: parts handed over, entries compared, and what came of it put on the record."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app.access import Visit
from app.ceremony.council_check import record_outcome
from app.ceremony.council_parts import bundle_to_compare, bundle_to_hand_over, take_parts
from app.database import reading
from app.engines import Engines
from app.errors import NomdeplumeError, TooLarge, Unusable
from app.problems import Problem
from app.web.council_check_view import council_check_values, stamp
from app.web.forms import Form
from app.web.officer_keys import in_browser
from app.web.officers_frame import officers_frame
from app.web.pages import page, see_other
from app.web.visitors import Now, Officer, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/officers/council-check")
_LINES_AT_ONCE = 200
_DONE = {
    "handed": "Your parts are handed over, sealed to that officer’s key.",
    "made": "The Council check is made, and on the record.",
}


@router.get("")
def check_page(request: Request, visit: Officer, engines: Whole, now: Now, done: str = "") -> Response:
    return _check_page(request, engines, visit, now, notice=_DONE.get(done, ""))


@router.get("/status")
def status(visit: Officer, engines: Whole) -> Response:
    with reading(engines.contest) as session:
        return JSONResponse({"state": stamp(session, engines, visit)})


@router.get("/bundle")
def bundle(visit: Officer, engines: Whole, now: Now, to: UUID | None = None) -> Response:
    """Stream the file for this officer's device: to hand over to `to`, or to compare."""
    lines = (
        bundle_to_compare(engines, visit=visit, now=now)
        if to is None
        else bundle_to_hand_over(engines, visit=visit, to=to, now=now)
    )
    return StreamingResponse(
        _together(lines),
        media_type="application/jsonl",
        headers={"content-disposition": 'attachment; filename="council-check.jsonl"'},
    )


@router.post("/parts")
def hand_over(request: Request, visit: Officer, engines: Whole, sent: Sent, now: Now) -> Response:
    try:
        to = _officer(sent.one("to"))
        take_parts(engines, visit=visit, to=to, sealed=_content(sent), now=now)
    except Unusable as error:
        return _refused(request, engines, visit, now, "parts", error)
    return see_other("/officers/council-check?done=handed")


@router.post("/outcome")
def hand_in_outcome(request: Request, visit: Officer, engines: Whole, sent: Sent, now: Now) -> Response:
    try:
        text = _content(sent).decode(errors="replace")
        record_outcome(engines, visit=visit, text=text, now=now)
    except Unusable as error:
        return _refused(request, engines, visit, now, "outcome", error)
    return see_other("/officers/council-check?done=made")


def _together(lines: Iterator[str]) -> Iterator[str]:
    while several := "".join(islice(lines, _LINES_AT_ONCE)):
        yield several


def _content(sent: Form) -> bytes:
    with sent.content() as content:
        if sent.file_too_large:
            raise TooLarge("This file is too large.", kept="Nothing was handed in.")
        if content is None:
            raise Unusable("Choose the file first.", kept="Nothing was handed in.")
        return content


def _officer(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Unusable("Choose the officer who goes on.", kept="Nothing was handed over.") from error


def _refused(
    request: Request, engines: Engines, visit: Visit, now: datetime, field: str, error: NomdeplumeError
) -> Response:
    return _check_page(request, engines, visit, now, Problem(field, error.in_full))


def _check_page(
    request: Request, engines: Engines, visit: Visit, now: datetime, *problems: Problem, notice: str = ""
) -> Response:
    with reading(engines.contest) as session:
        context = {
            **council_check_values(session, engines, visit, now),
            "in_browser": in_browser(),
            "by_hand": bool(problems),
        }
        frame = officers_frame(session, visit, current="/officers/council-check")
        return page(
            request,
            "council_check.html",
            context,
            title="Council check",
            problems=problems,
            notice=notice,
            **frame,
        )
