"""The append-only record: leaves of a Merkle tree, its roots as published, and who else has signed them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.tables.base import Base, RandomId


class Leaf(Base):
    """One thing that happened. Of an erased entry what was told and kept is gone, and the commitments stay."""

    __tablename__ = "leaf"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry.id"), index=True)
    about: Mapped[str] = mapped_column(default="")
    """Number of the entry it is about, as text."""
    holder: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """In an entry's first leaf the key its receipt signs with; it outlasts an erasure."""
    told: Mapped[dict[str, Any] | None]
    told_commitment: Mapped[str]
    told_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    kept: Mapped[dict[str, Any] | None]
    kept_commitment: Mapped[str]
    kept_salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    """The entrant's, over what is told, where only the receipt allows the act."""
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    appended_at: Mapped[datetime]


class Root(Base):
    __tablename__ = "root"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    occasion: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str]
    """The record's name as it was signed: a society may change its address."""
    root_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    published_at: Mapped[datetime]


class Countersignature(Base):
    """Somebody else's signature under a published root: a judge at their page, or an auditor with an own key."""

    __tablename__ = "countersignature"
    __table_args__ = (UniqueConstraint("contest_id", "size", "name"),)

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"))
    size: Mapped[int]
    name: Mapped[str]
    """As published: a judge's alias, an auditor's name."""
    role_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("role.id"))
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    """None for a judge, who signs in instead of holding a key."""
    signed_at: Mapped[datetime]
