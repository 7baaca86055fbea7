"""The Council list changed by two people, and what the Council check came to."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.tables.base import Base, RandomId


class CouncilChange(Base):
    """A change of the Council list that one person proposes and another confirms or refuses."""

    __tablename__ = "council_change"

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), index=True)
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("council_member.id"))
    """Whom it changes; nobody where a member is to be added, and the new one once that is confirmed."""
    change: Mapped[dict[str, Any]]
    """The member's columns that change, with what they are to hold."""
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    confirmed: Mapped[bool | None]


class CouncilCheck(Base):
    """Once the officers compared the sealed tokens of all entries with the Council list. No row ever changes."""

    __tablename__ = "council_check"

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entries: Mapped[str]
    """Digest of the numbers of the entries compared."""
    council: Mapped[str]
    """Digest of the Council list they were compared with."""
    outcomes: Mapped[dict[str, Any]]
    """The rule that matched, by entry number; empty where none did. Never whom it matched."""
    present: Mapped[list[Any]]
    """Names of the officers whose keys it took."""
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
