"""Whether the judges have decided: a decision once locked stands, so all that depends on it asks here."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tables import Category, Decision


def is_decided(session: Session, category_id: UUID) -> bool:
    """Whether this category's decision is locked."""
    return session.scalar(select(Decision.id).where(Decision.category_id == category_id)) is not None


def all_decided(session: Session, contest_id: UUID) -> bool:
    """Whether every category's decision is locked."""
    decided = select(Decision.category_id)
    waiting = select(Category.id).where(Category.contest_id == contest_id, Category.id.not_in(decided))
    return session.scalar(waiting) is None
