"""Settling what was found in an entry: one finding, several at once, and a look at each picture."""

from typing import get_args
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from anonymiser import load_manuscript
from app.access import Visit
from app.database import reading
from app.desk.register import find_entry
from app.desk.review import Verdict, decide_finding, keep_findings
from app.errors import BadRequest, NotHere
from app.tables import Entry
from app.web.pages import see_other
from app.web.visitors import Administrator, ContestEngine, Copies, Now, Sent
from app.web.whole import Whole

router = APIRouter(prefix="/desk/entries/{entry_id}")


@router.post("/findings/{finding_id}")
def decide(
    visit: Administrator, engines: Whole, entry_id: UUID, finding_id: UUID, sent: Sent, now: Now
) -> Response:
    verdict = sent.one("decision")
    if verdict not in get_args(Verdict):
        raise BadRequest("Replace, keep or undo.", kept="The finding is as it was.")
    following = decide_finding(
        engines,
        visit=visit,
        entry_id=entry_id,
        finding_id=finding_id,
        verdict=verdict,  # type: ignore[arg-type]  # checked just above
        stand_in=sent.one("stand_in")[:200],
        now=now,
    )
    return see_other(f"/desk/entries/{entry_id}#finding-{following or finding_id}")


@router.post("/findings")
def keep(visit: Administrator, engines: Whole, entry_id: UUID, sent: Sent, now: Now) -> Response:
    """Keep the words of every finding named: those that were shown, whatever has been found since."""
    try:
        finding_ids = [UUID(each) for each in sent.all("finding")]
    except ValueError as error:
        raise BadRequest("That names no finding.", kept="Nothing has changed.") from error
    keep_findings(engines, visit=visit, entry_id=entry_id, finding_ids=finding_ids, now=now)
    return see_other(f"/desk/entries/{entry_id}#settled")


@router.get("/pictures/{number}")
def picture(
    visit: Administrator, engine: ContestEngine, copies: Copies, entry_id: UUID, number: int
) -> Response:
    """A picture of the essay, encoded anew when the essay was read; `number` counts from 1."""
    with reading(engine) as session:
        entry = entry_of_desk(session, visit, entry_id)
        if entry.manuscript_key is None or entry.withdrawal is not None or entry.erasure is not None:
            raise NotHere("There is no such picture.")
        images = load_manuscript(copies.get(entry.manuscript_key)).images
    if not 1 <= number <= len(images):
        raise NotHere("There is no such picture.")
    image = images[number - 1]
    return Response(image.data, media_type=image.media_type)


def entry_of_desk(session: Session, visit: Visit, entry_id: UUID) -> Entry:
    """Raises NotHere, also for an entry of another contest."""
    entry = find_entry(session, visit.contest_id, entry_id)
    if entry is None:
        raise NotHere("There is no such entry.", to_do="Look in the register.")
    return entry
