"""Who reads what: on a small panel every judge reads every essay they may meet."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.tables import Assignment, Entry, Exclusion, Role
from app.tables.people import RoleKind


def deal_entry(session: Session, entry: Entry) -> list[Assignment]:
    """Put a released entry on the list of every judge not excluded from it, at a random place in each."""
    excluded = set(session.scalars(select(Exclusion.council_member_id).where(Exclusion.entry_id == entry.id)))
    dealt = set(session.scalars(select(Assignment.role_id).where(Assignment.entry_id == entry.id)))
    judges = session.scalars(
        select(Role).where(Role.contest_id == entry.contest_id, Role.kind == RoleKind.JUDGE).order_by(Role.id)
    )
    readings = [
        Assignment(entry_id=entry.id, role_id=judge.id, position=secrets.randbits(31))
        for judge in judges
        if judge.council_member_id not in excluded and judge.id not in dealt
    ]
    session.add_all(readings)
    return readings
