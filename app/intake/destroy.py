"""What is destroyed when an essay is replaced or withdrawn, or its writer asks for it, and by whom.

What the contest's rows hold goes in the transaction in which it is asked for. Files, and whatever is in the
vault, are destroyed by the worker: the web may add to the vault and never delete from it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.database import empty_wal, reading, transaction
from app.engines import Engines
from app.tables import Entry, Erasure, Finding, ReadingCopy, StaleFile
from app.vault.destroy import destroy_sealed
from app.vault.open import originals_before
from app.vault.orders import end_orders_up_to


def forget_copies(session: Session, entry: Entry) -> None:
    """Delete an unreleased entry's copies and findings, and list their files for the worker to remove."""
    list_stale_files(session, entry)
    session.execute(delete(Finding).where(Finding.entry_id == entry.id))
    session.execute(delete(ReadingCopy).where(ReadingCopy.entry_id == entry.id))
    session.expire(entry, ["copies", "findings"])
    entry.manuscript_key = None


def list_stale_files(session: Session, entry: Entry) -> None:
    """List every file of the entry's copies as stale; one that is pointed to after all stays."""
    files = {
        entry.manuscript_key,
        *(key for copy in entry.copies for key in (copy.pdf_key, copy.manuscript_key)),
    }
    for key in files:
        if key:
            session.merge(StaleFile(entry_id=entry.id, key=key))


def destroy_superseded(engines: Engines, entry: Entry) -> None:
    """Destroy what the version that stands took the place of: orders, sealed files, copies. Safe to repeat."""
    _destroy_before(engines, entry, version=entry.essay_version)


def destroy_owed(engines: Engines, entry: Entry, *, now: datetime) -> bool:
    """Destroy what is left of an entry that was withdrawn or is to be erased; False where it must be tried again."""
    # Files go before the rows that name them: killed in between, the worker still knows which they are.
    _destroy_before(engines, entry, version=entry.last_version + 1)
    if entry.erasure is None:
        return True
    with transaction(engines.vault.working) as session:
        destroy_sealed(session, entry.id)
    # Deleted content is overwritten in both databases, but their logs hold the pages as they were.
    if not (empty_wal(engines.contest) and empty_wal(engines.vault.engine)):
        return False
    with transaction(engines.contest) as session:
        session.get_one(Erasure, entry.id).erased_at = now
    return True


def is_pointed_to(session: Session, key: str) -> bool:
    """Whether any entry has a use for this file: two with the very same words share one."""
    copy = select(ReadingCopy.id).where(or_(ReadingCopy.pdf_key == key, ReadingCopy.manuscript_key == key))
    entry = select(Entry.id).where(Entry.manuscript_key == key)
    return session.scalar(copy) is not None or session.scalar(entry) is not None


def _destroy_before(engines: Engines, entry: Entry, *, version: int) -> None:
    """Destroy orders and sealed files of all versions before this, whose rows stay for the record; then old copies."""
    with transaction(engines.vault.working) as session:
        end_orders_up_to(session, entry_id=entry.id, version=version - 1)
    with reading(engines.vault.working) as session:
        keys = originals_before(session, entry_id=entry.id, version=version)
    for key in keys:
        engines.vault.files.remove(key)
    _remove_stale_files(engines, entry.id)


def _remove_stale_files(engines: Engines, entry_id: UUID) -> None:
    with transaction(engines.contest) as session:
        for stale in session.scalars(select(StaleFile).where(StaleFile.entry_id == entry_id)).all():
            if not is_pointed_to(session, stale.key):
                engines.copies.remove(stale.key)
            session.delete(stale)
