"""A contest as every page of it needs it: found by its address, named, its categories to choose from."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotHere
from app.tables import Contest
from app.web.pages import Link
from app.web.visitors import contest_title
from app.wording import city


def find_contest(session: Session, slug: str) -> Contest:
    contest = session.scalar(select(Contest).where(Contest.slug == slug))
    if contest is None:
        raise NotHere("There is no contest at this address.", to_do="Look at the front page.")
    return contest


def contest_frame(contest: Contest) -> dict[str, Any]:
    """What every page of a contest's public side says around its content."""
    return {
        "society": contest.society,
        "contest_name": contest_title(contest),
        "nav": [
            Link("The prize", f"/prize/{contest.slug}"),
            Link("Enter", f"/prize/{contest.slug}/enter"),
            Link("My receipt", "/receipt"),
        ],
        "foot": (
            f"Run by {contest.society} with nomdeplume.",
            f"Times are {city(ZoneInfo(contest.time_zone))} time unless another is named.",
        ),
    }


def category_choices(contest: Contest) -> list[dict[str, str]]:
    return [{"value": each.key, "label": each.title, "hint": each.hint} for each in contest.categories]
