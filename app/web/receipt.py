"""For entrants: what the receipt opens. The code comes in a form and stays in a cookie, never in an address."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import reading
from app.engines import Engines
from app.errors import NotHere, ReceiptNeeded, TooMany
from app.intake.look_up import FailedLookUps, find_entry_id
from app.intake.receipts import ReceiptCode, parse_receipt
from app.intake.slip import receipt_pdf
from app.intake.state import WHOLE, state_of
from app.problems import Problem
from app.record.roots import signing_key
from app.tables import Contest, Entry
from app.vault.open import OpenedByReceipt, open_with_receipt
from app.web.contest_dates import dates_of
from app.web.contest_frame import contest_frame
from app.web.pages import page, pdf, see_other
from app.web.receipt_view import STATUS, receipt_values
from app.web.record_line import in_fours
from app.web.visitors import Now, Sent, clear_cookie, contest_title, cookie, set_cookie
from app.web.whole import Whole
from app.wording import counted, day_in_words, in_words

router = APIRouter()

_DONE = {
    "entered": "",
    "entered-copy": "A copy of this receipt goes to the e-mail address you gave.",
    "again": "This form had been sent before. It is one entry, and this is its receipt.",
    "replaced": "Your essay is replaced.",
    "withdrawn": "Your entry is withdrawn.",
    "consent": "Your choice is kept.",
    "corrected": "Your correction is sealed into the envelope.",
}
_UNKNOWN = "No entry has this receipt code."


def receipt_of(request: Request, engines: Whole, now: Now) -> ReceiptCode:
    """The code in the cookie. Raises ReceiptNeeded, NotHere, or TooMany where an address has tried too many."""
    code = parse_receipt(cookie(request, "receipt"))
    if code is None:
        raise ReceiptNeeded("Type your receipt code first.")
    if not _is_known(request, engines, code, now):
        raise NotHere(_UNKNOWN, to_do="Put the receipt away and type the code again.")
    return code


Receipt = Annotated[ReceiptCode, Depends(receipt_of)]


@router.get("/receipt")
def receipt_page(request: Request, engines: Whole, now: Now, done: str = "") -> Response:
    if parse_receipt(cookie(request, "receipt")) is None or done == "unknown":
        return _ask_for_code(request, _UNKNOWN if done == "unknown" else "")
    code = receipt_of(request, engines, now)
    return show_receipt(
        request, engines, code, now=now, fresh=done.startswith("entered"), notice=_DONE.get(done, "")
    )


@router.post("/receipt")
def bring_receipt(request: Request, engines: Whole, sent: Sent, now: Now) -> Response:
    """Take a typed code. Known or not, the answer takes the same work and has the same length."""
    code = parse_receipt(sent.one("code"))
    if code is None:
        return _ask_for_code(
            request, "This is not a whole receipt code: seven groups of four. Check each character."
        )
    if not _is_known(request, engines, code, now):
        return see_other("/receipt?done=unknown")
    response = see_other("/receipt")
    set_cookie(request, response, "receipt", code.text)
    return response


@router.post("/receipt/leave")
def leave(request: Request, _sent: Sent) -> Response:
    response = see_other("/receipt")
    clear_cookie(request, response, "receipt")
    return response


@router.get("/receipt/status")
def status(engines: Whole, code: Receipt) -> Response:
    with reading(engines.contest) as session:
        return JSONResponse({"state": STATUS[state_of(entry_of(session, code))]})


@router.get("/receipt/reading-copy.pdf")
def reading_copy(engines: Whole, code: Receipt) -> Response:
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        if not entry.copies or entry.withdrawal is not None:
            raise NotHere("The reading copy is not made yet.", to_do="Look again in a minute.")
        return pdf(engines.copies.get(entry.copies[-1].pdf_key), f"entry-{entry.number}.pdf")


@router.get("/receipt/receipt.pdf")
def receipt_as_pdf(engines: Whole, code: Receipt) -> Response:
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        contest = session.get_one(Contest, entry.contest_id)
        fingerprint = in_fours(opened_with(engines, entry, code).note.fingerprint)
        facts = [
            ("Entry", str(entry.number)),
            ("Nom de plume", entry.nom_de_plume),
            ("Received", in_words(entry.received_at, ZoneInfo(contest.time_zone), seconds=True)),
            ("Fingerprint (SHA-256)", " ".join(fingerprint) or "an essay on paper has none"),
            ("Key of the record", " ".join(in_fours(signing_key(engines.settings.keys_folder).hex()))),
            *((day_in_words(day), what) for day, what in dates_of(contest)),
        ]
        content = receipt_pdf(contest_title(contest), code.groups, facts, address=engines.settings.address)
    return pdf(content, f"receipt-{entry.number}.pdf")


def show_receipt(
    request: Request,
    engines: Engines,
    code: ReceiptCode,
    *,
    now: datetime,
    fresh: bool = False,
    notice: str = "",
    problems: Sequence[Problem] = (),
    text: str = "",
) -> Response:
    """The receipt's page; `text` is an essay pasted to replace the other, where there was a problem with it."""
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        contest = session.get_one(Contest, entry.contest_id)
        opened = opened_with(engines, entry, code)
        context = receipt_values(
            session,
            engines,
            entry,
            contest,
            code,
            fingerprint=opened.note.fingerprint,
            has_email=bool(opened.identity.email),
            now=now,
        )
    context |= {"fresh": fresh, "values": {"text": text}}
    title, frame = f"Receipt for entry {entry.number}", contest_frame(contest)
    return page(request, "receipt.html", context, title=title, problems=problems, notice=notice, **frame)


def entry_of(session: Session, code: ReceiptCode) -> Entry:
    entry = session.scalar(select(Entry).where(Entry.receipt_hash == code.hash).options(*WHOLE))
    if entry is None:
        raise NotHere(_UNKNOWN, to_do="Put the receipt away and type the code again.")
    return entry


def opened_with(engines: Engines, entry: Entry, code: ReceiptCode) -> OpenedByReceipt:
    with reading(engines.vault.entering) as session:
        return open_with_receipt(session, entry_id=entry.id, version=entry.essay_version, receipt=code.octets)


def _is_known(request: Request, engines: Engines, code: ReceiptCode, now: datetime) -> bool:
    if find_entry_id(engines, code) is not None:
        return True
    failed: FailedLookUps = request.app.state.failed_look_ups
    wait = failed.count(request.client.host if request.client else "", now=now)
    if wait:
        raise TooMany(
            "Too many codes that no entry has were tried from where you are.",
            wait=wait,
            kept="Every entry and every receipt is as it was. No address was noted down.",
            to_do=f"Wait {counted(wait, 'second')}, look at each character of your code, and try again.",
        )
    return False


def _ask_for_code(request: Request, message: str = "") -> Response:
    problems = [Problem("code", message)] if message else []
    return page(
        request,
        "receipt_sign_in.html",
        {"values": {"code": ""}},
        title="My receipt",
        society="Essay prizes",
        problems=problems,
    )
