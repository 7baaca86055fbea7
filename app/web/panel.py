"""The panel: a judge's reading list, an essay to read and mark, one tap to stand back.

Every answer here is made of values from `app.panel.views`; no route leads to the vault.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from anonymiser import load_manuscript
from app.access import Visit
from app.database import reading
from app.errors import BadRequest, NotHere
from app.panel.mark import declare_interest, raise_flag, recuse, save_marks
from app.panel.views import EssayToMark, essay_to_mark, has_declared, reading_list
from app.problems import Problem
from app.tables import Contest
from app.tables.panel import RecusalCause
from app.web.pages import page, pdf, see_other, worst_status
from app.web.panel_frame import panel_frame
from app.web.panel_view import STATEMENT, list_values
from app.web.reading_view import (
    next_href,
    other_type_size,
    reading_values,
    saved_values,
    typed_in,
)
from app.web.visitors import ContestEngine, Copies, Judge, Now, Sent, cookie, set_cookie

router = APIRouter(prefix="/panel")
MOST_DIGITS = 10
FLAGS = ("patient", "elsewhere")


@router.get("/declaration")
def declaration_page(request: Request, visit: Judge, engine: ContestEngine) -> Response:
    return _declaration_page(request, engine, visit)


@router.post("/declaration")
def declare(request: Request, visit: Judge, engine: ContestEngine, sent: Sent, now: Now) -> Response:
    if sent.one("declared") != "yes":
        return _declaration_page(request, engine, visit, Problem("declared", "Tick the box to declare."))
    declare_interest(engine, visit=visit, now=now)
    return see_other("/panel")


@router.get("")
def list_page(request: Request, visit: Judge, engine: ContestEngine) -> Response:
    with reading(engine) as session:
        if not has_declared(session, visit):
            return see_other("/panel/declaration")
        context = list_values(reading_list(session, visit))
        return page(request, "panel.html", context, title="Reading list", **panel_frame(session, visit))


@router.get("/readings/{reading_id}")
def reading_page(
    request: Request,
    visit: Judge,
    engine: ContestEngine,
    copies: Copies,
    now: Now,
    reading_id: UUID,
    saved: str = "",
) -> Response:
    with reading(engine) as session:
        if not has_declared(session, visit):
            return see_other("/panel/declaration")
        essay = essay_to_mark(session, visit, reading_id, now=now)
        if essay.state == "set_aside":
            return _set_aside_page(request, session, visit, essay)
        context = reading_values(essay, copies, type_size=cookie(request, "type"))
        context["saved"] = "Draft saved." if saved else ""
        return _reading_page(request, session, visit, essay, context)


@router.get("/readings/{reading_id}/reading-copy.pdf")
def reading_copy(visit: Judge, engine: ContestEngine, copies: Copies, now: Now, reading_id: UUID) -> Response:
    with reading(engine) as session:
        essay = _readable(session, visit, reading_id, now)
        return pdf(copies.get(essay.pdf_key), f"reading-copy-{reading_id}.pdf")


@router.get("/readings/{reading_id}/pictures/{number}")
def picture(
    visit: Judge, engine: ContestEngine, copies: Copies, now: Now, reading_id: UUID, number: int
) -> Response:
    with reading(engine) as session:
        essay = _readable(session, visit, reading_id, now)
        images = load_manuscript(copies.get(essay.manuscript_key)).images
    if not 0 <= number < len(images):
        raise NotHere("There is no such picture.")
    return Response(images[number].data, media_type=images[number].media_type)


@router.post("/readings/{reading_id}/marks")
def mark(
    request: Request,
    visit: Judge,
    engine: ContestEngine,
    copies: Copies,
    reading_id: UUID,
    sent: Sent,
    now: Now,
) -> Response:
    do, version = sent.one("do"), sent.one("version")
    if do not in {"save", "lock", "autosave"}:
        raise BadRequest("Save or lock.", kept="Your marks are as they were.")
    points = {name.removeprefix("mark-"): sent.one(name) for name in sent.fields if name.startswith("mark-")}
    outcome = save_marks(
        engine,
        visit=visit,
        assignment_id=reading_id,
        points=points,
        notes=sent.text("notes"),
        version=_version(version),
        lock=do == "lock",
        now=now,
    )
    if do == "autosave":
        return _autosaved(engine, visit, reading_id, outcome, now)
    if isinstance(outcome, int):
        return see_other(f"/panel/readings/{reading_id}" + ("?saved=draft" if do == "save" else ""))
    with reading(engine) as session:
        essay = essay_to_mark(session, visit, reading_id, now=now)
        context = reading_values(essay, copies, type_size=cookie(request, "type"))
        context |= {"saved": "", **typed_in(context, points, notes=sent.text("notes"))}
        return _reading_page(request, session, visit, essay, context, outcome)


def _version(text: str) -> int | None:
    """The draft a page showed; None where it says nothing, as a page without our form does."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS):
        raise BadRequest("This page was not made by us.", kept="Your marks are as they were.")
    return int(text)


