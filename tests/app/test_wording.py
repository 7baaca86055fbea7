"""Days, instants and counts as they are said."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.wording import city, counted, day_in_words, in_words, plain, short_instant, time_left

LONDON = ZoneInfo("Europe/London")
INSTANT = datetime(2026, 9, 30, 22, 59, 5, tzinfo=UTC)


def test_instant_in_words_is_in_the_zone_and_names_it():
    assert in_words(INSTANT, LONDON) == "Wednesday, 30 September 2026 at 23:59, London"
    assert in_words(INSTANT, LONDON, seconds=True) == "Wednesday, 30 September 2026 at 23:59:05, London"
    assert (
        in_words(INSTANT, ZoneInfo("America/New_York")) == "Wednesday, 30 September 2026 at 18:59, New York"
    )


def test_hour_that_comes_twice_is_the_zones_own():
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))

    assert in_words(first, LONDON) == in_words(second, LONDON) == "Sunday, 25 October 2026 at 01:30, London"


def test_day_in_words_has_no_leading_nought():
    assert day_in_words(date(2026, 5, 1)) == "Friday, 1 May 2026"


@pytest.mark.parametrize(
    ("month", "said"), [(1, "3 Jan, 09:05"), (5, "3 May, 09:05"), (9, "3 Sept, 09:05"), (12, "3 Dec, 09:05")]
)
def test_short_instant_shortens_the_month(month, said):
    assert short_instant(datetime(2026, month, 3, 9, 5, tzinfo=UTC), ZoneInfo("UTC")) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("7.50", "7.5"),
        ("8.00", "8"),
        ("10", "10"),
        ("100", "100"),
        ("0", "0"),
        ("0.05", "0.05"),
        ("1E+1", "10"),
    ],
)
def test_plain_number_has_no_trailing_noughts(number, said):
    assert plain(Decimal(number)) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no entries"), (1, "1 entry"), (2, "2 entries"), (1234, "1,234 entries")]
)
def test_counted_takes_the_noun_its_number_asks_for(number, said):
    assert counted(number, "entry", "entries") == said


def test_counted_adds_an_s_unless_told_otherwise():
    assert [counted(n, "page") for n in (0, 1, 2)] == ["no pages", "1 page", "2 pages"]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=2, hours=3, minutes=4, seconds=59), (2, 3, 4)),
        (timedelta(seconds=59), (0, 0, 0)),
        (timedelta(hours=24), (1, 0, 0)),
        (timedelta(), (0, 0, 0)),
        (timedelta(seconds=-1), (0, 0, 0)),
        (timedelta(days=-3), (0, 0, 0)),
    ],
)
def test_time_left_counts_down_and_stops_at_nought(left, said):
    assert time_left(INSTANT + left, INSTANT) == said


def test_city_is_the_name_people_know_a_zone_by():
    assert [city(ZoneInfo(key)) for key in ("Europe/London", "America/New_York", "UTC")] == [
        "London",
        "New York",
        "UTC",
    ]
