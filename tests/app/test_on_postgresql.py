"""A prize with both databases on PostgreSQL, each door of the vault with its own login: once the whole way."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import delete, select

from app.ceremony.opening import opened
from app.database import make_engine, reading, transaction
from app.engines import make_engines
from app.errors import Clash
from app.intake.corrections import correct_identity
from app.intake.erasure import erase
from app.intake.identity_form import IdentityForm, typed_identity
from app.intake.look_up import find_entry_id
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.migrate import migrate_all
from app.panel.mark import recuse
from app.settings import Settings
from app.tables import Contest, Opening
from app.tables.panel import RecusalCause
from app.vault.orders import Order, place_order, renew_worker_key
from app.vault.tables import VaultBase, WorkerKey, WorkOrder
from tests.app.conftest import Panel
from tests.app.envelopes import Sealed
from tests.app.essays import replace
from tests.app.installations import documented_settings, environment_of
from tests.app.stages import (
    decide_now,
    declare_all,
    enter_and_release,
    mark_everything,
    open_together,
    opened_by,
    reading_of,
    save,
)
from tests.conftest import AFTER, IN_TIME, Clock, Prize, found
from tests.entering import submit_now

WRITERS = {"Larkspur": "Ida Quist", "Heron": "Noor Bekele", "Pencil Moth": "Tomas Varga"}


@pytest.fixture(scope="module")
def prize(cluster, tmp_path_factory):
    settings = documented_settings(cluster, tmp_path_factory.mktemp("prize"), prefix="whole_")
    engines = make_engines(settings)
    migrate_all(engines)
    settings.upload_folder.mkdir()
    contest, staff = found(engines)
    # The owner's login is not needed any more, and whatever asked for it would fail.
    ownerless = make_engines(without_owner(settings))
    yield Prize(engines=ownerless, clock=Clock(), contest=contest, staff=staff)
    for each in (engines, ownerless):
        each.contest.dispose()
        each.vault.close()


def wait_for_a_lock(cluster, login, waiting, *, statements=1):
    """Return when so many statements of this login's wait for another transaction, or `waiting` came to its end."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'"
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        while connection.execute(query, [login]).fetchone()[0] < statements:
            if waiting.done():
                raise AssertionError(f"it did not wait: {waiting.result()}")


def without_owner(settings):
    return Settings(**(settings.model_dump() | {"vault_database": ""}))


def test_entry_goes_from_receipt_to_opening_with_the_doors_logins_alone(prize):
    panel = Panel(prize=prize, entries={}, receipts={})
    for nom, name in WRITERS.items():
        panel.entries[nom], panel.receipts[nom] = enter_and_release(prize, nom_de_plume=nom, name=name)
    by_receipt = opened_by(prize, panel.entries["Heron"], panel.receipts["Heron"])
    mark_everything(panel)
    assert decide_now(panel, "Larkspur") == []
    opening_id = open_together(panel, "Larkspur")

    assert by_receipt.identity.name == WRITERS["Heron"]
    with reading(prize.engines.contest) as session:
        shown = opened(prize.engines, opening=session.get_one(Opening, opening_id), decided_at=AFTER)
    assert shown.identity.name == WRITERS["Larkspur"]


