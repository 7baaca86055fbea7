"""What of a backup means nothing any more once it is restored, and what becomes of those it was about."""

from pathlib import Path

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from app.tables import Entry
from app.tables.entries import Work
from app.vault.orders import key_path
from app.vault.tables import ReceiptMail, WorkerKey, WorkOrder

LOST = (
    "This essay was still waiting to be prepared when the backup was made that the prize was restored from. The sealed "
    "original is kept, but the key to prepare it is gone: it has to be sent, or typed, once more."
)


def settle(contest: Connection, vault: Connection, *, keys_folder: Path) -> int:
    """Let go of whatever is sealed to a worker's key that is gone; return how many entries now need repair.

    Those keep their places, received in time. The worker makes itself a new key at its next start.
    """
    with Session(vault) as session:
        lost = {
            key for key in session.scalars(select(WorkerKey.id)) if not key_path(keys_folder, key).exists()
        }
        orders = session.execute(
            select(WorkOrder.entry_id, WorkOrder.version).where(WorkOrder.worker_key_id.in_(lost))
        ).all()
        for table in (WorkOrder, ReceiptMail):
            session.execute(delete(table).where(table.worker_key_id.in_(lost)))
        session.execute(delete(WorkerKey).where(WorkerKey.id.in_(lost)))
        session.flush()
    waiting = {(order.entry_id, order.version) for order in orders}
    with Session(contest) as session:
        entries = session.scalars(select(Entry).where(Entry.work == Work.FIRST_PASS)).all()
        stuck = [entry for entry in entries if (entry.id, entry.essay_version) in waiting]
        for entry in stuck:
            entry.work, entry.repair_reason = Work.REPAIR, LOST
            entry.attempts, entry.work_token, entry.lease_until = 0, None, None
        session.flush()
    return len(stuck)
