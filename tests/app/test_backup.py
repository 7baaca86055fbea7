"""A prize is backed up and restored, encrypted or not, into an empty installation of either engine."""

import shutil
import subprocess

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, Table, inspect, select
from sqlalchemy.dialects.postgresql import INET

from app.backup import write as writing
from app.backup.containers import ARCHIVE
from app.backup.manifest import MANIFEST, SIGNATURE
from app.backup.revisions import newest_revision, revision_of
from app.backup.settle import LOST
from app.backup.shapes import shape_of
from app.backup.write import METADATA
from app.ceremony.audit import audited_record
from app.ceremony.opening import opened
from app.database import reading
from app.engines import make_engines
from app.intake.look_up import find_entry_id
from app.intake.prepare import prepare, renew_key
from app.migrate import downgrade, migrate_all
from app.panel.views import reading_list
from app.record.verifier.record import check_record
from app.settings import Settings
from app.tables import Entry, Mark, Opening, ReadingCopy, SignIn
from app.tables.entries import Work
from app.vault import age
from app.vault.tables import HandedPart, OpenedIdentity, WorkerKey, WorkOrder
from tests.anonymity.canary import Canary
from tests.app.backups import KEY, WRITERS, back_up, close, panel_on, restore, rows, run, stored
from tests.app.stages import open_together, opened_by
from tests.conftest import AFTER

pytest_plugins = ["tests.app.backed_up"]


def prove_whole(panel, year):
    """What everybody would look for after a restore is there."""
    engines = panel.prize.engines
    for nom, name in WRITERS.items():
        assert opened_by(panel.prize, panel.entries[nom], panel.receipts[nom]).identity.name == name
    assert find_entry_id(engines, panel.receipts["Kept"]) == panel.entries["Kept"]
    assert find_entry_id(engines, panel.receipts["Erased"]) is None
    with reading(year.prize.engines.contest) as before, reading(engines.contest) as after:
        for copy in before.scalars(select(ReadingCopy).where(ReadingCopy.pdf_key != "")):
            restored = after.get_one(ReadingCopy, copy.id)
            assert engines.copies.get(restored.pdf_key) == year.prize.engines.copies.get(copy.pdf_key)
        marks = [
            sorted((m.assignment_id, m.points) for m in each.scalars(select(Mark)))
            for each in (before, after)
        ]
        assert marks[0] == marks[1] != []
        for judge in panel.prize.staff.judges:
            assert {essay.state for essay in reading_list(after, judge)} == {"locked"}
        assert after.scalars(select(SignIn)).all() == []
        shown = after.scalars(select(Opening).where(Opening.opened_at.is_not(None))).one()
    assert opened(engines, opening=shown, decided_at=AFTER).identity.name == WRITERS["Larkspur"]
    found = check_record(audited_record(engines, contest_id=panel.prize.contest.id))
    assert (found.wrong, bool(found.right)) == ([], True)


def test_prize_goes_on_after_a_restore_as_if_nothing_had_happened(year, plain, empty):
    engines = empty()
    restored = restore(engines, plain)
    panel = panel_on(engines, year)

    assert (rows(engines), restored.unprepared) == (rows(year.prize.engines), 0)
    prove_whole(panel, year)
    opening_id = open_together(panel, "Heron")
    prepare(engines, entry_id=panel.entries["Waiting"], now=AFTER)
    with reading(engines.contest) as session:
        opening = session.get_one(Opening, opening_id)
        waiting = session.get_one(Entry, panel.entries["Waiting"])
    assert opened(engines, opening=opening, decided_at=AFTER).identity.name == WRITERS["Heron"]
    assert waiting.work is Work.DONE


