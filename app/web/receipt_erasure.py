"""For entrants: everything about the entry is erased, once they have read what goes and what stays."""

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from app.database import reading
from app.engines import Engines
from app.intake.erasure import erase, why_not_erased
from app.intake.receipts import ReceiptCode
from app.problems import Problem
from app.tables import Contest, Decision
from app.web.contest_frame import contest_frame
from app.web.pages import page, see_other
from app.web.receipt import Receipt, entry_of, opened_with
from app.web.visitors import Now, Sent, clear_cookie
from app.web.whole import Whole

router = APIRouter()


@router.get("/receipt/erasure")
def erasure_page(request: Request, engines: Whole, code: Receipt) -> Response:
    return _erasure_page(request, engines, code)


@router.post("/receipt/erasure")
def erasure(request: Request, engines: Whole, code: Receipt, sent: Sent, now: Now) -> Response:
    if sent.one("confirm") != "yes":
        return _erasure_page(
            request, engines, code, Problem("confirm", "Tick the box to erase; or leave everything as it is.")
        )
    with reading(engines.contest) as session:
        opened = opened_with(engines, entry_of(session, code), code)
    erase(engines, opened=opened, receipt=code, now=now)
    response = see_other("/receipt/erased")
    clear_cookie(request, response, "receipt")
    return response


@router.get("/receipt/erased")
def erased_page(request: Request) -> Response:
    """What stands when everything is gone, the receipt's cookie too; it is the same for everyone."""
    return page(request, "receipt_erased.html", {}, title="Erased", society="Essay prizes")


def _erasure_page(request: Request, engines: Engines, code: ReceiptCode, *problems: Problem) -> Response:
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        contest = session.get_one(Contest, entry.contest_id)
        decided = session.scalar(select(Decision.id).where(Decision.category_id == entry.category_id))
        context = {
            "number": entry.number,
            "nom": entry.nom_de_plume,
            "why_not": why_not_erased(session, entry),
            "withdraws": decided is None and entry.withdrawal is None,
            "with_judges": entry.release is not None and decided is None,
            "on_paper": entry.paper is not None,
        }
        frame = contest_frame(contest)
        return page(
            request, "receipt_erasure.html", context, title="Erase the entry", problems=problems, **frame
        )
