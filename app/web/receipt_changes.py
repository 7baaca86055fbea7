"""For entrants: what can still be changed through the receipt: the essay, being named, being in it at all."""

from fastapi import APIRouter, Request, Response

from app.database import reading, transaction
from app.engines import Engines
from app.errors import Unusable
from app.intake.receipts import ReceiptCode
from app.intake.versions import replace_essay, withdraw
from app.problems import Problem
from app.record.entrant import EntrantKey
from app.record.leaves import append_leaf
from app.tables import Announcement, Contest
from app.web.contest_dates import last_minute
from app.web.contest_frame import contest_frame
from app.web.essay_field import take_essay
from app.web.pages import page, see_other
from app.web.receipt import Receipt, entry_of, opened_with, show_receipt
from app.web.visitors import Now, Sent
from app.web.whole import Whole

router = APIRouter()


@router.post("/receipt/replacement")
def replacement(request: Request, engines: Whole, code: Receipt, sent: Sent, now: Now) -> Response:
    with reading(engines.contest) as session:
        opened = opened_with(engines, entry_of(session, code), code)
    with sent.content() as file:
        essay, problems = take_essay(sent, file, held=None, largest=engines.settings.max_upload)
    if essay is None and not problems:
        problems = [Problem("essay", "Choose the file of your essay, or paste its text.")]
    if essay is None or problems:
        return show_receipt(request, engines, code, now=now, problems=problems, text=sent.text("text"))
    replace_essay(
        engines, opened=opened, receipt=code, essay=essay.content, arrived_at=sent.arrived_at, now=now
    )
    return see_other("/receipt?done=replaced")


@router.get("/receipt/withdrawal")
def withdrawal_page(request: Request, engines: Whole, code: Receipt) -> Response:
    with reading(engines.contest) as session:
        if entry_of(session, code).withdrawal is not None:
            return see_other("/receipt")
    return _withdrawal_page(request, engines, code)


@router.post("/receipt/withdrawal")
def withdrawal(request: Request, engines: Whole, code: Receipt, sent: Sent, now: Now) -> Response:
    if sent.one("confirm") != "yes":
        return _withdrawal_page(
            request, engines, code, Problem("confirm", "Tick the box to withdraw; or leave the entry in.")
        )
    with reading(engines.contest) as session:
        opened = opened_with(engines, entry_of(session, code), code)
    withdraw(engines, opened=opened, receipt=code, now=now)
    return see_other("/receipt?done=withdrawn")


@router.post("/receipt/consent")
def consent(engines: Whole, code: Receipt, sent: Sent, now: Now) -> Response:
    choice = sent.one("named")
    if choice not in {"yes", "no"}:
        raise Unusable("Choose whether you agree to be named.", kept="Your earlier choice stands.")
    with transaction(engines.contest) as session:
        entry = entry_of(session, code)
        if session.get(Announcement, entry.contest_id) is not None:
            raise Unusable("The results are announced already.", kept="Your earlier choice stands.")
        entry.may_be_named = choice == "yes"
        append_leaf(
            session,
            contest_id=entry.contest_id,
            kind="consent",
            entry_id=entry.id,
            rows=[entry],
            signer=EntrantKey.from_receipt(code.octets),
            now=now,
        )
    return see_other("/receipt?done=consent")


def _withdrawal_page(request: Request, engines: Engines, code: ReceiptCode, *problems: Problem) -> Response:
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        contest = session.get_one(Contest, entry.contest_id)
        context = {"nom": entry.nom_de_plume, "number": entry.number, "closes": last_minute(contest)}
        frame = contest_frame(contest)
        return page(request, "receipt_withdraw.html", context, title="Withdraw", problems=problems, **frame)
