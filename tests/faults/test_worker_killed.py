"""A worker killed in the middle of an essay loses nothing: after a restart the entry is finished, once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.clock import system_clock
from app.database import reading, transaction
from app.intake.admit import Admitted
from app.intake.receipts import new_receipt
from app.tables import Contest, Entry, ReadingCopy
from app.tables.entries import Work
from tests.conftest import Prize
from tests.entering import WORDS, essay_docx, submit_now

LONG_ENOUGH = 90
"""Seconds until a test gives up: a lease lasts fifteen, and the sweep comes every five."""


@pytest.fixture
def open_prize(prize: Prize) -> Prize:
    """The prize moved to today: a worker of its own process goes by the machine's clock."""
    prize.clock.at = system_clock()
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        contest.opens_at, contest.closes_at = (
            prize.clock.at - timedelta(days=1),
            prize.clock.at + timedelta(days=1),
        )
    return prize


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for worker in started:
        if worker.poll() is None:
            worker.send_signal(signal.SIGINT)
            worker.wait(timeout=30)


def start_worker(prize: Prize) -> subprocess.Popen[bytes]:
    environment = os.environ | {"NOMDEPLUME_DATA": str(prize.engines.settings.data)}
    return subprocess.Popen([sys.executable, "-m", "app", "worker"], env=environment, start_new_session=True)


def test_entry_is_finished_once_after_its_worker_was_killed(open_prize, workers):
    prize = open_prize
    essay = essay_docx(*([WORDS * 6] * 120))  # some 25,000 words: long enough to be caught in the middle
    admitted = submit_now(prize, essay=essay, receipt=new_receipt())
    assert isinstance(admitted, Admitted)
    workers.append(start_worker(prize))
    wait_for(prize, admitted.entry_id, lambda entry: entry.work_token is not None, workers[-1])
    os.kill(workers[-1].pid, signal.SIGKILL)
    workers[-1].wait()
    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, admitted.entry_id)
        assert (entry.work, entry.copies) == (Work.FIRST_PASS, [])
    workers.append(start_worker(prize))
    wait_for(prize, admitted.entry_id, lambda entry: entry.work is Work.DONE, workers[-1])
    with reading(prize.engines.contest) as session:
        copies = session.scalars(select(ReadingCopy).where(ReadingCopy.entry_id == admitted.entry_id)).all()
    assert [copy.version for copy in copies] == [1]
    assert prize.engines.copies.get(copies[0].pdf_key).startswith(b"%PDF")


def wait_for(prize, entry_id, holds, worker):
    """Ask the rows until `holds` does; they are the truth about work."""
    deadline = system_clock() + timedelta(seconds=LONG_ENOUGH)
    while system_clock() < deadline:
        assert worker.poll() is None
        with reading(prize.engines.contest) as session:
            if holds(session.get_one(Entry, entry_id)):
                return
    pytest.fail("the worker did not get there in time")
