"""Which rows of the contest database belong to one contest's record as they stand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.tables import Assignment, Base, Category, Contest, Entry, ReadingCopy, Release, Role

_BY_WAY_OF: tuple[tuple[str, type[Base]], ...] = (
    ("entry_id", Entry),
    ("category_id", Category),
    ("role_id", Role),
    ("assignment_id", Assignment),
)
"""The column by which a row belongs to something that belongs to the contest."""


def rows_of(session: Session, contest_id: UUID, tables: Iterable[type[Base]]) -> list[Base]:
    """All rows of these tables that are the contest's. Of reading copies only those released are on record."""
    return [row for table in tables for row in session.scalars(_query(table, contest_id))]


def _query(table: type[Base], contest_id: UUID) -> Select[Any]:
    query = select(table).where(_is_of(table, contest_id))
    if table is ReadingCopy:
        return query.where(ReadingCopy.id.in_(select(Release.reading_copy_id)))
    return query


def _is_of(table: type[Base], contest_id: UUID) -> Any:
    if table is Contest:
        return Contest.id == contest_id
    columns = table.__table__.columns
    if "contest_id" in columns:
        return columns["contest_id"] == contest_id
    name, owner = next(pair for pair in _BY_WAY_OF if pair[0] in columns)
    return columns[name].in_(select(owner.__table__.columns["id"]).where(_is_of(owner, contest_id)))
