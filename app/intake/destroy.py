"""What is destroyed when an essay is replaced or withdrawn: its copies, its findings, its sealed original."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.database import reading
from app.engines import Engines
from app.tables import Entry, Finding, ReadingCopy
from app.vault.open import originals_before


def forget_copies(session: Session, entry: Entry) -> set[str]:
    """Delete an unreleased entry's copies and findings; return the files nothing points to any more.

    The caller commits and only then removes the files: a rollback must find them in place.
    """
    files = {
        entry.manuscript_key,
        *(key for copy in entry.copies for key in (copy.pdf_key, copy.manuscript_key)),
    }
    session.execute(delete(Finding).where(Finding.entry_id == entry.id))
    session.execute(delete(ReadingCopy).where(ReadingCopy.entry_id == entry.id))
    entry.manuscript_key = None
    session.flush()  # what is still pointed to is read below
    return unpointed(session, {key for key in files if key is not None})


def unpointed(session: Session, files: set[str]) -> set[str]:
    """Those of these files that no entry's copy and no entry points to."""
    return {key for key in files if not _is_pointed_to(session, key)}


def destroy_originals(engines: Engines, entry: Entry, *, before: int) -> None:
    """Remove the sealed files of all versions before `before`; their rows stay, for the record."""
    with reading(engines.vault.engine) as session:
        keys = originals_before(session, entry_id=entry.id, version=before)
    for key in keys:
        engines.vault.files.remove(key)


def _is_pointed_to(session: Session, key: str) -> bool:
    # Two entries with the very same words share a file.
    copy = select(ReadingCopy.id).where(or_(ReadingCopy.pdf_key == key, ReadingCopy.manuscript_key == key))
    entry = select(Entry.id).where(Entry.manuscript_key == key)
    return session.scalar(copy) is not None or session.scalar(entry) is not None
