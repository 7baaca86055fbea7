"""Entries, their reading copies, and what was decided about them. Who wrote them is not here."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.tables.base import Base, RandomId

if TYPE_CHECKING:
    from app.tables.messages import Erasure


class Channel(StrEnum):
    WEB = "web"
    EMAIL = "email"
    POST = "post"


class Work(StrEnum):
    """What the worker still owes an entry."""

    NONE = "none"
    FIRST_PASS = "first_pass"  # noqa: S105 - the first pass over an essay
    RETYPESET = "retypeset"
    DESTROY = "destroy"
    DONE = "done"
    REPAIR = "repair"


class Entry(Base):
    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        UniqueConstraint("contest_id", "nom_key"),
        Index("ix_entry_list", "contest_id", "received_at", "id"),
        Index("ix_entry_work", "work", "lease_until"),
    )

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"))
    category_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("category.id"))
    number: Mapped[int]
    """Drawn at random, so that it tells nothing of the order of arrival."""
    nom_de_plume: Mapped[str]
    nom_key: Mapped[str]
    """The nom de plume folded, so that two that look the same are the same."""
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    declared: Mapped[list[Any]]
    journal: Mapped[bool]
    may_be_named: Mapped[bool]
    entrant_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Public half of the key that only the receipt yields: it signs what the entrant does later."""
    desk_code: Mapped[bool] = mapped_column(default=False)
    """Whether the desk printed the receipt code, and so may have it too."""
    original: Mapped[str] = mapped_column(default="")
    """Commitment to the original that stands, in hex; its salt is sealed. Empty without one."""

    work: Mapped[Work]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    work_token: Mapped[uuid.UUID | None]
    """Fences the worker that holds the lease: a late one finds another token and stops."""
    essay_version: Mapped[int] = mapped_column(default=1)
    last_version: Mapped[int] = mapped_column(default=1)
    """The highest version number ever handed out, whether or not its text got as far as the entry."""
    repair_reason: Mapped[str] = mapped_column(default="")
    repair_invited_until: Mapped[datetime | None]
    manuscript_key: Mapped[str | None]
    """The manuscript after the first pass, the author taken out; later passes start from it."""

    copies: Mapped[list["ReadingCopy"]] = relationship(order_by="ReadingCopy.version")
    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.position")
    release: Mapped["Release | None"] = relationship(back_populates="entry")
    withdrawal: Mapped["Withdrawal | None"] = relationship()
    erasure: Mapped["Erasure | None"] = relationship()
    holds: Mapped[list["Hold"]] = relationship(order_by="Hold.placed_at")
    paper: Mapped["PaperCopy | None"] = relationship()


class ReadingCopy(Base):
    """The essay as judges get it. A row never changes; a repair is a new version."""

    __tablename__ = "reading_copy"
    __table_args__ = (UniqueConstraint("entry_id", "version"),)

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"))
    version: Mapped[int]
    pdf_key: Mapped[str]
    manuscript_key: Mapped[str]
    title: Mapped[str]
    pages: Mapped[int]
    words: Mapped[int]
    references: Mapped[int]
    removed: Mapped[list[Any]]
    """What was taken out: what, where, count. Never the text itself."""
    redacted: Mapped[list[Any]]
    """Passages that surely named the author: kind and places only."""
    read_from: Mapped[str] = mapped_column(default="")
    """The kind of file the essay came in, as the anonymiser names it: "docx", "scan"."""
    paragraph_pages: Mapped[list[Any]] = mapped_column(default=list)
    """For each paragraph, in order, the page it begins on, from 1."""
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    """What its writer might mend, in sentences: references without a number, numbers without a reference."""
    made_at: Mapped[datetime]


class Finding(Base):
    """A passage that may identify the author or a patient, grouped by term, for the desk to decide."""

    __tablename__ = "finding"

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), index=True)
    position: Mapped[int]
    subject: Mapped[str]
    kind: Mapped[str]
    term: Mapped[str]
    places: Mapped[int]
    suggestion: Mapped[str]
    decision: Mapped[str] = mapped_column(default="")
    """Empty while open, then "kept" or "replaced"."""
    stand_in: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class Release(Base):
    """The batch hand-over to the judges: from here on the reading copy is frozen bytes."""

    __tablename__ = "release"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    reading_copy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("reading_copy.id"))
    released_at: Mapped[datetime]
    released_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))

    entry: Mapped[Entry] = relationship(back_populates="release")
    reading_copy: Mapped[ReadingCopy] = relationship()


class Withdrawal(Base):
    __tablename__ = "withdrawal"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    withdrawn_at: Mapped[datetime]


class Hold(Base):
    """Something the officers must settle before release. Why a name is alike is never written here."""

    __tablename__ = "hold"

    id: Mapped[RandomId]
    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), index=True)
    placed_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    eligible: Mapped[bool | None]
    note: Mapped[str] = mapped_column(default="")


class Exclusion(Base):
    """A member of Council who may not meet an entry. Its cause is not kept."""

    __tablename__ = "exclusion"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    council_member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("council_member.id"), primary_key=True)


class PaperCopy(Base):
    """Custody of a postal entry: its copies and its envelope of paper."""

    __tablename__ = "paper_copy"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    delivered_on: Mapped[date]
    copies: Mapped[int]
    copies_place: Mapped[str]
    envelope_label: Mapped[str]
    envelope_place: Mapped[str]
    condition: Mapped[str]
    note: Mapped[str]
    logged_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
