"""Brings both databases to the newest form; each has a history of its own."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

import migrations
from app.engines import Engines

HISTORIES = Path(migrations.__file__).parent


def migrate_all(engines: Engines) -> None:
    for history, engine in (("contest", engines.contest), ("vault", engines.vault.engine)):
        upgrade(history, engine)


def upgrade(history: str, engine: Engine, revision: str = "head") -> None:
    with engine.begin() as connection:
        command.upgrade(_config(history, connection), revision)


def downgrade(history: str, engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        command.downgrade(_config(history, connection), revision)


def _config(history: str, connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HISTORIES / history))
    config.attributes["connection"] = connection
    return config
