"""The record in a line: how long it is, and its root in short."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.leaves import current_root
from app.tables import Root


def record_line(session: Session, contest_id: UUID) -> str:
    size, root = current_root(session, contest_id)
    return f"Record: {size:,} leaves, root {short_root(root)}"


def published_line(session: Session, contest_id: UUID) -> str:
    """The last root published, for pages that somebody who judges may see: the living record counts arrivals."""
    root = session.scalars(
        select(Root).where(Root.contest_id == contest_id).order_by(Root.published_at.desc(), Root.size.desc())
    ).first()
    return "" if root is None else f"Record: root {short_root(root.root_hash)} as published"


def short_root(root: bytes) -> str:
    """A root's first and last characters: enough to compare by eye."""
    text = root.hex()
    return f"{text[:4]} {text[4:8]} … {text[-4:]}"
