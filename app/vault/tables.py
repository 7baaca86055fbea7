"""Rows of the vault. Every payload is an age file; the web adds rows and never changes one."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, LargeBinary, MetaData
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
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """By which its receipt finds it; another hash than the contest's, so that neither leads to the other."""
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


class Correction(VaultBase):
    """Who entered, as corrected by the entrant: a further version of the envelope's record. The latest holds."""

    __tablename__ = "correction"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("envelope.entry_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    identity: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]


class ReceiptMail(VaultBase):
    """A copy of a receipt that waits for the mail server: address and code, sealed to the worker's key."""

    __tablename__ = "receipt_mail"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("envelope.entry_id"), primary_key=True)
    worker_key_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("worker_key.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    queued_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]


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


class TestEnvelope(VaultBase):
    """An envelope like an entry's with a phrase in it, to try the officers' keys on. One stands in a contest."""

    __tablename__ = "test_envelope"

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    phrase: Mapped[str] = mapped_column(default="")
    """What was in it; empty while it is closed."""


class TestShare(VaultBase):
    """An officer's part of a test envelope's secret, sealed to that officer."""

    __tablename__ = "test_share"

    envelope_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("test_envelope.id"), primary_key=True)
    officer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    public_key: Mapped[str]
    """To which it is sealed: a key registered since makes this envelope stale."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    part_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the part, by which one officer's is known to be right before there are enough to open."""
    part: Mapped[str] = mapped_column(default="")
    """As handed in; empty before, and again once the envelope is open."""
    handed_in_at: Mapped[datetime | None]


class CouncilTokens(VaultBase):
    """What the Council check compares, sealed to a key of its own; a correction is a further version."""

    __tablename__ = "council_tokens"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("envelope.entry_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contest_id: Mapped[uuid.UUID] = mapped_column(index=True)
    roster: Mapped[str]
    """The officers among whom the key is split, with their public keys as they were then."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CouncilShare(VaultBase):
    """An officer's part of the key to one entry's tokens, sealed to that officer."""

    __tablename__ = "council_share"
    __table_args__ = (
        ForeignKeyConstraint(["entry_id", "version"], ["council_tokens.entry_id", "council_tokens.version"]),
    )

    entry_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    officer_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class CouncilHandover(VaultBase):
    """One officer's parts of all keys, sealed by their own device to the officer who goes on; gone with the check."""

    __tablename__ = "council_handover"

    contest_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    from_officer: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    to_officer: Mapped[uuid.UUID]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    handed_over_at: Mapped[datetime]
