"""When entries are in time. The deadline is the first instant that is too late."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.errors import TooLate
from app.limits import BODY_WITHIN
from app.tables import Contest
from app.wording import in_words


def require_in_time(contest: Contest, *, arrived_at: datetime, now: datetime) -> None:
    """Raise TooLate, with the rule and both times, unless the first byte came while entries were open."""
    zone = ZoneInfo(contest.time_zone)
    arrived = in_words(arrived_at, zone, seconds=True)
    if arrived_at < contest.opens_at:
        raise TooLate(
            f"Entries open on {in_words(contest.opens_at, zone)}. What you sent began to arrive on {arrived}.",
            kept="Nothing was kept.",
            to_do="Come back when entries are open; your essay will be welcome then.",
        )
    if arrived_at >= contest.closes_at:
        raise TooLate(
            f"Entries closed on {last_moment(contest)}. What you sent began to arrive on {arrived}.",
            kept="Nothing was kept.",
            to_do="The rule is the same for everyone: the first byte must arrive before the deadline. "
            "If our service was at fault, write to the society.",
        )
    if now - arrived_at > BODY_WITHIN:
        raise TooLate(
            f"Your upload began in time, on {arrived}, but took longer than thirty minutes.",
            kept="Nothing was kept.",
            to_do="Send it again from a faster connection, or paste the text.",
        )


def last_moment(contest: Contest) -> str:
    """The deadline as people say it: the last minute of the last day, in the contest's zone."""
    zone = ZoneInfo(contest.time_zone)
    return in_words(contest.closes_at - timedelta(minutes=1), zone)


def delivered_in_time(contest: Contest, delivered_on: date) -> bool:
    """A postal entry counts by its day of delivery."""
    zone = ZoneInfo(contest.time_zone)
    last_day = (contest.closes_at - timedelta(microseconds=1)).astimezone(zone).date()
    return contest.opens_at.astimezone(zone).date() <= delivered_on <= last_day
