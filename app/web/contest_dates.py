"""A contest's dates as its pages show them: the last minute that is in time, never the first that is late."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.tables import Contest
from app.wording import city, time_left


def dates_of(contest: Contest) -> list[tuple[date, str]]:
    """The days to keep, each with what happens on it."""
    last = last_minute(contest)
    return [
        (first_day(contest), "Entries open"),
        (last.date(), f"Entries close at {last:%H:%M}, {city(ZoneInfo(contest.time_zone))}"),
        (contest.announced_on, "Results announced, and shown through every receipt"),
        (
            contest.announced_on + timedelta(days=contest.retention_days),
            "Identities of everyone not awarded are erased",
        ),
    ]


def first_day(contest: Contest) -> date:
    return contest.opens_at.astimezone(ZoneInfo(contest.time_zone)).date()


def last_minute(contest: Contest) -> datetime:
    """The deadline as it is shown: the last minute that is in time."""
    return (contest.closes_at - timedelta(minutes=1)).astimezone(ZoneInfo(contest.time_zone))


def countdown(until: datetime, now: datetime) -> dict[str, int]:
    return dict(zip(("days", "hours", "minutes"), time_left(until, now), strict=True))
