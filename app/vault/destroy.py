"""Destroying what was sealed: for an entry that never came to be, or whose writer asked for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.vault.tables import Envelope, Original, VaultBase


def destroy_orphan(session: Session, entry_id: UUID, *, sealed_before: datetime) -> list[str]:
    """Delete an envelope sealed before that instant; return its sealed files, to be removed after the commit."""
    sealed_at = session.scalar(select(Envelope.sealed_at).where(Envelope.entry_id == entry_id))
    return [] if sealed_at is None or sealed_at >= sealed_before else destroy_sealed(session, entry_id)


def destroy_sealed(session: Session, entry_id: UUID) -> list[str]:
    """Delete every row of the vault about an entry; return its sealed files, to be removed after the commit."""
    files = list(session.scalars(select(Original.file_key).where(Original.entry_id == entry_id)))
    # Whatever table is added later is covered too: all that names an entry goes, what refers to others first.
    for table in reversed(VaultBase.metadata.sorted_tables):
        if "entry_id" in table.columns:
            session.execute(delete(table).where(table.columns.entry_id == entry_id))
    return files
