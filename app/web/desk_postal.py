"""The desk takes in an entry that came by post: the form, and the receipt to send back."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import APIRouter, Request, Response

from app.access import Visit
from app.database import reading
from app.desk.postal import PostalForm, log_postal_entry, require_ready_for_post
from app.engines import Engines
from app.errors import BadRequest
from app.intake.admit import Admitted
from app.intake.receipts import ReceiptCode
from app.problems import Problem
from app.tables import Contest, Entry
from app.web.contest_frame import category_choices
from app.web.desk_frame import desk_frame
from app.web.forms import Form
from app.web.minted import mint, minted_in
from app.web.pages import page, qr_svg
from app.web.visitors import Administrator, Now, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/desk")
_FIELDS = (
    "date_received", "nom_de_plume", "category", "copies", "envelope_label", "envelope_place", "copies_place",
    "condition", "text", "note",
)  # fmt: skip


@router.get("/post")
def postal_page(request: Request, visit: Administrator, engines: Whole) -> Response:
    with reading(engines.contest) as session:
        require_ready_for_post(session, visit.contest_id)
    values = {**dict.fromkeys(_FIELDS, ""), "minted": mint(engines), "copies": "3"}
    return _postal_page(request, engines, visit, values)


@router.post("/post")
def log_post(request: Request, visit: Administrator, engines: Whole, sent: Sent, now: Now) -> Response:
    receipt = minted_in(engines, sent)
    if receipt is None:
        raise BadRequest("This form was not made by us, or has been changed.", to_do="Open it again.")
    outcome = log_postal_entry(engines, visit=visit, form=_postal_form(sent), receipt=receipt, now=now)
    if isinstance(outcome, Admitted):
        return _logged_page(request, engines, visit, outcome, receipt)
    values = {name: sent.text(name) for name in ("minted", *_FIELDS)}
    return _postal_page(request, engines, visit, values, outcome)


def _postal_page(
    request: Request,
    engines: Engines,
    visit: Visit,
    values: Mapping[str, str],
    problems: Sequence[Problem] = (),
) -> Response:
    with reading(engines.contest) as session:
        contest = session.get_one(Contest, visit.contest_id)
        context = {"categories": category_choices(contest), "values": values}
        frame = desk_frame(session, visit, current="/desk/post")
        return page(request, "postal.html", context, title="Log a postal entry", problems=problems, **frame)


def _postal_form(sent: Form) -> PostalForm:
    copies = sent.one("copies")
    try:
        delivered_on = date.fromisoformat(sent.one("date_received"))
    except ValueError:
        delivered_on = None
    return PostalForm(
        delivered_on=delivered_on,
        nom_de_plume=" ".join(sent.one("nom_de_plume").split())[:60],
        category=sent.one("category"),
        copies=int(copies) if copies.isdecimal() and len(copies) < 4 else -1,  # noqa: PLR2004 - fewer than a thousand
        copies_place=sent.one("copies_place")[:200],
        envelope_label=sent.one("envelope_label")[:60],
        envelope_place=sent.one("envelope_place")[:200],
        condition=sent.one("condition")[:500],
        note=sent.one("note")[:2000],
        text=sent.text("text"),
    )


def _logged_page(
    request: Request, engines: Engines, visit: Visit, admitted: Admitted, receipt: ReceiptCode
) -> Response:
    with reading(engines.contest) as session:
        entry = session.get_one(Entry, admitted.entry_id)
        paper = entry.paper
        context = {
            "number": entry.number,
            "nom": entry.nom_de_plume,
            "code": receipt.groups,
            "qr_svg": qr_svg(receipt.text),
            "envelope_label": "" if paper is None else paper.envelope_label,
            "envelope_place": "" if paper is None else paper.envelope_place,
            "review_href": f"/desk/entries/{entry.id}",
        }
        return page(request, "postal_done.html", context, title="Logged", **desk_frame(session, visit))
