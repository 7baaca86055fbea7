"""The panel's rows: who reads what, marks, locks, recusals."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.tables.base import Base, RandomId
from app.tables.entries import Entry
from app.tables.people import Role


class RecusalCause(StrEnum):
    CONFLICT = "conflict"
    RECOGNISED = "recognised"


class InterestDeclaration(Base):
    __tablename__ = "interest_declaration"

    role_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("role.id"), primary_key=True)
    declared_at: Mapped[datetime]


class Assignment(Base):
    """One judge's reading of one entry."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("entry_id", "role_id"),)

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    role_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("role.id"), index=True)
    position: Mapped[int]
    """A random number, own to this judge: the reading order is sorted by it."""
    notes: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    """Counts saved drafts, so that an older page cannot overwrite a newer draft unseen."""

    entry: Mapped[Entry] = relationship()
    role: Mapped[Role] = relationship()
    marks: Mapped[list["Mark"]] = relationship()
    lock: Mapped["MarkLock | None"] = relationship()
    recusal: Mapped["Recusal | None"] = relationship()
    flags: Mapped[list["Flag"]] = relationship()


class Mark(Base):
    __tablename__ = "mark"

    assignment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    criterion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    points: Mapped[Decimal]


class MarkLock(Base):
    __tablename__ = "mark_lock"

    assignment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    reading_copy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("reading_copy.id"))
    locked_at: Mapped[datetime]


class Recusal(Base):
    __tablename__ = "recusal"

    assignment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    cause: Mapped[RecusalCause]
    recused_at: Mapped[datetime]


class Flag(Base):
    __tablename__ = "flag"
    __table_args__ = (UniqueConstraint("assignment_id", "kind"),)

    id: Mapped[RandomId]
    assignment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assignment.id"))
    kind: Mapped[str]
    raised_at: Mapped[datetime]
