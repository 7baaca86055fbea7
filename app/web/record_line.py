"""The record in a line: how long it is, and its root in short."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.record.leaves import current_root


def record_line(session: Session, contest_id: UUID) -> str:
    size, root = current_root(session, contest_id)
    return f"Record: {size:,} leaves, root {short_root(root)}"


def short_root(root: bytes) -> str:
    """A root's first and last characters: enough to compare by eye."""
    text = root.hex()
    return f"{text[:4]} {text[4:8]} … {text[-4:]}"
