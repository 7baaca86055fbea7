"""How far each database's history has come, and moving it within a transaction that does more than that."""

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from app.migrate import HISTORIES, config_of


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
        command.downgrade(config_of(history, connection), "base")
    command.upgrade(config_of(history, connection), revision)


def bring_up_to_date(history: str, connection: Connection) -> None:
    command.upgrade(config_of(history, connection), "head")
