"""What every page of the desk says around its content."""

from typing import Any

from sqlalchemy.orm import Session

from app.access import Visit
from app.web.record_line import published_line
from app.web.staff_frame import staff_frame


def desk_frame(session: Session, visit: Visit, *, current: str = "") -> dict[str, Any]:
    return staff_frame(
        session,
        visit,
        ("Desk", "/desk"),
        ("Log post", "/desk/post"),
        ("Release", "/desk/release"),
        ("Council", "/desk/council"),
        ("Messages", "/desk/messages"),
        foot=(
            "Signed in to the desk with a second factor. No page here can show who wrote an entry.",
            published_line(session, visit.contest_id),
        ),
        current=current,
    )
