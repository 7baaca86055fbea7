"""Where the paper of a postal entry is: each move of its envelope or its copies, by whom and when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import transaction
from app.errors import NotHere
from app.problems import Problem
from app.record.leaves import append_leaf
from app.tables import CustodyMove, Entry, PaperCopy
from app.tables.messages import PaperThing

MOST_PLACE, MOST_NOTE = 200, 500


def move_paper(
    contest: Engine,
    *,
    visit: Visit,
    entry_id: UUID,
    what: PaperThing,
    to_place: str,
    note: str,
    now: datetime,
) -> list[Problem]:
    """Record that the envelope or the copies are somewhere else now. Raises NotHere."""
    to_place = " ".join(to_place.split())[:MOST_PLACE]
    with transaction(contest) as session:
        paper = paper_of(session, visit, entry_id, hold=True)
        before = place_of(paper, what)
        if not to_place:
            return [Problem("to_place", "Say where it is now.")]
        if to_place == before:
            return [Problem("to_place", "It is there already.")]
        if what is PaperThing.ENVELOPE:
            paper.envelope_place = to_place
        else:
            paper.copies_place = to_place
        move = CustodyMove(
            entry_id=entry_id,
            what=what,
            from_place=before,
            to_place=to_place,
            note=note.strip()[:MOST_NOTE],
            moved_at=now,
            moved_by=visit.person_id,
        )
        session.add(move)
        append_leaf(
            session, contest_id=visit.contest_id, kind="custody", entry_id=entry_id, rows=[move], now=now
        )
    return []


def moves_of(session: Session, entry_id: UUID) -> list[CustodyMove]:
    """All moves of an entry's paper, the first first."""
    query = select(CustodyMove).where(CustodyMove.entry_id == entry_id)
    return list(session.scalars(query.order_by(CustodyMove.moved_at, CustodyMove.id)))


def place_of(paper: PaperCopy, what: PaperThing) -> str:
    return paper.envelope_place if what is PaperThing.ENVELOPE else paper.copies_place


def paper_of(session: Session, visit: Visit, entry_id: UUID, *, hold: bool = False) -> PaperCopy:
    """The paper of an entry of this contest. Raises NotHere where it came another way."""
    entry = session.get(Entry, entry_id, with_for_update=True if hold else None)
    if entry is None or entry.contest_id != visit.contest_id or entry.paper is None:
        raise NotHere("There is no paper of this entry.", to_do="Look in the register.")
    return entry.paper
