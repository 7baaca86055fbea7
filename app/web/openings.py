"""Opening envelopes: two officers, each with own sign-in, each with a part from own device."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.access import Visit
from app.ceremony.opening import (
    hand_in_part,
    open_envelope,
    open_paper,
    opening_for,
    say_eligible,
    start_opening,
)
from app.database import reading
from app.engines import Engines
from app.errors import BadRequest, NomdeplumeError, NotHere, Unusable
from app.intake.identity_form import co_authors_in
from app.problems import Problem
from app.vault.errors import NoSuchEnvelope
from app.vault.identity import Identity
from app.vault.open import officer_share
from app.web.officer_keys import in_browser
from app.web.officers_frame import officers_frame
from app.web.opening_start_view import opening_start_values
from app.web.opening_view import opening_values, stamp
from app.web.pages import download, page, see_other
from app.web.visitors import Now, Officer, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/officers/openings")
_FIELDS = (
    "part_text",
    "name",
    "email",
    "registration_number",
    "co_authors",
    "address",
    "as_written",
    "eligible",
    "note",
)


@router.get("")
def start_page(request: Request, visit: Officer, engines: Whole) -> Response:
    return _start_page(request, engines, visit)


@router.post("")
def start(request: Request, visit: Officer, engines: Whole, sent: Sent, now: Now) -> Response:
    try:
        entry_id = UUID(sent.one("entry"))
    except ValueError:
        return _start_page(request, engines, visit, Problem("entry", "Choose the envelope."))
    try:
        opening_id = start_opening(
            engines, visit=visit, entry_id=entry_id, reason=sent.one("reason")[:500], now=now
        )
    except Unusable as error:
        return _start_page(request, engines, visit, Problem("reason", error.happened), entry=str(entry_id))
    return see_other(f"/officers/openings/{opening_id}")


@router.get("/{opening_id}")
def opening_page(request: Request, visit: Officer, engines: Whole, now: Now, opening_id: UUID) -> Response:
    return _opening_page(request, engines, visit, opening_id, now)


@router.get("/{opening_id}/status")
def status(visit: Officer, engines: Whole, now: Now, opening_id: UUID) -> Response:
    with reading(engines.contest) as session:
        opening = opening_for(session, visit, opening_id)
    return JSONResponse({"state": stamp(engines, opening, now)})


@router.get("/{opening_id}/share.age")
def share(visit: Officer, engines: Whole, opening_id: UUID) -> Response:
    """Serve an officer's own part, still sealed to the officer's key."""
    with reading(engines.contest) as session:
        entry_id = opening_for(session, visit, opening_id).entry_id
    try:
        with reading(engines.vault.opening) as session:
            sealed = officer_share(session, entry_id=entry_id, officer_id=visit.role_id)
    except NoSuchEnvelope as error:
        raise NotHere(
            "You hold no part of this envelope: your key was not tested yet when it was sealed.",
            to_do="Another officer hands in a part.",
        ) from error
    return download(sealed, "share.age", "application/octet-stream")


@router.post("/{opening_id}/part")
def hand_in(
    request: Request, visit: Officer, engines: Whole, opening_id: UUID, sent: Sent, now: Now
) -> Response:
    with sent.content() as content:
        text = content.decode(errors="replace") if content is not None else sent.text("part_text")
    try:
        hand_in_part(engines, visit=visit, opening_id=opening_id, text=text.strip(), now=now)
    except Unusable as error:
        return _refused(request, engines, visit, opening_id, now, "part", error)
    return see_other(f"/officers/openings/{opening_id}")


@router.post("/{opening_id}/open")
def open_now(
    request: Request, visit: Officer, engines: Whole, opening_id: UUID, _sent: Sent, now: Now
) -> Response:
    try:
        open_envelope(engines, visit=visit, opening_id=opening_id, now=now)
    except Unusable as error:
        return _refused(request, engines, visit, opening_id, now, "", error)
    return see_other(f"/officers/openings/{opening_id}")


@router.post("/{opening_id}/paper")
def take_down(
    request: Request, visit: Officer, engines: Whole, opening_id: UUID, sent: Sent, now: Now
) -> Response:
    with reading(engines.contest) as session:
        entry_id = opening_for(session, visit, opening_id).entry_id
    written = Identity(
        entry_id=entry_id,
        name=sent.one("name")[:200],
        email=sent.one("email")[:254],
        registration_number=sent.one("registration_number")[:60],
        postal_address=sent.text("address").strip()[:1000],
        co_authors=co_authors_in(sent.text("co_authors")[:4000]),
        also_known_as=(sent.text("as_written").strip()[:4000],) if sent.one("as_written") else (),
    )
    try:
        open_paper(engines, visit=visit, opening_id=opening_id, written=written, now=now)
    except Unusable as error:
        return _refused(request, engines, visit, opening_id, now, "name", error)
    return see_other(f"/officers/openings/{opening_id}")


@router.post("/{opening_id}/eligibility")
def eligibility(
    request: Request, visit: Officer, engines: Whole, opening_id: UUID, sent: Sent, now: Now
) -> Response:
    if sent.one("eligible") not in {"yes", "no"}:
        raise BadRequest("Say whether the writer is eligible.", kept="Nothing was recorded.")
    try:
        say_eligible(
            engines,
            visit=visit,
            opening_id=opening_id,
            eligible=sent.one("eligible") == "yes",
            note=sent.text("note")[:2000],
            now=now,
        )
    except Unusable as error:
        return _refused(request, engines, visit, opening_id, now, "note", error)
    return see_other(f"/officers/openings/{opening_id}")


def _refused(
    request: Request,
    engines: Engines,
    visit: Visit,
    opening_id: UUID,
    now: datetime,
    field: str,
    error: NomdeplumeError,
) -> Response:
    return _opening_page(request, engines, visit, opening_id, now, Problem(field, error.in_full))


def _start_page(
    request: Request, engines: Engines, visit: Visit, *problems: Problem, entry: str = ""
) -> Response:
    with reading(engines.contest) as session:
        context = {**opening_start_values(session, visit), "values": {"entry": entry, "reason": ""}}
        frame = officers_frame(session, visit, current="/officers/openings")
        return page(request, "opening_start.html", context, title="Opening", problems=problems, **frame)


def _opening_page(
    request: Request, engines: Engines, visit: Visit, opening_id: UUID, now: datetime, *problems: Problem
) -> Response:
    with reading(engines.contest) as session:
        opening = opening_for(session, visit, opening_id)
        context = opening_values(session, engines, opening, visit, now)
        context["values"] = dict.fromkeys(_FIELDS, "")
        context["in_browser"] = in_browser()
        frame = officers_frame(session, visit, current="/officers/openings")
        return page(request, "opening.html", context, title="Opening", problems=problems, **frame)