@router.post("/readings/{reading_id}/recusal")
def stand_back(visit: Judge, engine: ContestEngine, reading_id: UUID, sent: Sent, now: Now) -> Response:
    try:
        cause = RecusalCause(sent.one("cause"))
    except ValueError as error:
        raise BadRequest("Say whether you recognise the writer or have a conflict.") from error
    recuse(engine, visit=visit, assignment_id=reading_id, cause=cause, now=now)
    return see_other(f"/panel/readings/{reading_id}")


@router.post("/readings/{reading_id}/flag")
def flag(visit: Judge, engine: ContestEngine, reading_id: UUID, sent: Sent, now: Now) -> Response:
    if sent.one("kind") not in FLAGS:
        raise BadRequest("There is no such flag.")
    raise_flag(engine, visit=visit, assignment_id=reading_id, kind=sent.one("kind"), now=now)
    return see_other(f"/panel/readings/{reading_id}")


@router.post("/type")
def type_size(request: Request, _visit: Judge, sent: Sent) -> Response:
    back = sent.one("back")
    try:
        target = f"/panel/readings/{UUID(back.removeprefix('/panel/readings/'))}"
    except ValueError:
        target = "/panel"
    response = see_other(target)
    size = other_type_size(cookie(request, "type"), asked=sent.one("type"))
    set_cookie(request, response, "type", size)
    return response


def _declaration_page(request: Request, engine: ContestEngine, visit: Visit, *problems: Problem) -> Response:
    with reading(engine) as session:
        frame = panel_frame(session, visit)
        context = {"statement": STATEMENT}
        return page(request, "declaration.html", context, title="Declaration", problems=problems, **frame)


def _set_aside_page(request: Request, session: Session, visit: Visit, essay: EssayToMark) -> Response:
    # Title and text of an essay one stood back from are gone; its nom de plume says which it was.
    context = {"nom": essay.nom, "next_href": next_href(essay)}
    frame = panel_frame(session, visit)
    return page(request, "panel_set_aside.html", context, title="Set aside", **frame)


def _reading_page(
    request: Request,
    session: Session,
    visit: Visit,
    essay: EssayToMark,
    context: dict[str, Any],
    problems: Sequence[Problem] = (),
) -> Response:
    at_fields = [replace(each, field=_field(each.field)) for each in problems]
    frame = panel_frame(session, visit)
    return page(request, "reading.html", context, title=essay.nom, problems=at_fields, **frame)


def _field(name: str) -> str:
    return name if name in {"", "lock"} else f"mark-{name}"


def _readable(session: Session, visit: Visit, reading_id: UUID, now: datetime) -> EssayToMark:
    """The essay, unless the judge stood back from it: then nothing about it is shown any more."""
    essay = essay_to_mark(session, visit, reading_id, now=now)
    if essay.state == "set_aside" or not has_declared(session, visit):
        raise NotHere("This essay is not on your list.", to_do="Go back to your reading list.")
    return essay


def _autosaved(
    engine: ContestEngine, visit: Visit, reading_id: UUID, outcome: int | list[Problem], now: datetime
) -> Response:
    if not isinstance(outcome, int):
        return JSONResponse({"message": " ".join(each.message for each in outcome)}, worst_status(outcome))
    with reading(engine) as session:
        essay = essay_to_mark(session, visit, reading_id, now=now)
        zone = ZoneInfo(session.get_one(Contest, visit.contest_id).time_zone)
    return JSONResponse(saved_values(essay, version=outcome, saved_at=now.astimezone(zone)))
