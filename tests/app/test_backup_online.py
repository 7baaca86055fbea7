"""A backup is of one moment, though entries come in and go while it is made."""

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.backup import write as writing
from app.backup.errors import NotBackedUp, NotRestored
from app.backup.write import make_backup
from app.ceremony.audit import audited_record
from app.clock import system_clock
from app.database import reading
from app.engines import make_engines
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.migrate import migrate_all
from app.record.verifier.record import check_record
from app.settings import Settings
from app.tables import Entry, Withdrawal
from tests.app.backups import back_up, close, panel_on, restore, stored
from tests.app.essays import withdraw_now
from tests.app.installations import documented_settings
from tests.conftest import IN_TIME, Clock, Prize, found
from tests.entering import submit_now

pytest_plugins = ["tests.app.backed_up"]


def test_entries_that_come_in_meanwhile_are_whole_in_the_backup_or_not_at_all(prize, tmp_path):
    check_backup_under_load(prize, tmp_path)


@pytest.fixture(scope="module")
def server_prize(cluster, tmp_path_factory):
    settings = documented_settings(cluster, tmp_path_factory.mktemp("server"), prefix="load_")
    engines = make_engines(settings)
    migrate_all(engines)
    contest, staff = found(engines)
    yield Prize(engines=engines, clock=Clock(), contest=contest, staff=staff)
    close(engines)


def test_entries_that_come_in_meanwhile_on_postgresql_too(server_prize, tmp_path):
    check_backup_under_load(server_prize, tmp_path)


def check_backup_under_load(prize, tmp_path):
    acknowledged, over = [], threading.Event()

    def keep_entering(thread):
        n = 0
        while not over.is_set():
            n += 1
            receipt = new_receipt()
            nom = f"Writer {thread}-{n}"
            admitted = submit_now(prize, essay=b"One line. " * 60, receipt=receipt, nom_de_plume=nom)
            acknowledged.append((time.time(), admitted.entry_id))
            if n % 3 == 0:
                withdraw_now(prize, admitted.entry_id, receipt)
                prepare(prize.engines, entry_id=admitted.entry_id, now=IN_TIME)

    with ThreadPoolExecutor() as threads:
        running = [threads.submit(keep_entering, n) for n in range(2)]
        try:
            while len(acknowledged) < 4:
                time.sleep(0.05)
            manifests = [back_up(prize.engines, tmp_path / f"backup-{n}") for n in range(2)]
        finally:
            over.set()
        for each in running:
            each.result()
    for n, manifest in enumerate(manifests):
        engines = make_engines(
            Settings(data=tmp_path / f"restored-{n}", keys=prize.engines.settings.keys_folder)
        )
        restore(engines, tmp_path / f"backup-{n}")
        with reading(engines.contest) as session:
            inside = set(session.scalars(select(Entry.id)))
        moment = manifest.moment.timestamp()
        assert {entry_id for at, entry_id in acknowledged if at < moment} <= inside
        assert len(inside) < len(acknowledged)
        found = check_record(audited_record(engines, contest_id=prize.contest.id))
        assert found.wrong == []
        close(engines)


def test_backup_needs_the_owners_login(server_prize, tmp_path):
    ownerless = make_engines(Settings(**server_prize.engines.settings.model_dump() | {"vault_database": ""}))

    for command in (back_up, restore):
        with pytest.raises((NotBackedUp, NotRestored), match="owner"):
            command(ownerless, tmp_path / "backup")
    close(ownerless)


@pytest.mark.parametrize(
    ("few", "at_last"),
    [(50, False), (0, False), (0, True)],
    ids=["while the rows' moment is held", "before it is copied", "after it was copied"],
)
def test_essay_withdrawn_while_it_is_copied_is_neither_missed_nor_brought_back(
    year, tmp_path, monkeypatch, few, at_last
):
    """Where its file is gone, the next look at the rows says that nobody needs it."""
    monkeypatch.setattr(writing, "_FEW", few)
    data = tmp_path / "data"
    close(year.prize.engines)
    shutil.copytree(year.prize.engines.settings.data, data)
    panel = panel_on(make_engines(Settings(data=data)), year)
    engines, entry_id = panel.prize.engines, panel.entries["Kept"]

    def withdraw_meanwhile(what, done, of):
        with reading(engines.contest) as session:
            is_withdrawn = session.get(Withdrawal, entry_id) is not None
        if (what, done) == ("files", of - 1 if at_last else 0) and not is_withdrawn:
            withdraw_now(panel.prize, entry_id, panel.receipts["Kept"], now=IN_TIME)
            prepare(engines, entry_id=entry_id, now=IN_TIME)

    folder, new = tmp_path / "backup", make_engines(Settings(data=tmp_path / "new", keys=data / "keys"))
    make_backup(engines, folder=folder, clock=system_clock, tell=withdraw_meanwhile)
    restore(new, folder)

    with reading(new.contest) as session:
        assert session.get(Withdrawal, entry_id) is not None
    assert stored(new) == stored(engines) != stored(year.prize.engines)
    close(engines)
    close(new)
