"""Work is found again from the rows, done by one worker at a time, and given up after three attempts."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.intake import prepare as preparing
from app.intake.leftovers import end_finished_orders
from app.intake.prepare import prepare, renew_key
from app.intake.receipts import new_receipt
from app.jobs import LEASE, MOST_ATTEMPTS, claim, owed
from app.tables import Entry, ReadingCopy
from app.tables.entries import Work
from app.vault.orders import standing_orders
from tests.conftest import IN_TIME
from tests.entering import enter, essay_docx, submit_now

SECOND = timedelta(seconds=1)


@pytest.fixture
def entry_id(prize):
    """An entry whose first pass is owed."""
    return submit_now(prize, receipt=new_receipt()).entry_id


def claimed(prize, entry_id, now):
    with transaction(prize.engines.contest) as session:
        return claim(session, entry_id=entry_id, now=now)


def entry_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        return session.get_one(Entry, entry_id)


def owed_at(prize, now):
    with reading(prize.engines.contest) as session:
        return owed(session, now=now)


def copies(prize):
    with reading(prize.engines.contest) as session:
        return session.scalars(select(ReadingCopy.version)).all()


def orders(prize):
    with reading(prize.engines.vault.engine) as session:
        return [(entry, version) for entry, version, _ in standing_orders(session)]


def test_lease_goes_to_one_of_two(prize, entry_id):
    first, second = claimed(prize, entry_id, IN_TIME), claimed(prize, entry_id, IN_TIME + SECOND)

    assert first is not None
    assert first.attempts == 1
    assert second is None


def test_lease_goes_to_one_of_two_who_ask_at_once(prize, entry_id):
    start, found = Barrier(2), []

    def ask():
        start.wait()
        found.append(claimed(prize, entry_id, IN_TIME))

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(each is None for each in found) == [False, True]


def test_work_is_owed_until_it_is_held_and_again_once_the_lease_ran_out(prize, entry_id):
    before = owed_at(prize, IN_TIME)
    claimed(prize, entry_id, IN_TIME)

    assert before == [entry_id]
    assert owed_at(prize, IN_TIME + LEASE) == []
    assert owed_at(prize, IN_TIME + LEASE + SECOND) == [entry_id]


def test_lease_that_ran_out_goes_to_another_worker(prize, entry_id):
    first = claimed(prize, entry_id, IN_TIME)
    second = claimed(prize, entry_id, IN_TIME + LEASE + SECOND)

    assert (second.attempts, second.token == first.token) == (2, False)


def test_work_done_is_owed_no_more(prize, entry_id):
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    entry = entry_of(prize, entry_id)
    assert (entry.work, entry.attempts, entry.work_token, entry.lease_until) == (Work.DONE, 0, None, None)
    assert owed_at(prize, IN_TIME + 10 * LEASE) == []
    assert orders(prize) == []


def test_preparing_again_makes_no_second_copy(prize, entry_id):
    for _ in range(2):
        prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert copies(prize) == [1]


def test_worker_that_lost_its_lease_changes_nothing(prize, entry_id):
    late = claimed(prize, entry_id, IN_TIME)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME + LEASE + SECOND)

    finished = preparing._finish_refused(prize.engines, late, reason="too late to say")

    assert finished is False
    assert (entry_of(prize, entry_id).work, entry_of(prize, entry_id).repair_reason) == (Work.DONE, "")


def test_worker_whose_entry_was_withdrawn_meanwhile_makes_no_copy(prize, entry_id):
    late = claimed(prize, entry_id, IN_TIME)
    result = preparing._pass_over(prize.engines, entry_of(prize, entry_id))
    with transaction(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        entry.work, entry.work_token, entry.lease_until = Work.NONE, None, None

    assert preparing._finish(prize.engines, late, result, now=IN_TIME) is False
    assert copies(prize) == []


def test_entry_is_parked_after_three_attempts_and_keeps_its_place(prize, entry_id):
    now = IN_TIME
    for _ in range(MOST_ATTEMPTS):
        assert claimed(prize, entry_id, now) is not None  # a worker that is killed at once
        now += LEASE + SECOND

    prepare(prize.engines, entry_id=entry_id, now=now)

    entry = entry_of(prize, entry_id)
    assert entry.work is Work.REPAIR
    assert "three times" in entry.repair_reason
    assert entry.received_at == IN_TIME
    assert owed_at(prize, now + 10 * LEASE) == []
    assert copies(prize) == []


def test_third_attempt_still_succeeds(prize, entry_id):
    now = IN_TIME
    for _ in range(MOST_ATTEMPTS - 1):
        claimed(prize, entry_id, now)
        now += LEASE + SECOND

    prepare(prize.engines, entry_id=entry_id, now=now)

    assert entry_of(prize, entry_id).work is Work.DONE


def test_order_of_parked_work_is_ended(prize, entry_id):
    """The worker's key is replaced only when no order stands: one left behind would keep it for ever."""
    now = IN_TIME
    for _ in range(MOST_ATTEMPTS):
        claimed(prize, entry_id, now)
        now += LEASE + SECOND
    prepare(prize.engines, entry_id=entry_id, now=now)

    end_finished_orders(prize.engines, now=prize.clock())

    assert orders(prize) == []


def test_order_of_unfinished_work_stands(prize, entry_id):
    end_finished_orders(prize.engines, now=prize.clock())

    assert orders(prize) == [(entry_id, 1)]


def test_lost_order_parks_the_entry(prize, entry_id):
    (key_file,) = prize.engines.vault.keys_folder.glob("worker-*.age")
    key_file.unlink()

    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert entry_of(prize, entry_id).work is Work.REPAIR


def test_key_is_renewed_once_the_work_is_done(prize, entry_id):
    before = set(prize.engines.vault.keys_folder.glob("worker-*.age"))
    renew_key(prize.engines, now=IN_TIME)
    during = set(prize.engines.vault.keys_folder.glob("worker-*.age"))
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    renew_key(prize.engines, now=IN_TIME)
    after = set(prize.engines.vault.keys_folder.glob("worker-*.age"))

    assert before == during
    assert len(after) == 1
    assert before.isdisjoint(after)


def test_work_is_owed_in_order_of_arrival(prize):
    found = []
    for n, nom in enumerate(("Heron", "Finch", "Wren")):
        prize.clock.at = IN_TIME + timedelta(hours=n)
        person = {"name": f"Writer {'ABC'[n]}lund", "email": f"w{n}@example.net"}
        found.append(submit_now(prize, receipt=new_receipt(), nom_de_plume=nom, **person).entry_id)

    assert owed_at(prize, prize.clock()) == found


def test_essay_names_its_author_nowhere_in_what_is_kept_in_the_clear(prize):
    essay = essay_docx(
        "Imogen Tarrant presented her. Write to imogen.tarrant@example.org.", author="Imogen Tarrant"
    )
    enter(prize, essay=essay)

    data = prize.engines.settings.data
    kept = [path for path in (*data.glob("contest.sqlite3*"), *(data / "files").rglob("*")) if path.is_file()]
    assert len(kept) > 2
    assert [path.name for path in kept if b"arrant" in path.read_bytes()] == []
