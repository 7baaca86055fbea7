"""The worker can open an envelope while its order stands, and never after."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.intake.prepare import renew_key
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.orders import Order, end_order, end_orders_up_to, open_order, place_order
from app.vault.tables import Envelope, WorkerKey, WorkOrder
from tests.app.stages import payload
from tests.conftest import IN_TIME


@pytest.fixture
def vault(engines):
    renew_key(engines, now=IN_TIME)
    return engines.vault


@pytest.fixture
def entry_id(vault):
    """An entry with an envelope, which orders refer to."""
    entry_id = uuid4()
    with transaction(vault.engine) as session:
        session.add(
            Envelope(
                entry_id=entry_id,
                contest_id=uuid4(),
                recipient="",
                receipt_hash=entry_id.bytes,
                identity=b"",
                entrant_part=b"",
                sealed_at=IN_TIME,
            )
        )
    return entry_id


def place(vault, entry_id, version=1):
    order = Order(
        entry_id=entry_id, version=version, secret="the secret", statement="spelling", typed="words"
    )
    with transaction(vault.engine) as session:
        place_order(session, order)
    return order


def opened(vault, entry_id, version=1):
    with reading(vault.engine) as session:
        return open_order(session, entry_id=entry_id, version=version, keys_folder=vault.keys_folder)


def key_files(vault):
    return sorted(path.name for path in vault.keys_folder.glob("worker-*.age"))


def test_order_opens_with_the_workers_key(vault, entry_id):
    order = place(vault, entry_id)

    assert opened(vault, entry_id) == order


def test_order_needs_a_worker_that_has_a_key(engines):
    with transaction(engines.vault.engine) as session, pytest.raises(NoSuchEnvelope):
        place_order(session, Order(entry_id=uuid4(), version=1))


def test_order_does_not_open_with_another_key(vault, entry_id):
    place(vault, entry_id)
    (key_file,) = vault.keys_folder.glob("worker-*.age")
    key_file.write_text("AGE-SECRET-KEY-1QQQQ\n")

    with pytest.raises(NotOpenable):
        opened(vault, entry_id)


def test_order_does_not_open_without_the_keys_file(vault, entry_id):
    place(vault, entry_id)
    (key_file,) = vault.keys_folder.glob("worker-*.age")
    key_file.unlink()

    with pytest.raises(NoSuchEnvelope):
        opened(vault, entry_id)


def test_key_stays_while_an_order_stands(engines, vault, entry_id):
    order = place(vault, entry_id)
    before = key_files(vault)

    renew_key(engines, now=IN_TIME + timedelta(hours=1))

    assert key_files(vault) == before
    assert opened(vault, entry_id) == order


def test_key_is_replaced_and_the_old_one_destroyed_when_no_order_stands(engines, vault):
    before = key_files(vault)

    renew_key(engines, now=IN_TIME + timedelta(hours=1))

    after = key_files(vault)
    assert (len(before), len(after)) == (1, 1)
    assert before != after
    with reading(vault.engine) as session:
        assert [f"worker-{key.id}.age" for key in session.scalars(select(WorkerKey))] == after


def test_key_file_is_its_owners_alone(vault):
    (key_file,) = vault.keys_folder.glob("worker-*.age")

    assert key_file.stat().st_mode & 0o777 == 0o600


def test_order_that_has_ended_opens_no_more(engines, vault, entry_id):
    place(vault, entry_id)
    with transaction(vault.engine) as session:
        end_order(session, entry_id=entry_id, version=1)
    renew_key(engines, now=IN_TIME + timedelta(hours=1))

    with pytest.raises(NoSuchEnvelope):
        opened(vault, entry_id)


def test_ending_an_order_ends_those_of_earlier_versions_alone(vault, entry_id):
    for version in (1, 2, 3):
        place(vault, entry_id, version)

    with transaction(vault.engine) as session:
        end_orders_up_to(session, entry_id=entry_id, version=2)

    with reading(vault.engine) as session:
        assert [row.version for row in session.scalars(select(WorkOrder))] == [3]


def test_orders_have_equal_lengths_whatever_they_hold(vault, entry_id):
    with transaction(vault.engine) as session:
        place_order(session, Order(entry_id=entry_id, version=1, secret="s"))
        place_order(session, Order(entry_id=entry_id, version=2, secret="s", statement="x" * 2000))
        lengths = {payload(row.sealed) for row in session.scalars(select(WorkOrder))}

    assert len(lengths) == 1