def test_entry_is_replaced_corrected_and_erased_with_the_doors_logins_alone(prize, cluster):
    prize.clock.at, receipt = IN_TIME, new_receipt()
    entry_id = submit_now(
        prize, receipt=receipt, nom_de_plume="Sandpiper", name="Ana Coelho", category="undergraduates"
    ).entry_id

    replace(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    entered = opened_by(prize, entry_id, receipt)
    form = IdentityForm(**typed_identity(entered.identity) | {"name": "Ana Coelho Reis"})
    correct_identity(
        prize.engines, opened=entered, receipt=receipt, form=form, arrived_at=IN_TIME, now=IN_TIME
    )
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    corrected = opened_by(prize, entry_id, receipt)
    erase(prize.engines, opened=corrected, receipt=receipt, now=IN_TIME)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert find_entry_id(prize.engines, receipt) is None
    assert corrected.identity.name == "Ana Coelho Reis"
    assert [corrected.version, corrected.corrections] == [3, 1]
    owner = make_engine(cluster.url(database=prize.engines.vault.entering.url.database))
    with owner.connect() as connection:
        for table in VaultBase.metadata.sorted_tables:
            if "entry_id" in table.columns:
                query = select(table.columns.entry_id).where(table.columns.entry_id == entry_id)
                assert connection.execute(query).all() == [], table.name
    owner.dispose()


def test_judge_who_stands_back_as_the_decision_is_locked_is_too_late(prize, cluster):
    """The decision rests on the readings it counted; none of them may go while it is being written."""
    panel = Panel(prize=prize, entries={}, receipts={})
    panel.entries["Curlew"], _ = enter_and_release(
        prize, nom_de_plume="Curlew", name="Mira Abney", category="undergraduates"
    )
    declare_all(panel)
    for judge in prize.staff.judges:
        assert isinstance(save(panel, judge, "Curlew", lock=True), int)
    contest, first = prize.engines.contest, prize.staff.judges[0]
    assignment_id = reading_of(panel, first, "Curlew")

    with ThreadPoolExecutor() as threads:
        with transaction(contest) as session:
            session.get_one(Contest, prize.contest.id, with_for_update={"key_share": True})
            decided = threads.submit(
                decide_now, panel, "Curlew", key="undergraduates", reason="It was the only essay."
            )
            wait_for_a_lock(cluster, contest.url.username, decided)
            stood_back = threads.submit(
                recuse,
                contest,
                visit=first,
                assignment_id=assignment_id,
                cause=RecusalCause.RECOGNISED,
                now=AFTER,
            )
            wait_for_a_lock(cluster, contest.url.username, stood_back, statements=2)
        assert decided.result(timeout=20) == []
        with pytest.raises(Clash, match="decision is locked"):
            stood_back.result(timeout=20)


@pytest.fixture
def no_orders(prize):
    """A vault with nothing to do, whose worker's key may be replaced."""
    with transaction(prize.engines.vault.working) as session:
        session.execute(delete(WorkOrder))


def place(prize, order):
    with transaction(prize.engines.vault.entering) as session:
        place_order(session, order)


@pytest.mark.usefixtures("no_orders")
def test_order_placed_while_the_key_is_replaced_is_sealed_to_the_new_one(prize, cluster, tmp_path):
    """The web may not lock the key; the reference from order to key tells it to ask again."""
    vault, order = prize.engines.vault, Order(entry_id=Sealed(prize.engines).entry_id, version=1)
    with ThreadPoolExecutor() as threads:
        with transaction(vault.working) as session:
            renew_worker_key(session, keys_folder=tmp_path, now=AFTER)
            placed = threads.submit(place, prize, order)
            wait_for_a_lock(cluster, vault.entering.url.username, placed)
        placed.result(timeout=20)

    with reading(vault.working) as session:
        assert (
            session.scalars(select(WorkOrder.worker_key_id)).all()
            == session.scalars(select(WorkerKey.id)).all()
        )


@pytest.mark.usefixtures("no_orders")
def test_key_stays_when_an_order_is_placed_as_it_would_be_replaced(prize, cluster, tmp_path):
    vault, order = prize.engines.vault, Order(entry_id=Sealed(prize.engines).entry_id, version=1)

    def renew():
        with transaction(vault.working) as session:
            return renew_worker_key(session, keys_folder=tmp_path, now=AFTER)

    with ThreadPoolExecutor() as threads:
        with transaction(vault.entering) as session:
            place_order(session, order)
            renewed = threads.submit(renew)
            wait_for_a_lock(cluster, vault.working.url.username, renewed)
        assert renewed.result(timeout=20) == []
    assert list(tmp_path.iterdir()) == []


def test_migrating_needs_the_owners_login(prize):
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "app", "migrate"],
        env=environment_of(prize.engines.settings),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr == "This needs the login of the vault's owner: NOMDEPLUME_VAULT_DATABASE.\n"


@pytest.mark.parametrize(
    "given",
    [
        {"vault_entering": "postgresql://entering:secret@/vault"},
        {"vault_database": "sqlite:///secret", "vault_working": "sqlite:///secret"},
    ],
    ids=["one door alone", "doors on SQLite"],
)
def test_settings_of_half_a_vault_are_refused_and_not_quoted(given):
    with pytest.raises(ValueError, match="vault") as refused:
        Settings(**given)

    assert "secret" not in str(refused.value)


def test_settings_do_not_show_passwords(prize):
    settings = prize.engines.settings

    assert "password@" in settings.vault_entering
    assert "password" not in repr(settings)
