"""For entrants: letters from the desk, and letters to it, under the nom de plume."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from app.database import reading, transaction
from app.engines import Engines
from app.intake.messages import MOST_CHARACTERS, letters_about, note_read, write_to_desk
from app.intake.receipts import ReceiptCode
from app.problems import Problem
from app.tables import Contest
from app.web.contest_frame import contest_frame
from app.web.letters_view import letter_values
from app.web.pages import page, see_other
from app.web.receipt import Receipt, entry_of, opened_with
from app.web.visitors import Now, Sent
from app.web.whole import Whole

router = APIRouter()


@router.get("/receipt/messages")
def messages_page(request: Request, engines: Whole, code: Receipt, now: Now, done: str = "") -> Response:
    notice = "Your message is with the desk." if done == "sent" else ""
    return _messages_page(request, engines, code, now=now, notice=notice)


@router.post("/receipt/messages")
def write(request: Request, engines: Whole, code: Receipt, sent: Sent, now: Now) -> Response:
    with reading(engines.contest) as session:
        opened = opened_with(engines, entry_of(session, code), code)
    problems = write_to_desk(engines, opened=opened, text=sent.text("text"), now=now)
    if problems:
        return _messages_page(request, engines, code, now=now, problems=problems, text=sent.text("text"))
    return see_other("/receipt/messages?done=sent")


def _messages_page(
    request: Request,
    engines: Engines,
    code: ReceiptCode,
    *,
    now: datetime,
    notice: str = "",
    problems: Sequence[Problem] = (),
    text: str = "",
) -> Response:
    with transaction(engines.contest) as session:
        entry = entry_of(session, code)
        contest = session.get_one(Contest, entry.contest_id)
        letters = letters_about(session, entry.id)
        # Shown is read: from now on the receipt's page says nothing of them any more.
        note_read(session, entry.id, by_desk=False, now=now)
        context = {
            "number": entry.number,
            "nom": entry.nom_de_plume,
            "letters": letter_values(letters, ZoneInfo(contest.time_zone), desk="The desk", entrant="You"),
            "most": MOST_CHARACTERS,
            "values": {"text": text},
        }
        frame = contest_frame(contest)
    return page(
        request,
        "receipt_messages.html",
        context,
        title="Messages",
        problems=problems,
        notice=notice,
        **frame,
    )
