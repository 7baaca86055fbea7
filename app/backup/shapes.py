"""How a row is written down: one JSON object a line, the same from either engine and into either.

A backup says of every column of which kind it is, so that it can be read by a program whose tables have changed.
"""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
)
from sqlalchemy.types import TypeEngine

from app.tables.base import Instant, Points


class Kind(StrEnum):
    UUID = "uuid"
    INSTANT = "instant"
    DATE = "date"
    POINTS = "points"
    BYTES = "bytes"
    JSON = "json"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    TEXT = "text"


Shape = Mapping[str, Kind]
"""The columns of a table, in its order."""

_KINDS: tuple[tuple[type[TypeEngine[Any]] | type[Instant] | type[Points], Kind], ...] = (
    (Instant, Kind.INSTANT),
    (Points, Kind.POINTS),
    (Uuid, Kind.UUID),
    (Date, Kind.DATE),
    (LargeBinary, Kind.BYTES),
    (JSON, Kind.JSON),
    (Boolean, Kind.BOOLEAN),
    (Integer, Kind.INTEGER),
    (Enum, Kind.TEXT),
    (String, Kind.TEXT),
)
_TYPES: Mapping[Kind, Callable[[], Any]] = {
    Kind.UUID: Uuid,
    Kind.INSTANT: Instant,
    Kind.DATE: Date,
    Kind.POINTS: Points,
    Kind.BYTES: LargeBinary,
    # What was erased from a row is NULL there, not the word "null".
    Kind.JSON: lambda: JSON(none_as_null=True),
    Kind.BOOLEAN: Boolean,
    Kind.INTEGER: BigInteger,
    Kind.TEXT: String,
}
_WRITE: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.UUID: str,
    Kind.INSTANT: datetime.isoformat,
    Kind.DATE: date.isoformat,
    Kind.POINTS: str,
    Kind.BYTES: lambda value: base64.b64encode(value).decode(),
}
_READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.UUID: UUID,
    Kind.INSTANT: datetime.fromisoformat,
    Kind.DATE: date.fromisoformat,
    Kind.POINTS: Decimal,
    Kind.BYTES: lambda value: base64.b64decode(value, validate=True),
}


def shape_of(table: Table) -> Shape:
    return {column.name: _kind_of(column) for column in table.columns}


def table_of(name: str, shape: Shape) -> Table:
    """A table to select from and insert into, which knows no more than its columns' kinds."""
    return Table(name, MetaData(), *(Column(column, _TYPES[kind]()) for column, kind in shape.items()))


def written(row: Mapping[str, Any], shape: Shape) -> bytes:
    """One row as a line of JSON."""
    values = {
        name: value if (value := row[name]) is None or kind not in _WRITE else _WRITE[kind](value)
        for name, kind in shape.items()
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_rows(lines: bytes, shape: Shape) -> list[dict[str, Any]]:
    """The rows of one part. Raises ValueError where a line is no row of this shape."""
    return [_read_row(line, shape) for line in lines.splitlines()]


def _read_row(line: bytes, shape: Shape) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, dict) or values.keys() != shape.keys():
        raise ValueError("a line has other columns than its table")
    try:
        return {
            name: value if (value := values[name]) is None or kind not in _READ else _READ[kind](value)
            for name, kind in shape.items()
        }
    except (TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError("a value is not of its column's kind") from error


def _kind_of(column: Column[Any]) -> Kind:
    for kind_of_type, kind in _KINDS:
        if isinstance(column.type, kind_of_type):
            return kind
    raise TypeError(f"no backup knows how to write down {column.table.name}.{column.name}")
