"""Which stored files the rows of one moment need."""

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.backup.manifest import COPIES, ORIGINALS
from app.tables import Entry, Erasure, ReadingCopy, Withdrawal
from app.vault.tables import Original


def needed_files(contest: Connection, vault: Connection) -> set[str]:
    """Names, each with its folder, of every copy and of the originals that stand.

    An original is no longer needed once a later version has its place or its writer withdrew: the worker has
    it destroyed, and it shall not live on in a backup.
    """
    with Session(contest) as session:
        columns = (ReadingCopy.pdf_key, ReadingCopy.manuscript_key, Entry.manuscript_key)
        names = {f"{COPIES}/{key}" for column in columns for key in session.scalars(select(column)) if key}
        gone = select(Withdrawal.entry_id).union(select(Erasure.entry_id))
        query = select(Entry.id, Entry.essay_version).where(Entry.id.not_in(gone))
        standing = {(entry_id, version) for entry_id, version in session.execute(query)}
    with Session(vault) as session:
        for original in session.execute(select(Original.entry_id, Original.version, Original.file_key)):
            if (original.entry_id, original.version) in standing:
                names.add(f"{ORIGINALS}/{original.file_key}")
    return names
