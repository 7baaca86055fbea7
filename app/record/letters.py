"""What judges get by e-mail when a root is published: the root itself, to keep where nobody else can change it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.mail import queue_staff_mail
from app.tables import Contest, Role
from app.tables.people import RoleKind

_LETTER = """\
A root of the record of {title} has been published. It stands for all that had
happened by then. Keep this letter: with it anybody can tell whether the record
that is shown later is still the same.

{note}
It is the same root as on your page “The record”, where you can say that you
have it. You need do nothing else.
"""


def send_to_judges(session: Session, contest: Contest, note: str, *, now: datetime) -> None:
    """Leave a letter with the published root, as a signed note, for each judge of the contest."""
    judges = select(Role).where(Role.contest_id == contest.id, Role.kind == RoleKind.JUDGE)
    for judge in session.scalars(judges.order_by(Role.id)):
        queue_staff_mail(
            session,
            person_id=judge.person_id,
            subject=f"{contest.title}: a root of the record, to keep",
            body=_LETTER.format(title=contest.title, note=note),
            now=now,
        )
