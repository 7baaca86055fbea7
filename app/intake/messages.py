"""Letters between an entrant and the desk: about an entry, under its nom de plume, and no name in them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from anonymiser import Refused
from anonymiser.remark import sandboxed_identifying_words
from app.database import reading, transaction
from app.engines import Engines
from app.errors import Away, NotHere
from app.intake.identity_form import authors_of
from app.problems import Problem
from app.tables import Entry, Message
from app.vault.open import OpenedByReceipt

MOST_CHARACTERS = 2000
MOST_MESSAGES = 50
"""From each side about one entry."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as a page shows it."""

    from_desk: bool
    text: str
    sent_at: datetime
    is_new: bool
    """Nobody on the other side has seen it yet."""


def write_to_desk(engines: Engines, *, opened: OpenedByReceipt, text: str, now: datetime) -> list[Problem]:
    """Send an entrant's message, unless it would say who they are: then it comes back with what was found."""
    text = written(text)
    with reading(engines.contest) as session:
        problems = length_problems(text) + _room_problems(session, opened.entry_id, from_desk=False)
    if problems:
        return problems
    try:
        found = sandboxed_identifying_words(text, authors_of(opened.identity))
    except Refused as error:
        raise Away("The message could not be looked through just now.", kept="Nothing was sent.") from error
    if found:
        return [Problem("text", _would_tell(found))]
    with transaction(engines.contest) as session:
        if session.get(Entry, opened.entry_id) is None:
            raise NotHere("There is no such entry.")
        session.add(Message(entry_id=opened.entry_id, text=text, sent_at=now))
    return []


def written(text: str) -> str:
    """A message as it is kept: without what no keyboard types, and without empty ends."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc").strip()


def length_problems(text: str) -> list[Problem]:
    if not text:
        return [Problem("text", "Write the message first.")]
    if len(text) > MOST_CHARACTERS:
        return [
            Problem("text", f"A message can have {MOST_CHARACTERS:,} characters; this has {len(text):,}.")
        ]
    return []


def room_problems(session: Session, entry_id: UUID) -> list[Problem]:
    """Whether the desk may write once more about this entry."""
    return _room_problems(session, entry_id, from_desk=True)


def letters_about(session: Session, entry_id: UUID) -> list[Letter]:
    """All messages about an entry, in the order in which they were sent."""
    rows = session.scalars(
        select(Message).where(Message.entry_id == entry_id).order_by(Message.sent_at, Message.id)
    )
    return [
        Letter(
            from_desk=row.sent_by is not None,
            text=row.text,
            sent_at=row.sent_at,
            is_new=row.read_at is None,
        )
        for row in rows
    ]


def note_read(session: Session, entry_id: UUID, *, by_desk: bool, now: datetime) -> None:
    """Note that one side has seen whatever the other had written."""
    session.execute(
        update(Message)
        .where(Message.entry_id == entry_id, Message.read_at.is_(None), _is_from(desk=not by_desk))
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def unread_of_desk(session: Session, entry_id: UUID) -> int:
    """How many messages of the desk's the entrant has not seen."""
    query = select(func.count()).where(
        Message.entry_id == entry_id, Message.read_at.is_(None), _is_from(desk=True)
    )
    return session.scalar(query) or 0


def unread_of_entrants(session: Session, contest_id: UUID) -> dict[UUID, int]:
    """How many messages of entrants the desk has not seen, by entry."""
    query = (
        select(Message.entry_id, func.count())
        .join(Entry)
        .where(Entry.contest_id == contest_id, Message.read_at.is_(None), _is_from(desk=False))
        .group_by(Message.entry_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _is_from(*, desk: bool) -> ColumnElement[bool]:
    return Message.sent_by.is_not(None) if desk else Message.sent_by.is_(None)


def _room_problems(session: Session, entry_id: UUID, *, from_desk: bool) -> list[Problem]:
    sent = session.scalar(select(func.count()).where(Message.entry_id == entry_id, _is_from(desk=from_desk)))
    if (sent or 0) < MOST_MESSAGES:
        return []
    return [
        Problem("text", f"{MOST_MESSAGES} messages have been sent about this entry, and that is the most.")
    ]


def _would_tell(found: Sequence[str]) -> str:
    said = ", ".join(f"“{each}”" for each in found)
    return (
        f"The desk must not learn who you are, and this would tell it: {said}. Take it out and send it again."
    )
