"""What a kill between two commits leaves behind, in the vault and among files, and how it is found and destroyed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.database import reading, transaction
from app.engines import Engines
from app.tables import Entry, ReadingCopy, StaleFile
from app.tables.entries import Work
from app.vault import orders
from app.vault.destroy import destroy_orphan
from app.vault.tables import Original

ORPHANED_AFTER = timedelta(hours=1)
"""An envelope this old without an entry belongs to an admission that failed; a younger one may be under way."""


def end_finished_orders(engines: Engines, *, now: datetime) -> int:
    """End orders nothing is owed for, and destroy what was sealed for an entry that never came to be.

    A kill between the two databases' commits can leave either behind. Return how many were ended.
    """
    with reading(engines.vault.working) as session:
        standing = orders.standing_orders(session)
    ended = 0
    for entry_id, version, sealed_at in standing:
        with reading(engines.contest) as session:
            entry = session.get(Entry, entry_id)
            finished = entry is not None and _is_finished(
                entry, version, stale=sealed_at < now - ORPHANED_AFTER
            )
        if entry is None:
            destroy_if_orphaned(engines, entry_id, now=now)
        if finished:
            with transaction(engines.vault.working) as session:
                orders.end_order(session, entry_id=entry_id, version=version)
            ended += 1
    return ended


def destroy_if_orphaned(engines: Engines, entry_id: UUID, *, now: datetime) -> None:
    """Destroy all that was sealed for an entry that is not there, unless it may still be on its way in."""
    with transaction(engines.vault.working) as session:
        files = destroy_orphan(session, entry_id, sealed_before=now - ORPHANED_AFTER)
    for key in files:
        engines.vault.files.remove(key)


def remove_unnamed_files(engines: Engines, *, now: datetime) -> int:
    """Remove files that no row names: of a copy whose commit never came, of an original whose row is gone."""

    def copies() -> set[str]:
        with reading(engines.contest) as session:
            columns = (ReadingCopy.pdf_key, ReadingCopy.manuscript_key, Entry.manuscript_key, StaleFile.key)
            return {key for column in columns for key in session.scalars(select(column)) if key}

    def originals() -> set[str]:
        with reading(engines.vault.working) as session:
            return set(session.scalars(select(Original.file_key)))

    before = now - ORPHANED_AFTER
    removed = engines.copies.remove_unnamed(copies, before=before)
    return removed + engines.vault.files.remove_unnamed(originals, before=before)


def _is_finished(entry: Entry, version: int, *, stale: bool) -> bool:
    """Whether an order is owed nothing more. One ahead of its entry is on its way in, unless it is stale."""
    if entry.withdrawal is not None or entry.essay_version > version:
        return True
    return stale if entry.essay_version < version else entry.work is not Work.FIRST_PASS
