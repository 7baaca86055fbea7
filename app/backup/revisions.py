"""How far each database's history has come, and moving it within a transaction that does more than that."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from app.migrate import HISTORIES


def revision_of(connection: Connection) -> str | None:
    """The revision the tables are at; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision(history: str) -> str | None:
    return ScriptDirectory(str(HISTORIES / history)).get_current_head()


def is_known(history: str, revision: str) -> bool:
    try:
        return ScriptDirectory(str(HISTORIES / history)).get_revision(revision) is not None
    except CommandError:
        return False


def rebuild(history: str, connection: Connection, revision: str) -> None:
    """Make empty tables as they were at that revision, in the place of those that are there."""
    if revision_of(connection) is not None:
        command.downgrade(_config(history, connection), "base")
    command.upgrade(_config(history, connection), revision)


def bring_up_to_date(history: str, connection: Connection) -> None:
    command.upgrade(_config(history, connection), "head")


def _config(history: str, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HISTORIES / history))
    config.attributes["connection"] = connection
    return config
