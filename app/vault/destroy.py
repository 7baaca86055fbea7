"""Destroying what was sealed for an entry that never came to be."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.vault.tables import Envelope, OfficerShare, Original, WorkOrder


def destroy_orphan(session: Session, entry_id: UUID, *, sealed_before: datetime) -> list[str]:
    """Delete an envelope sealed before that instant; return its sealed files, to be removed after the commit."""
    envelope = session.get(Envelope, entry_id)
    if envelope is None or envelope.sealed_at >= sealed_before:
        return []
    files = list(session.scalars(select(Original.file_key).where(Original.entry_id == entry_id)))
    for table in (WorkOrder, Original, OfficerShare, Envelope):
        session.execute(delete(table).where(table.entry_id == entry_id))
    return files
