"""The desk writes to an entrant, and reads what they write, knowing the nom de plume and no more."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.access import Visit
from app.database import transaction
from app.desk.register import find_entry
from app.errors import Clash, NotHere
from app.intake.messages import (
    Letter,
    length_problems,
    letters_about,
    note_read,
    room_problems,
    unread_of_entrants,
    written,
)
from app.problems import Problem
from app.tables import Entry, Message


@dataclass(frozen=True, slots=True)
class Thread:
    """What was written about one entry, as the list of all of them shows it."""

    entry_id: UUID
    number: int
    nom: str
    unread: int
    last_at: datetime


def open_thread(contest: Engine, *, visit: Visit, entry_id: UUID, now: datetime) -> list[Letter]:
    """All messages about an entry; those of the entrant's count as seen from now on."""
    with transaction(contest) as session:
        entry = entry_written_about(session, visit, entry_id)
        letters = letters_about(session, entry.id)
        note_read(session, entry.id, by_desk=True, now=now)
    return letters


def write_to_entrant(
    contest: Engine, *, visit: Visit, entry_id: UUID, text: str, now: datetime
) -> list[Problem]:
    """Send a message to whoever holds the receipt. Raises NotHere, or Clash where nobody holds one any more."""
    text = written(text)
    with transaction(contest) as session:
        entry = entry_written_about(session, visit, entry_id)
        if entry.erasure is not None:
            raise Clash("This entry is erased, so nobody can read a message.", kept="Nothing was sent.")
        problems = length_problems(text) + room_problems(session, entry.id)
        if not problems:
            session.add(Message(entry_id=entry.id, text=text, sent_at=now, sent_by=visit.person_id))
    return problems


def threads(session: Session, contest_id: UUID) -> list[Thread]:
    """Every entry that was written about: those with something unread first, then the latest."""
    unread = unread_of_entrants(session, contest_id)
    rows = session.execute(
        select(Entry.id, Entry.number, Entry.nom_de_plume, func.max(Message.sent_at))
        .join(Message)
        .where(Entry.contest_id == contest_id)
        .group_by(Entry.id)
    )
    found = [
        Thread(entry_id=row[0], number=row[1], nom=row[2], unread=unread.get(row[0], 0), last_at=row[3])
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.unread == 0, -each.last_at.timestamp()))


def entry_written_about(session: Session, visit: Visit, entry_id: UUID) -> Entry:
    entry = find_entry(session, visit.contest_id, entry_id)
    if entry is None:
        raise NotHere("There is no such entry.", to_do="Look in the register.")
    return entry
