"""For entrants: what the envelope holds, shown to the holder of the receipt alone, and corrected by them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from app.database import reading
from app.engines import Engines
from app.intake.corrections import correct_identity, may_correct
from app.intake.identity_form import IdentityForm, typed_identity
from app.intake.receipts import ReceiptCode
from app.problems import Problem
from app.tables import Contest
from app.web.contest_dates import last_minute
from app.web.contest_frame import contest_frame
from app.web.forms import Form
from app.web.pages import page, see_other
from app.web.receipt import Receipt, entry_of, opened_with
from app.web.visitors import Now, Sent
from app.web.whole import Whole

router = APIRouter()


@router.get("/receipt/envelope")
def envelope_page(request: Request, engines: Whole, code: Receipt, now: Now) -> Response:
    return _envelope_page(request, engines, code, now=now)


@router.post("/receipt/envelope")
def correct(request: Request, engines: Whole, code: Receipt, sent: Sent, now: Now) -> Response:
    with reading(engines.contest) as session:
        opened = opened_with(engines, entry_of(session, code), code)
    form, problems = _read(sent, typed_identity(opened.identity))
    if not problems:
        problems = correct_identity(
            engines, opened=opened, receipt=code, form=form, arrived_at=sent.arrived_at, now=now
        )
    if problems:
        return _envelope_page(request, engines, code, now=now, problems=problems, typed=_typed(sent))
    return see_other("/receipt?done=corrected")


def _read(sent: Form, held: Mapping[str, str]) -> tuple[IdentityForm, list[Problem]]:
    """The form as sent. A field the page did not offer says what the envelope says."""
    try:
        return IdentityForm.model_validate({**held, **_typed(sent)}), []
    except ValidationError as error:
        too_long = {str(each["loc"][0]) for each in error.errors()}
        problems = [Problem(field, "This is longer than the form can take.") for field in sorted(too_long)]
        return IdentityForm.model_validate(held), problems


def _typed(sent: Form) -> dict[str, str]:
    return {name: sent.text(name) for name in IdentityForm.model_fields if sent.has(name)}


def _envelope_page(
    request: Request,
    engines: Engines,
    code: ReceiptCode,
    *,
    now: datetime,
    problems: Sequence[Problem] = (),
    typed: Mapping[str, str] | None = None,
) -> Response:
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        contest = session.get_one(Contest, entry.contest_id)
        may = may_correct(session, entry, arrived_at=now)
        opened = opened_with(engines, entry, code)
        held = typed_identity(opened.identity)
        context: dict[str, Any] = {
            "number": entry.number,
            "nom": entry.nom_de_plume,
            "on_paper": entry.paper is not None,
            "fields": may.fields,
            "why_not": may.why_not,
            "held": held,
            "values": {**held, **(typed or {})},
            "closes": last_minute(contest),
            "corrections": opened.corrections,
        }
        frame = contest_frame(contest)
        return page(
            request, "receipt_envelope.html", context, title="Your envelope", problems=problems, **frame
        )