def test_prize_moves_to_postgresql_and_back(year, plain, empty, on_postgresql, tmp_path):
    server = on_postgresql("moved_")
    restore(server, plain)
    there = rows(server)
    prove_whole(
        panel_on(make_engines(Settings(**server.settings.model_dump() | {"vault_database": ""})), year), year
    )
    back_up(server, tmp_path / "from-server")
    back = empty()
    restore(back, tmp_path / "from-server")

    assert there == rows(back) == rows(year.prize.engines)
    assert stored(back) == stored(server)
    prove_whole(panel_on(back, year), year)


def test_files_of_a_restore_are_those_that_stand(year, plain, empty):
    engines = empty()
    restore(engines, plain)

    assert stored(engines) == stored(year.prize.engines)
    assert all(len(each) > 4 for each in stored(engines).values())


def test_encrypted_backup_is_one_file_and_restores_with_one_of_its_keys(year, encrypted, empty):
    engines = empty()
    restore(engines, encrypted, identities=[age.new_secret(), KEY])

    assert [path.name for path in encrypted.iterdir()] == [ARCHIVE]
    assert rows(engines) == rows(year.prize.engines)
    prove_whole(panel_on(engines, year), year)


def test_stolen_backup_shows_no_identity_and_no_secret(year, plain, encrypted):
    settings = year.prize.engines.settings
    words = (*WRITERS.values(), "Abernathy", "writer0@example.net", "imogen.tarrant@example.org")
    secrets = [receipt.octets for receipt in year.receipts.values()]
    secrets += [path.read_bytes().strip() for path in settings.keys_folder.iterdir()]
    canary = Canary(words, tuple(secrets))

    assert canary.found_under(plain, encrypted) == {}
    with reading(year.prize.engines.vault.engine) as session:
        shown = session.scalars(select(OpenedIdentity.identity)).one()
        assert session.scalars(select(HandedPart)).all() != []
    assert canary.found_in(shown.encode()) != []
    assert not [path for path in plain.rglob("*") if path.suffix in {".age", ".secret"}]
    assert not list(plain.rglob("*handed_part*"))


def test_backup_is_for_its_owners_eyes(plain, encrypted):
    for folder in (plain, encrypted):
        assert folder.stat().st_mode & 0o777 == 0o700
        for path in folder.rglob("*"):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
        assert [each.name for each in folder.parent.iterdir()] == ["backup"]


def test_entry_whose_first_pass_was_not_done_keeps_its_place_when_the_workers_key_is_gone(year, plain, empty):
    engines = empty()
    for key in engines.settings.keys_folder.glob("worker-*.age"):
        key.unlink()

    restored = restore(engines, plain)
    renew_key(engines, now=AFTER)

    with reading(engines.contest) as session:
        waiting = session.get_one(Entry, year.entries["Waiting"])
    assert (restored.unprepared, waiting.work, waiting.repair_reason) == (1, Work.REPAIR, LOST)
    panel = panel_on(engines, year)
    assert opened_by(panel.prize, waiting.id, panel.receipts["Waiting"]).identity.name == "Wanda Abernathy"
    with reading(engines.vault.engine) as session:
        assert session.scalars(select(WorkOrder)).all() == []
        (key,) = session.scalars(select(WorkerKey.id)).all()
    assert (engines.settings.keys_folder / f"worker-{key}.age").exists()


def test_restore_takes_an_installation_that_was_only_started(year, plain, empty):
    engines = empty()
    migrate_all(engines)
    renew_key(engines, now=AFTER)

    restore(engines, plain)

    assert rows(engines) == rows(year.prize.engines)


@pytest.fixture
def older(year, tmp_path, monkeypatch):
    """A backup of the prize as the version before this one would have made it."""
    data = tmp_path / "older"
    close(year.prize.engines)
    shutil.copytree(year.prize.engines.settings.data, data)
    engines = make_engines(Settings(data=data))
    downgrade("contest", engines.contest, "-1")
    with monkeypatch.context() as patch:
        with engines.contest.connect() as contest, engines.vault.engine.connect() as vault:
            stood = {"contest": revision_of(contest), "vault": revision_of(vault)}
        patch.setattr(writing, "newest_revision", stood.get)
        patch.setitem(writing.METADATA, "contest", as_it_stands(engines.contest, METADATA["contest"]))
        back_up(engines, tmp_path / "backup-older")
    close(engines)
    assert stood["contest"] != newest_revision("contest")
    return tmp_path / "backup-older"


