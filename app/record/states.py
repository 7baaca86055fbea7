"""What a row says in the record: its name there, the columns that are told, those that are kept.

A leaf states rows as they are from then on. Whoever goes through all leaves in order knows what every covered
row must hold now, and can compare.
"""

import enum
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.record.coverage import COVERAGE
from app.tables import Base

States = Mapping[str, Mapping[str, Any]]
"""Columns by the row's name."""


def stated(session: Session, rows: Iterable[Base]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What these rows hold: the part that is told, and the part that is kept."""
    told: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    for row in rows:
        covered = COVERAGE[type(row)]
        name = covered.name(session, row)
        if covered.told or covered.is_told_of:
            told[name] = {column: value_of(session, row, column) for column in covered.told}
        if covered.kept or name not in told:
            kept[name] = {column: value_of(session, row, column) for column in covered.kept}
    return told, kept


def merged(one: States, other: States) -> dict[str, Any]:
    """Both statements together; columns of the same row are joined."""
    both: dict[str, Any] = dict(one)
    for name, columns in other.items():
        both[name] = {**both.get(name, {}), **columns}
    return both


def value_of(session: Session, row: Base, column: str) -> Any:
    reads = COVERAGE[type(row)].reads.get(column)
    if reads is not None:
        return plain(reads(session, row))
    return plain(inspect(row).attrs[column].value)


def plain(value: Any) -> Any:
    """A column's value as JSON has it, with one spelling for each."""
    for kind, spell in _SPELLED.items():
        if isinstance(value, kind):
            return spell(value)
    return value


_SPELLED: dict[type, Callable[[Any], Any]] = {
    # A datetime is a date too, so it comes first.
    datetime: lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    date: lambda value: value.isoformat(),
    enum.Enum: lambda value: value.value,
    UUID: str,
    Decimal: lambda value: f"{value:.2f}",
    bytes: lambda value: value.hex(),
}
