"""How a row stands in the record: under which name, and with which of its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import tables
from app.tables.ceremony import AwardKind


@dataclass(frozen=True, slots=True)
class Covered:
    """How a table's rows stand in the record.

    `reads` gives a value that is not a plain column. `left` says why a column is stated by no leaf; one said to
    be part of the row's name is covered all the same: changed, the row goes by another name.
    """

    name: Callable[[Session, Any], str]
    told: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    is_told_of: bool = False
    """Whether it is told that there is such a row, though nothing of what it holds."""
    left: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, Callable[[Session, Any], Any]] = field(default_factory=dict)


def number(session: Session, entry_id: UUID) -> int:
    return session.get_one(tables.Entry, entry_id).number


def of_entry(what: str) -> Callable[[Session, Any], str]:
    return lambda session, row: f"{what} {number(session, row.entry_id)}"


def of_reading(what: str) -> Callable[[Session, Any], str]:
    def name(session: Session, row: Any) -> str:
        reading = session.get_one(tables.Assignment, row.assignment_id)
        return f"{what} {number(session, reading.entry_id)} {reading.role_id}"

    return name


def keyed(what: str) -> Callable[[Session, Any], str]:
    return lambda _session, row: f"{what} {row.key}"


def category_of(session: Session, row: Any) -> str:
    return session.get_one(tables.Category, row.category_id).key


def entry_of(session: Session, row: Any) -> int:
    return number(session, row.entry_id)


def copy_read(session: Session, row: Any) -> str:
    """The SHA-256 of the very PDF these judges read."""
    return session.get_one(tables.ReadingCopy, row.reading_copy_id).pdf_key


def points(session: Session, row: Any) -> dict[str, str]:
    query = (
        select(tables.Criterion.key, tables.Mark.points)
        .join(tables.Mark, tables.Mark.criterion_id == tables.Criterion.id)
        .where(tables.Mark.assignment_id == row.assignment_id)
    )
    return {key: f"{points:.2f}" for key, points in session.execute(query)}


def awards(session: Session, row: Any) -> list[list[Any]]:
    return [each for each in chosen(session, row) if each[0] != AwardKind.RESERVE]


def reserves(session: Session, row: Any) -> list[list[Any]]:
    """The reserve order, which nobody outside learns."""
    return [each for each in chosen(session, row) if each[0] == AwardKind.RESERVE]


def chosen(session: Session, row: Any) -> list[list[Any]]:
    return sorted([each.kind.value, number(session, each.entry_id), each.position] for each in row.awards)
