"""How tests make, restore and compare backups."""

import hashlib

from sqlalchemy import inspect, select
from typer.testing import CliRunner

from app.backup.restore import restore_backup
from app.backup.write import LEFT_OUT, METADATA, make_backup
from app.cli import app as commands
from app.clock import system_clock
from app.vault import age
from tests.app.conftest import Panel
from tests.app.installations import environment_of
from tests.conftest import AFTER, Clock, Prize

WRITERS = {"Larkspur": "Writer Axlund", "Heron": "Writer Bylund", "Pencil Moth": "Writer Czlund"}
KEY = age.new_secret()
"""Of whoever keeps the encrypted backups."""


def quiet(_what, _done, _of):
    pass


def back_up(engines, folder, *, to=()):
    return make_backup(engines, folder=folder, recipients=to, clock=system_clock, tell=quiet)


def restore(engines, folder, *, identities=(), without_keys=False):
    return restore_backup(
        engines, folder=folder, identities=identities, without_keys=without_keys, tell=quiet
    )


def close(engines):
    engines.contest.dispose()
    engines.vault.close()


def rows(engines):
    """Every row of both databases that a backup has."""
    found = {}
    for history, engine in (("contest", engines.contest), ("vault", engines.vault.engine)):
        with engine.connect() as connection:
            for table in METADATA[history].sorted_tables:
                if f"{history}/{table.name}" not in LEFT_OUT:
                    found[table.name] = sorted(repr(row) for row in connection.execute(select(table)))
    return found


def stored(engines):
    """Every file by folder: its name and its fingerprint."""
    return {
        folder: {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (engines.settings.data / folder).rglob("*")
            if path.is_file()
        }
        for folder in ("files", "vault-files")
    }


def is_empty(engines):
    return not any(stored(engines).values()) and not any(tables(engines))


def tables(engines):
    for engine in (engines.contest, engines.vault.engine):
        yield from inspect(engine).get_table_names()


def panel_on(engines, year):
    prize = Prize(engines=engines, clock=Clock(AFTER), contest=year.prize.contest, staff=year.prize.staff)
    return Panel(prize=prize, entries=year.entries, receipts=year.receipts)


def run(engines, *arguments):
    return CliRunner().invoke(
        commands, [str(each) for each in arguments], env=environment_of(engines.settings)
    )
