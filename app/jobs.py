"""The worker's queue. The queue is a hint, the rows are the truth.

A job carries an entry's id and nothing else. Losing the queue loses no work: whatever the rows
still owe is found again at start and every few seconds.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

from huey import SqliteHuey
from huey.consumer import Consumer
from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from app.database import transaction
from app.tables import Entry
from app.tables.entries import Work

LEASE = timedelta(seconds=15)
RENEWED_EVERY = 5.0
"""Seconds. A worker that lives renews its lease; one that was killed loses it within a quarter of a minute."""
MOST_ATTEMPTS = 3
OWED = (Work.FIRST_PASS, Work.RETYPESET, Work.DESTROY)


@dataclass(frozen=True, slots=True)
class Claim:
    """A lease on one entry's work. Its token fences out a worker that has lost the lease."""

    entry_id: UUID
    token: UUID
    attempts: int


class Queue:
    """Huey on one SQLite file: any process wakes, a worker's process consumes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._huey = SqliteHuey("nomdeplume", filename=str(path), results=False)
        self._work: Callable[[UUID], None] | None = None
        self._work_on = self._huey.task(name="work_on")(self._do)

    def wake(self, entry_id: UUID) -> None:
        """Tell a worker that this entry has work. Call after the rows that say so are committed."""
        self._work_on(str(entry_id))

    def consumer(self, work: Callable[[UUID], None]) -> Consumer:
        """A consumer that does `work` for each woken entry."""
        self._work = work
        return self._huey.create_consumer(workers=1, worker_type="thread", initial_delay=0.05, max_delay=0.25)

    def _do(self, entry_id: str) -> None:
        if self._work is not None:
            self._work(UUID(entry_id))


def claim(session: Session, *, entry_id: UUID, now: datetime) -> Claim | None:
    """Take the lease by one UPDATE. None where nothing is owed or another worker holds it."""
    token = uuid4()
    taken = session.execute(
        update(Entry)
        .where(
            Entry.id == entry_id,
            Entry.work.in_(OWED),
            or_(Entry.lease_until.is_(None), Entry.lease_until < now),
        )
        .values(work_token=token, lease_until=now + LEASE, attempts=Entry.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result is a cursor result
        return None
    attempts = session.scalar(select(Entry.attempts).where(Entry.id == entry_id))
    return Claim(entry_id=entry_id, token=token, attempts=attempts or 0)


@contextmanager
def keeping_lease(engine: Engine, held: Claim, clock: Callable[[], datetime]) -> Iterator[None]:
    """Renew the lease while the work goes on."""
    done = Event()

    def renew() -> None:
        while not done.wait(RENEWED_EVERY):
            with transaction(engine) as session:
                session.execute(
                    update(Entry)
                    .where(Entry.id == held.entry_id, Entry.work_token == held.token)
                    .values(lease_until=clock() + LEASE)
                    .execution_options(synchronize_session=False)
                )

    thread = Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def owed(session: Session, *, now: datetime) -> list[UUID]:
    """Entries whose work isn't done and that nobody holds, in order of arrival."""
    return list(
        session.scalars(
            select(Entry.id)
            .where(Entry.work.in_(OWED), or_(Entry.lease_until.is_(None), Entry.lease_until < now))
            .order_by(Entry.received_at)
        )
    )
