"""Brings both databases to the newest form; each has a history of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

import migrations
from app.engines import Engines
from app.vault.doors import grant_duties

HISTORIES = Path(migrations.__file__).parent


def migrate_all(engines: Engines) -> None:
    """Bring both databases to the newest form, and on PostgreSQL grant each login of the vault its rights."""
    for history, engine in (("contest", engines.contest), ("vault", engines.vault.engine)):
        upgrade(history, engine)
    grant_duties(engines.vault)


def upgrade(history: str, engine: Engine, revision: str = "head") -> None:
    with changing(engine) as connection:
        command.upgrade(config_of(history, connection), revision)


def downgrade(history: str, engine: Engine, revision: str) -> None:
    with changing(engine) as connection:
        command.downgrade(config_of(history, connection), revision)


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """One transaction for the tables' form.

    SQLite changes a column by copying its table and dropping the old one, which rows that refer to it forbid. So
    references are not held meanwhile, which has to be said before the transaction, and are checked at its end.
    """
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("a migration left rows that refer to nothing; nothing was changed")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def config_of(history: str, connection: Connection) -> Config:
    """Return what Alembic needs to move this history within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(HISTORIES / history))
    config.attributes["connection"] = connection
    return config