def as_it_stands(engine, metadata):
    """The tables without what a later version added."""
    found, there = MetaData(), inspect(engine)
    for table in metadata.sorted_tables:
        if there.has_table(table.name):
            names = {each["name"] for each in there.get_columns(table.name)}
            columns = [column for column in table.columns if column.name in names]
            Table(table.name, found, *(without_default(column) for column in columns))
    return found


def without_default(column):
    refers = [ForeignKey(each.target_fullname) for each in column.foreign_keys]
    return Column(column.name, column.type, *refers, primary_key=column.primary_key)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_backup_of_an_older_version_is_brought_up_to_date(request, engine, older, year, empty):
    """It goes into the tables its version had, and from there takes the way any installation takes."""
    server = engine == "postgresql"
    engines = request.getfixturevalue("on_postgresql")("older_") if server else empty()

    restore(engines, older)

    restored, before = rows(engines), rows(year.prize.engines)
    with engines.contest.connect() as contest:
        assert revision_of(contest) == newest_revision("contest")
    assert {name for name in before if restored[name] != before[name]} <= {"reading_copy"}
    panel = panel_on(engines, year)
    assert (
        opened_by(panel.prize, panel.entries["Heron"], panel.receipts["Heron"]).identity.name
        == "Writer Bylund"
    )


def test_backup_of_a_prize_that_has_signed_nothing_yet_is_taken(prize, tmp_path):
    back_up(prize.engines, tmp_path / "backup")
    new = make_engines(Settings(data=tmp_path / "new", keys=prize.engines.settings.keys_folder))

    restore(new, tmp_path / "backup")

    assert rows(new) == rows(prize.engines)
    close(new)


def test_every_column_of_both_databases_can_be_written_down():
    tables = [table for metadata in METADATA.values() for table in metadata.sorted_tables]

    assert all(shape_of(table).keys() == set(table.columns.keys()) for table in tables)
    with pytest.raises(TypeError, match=r"t\.c"):
        shape_of(Table("t", MetaData(), Column("c", INET)))


def test_commands_back_up_and_restore_with_keys_that_age_made(year, empty, tmp_path):
    key_file, folder, engines = tmp_path / "key.txt", tmp_path / "backup", empty()
    subprocess.run(["age-keygen", "-o", key_file], check=True, capture_output=True)
    public = key_file.read_text().split("public key: ")[1].split()[0]

    made = run(year.prize.engines, "backup", folder, "--to", public)
    again = run(year.prize.engines, "backup", folder)
    restored = run(engines, "restore", folder, "--identity", key_file)
    refused = run(engines, "restore", folder, "--identity", key_file)

    assert (made.exit_code, made.stderr, "is whole" in made.stdout) == (0, "", True)
    assert (again.exit_code, again.stderr.startswith("No backup was made. ")) == (1, True)
    assert (restored.exit_code, restored.stderr) == (0, "")
    assert "Everybody has to sign in again." in restored.stdout
    assert (refused.exit_code, "This installation is not empty" in refused.stderr) == (1, True)


def test_encrypted_backup_opens_with_the_stock_commands(encrypted, tmp_path):
    (tmp_path / "key").write_text(KEY)

    plain = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key", encrypted / ARCHIVE], check=True, capture_output=True
    )
    listed = subprocess.run(["tar", "-t"], input=plain.stdout, check=True, capture_output=True)

    names = listed.stdout.decode().splitlines()
    assert names[-2:] == [MANIFEST, SIGNATURE]
    assert {"contest/entry-1.jsonl", "vault/envelope-1.jsonl"} < set(names)
