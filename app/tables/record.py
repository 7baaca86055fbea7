"""The append-only record: leaves of a Merkle tree, and its roots as published."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.tables.base import Base


class Leaf(Base):
    __tablename__ = "leaf"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("entry.id"), index=True)
    payload: Mapped[dict[str, Any] | None]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    appended_at: Mapped[datetime]


class Root(Base):
    __tablename__ = "root"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    occasion: Mapped[str] = mapped_column(primary_key=True)
    root_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    published_at: Mapped[datetime]
