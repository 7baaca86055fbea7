"""Each door of the vault lets through what the table of duties says and nothing else, on either database."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.database import reading, transaction
from app.engines import make_engines
from app.intake.prepare import renew_key
from app.intake.versions import seal_typed_text
from app.migrate import migrate_all
from app.settings import Settings
from app.vault.duties import RIGHTS, Duty, Right
from app.vault.errors import NotOpenable
from app.vault.open import open_with_receipt, recipient_of
from app.vault.tables import VaultBase
from tests.app.entrants import Entrant, rows
from tests.app.envelopes import Sealed
from tests.app.installations import documented_settings
from tests.conftest import IN_TIME
from tests.entering import essay_docx

DATABASES = ("sqlite", "postgresql")
TABLES = sorted(VaultBase.metadata.tables)


@pytest.fixture(scope="module")
def installations(cluster, tmp_path_factory):
    """One on SQLite, one on PostgreSQL with a login for each door."""
    folder = tmp_path_factory.mktemp("installations")
    made = {
        "sqlite": make_engines(Settings(data=folder / "sqlite")),
        "postgresql": make_engines(documented_settings(cluster, folder / "postgresql", prefix="doors_")),
    }
    for each in made.values():
        migrate_all(each)
        renew_key(each, now=IN_TIME)
    yield made
    for each in made.values():
        each.contest.dispose()
        each.vault.close()


@pytest.fixture(params=DATABASES)
def installed(request, installations):
    return installations[request.param]


def door(installed, duty):
    vault = installed.vault
    return {Duty.ENTERING: vault.entering, Duty.WORKING: vault.working, Duty.OPENING: vault.opening}[duty]


def lets_through(engine, statement):
    """Whether a door lets this statement through. What stops it has to be the guard, not a slip of the pen."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
    except DBAPIError as error:
        if not re.search(r"prohibited|not authorized|permission denied|must be owner", str(error.orig)):
            raise
        return False
    return True


def asked(table):
    """Every way to touch a table: the right it takes, and the statement, to be explained and not done."""
    columns = list(VaultBase.metadata.tables[table].columns.keys())
    yield "insert", f"EXPLAIN INSERT INTO {table} ({columns[0]}) VALUES (NULL)"
    yield "delete", f"EXPLAIN DELETE FROM {table}"
    for column in columns:
        yield f"read {column}", f"EXPLAIN SELECT {column} FROM {table}"
        yield f"change {column}", f"EXPLAIN UPDATE {table} SET {column} = NULL"


def held_by(duty, table, *, database):
    """The rights the table of duties gives, in the same words."""
    rights = RIGHTS[duty][table]
    read = (Right.READ, Right.FIND, Right.REFER) if database == "sqlite" else (Right.READ,)
    return {
        *(right.value for right in rights.rows),
        *(f"read {column}" for column in rights.columns_to(*read)),
        *(f"change {column}" for column in rights.columns_to(Right.CHANGE)),
    }


def test_table_of_duties_knows_every_column_of_the_vault():
    columns = {name: list(table.columns.keys()) for name, table in VaultBase.metadata.tables.items()}

    for duty in Duty:
        assert {name: list(rights.columns) for name, rights in RIGHTS[duty].items()} == columns


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("table", TABLES)
def test_door_lets_through_exactly_what_its_duty_needs(installed, duty, table):
    engine = door(installed, duty)

    through = {right for right, statement in asked(table) if lets_through(engine, statement)}

    assert through == held_by(duty, table, database=engine.dialect.name)


@pytest.mark.parametrize("table", TABLES)
def test_owner_may_do_everything(installed, table):
    """So the statements above are right, and what stops them is the door."""
    assert all(lets_through(installed.vault.engine, statement) for _, statement in asked(table))


