"""What a contest's page says, and the front page of it: are entries open, how does one enter, what happens when."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.intake.keys import is_ready
from app.tables import Announcement, Contest
from app.web.contest_dates import countdown, dates_of, first_day, last_minute
from app.wording import city, day_in_words


def contest_values(session: Session, contest: Contest, now: datetime) -> dict[str, Any]:
    zone = ZoneInfo(contest.time_zone)
    state = _state(session, contest, now)
    until = contest.opens_at if state == "not_yet" else contest.closes_at
    taking = is_ready(session, contest.id)
    return {
        "slug": contest.slug,
        "title": contest.title,
        "taking": taking,
        "lede": contest.lede,
        "terms": contest.terms,
        "state": state,
        "opens": contest.opens_at.astimezone(zone),
        "closes": last_minute(contest),
        "closes_exact": until.isoformat(),
        "now": now.astimezone(zone),
        "zone_name": city(zone),
        "countdown": countdown(until, now) if state in {"open", "not_yet"} else None,
        "prizes": [
            {"amount": each.prize, "title": each.title, "description": each.description}
            for each in contest.categories
        ],
        "prizes_note": "A prize may be shared between essays, and the judges may make no award. Essays whose "
        "authors agree are considered for the Society’s Journal.",
        "rules": [{"title": title, "text": text} for title, text in contest.rules],
        "ways": _ways(contest, taking=taking),
        "dates": [{"when": day_in_words(day), "what": what} for day, what in dates_of(contest)],
        "results_href": f"/prize/{contest.slug}/results" if state == "announced" else "",
    }


def listed_contest(session: Session, contest: Contest, now: datetime) -> dict[str, str]:
    """A contest as a line of the front page."""
    return {
        "title": contest.title,
        "society": contest.society,
        "href": f"/prize/{contest.slug}",
        "state": {
            "announced": "The results are announced.",
            "not_yet": f"Entries open on {day_in_words(first_day(contest))}.",
            "open": f"Entries are open until {day_in_words(last_minute(contest).date())}."
            if is_ready(session, contest.id)
            else "Entries can’t be taken yet: the officers have still to try their keys.",
            "closed": "Entries are closed; the judges are reading.",
        }[_state(session, contest, now)],
    }


def _state(session: Session, contest: Contest, now: datetime) -> str:
    if session.get(Announcement, contest.id) is not None:
        return "announced"
    if now < contest.opens_at:
        return "not_yet"
    return "open" if now < contest.closes_at else "closed"


def _ways(contest: Contest, *, taking: bool) -> list[dict[str, str]]:
    return [
        {
            "title": "Here",
            "text": "Upload a file or paste the text. You have a receipt within the minute.",
            "href": f"/prize/{contest.slug}/enter" if taking else "",
            "link": "Enter the prize",
        },
        {
            "title": "By post",
            "text": "Copies signed with a nom de plume, and a sealed envelope marked with the same nom de plume, "
            "holding your name and address.",
            "href": "",
            "link": "",
        },
    ]
