"""What every judge's page says around its content."""

from typing import Any

from sqlalchemy.orm import Session

from app.access import Visit
from app.web.staff_frame import staff_frame


def panel_frame(session: Session, visit: Visit) -> dict[str, Any]:
    return staff_frame(
        session,
        visit,
        ("Reading list", "/panel"),
        ("The record", "/panel/record"),
        foot=(
            "Nothing on these pages depends on who wrote, or when, or how it reached us.",
            "You may say “I recognise this writer” at any time.",
        ),
    )
