"""Whether the judges have decided: a decision once locked stands, so all that depends on it asks here."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tables import Category, Decision


def hold_off_decision(session: Session, category_id: UUID) -> None:
    """Let no decision be locked in this category before this transaction ends; one locked already is seen from here on.

    Whatever a decision rests on, marks, recusals, releases, changes under this hold, or it could change just after
    it was counted. Of an entry's row and its category's, whoever needs both takes the entry's first.
    """
    session.execute(select(Category.id).where(Category.id == category_id).with_for_update(read=True))


def is_decided(session: Session, category_id: UUID) -> bool:
    """Whether this category's decision is locked."""
    return session.scalar(select(Decision.id).where(Decision.category_id == category_id)) is not None


def all_decided(session: Session, contest_id: UUID) -> bool:
    """Whether every category's decision is locked."""
    decided = select(Decision.category_id)
    waiting = select(Category.id).where(Category.contest_id == contest_id, Category.id.not_in(decided))
    return session.scalar(waiting) is None
