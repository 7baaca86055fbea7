"""What passes between desk and entrant, where paper is kept, what is to be erased, and mail to the staff."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.tables.base import Base, RandomId


class Message(Base):
    """A message about one entry. The entrant writes with the receipt, and stays unknown to the desk."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_thread", "entry_id", "sent_at"),)

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    text: Mapped[str]
    sent_at: Mapped[datetime]
    sent_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who at the desk wrote it; None for the entrant."""
    read_at: Mapped[datetime | None]
    """When the other side first saw it."""


class PaperThing(StrEnum):
    """What of a postal entry is kept somewhere."""

    ENVELOPE = "envelope"
    COPIES = "copies"


class CustodyMove(Base):
    """One move of an envelope or of the copies. A row never changes."""

    __tablename__ = "custody_move"

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), index=True)
    what: Mapped[PaperThing]
    from_place: Mapped[str]
    to_place: Mapped[str]
    note: Mapped[str]
    moved_at: Mapped[datetime]
    moved_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class Erasure(Base):
    """The entrant asked to be erased. What is readable here goes at once, the vault's part by the worker."""

    __tablename__ = "erasure"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    asked_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    """When the worker had destroyed the last of it."""


class StaleFile(Base):
    """A file of a copy that is no more. It stays listed until the worker has removed it."""

    __tablename__ = "stale_file"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)


class StaffMail(Base):
    """An e-mail to one of the staff, sent by the worker where a mail server is set."""

    __tablename__ = "staff_mail"

    id: Mapped[RandomId]
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    subject: Mapped[str]
    body: Mapped[str]
    queued_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
