"""What every page of the staff's says around its content: desk, panel and officers each bring their own links."""

from typing import Any

from sqlalchemy.orm import Session

from app.access import Visit, contests_of
from app.tables import Contest
from app.web.pages import Link
from app.web.visitors import contest_title


def staff_frame(
    session: Session, visit: Visit, *links: tuple[str, str], foot: tuple[str, str], current: str = ""
) -> dict[str, Any]:
    """`links` are labels with their paths, of which `current` is one."""
    contest = session.get_one(Contest, visit.contest_id)
    several = len(contests_of(session, visit.person_id)) > 1
    return {
        "society": contest.society,
        "contest_name": contest_title(contest),
        "nav": [
            Link(label, href, href == current)
            for label, href in (*links, *([("Contests", "/contests")] if several else []))
        ],
        "signed_in_as": visit.person_name,
        "foot": foot,
    }
