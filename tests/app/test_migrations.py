"""Both histories lead to the models and back, and the contest's tables have no column for an identity."""

import ast
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import migrations
from app.database import make_engine
from app.migrate import changing, downgrade, upgrade
from app.tables import Base
from app.vault.tables import VaultBase

MODELS = {"contest": Base.metadata, "vault": VaultBase.metadata}
HISTORIES = Path(migrations.__file__).parent
VERSIONS = sorted(HISTORIES.glob("*/versions/*.py"))
IDENTIFYING = re.compile(
    r"name|email|e_mail|phone|address|birth|author|orcid|registration_numb|known_as|organisation"
)
ALLOWED = {
    "person.name": "staff sign in and are named on openings; entrants have no row here",
    "person.email": "staff sign in with it",
    "council_member.name": "the Council list is public",
    "council_member.also_known_as": "earlier names of members of Council, for the check at entry",
    "council_member.emails": "addresses of members of Council, for the check at entry",
    "council_member.registration_numbers": "numbers of members of Council, for the check at entry",
    "role.alias": "what other judges see of a judge",
    "entry.may_be_named": "a consent, yes or no",
    "announcement.announced_by": "the officer who announced",
    "countersignature.name": "an auditor's name, or the alias of a judge; entrants sign no root",
    "result.announced_as": "a winner's name, copied out by the announcement alone",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, tmp_path):
    """Makes empty databases, on either engine."""
    made = []

    def make():
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path / f'fresh-{len(made)}.sqlite3'}"
        else:
            url = request.getfixturevalue("cluster").new_database()
        made.append(make_engine(url))
        return made[-1]

    yield make
    for each in made:
        each.dispose()


@pytest.fixture
def engine(fresh):
    return fresh()


def tables_of(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


@pytest.mark.parametrize("history", MODELS)
def test_upgraded_database_equals_the_models(engine, history):
    upgrade(history, engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, MODELS[history]) == []


@pytest.mark.parametrize("history", MODELS)
def test_upgraded_database_has_the_checks_and_keys_the_models_make(fresh, history):
    """What alembic does not compare: constraints, with their names, as the database tells them."""
    engine, created = fresh(), fresh()
    upgrade(history, engine)
    MODELS[history].create_all(created)

    def constraints(database):
        found = inspect(database)
        return {
            table: (
                found.get_pk_constraint(table),
                sorted(found.get_foreign_keys(table), key=str),
                sorted(found.get_unique_constraints(table), key=str),
                sorted(found.get_check_constraints(table), key=str),
                sorted(found.get_indexes(table), key=str),
            )
            for table in MODELS[history].tables
        }

    assert constraints(engine) == constraints(created)


@pytest.mark.parametrize("history", MODELS)
def test_downgrade_leaves_no_table_and_upgrade_works_again(engine, history):
    upgrade(history, engine)
    before = tables_of(engine)

    downgrade(history, engine, "base")
    emptied = tables_of(engine)
    upgrade(history, engine)

    assert emptied == set()
    assert tables_of(engine) == before == set(MODELS[history].tables)


def test_upgrade_keeps_rows_that_refer_to_a_changed_table(engine):
    """SQLite changes a column by putting another table in the old one's place."""
    first, ids = "2026_11_22_first_tables", {"entry": "0" * 31 + "1", "officer": "0" * 31 + "2"}
    upgrade("vault", engine, first)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO envelope (entry_id, contest_id, recipient, identity, entrant_part, sealed_at)"
                " VALUES (:entry, :entry, 'age1', :sealed, :sealed, '2026-09-01')"
            ),
            ids | {"sealed": b"sealed"},
        )
        connection.execute(
            text(
                "INSERT INTO officer_share (entry_id, officer_id, sealed) VALUES (:entry, :officer, :sealed)"
            ),
            ids | {"sealed": b"share"},
        )

    upgrade("vault", engine)
    downgrade("vault", engine, first)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT identity FROM envelope")).scalars().all() == [b"sealed"]
        assert connection.execute(text("SELECT sealed FROM officer_share")).scalars().all() == [b"share"]
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_change_that_leaves_a_reference_to_nothing_is_undone(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE one (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE other (one_id INTEGER REFERENCES one (id))"))
        connection.execute(text("INSERT INTO one VALUES (1)"))
        connection.execute(text("INSERT INTO other VALUES (1)"))

    with pytest.raises(RuntimeError, match="refer to nothing"), changing(engine) as connection:
        connection.execute(text("DELETE FROM one"))

    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM one")).scalars().all() == [1]


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_no_migration_imports_the_application(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or ".")

    assert {each.split(".")[0] for each in imported} <= {"alembic", "sqlalchemy"}


@pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)
def test_migration_is_named_by_its_day_and_revision(path):
    revision = next(
        node.value.value
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "revision"
    )

    assert path.stem == revision
    assert re.fullmatch(r"\d{4}_\d\d_\d\d_[a-z_]+", revision)


def identifying_columns(metadata):
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if IDENTIFYING.search(column.name)
    }


def test_contest_database_has_no_column_for_an_identity():
    """Each that is allowed stands in the list above with its reason."""
    found = identifying_columns(Base.metadata)

    assert found - {column for column, reason in ALLOWED.items() if reason} == set()
    assert "person.email" in found


def test_vault_keeps_identities_as_ciphertext_or_under_an_opening():
    columns = {
        f"{table.name}.{column.name}": column.type.python_type
        for table in VaultBase.metadata.tables.values()
        for column in table.columns
        if column.name in {"identity", "entrant_part", "sealed", "sealed_note", "part"}
    }

    assert {name for name, kind in columns.items() if kind is not bytes} == {
        "opened_identity.identity",
        "handed_part.part",
        "test_share.part",
    }
