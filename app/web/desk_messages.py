"""The desk's letters: every thread, and the one about an entry, with whoever holds its receipt."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine

from app.access import Visit
from app.database import reading
from app.desk.messages import entry_written_about, open_thread, threads, write_to_entrant
from app.intake.messages import MOST_CHARACTERS
from app.problems import Problem
from app.tables import Contest
from app.web.desk_frame import desk_frame
from app.web.letters_view import letter_values
from app.web.pages import page, see_other
from app.web.visitors import Administrator, ContestEngine, Now, Sent
from app.wording import in_words

router = APIRouter(prefix="/desk")


@router.get("/messages")
def threads_page(request: Request, visit: Administrator, engine: ContestEngine) -> Response:
    with reading(engine) as session:
        contest = session.get_one(Contest, visit.contest_id)
        zone = ZoneInfo(contest.time_zone)
        context = {
            "threads": [
                {
                    "href": f"/desk/entries/{each.entry_id}/messages",
                    "nom": each.nom,
                    "number": each.number,
                    "unread": each.unread,
                    "last": in_words(each.last_at, zone),
                }
                for each in threads(session, contest.id)
            ]
        }
        frame = desk_frame(session, visit, current="/desk/messages")
        return page(request, "desk_threads.html", context, title="Messages", **frame)


@router.get("/entries/{entry_id}/messages")
def thread_page(
    request: Request, visit: Administrator, engine: ContestEngine, now: Now, entry_id: UUID, done: str = ""
) -> Response:
    notice = "Your message waits under the receipt." if done == "sent" else ""
    return _thread_page(request, engine, visit, entry_id, now, notice=notice)


@router.post("/entries/{entry_id}/messages")
def write(
    request: Request, visit: Administrator, engine: ContestEngine, entry_id: UUID, sent: Sent, now: Now
) -> Response:
    text = sent.text("text")
    problems = write_to_entrant(engine, visit=visit, entry_id=entry_id, text=text, now=now)
    if problems:
        return _thread_page(request, engine, visit, entry_id, now, problems=problems, text=text)
    return see_other(f"/desk/entries/{entry_id}/messages?done=sent")


def _thread_page(
    request: Request,
    engine: Engine,
    visit: Visit,
    entry_id: UUID,
    now: datetime,
    *,
    notice: str = "",
    problems: Sequence[Problem] = (),
    text: str = "",
) -> Response:
    letters = open_thread(engine, visit=visit, entry_id=entry_id, now=now)
    with reading(engine) as session:
        entry = entry_written_about(session, visit, entry_id)
        contest = session.get_one(Contest, visit.contest_id)
        context = {
            "entry_id": str(entry_id),
            "number": entry.number,
            "nom": entry.nom_de_plume,
            "letters": letter_values(
                letters, ZoneInfo(contest.time_zone), desk="You", entrant=entry.nom_de_plume
            ),
            "may_write": entry.erasure is None,
            "most": MOST_CHARACTERS,
            "values": {"text": text},
        }
        title, frame = f"Messages, entry {entry.number}", desk_frame(session, visit)
        return page(
            request, "desk_messages.html", context, title=title, problems=problems, notice=notice, **frame
        )
