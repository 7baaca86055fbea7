"""How days, instants and counts are said, everywhere the same."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo


def city(zone: ZoneInfo) -> str:
    """Name a zone as people know it: "London" for Europe/London."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def day_in_words(day: date) -> str:
    """Write a day: "Wednesday, 30 September 2026"."""
    return f"{day:%A}, {day.day} {day:%B %Y}"


def in_words(instant: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """Write an instant: "Wednesday, 30 September 2026 at 23:59, London"."""
    local = instant.astimezone(zone)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return f"{day_in_words(local.date())} at {clock}, {city(zone)}"


def short_instant(instant: datetime, zone: ZoneInfo) -> str:
    """Write an instant in a list: "30 Sept, 23:58"."""
    local = instant.astimezone(zone)
    return f"{local.day} {_short_month(local)}, {local:%H:%M}"


def _short_month(day: date) -> str:
    return "Sept" if day.month == 9 else f"{day:%b}"  # noqa: PLR2004 - the ninth month is four letters here


def plain(number: Decimal) -> str:
    """A number without trailing zeros: "7.5", "8"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(number: int, one: str, many: str = "") -> str:
    """Count things: "1 entry", "12 entries", "no entries"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def capital(sentence: str) -> str:
    """Begin with a capital, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def time_left(until: datetime, now: datetime) -> tuple[int, int, int]:
    """Days, hours and minutes until an instant; zeros once it has passed."""
    left = max(until - now, timedelta())
    hours, rest = divmod(left.seconds, 3600)
    return left.days, hours, rest // 60
