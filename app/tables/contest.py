"""A contest: one year's prize with its rules. Every value the rulebook fixes is a column here."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.tables.base import Base, RandomId


class Contest(Base):
    __tablename__ = "contest"

    id: Mapped[RandomId]
    slug: Mapped[str] = mapped_column(unique=True)
    society: Mapped[str]
    title: Mapped[str]
    lede: Mapped[str]
    terms: Mapped[str]
    rules: Mapped[list[Any]]
    """Pairs of title and text, in order, as the contest page prints them."""
    time_zone: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    """The first instant that is too late: "by 30 September" is 1 October, 00:00, in the zone."""
    announced_on: Mapped[date]
    word_limit: Mapped[int | None]
    reference_limit: Mapped[int | None]
    number_digits: Mapped[int] = mapped_column(default=4)
    keys_needed: Mapped[int] = mapped_column(default=2)
    tie_rule: Mapped[str]
    retention_days: Mapped[int] = mapped_column(default=90)
    is_demo: Mapped[bool] = mapped_column(default=False)

    categories: Mapped[list["Category"]] = relationship(order_by="Category.position")
    declarations: Mapped[list["Declaration"]] = relationship(order_by="Declaration.position")
    criteria: Mapped[list["Criterion"]] = relationship(order_by="Criterion.position")
    council: Mapped[list["CouncilMember"]] = relationship(order_by="CouncilMember.name")


class Category(Base):
    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("contest_id", "key"),)

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"))
    key: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    hint: Mapped[str]
    prize: Mapped[str]
    """As it is printed: "£500"."""
    position: Mapped[int]


class Declaration(Base):
    __tablename__ = "declaration"
    __table_args__ = (UniqueConstraint("contest_id", "key"),)

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"))
    key: Mapped[str]
    text: Mapped[str]
    position: Mapped[int]


class Criterion(Base):
    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("contest_id", "key"),)

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"))
    key: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    weight: Mapped[Decimal]
    most: Mapped[Decimal]
    step: Mapped[Decimal]
    position: Mapped[int]


class CouncilMember(Base):
    """A member of Council: may not enter, and may judge when named. Their names are public."""

    __tablename__ = "council_member"

    id: Mapped[RandomId]
    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"), index=True)
    name: Mapped[str]
    also_known_as: Mapped[list[Any]] = mapped_column(default=list)
    emails: Mapped[list[Any]] = mapped_column(default=list)
    registration_numbers: Mapped[list[Any]] = mapped_column(default=list)
    in_office_from: Mapped[date]
    in_office_until: Mapped[date | None]
    """Last day in office, inclusive."""
