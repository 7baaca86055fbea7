"""Which rows are the rules of a contest: they stand in the record before the first entry does."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tables import Base, Category, Contest, CouncilMember, Criterion, Declaration, OfficerKey, Role


def rules_of(session: Session, contest_id: UUID) -> list[Base]:
    """The contest with its categories, declarations, criteria, Council list, roles and officers' keys."""
    rows: list[Base] = [session.get_one(Contest, contest_id)]
    for table in (Category, Declaration, Criterion, CouncilMember, Role):
        rows += session.scalars(select(table).where(table.contest_id == contest_id)).all()
    keys = select(OfficerKey).join(Role, Role.id == OfficerKey.role_id).where(Role.contest_id == contest_id)
    return [*rows, *session.scalars(keys)]
