"""Staff: the administrator, judges and officers. Entrants have no account and no row here."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.tables.base import Base, RandomId


class RoleKind(StrEnum):
    ADMINISTRATOR = "administrator"
    JUDGE = "judge"
    OFFICER = "officer"


class Person(Base):
    __tablename__ = "person"

    id: Mapped[RandomId]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    totp_secret: Mapped[str]
    last_totp_step: Mapped[int] = mapped_column(default=0)
    """The time step of the last code used, so that no code works twice."""
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]

    roles: Mapped[list["Role"]] = relationship(back_populates="person")


class Role(Base):
    """What a person is in one contest. The rulebook's limits on combining roles are in `app.access`."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("contest_id", "person_id", "kind"),)

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RoleKind]
    title: Mapped[str] = mapped_column(default="")
    """As printed beside an officer's name: "Treasurer"."""
    council_member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("council_member.id"))
    """Whom on Council a judge is: without it nobody can mark."""
    alias: Mapped[str] = mapped_column(default="")
    """The name other judges see in discussion: "Judge Alder"."""

    person: Mapped[Person] = relationship(back_populates="roles")


class OfficerKey(Base):
    """An officer's public key. The private one never leaves the officer's own device."""

    __tablename__ = "officer_key"

    role_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("role.id"), primary_key=True)
    public_key: Mapped[str] = mapped_column(unique=True)
    """No other officer's, in this contest or another: one key must never count for two."""
    registered_at: Mapped[datetime]
    tested_at: Mapped[datetime | None]
    """When its owner opened a part of a test envelope with it. A key not tested gets no part of any entry."""


class Rehearsal(Base):
    """The test envelope was opened: with whose keys, and when. Entries can be taken while all of these stand."""

    __tablename__ = "rehearsal"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    public_keys: Mapped[list[Any]]
    opened_at: Mapped[datetime]


class SignIn(Base):
    """A session, known by the hash of its token."""

    __tablename__ = "sign_in"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    contest_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contest.id"))
    """The contest this session is for; a person may have roles in several."""
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