def test_web_reads_public_keys_alone_and_neither_changes_nor_deletes():
    """Written out, so that a slip in the table of duties is seen here."""
    entering = RIGHTS[Duty.ENTERING]

    read = {f"{name}.{column}" for name, held in entering.items() for column in held.columns_to(Right.READ)}
    assert read == {
        "envelope.entry_id",
        "envelope.recipient",
        "worker_key.id",
        "worker_key.public_key",
        "worker_key.made_at",
    }
    assert not [name for name, held in entering.items() if held.columns_to(Right.CHANGE)]
    assert not [name for name, held in entering.items() if Right.DELETE in held.rows]


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE kept_aside (identity TEXT)",
        "CREATE TEMPORARY TABLE kept_aside (identity TEXT)",
        "CREATE VIEW seen AS SELECT 1",
        "DROP TABLE envelope",
        "ALTER TABLE envelope ADD COLUMN name TEXT",
        "SELECT version_num FROM alembic_version",
        "INSERT INTO work_order SELECT * FROM work_order",
        "EXPLAIN INSERT INTO work_order (version) VALUES (1) RETURNING sealed",
    ],
)
def test_no_door_changes_tables_or_reads_what_is_not_the_vaults(installed, duty, statement):
    assert not lets_through(door(installed, duty), statement)


@pytest.mark.parametrize("duty", Duty)
@pytest.mark.parametrize("statement", ["PRAGMA foreign_keys=OFF", "ATTACH DATABASE ':memory:' AS other"])
def test_no_door_on_sqlite_lets_its_guards_down(installations, duty, statement):
    assert not lets_through(door(installations["sqlite"], duty), statement)


def test_web_alone_may_call_the_function_on_postgresql(installations):
    call = r"SELECT * FROM envelope_by_receipt('\x00', 1)"

    may = {duty for duty in Duty if lets_through(door(installations["postgresql"], duty), call)}

    assert may == {Duty.ENTERING}


def test_vaults_logins_do_not_reach_the_contest(installations):
    contest = installations["postgresql"].contest.url.database
    for duty in Duty:
        url = door(installations["postgresql"], duty).url.set(database=contest)
        stranger = make_engines(Settings(contest_database=url.render_as_string(hide_password=False))).contest
        with pytest.raises(DBAPIError, match="permission denied for database"), stranger.connect():
            pass


def test_receipt_finds_its_envelope_by_the_webs_door(installed):
    sealed, other = Sealed(installed), Sealed(installed)

    with reading(installed.vault.entering) as session:
        opened = open_with_receipt(session, entry_id=sealed.entry_id, version=1, receipt=sealed.receipt)
        with pytest.raises(NotOpenable):
            open_with_receipt(session, entry_id=other.entry_id, version=1, receipt=sealed.receipt)

    assert opened.identity == sealed.identity


def test_desk_seals_typed_text_to_an_envelope_it_cannot_open(installed):
    sealed = Sealed(installed)

    seal_typed_text(installed, entry_id=sealed.entry_id, version=1, essay=b"Typed words.", now=IN_TIME)

    with reading(installed.vault.entering) as session:
        assert recipient_of(session, sealed.entry_id)
        opened = open_with_receipt(session, entry_id=sealed.entry_id, version=1, receipt=sealed.receipt)
    assert len(opened.note.fingerprint) == 64


def test_rights_are_taken_back_by_the_next_migration(installations):
    on_postgresql = installations["postgresql"]
    login = on_postgresql.vault.entering.url.username
    with transaction(on_postgresql.vault.engine) as session:
        session.execute(text(f"GRANT SELECT, UPDATE, DELETE ON officer_share TO {login}"))
    read = "SELECT sealed FROM officer_share"
    assert lets_through(on_postgresql.vault.entering, read)

    migrate_all(on_postgresql)

    assert not lets_through(on_postgresql.vault.entering, read)


@pytest.fixture
def prize(prize):
    """A prize whose web was given the officers' door by mistake."""
    vault = replace(prize.engines.vault, entering=prize.engines.vault.opening)
    return replace(prize, engines=replace(prize.engines, vault=vault))


def test_visitor_who_runs_into_a_closed_door_learns_nothing_of_it(site, capsys):
    entrant, before = Entrant(site), rows(site.prize)

    answer = entrant.press(essay_docx())

    assert answer.status_code == 500
    assert "This is a fault of ours" in answer.text
    told = answer.text + "".join(capsys.readouterr())
    assert "unforeseen failure" in told
    assert not re.search(r"prohibited|not authorized|INSERT|officer_share|Tarrant|Larkspur", told)
    assert rows(site.prize) == before
