"""What every officers' page says around its content."""

from typing import Any

from sqlalchemy.orm import Session

from app.access import Visit
from app.web.record_line import published_line
from app.web.staff_frame import staff_frame

WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


def officers_frame(session: Session, visit: Visit, *, current: str = "") -> dict[str, Any]:
    return staff_frame(
        session,
        visit,
        ("Ranking", "/officers"),
        ("Council check", "/officers/council-check"),
        ("Opening", "/officers/openings"),
        ("Announcement", "/officers/announcement"),
        ("Record", "/officers/record"),
        ("My key", "/officers/keys"),
        foot=(
            "Under noms de plume until the decision is locked.",
            published_line(session, visit.contest_id),
        ),
        current=current,
    )
