"""The desk's page on where the paper of a postal entry is, and was."""

from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine

from app.access import Visit
from app.database import reading
from app.desk.custody import move_paper, moves_of, paper_of, place_of
from app.problems import Problem
from app.tables import Contest, Entry, Person
from app.tables.messages import PaperThing
from app.web.desk_frame import desk_frame
from app.web.pages import labelled, page, see_other
from app.web.visitors import Administrator, ContestEngine, Now, Sent
from app.wording import day_in_words, in_words

router = APIRouter(prefix="/desk/entries")
THINGS = {PaperThing.ENVELOPE: "The envelope", PaperThing.COPIES: "The copies"}


@router.get("/{entry_id}/custody")
def custody_page(
    request: Request, visit: Administrator, engine: ContestEngine, entry_id: UUID, done: str = ""
) -> Response:
    notice = "The move is on the record." if done == "moved" else ""
    return _custody_page(request, engine, visit, entry_id, notice=notice)


@router.post("/{entry_id}/custody")
def move(
    request: Request, visit: Administrator, engine: ContestEngine, entry_id: UUID, sent: Sent, now: Now
) -> Response:
    values = {name: sent.one(name) for name in ("what", "to_place", "note")}
    if values["what"] not in set(PaperThing):
        problem = Problem("what", "Say what was moved.")
        return _custody_page(request, engine, visit, entry_id, problem, values=values)
    problems = move_paper(
        engine,
        visit=visit,
        entry_id=entry_id,
        what=PaperThing(values["what"]),
        to_place=values["to_place"],
        note=values["note"],
        now=now,
    )
    if problems:
        return _custody_page(request, engine, visit, entry_id, *problems, values=values)
    return see_other(f"/desk/entries/{entry_id}/custody?done=moved")


def _custody_page(
    request: Request,
    engine: Engine,
    visit: Visit,
    entry_id: UUID,
    *problems: Problem,
    notice: str = "",
    values: dict[str, str] | None = None,
) -> Response:
    with reading(engine) as session:
        paper = paper_of(session, visit, entry_id)
        entry = session.get_one(Entry, entry_id)
        zone = ZoneInfo(session.get_one(Contest, visit.contest_id).time_zone)
        moves = moves_of(session, entry_id)
        context = {
            "entry_id": str(entry_id),
            "number": entry.number,
            "nom": entry.nom_de_plume,
            "facts": labelled(
                [
                    ("Delivered", day_in_words(paper.delivered_on)),
                    (f"Envelope {paper.envelope_label}", place_of(paper, PaperThing.ENVELOPE)),
                    (f"{paper.copies} copies", place_of(paper, PaperThing.COPIES) or "place not noted"),
                ]
            ),
            "things": [{"value": each.value, "label": label, "hint": ""} for each, label in THINGS.items()],
            "moves": [
                {
                    "what": THINGS[each.what],
                    "from_place": each.from_place or "place not noted",
                    "to_place": each.to_place,
                    "by": session.get_one(Person, each.moved_by).name,
                    "at": in_words(each.moved_at, zone),
                    "note": each.note,
                }
                for each in moves
            ],
            "values": {"what": "", "to_place": "", "note": "", **(values or {})},
        }
        title, frame = f"Custody, entry {entry.number}", desk_frame(session, visit)
        return page(request, "custody.html", context, title=title, problems=problems, notice=notice, **frame)
