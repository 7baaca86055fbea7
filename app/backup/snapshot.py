"""Both databases as they stand at one moment, while the service goes on."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from app.backup.errors import NotBackedUp
from app.clock import Clock
from app.database import READ_ONLY
from app.engines import Engines
from app.tables import Base

PATIENCE = 30.0
"""Seconds for which a quiet instant is waited for. SQLite has the same patience with writers."""
_BUSY = "The contest was written to without a pause for half a minute."
_HELD_AT_MOST = "400ms"
"""Well under the second after which PostgreSQL looks for deadlocks, and might end somebody else's transaction."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    contest: Connection
    vault: Connection
    taken_at: datetime


@contextmanager
def snapshot(engines: Engines, *, clock: Clock) -> Iterator[Snapshot]:
    """Let both be read as they are now, until the block ends. Raises NotBackedUp where no quiet instant comes.

    Whoever adds writes the vault first, whoever destroys the contest first. So with the contest's writers stopped
    for an instant, the two together are what a crash at that instant would leave, which every start copes with.
    """
    with _for_reading(engines.contest) as contest, _for_reading(engines.vault.engine) as vault:
        with _writers_stopped(engines.contest):
            taken_at = clock()
            for each in (contest, vault):
                each.execute(text("SELECT version_num FROM alembic_version")).all()
        yield Snapshot(contest, vault, taken_at)


@contextmanager
def _for_reading(engine: Engine) -> Iterator[Connection]:
    """A connection whose transaction sees, from its first statement on, one moment."""
    options: dict[str, Any] = {READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect() as connection:
        yield connection.execution_options(**options)


@contextmanager
def _writers_stopped(engine: Engine) -> Iterator[None]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _lock_file(connection)
        else:
            _lock_tables(connection)
        yield
        connection.rollback()


def _lock_file(connection: Connection) -> None:
    try:
        connection.begin()  # takes the only lock a writer can have, and waits for it
    except OperationalError as error:
        raise NotBackedUp(_BUSY, to_do="Try again.") from error


def _lock_tables(connection: Connection) -> None:
    tables = ", ".join(sorted(Base.metadata.tables))
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute(text(f"SET LOCAL statement_timeout = '{_HELD_AT_MOST}'"))
            connection.execute(text(f"LOCK TABLE {tables} IN SHARE MODE"))
        except OperationalError as error:
            connection.rollback()
            if time.monotonic() > until:
                raise NotBackedUp(_BUSY, to_do="Try again.") from error
            time.sleep(secrets.randbelow(100) / 1000)
        else:
            return
