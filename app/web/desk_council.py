"""The Council list at the desk: who is on it, and changes proposed for another person to confirm."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import reading
from app.desk.council import (
    FROZEN,
    MemberForm,
    columns_of,
    is_frozen,
    member_of,
    propose_correction,
    propose_members,
)
from app.problems import Problem
from app.tables import Contest
from app.web.council_view import members_values, proposals_values
from app.web.desk_frame import desk_frame
from app.web.forms import Form
from app.web.pages import page, see_other
from app.web.visitors import Administrator, ContestEngine, Now, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/desk/council")
_FIELDS = ("name", "also_known_as", "emails", "registration_numbers", "in_office_from", "in_office_until")
_EMPTY = dict.fromkeys((*_FIELDS, "lines", "lines_from"), "")
_DONE = {
    "proposed": "It is proposed. The list changes when an officer confirms it.",
}


@router.get("")
def council_page(request: Request, visit: Administrator, engine: ContestEngine, done: str = "") -> Response:
    with reading(engine) as session:
        return _council_page(request, session, visit, _EMPTY, notice=_DONE.get(done, ""))


@router.post("")
def propose(request: Request, visit: Administrator, engines: Whole, sent: Sent, now: Now) -> Response:
    """Propose one member, or several pasted as lines."""
    several = sent.has("lines")
    forms = pasted(sent.text("lines"), _day(sent.one("lines_from"))) if several else [_member_form(sent)]
    problems = propose_members(engines, visit=visit, forms=forms, now=now)
    if not problems:
        return see_other("/desk/council?done=proposed")
    if several:
        problems = _said_of_lines(problems)
    with reading(engines.contest) as session:
        return _council_page(request, session, visit, {**_EMPTY, **_typed(sent)}, problems)


@router.get("/{member_id}")
def member_page(request: Request, visit: Administrator, engine: ContestEngine, member_id: UUID) -> Response:
    with reading(engine) as session:
        columns = columns_of(member_of(session.get_one(Contest, visit.contest_id), member_id))
        values = {
            name: "\n".join(value) if isinstance(value, list) else value or ""
            for name, value in columns.items()
        }
        return _member_page(request, session, visit, member_id, values)


@router.post("/{member_id}")
def correct(
    request: Request, visit: Administrator, engines: Whole, member_id: UUID, sent: Sent, now: Now
) -> Response:
    problems = propose_correction(engines, visit=visit, member_id=member_id, form=_member_form(sent), now=now)
    if not problems:
        return see_other("/desk/council?done=proposed")
    with reading(engines.contest) as session:
        return _member_page(request, session, visit, member_id, {**_EMPTY, **_typed(sent)}, problems)


def pasted(text: str, since: date | None) -> list[MemberForm]:
    """One member a line: the name, then addresses and registration numbers in any order."""
    forms = []
    for line in text.splitlines()[:500]:
        pieces = [piece.strip() for piece in re.split(r"[;,\t]", line) if piece.strip()]
        emails = tuple(piece for piece in pieces if "@" in piece)
        numbers = tuple(piece for piece in pieces if "@" not in piece and any(map(str.isdigit, piece)))
        # A comma may stand in the name itself: "Osgood, Harriet".
        name = ", ".join(piece for piece in pieces if piece not in {*emails, *numbers})
        if pieces:
            forms.append(MemberForm(name[:200], since, emails=emails[:20], registration_numbers=numbers[:20]))
    return forms


def _member_form(sent: Form) -> MemberForm:
    return MemberForm(
        name=" ".join(sent.one("name").split())[:200],
        in_office_from=_day(sent.one("in_office_from")),
        in_office_until=_day(sent.one("in_office_until")),
        also_known_as=_listed(sent.text("also_known_as")),
        emails=_listed(sent.text("emails")),
        registration_numbers=_listed(sent.text("registration_numbers")),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip()[:254] for part in re.split(r"[;\n]", text) if part.strip())[:20]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _typed(sent: Form) -> dict[str, str]:
    return {name: sent.text(name) for name in _EMPTY if sent.has(name)}


def _said_of_lines(problems: Sequence[Problem]) -> list[Problem]:
    """Each kind of problem once, at the field of the lines."""
    fields = {"in_office_from": "lines_from"}
    said = {Problem(fields.get(each.field, "lines"), each.message) for each in problems}
    return sorted(said, key=lambda each: (each.field, each.message))


def _council_page(
    request: Request,
    session: Session,
    visit: Visit,
    values: Mapping[str, str],
    problems: Sequence[Problem] = (),
    *,
    notice: str = "",
) -> Response:
    contest = session.get_one(Contest, visit.contest_id)
    context = {
        "members": members_values(contest),
        "proposals": proposals_values(session, contest, visit),
        "frozen": FROZEN if is_frozen(session, contest.id) else "",
        "values": values,
        "several": bool(values["lines"] or any(each.field.startswith("lines") for each in problems)),
    }
    frame = desk_frame(session, visit, current="/desk/council")
    return page(
        request, "desk_council.html", context, title="Council", problems=problems, notice=notice, **frame
    )


def _member_page(
    request: Request,
    session: Session,
    visit: Visit,
    member_id: UUID,
    values: Mapping[str, str],
    problems: Sequence[Problem] = (),
) -> Response:
    contest = session.get_one(Contest, visit.contest_id)
    context = {
        "member_id": str(member_id),
        "member": member_of(contest, member_id).name,
        "frozen": FROZEN if is_frozen(session, contest.id) else "",
        "values": values,
    }
    frame = desk_frame(session, visit, current="/desk/council")
    return page(request, "council_member.html", context, title="Council", problems=problems, **frame)
