"""Decision, openings and announcement. A name reaches this database only when it is announced."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.tables.base import Base, RandomId
from app.tables.entries import Entry


class AwardKind(StrEnum):
    WINNER = "winner"
    SHARED = "shared"
    COMMENDED = "commended"
    RESERVE = "reserve"


class Purpose(StrEnum):
    AWARD = "award"
    ELIGIBILITY = "eligibility"


class Decision(Base):
    """What the judges resolved for one category. Locked as it is written; no row ever changes."""

    __tablename__ = "decision"

    id: Mapped[RandomId]
    category_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("category.id"), unique=True)
    reason: Mapped[str]
    ranking: Mapped[list[Any]]
    """The ranking as it stood: entry number, place, score as text."""
    locked_at: Mapped[datetime]
    locked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    awards: Mapped[list["Award"]] = relationship(order_by="Award.position")


class Award(Base):
    __tablename__ = "award"
    __table_args__ = (UniqueConstraint("decision_id", "entry_id", "kind"),)

    id: Mapped[RandomId]
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("decision.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[AwardKind]
    position: Mapped[int]
    """Order within the decision; for reserves the order in which they step up."""

    entry: Mapped[Entry] = relationship()


class Opening(Base):
    """The recorded act of opening one envelope. What it showed is a row of the vault."""

    __tablename__ = "opening"

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), index=True)
    purpose: Mapped[Purpose]
    reason: Mapped[str]
    started_at: Mapped[datetime]
    started_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime | None]
    present: Mapped[list[Any]] = mapped_column(default=list)
    """Names of the officers present when it opened."""
    eligible: Mapped[bool | None]
    eligibility_note: Mapped[str] = mapped_column(default="")
    eligibility_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship()


class Announcement(Base):
    __tablename__ = "announcement"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    announced_at: Mapped[datetime]
    announced_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))


class Result(Base):
    """One line of the public results, copied out of the vault by the announcement and not before."""

    __tablename__ = "result"

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), index=True)
    category_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("category.id"))
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    kind: Mapped[AwardKind]
    nom_de_plume: Mapped[str]
    announced_as: Mapped[str]
    """The winner's name as announced, empty where they asked not to be named."""
    essay_title: Mapped[str]
    position: Mapped[int]
