"""Rows of the vault. Every payload is an age file; the web adds rows and never changes one."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.tables.base import NAMES, Instant, RandomId


class VaultBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Instant, dict[str, Any]: JSON}  # noqa: RUF012

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Envelope(VaultBase):
    __tablename__ = "envelope"

    entry_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    contest_id: Mapped[uuid.UUID] = mapped_column(index=True)
    recipient: Mapped[str]
    """Public half of the key made for this entry alone."""
    identity: Mapped[bytes] = mapped_column(LargeBinary)
    entrant_part: Mapped[bytes] = mapped_column(LargeBinary)
    """The envelope's secret, sealed to the key that only the receipt code yields."""
    sealed_at: Mapped[datetime]


class OfficerShare(VaultBase):
    """An officer's part of one envelope's secret, sealed to that officer."""

    __tablename__ = "officer_share"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("envelope.entry_id"), primary_key=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Original(VaultBase):
    """The file as it came in, sealed; a replacement is a further version."""

    __tablename__ = "original"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("envelope.entry_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_key: Mapped[str]
    sealed_note: Mapped[bytes] = mapped_column(LargeBinary)
    """Fingerprint and salt of the commitment, sealed like the identity."""
    sealed_at: Mapped[datetime]


class WorkerKey(VaultBase):
    """Public half of a key of the worker; the private half is a file outside every backup."""

    __tablename__ = "worker_key"

    id: Mapped[RandomId]
    public_key: Mapped[str]
    made_at: Mapped[datetime]


class WorkOrder(VaultBase):
    """What the worker needs for a first pass: gone as soon as that has succeeded or been given up."""

    __tablename__ = "work_order"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("envelope.entry_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    worker_key_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker_key.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class HandedPart(VaultBase):
    """A part an officer has handed in for an opening; destroyed when the envelope opens."""

    __tablename__ = "handed_part"

    opening_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    part: Mapped[str]
    handed_in_at: Mapped[datetime]


class OpenedIdentity(VaultBase):
    """What an opening showed. Only officers' pages read it."""

    __tablename__ = "opened_identity"

    opening_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[uuid.UUID] = mapped_column(index=True)
    identity: Mapped[str]
    opened_at: Mapped[datetime]
