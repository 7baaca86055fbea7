"""By the first byte: the last instant in time, the first too late, and what the refusal says."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.errors import TooLate
from app.intake.admit import Admitted
from app.intake.deadline import BODY_WITHIN, delivered_in_time, last_moment, require_in_time
from app.intake.receipts import new_receipt
from app.tables import Contest
from tests.entering import submit_now

LONDON = ZoneInfo("Europe/London")
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
# Last days: an ordinary one in summer, those on which the clocks change, and the eves of these.
LAST_DAYS = [date(2026, 9, 30), date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)]


def contest_until(last_day, zone=LONDON):
    return Contest(
        time_zone=zone.key,
        opens_at=datetime.combine(last_day - timedelta(days=100), time(), zone),
        closes_at=datetime.combine(last_day + timedelta(days=1), time(), zone),
    )


def in_time(contest, arrived_at, *, took=timedelta()):
    try:
        require_in_time(contest, arrived_at=arrived_at, now=arrived_at.astimezone(UTC) + took)
    except TooLate:
        return False
    return True


@pytest.mark.parametrize("last_day", LAST_DAYS, ids=str)
def test_first_byte_decides_to_the_second(last_day):
    contest = contest_until(last_day)
    closes = contest.closes_at.astimezone(UTC)

    arrivals = [
        closes - HOUR,
        closes - SECOND,
        closes - timedelta(microseconds=1),
        closes,
        closes + SECOND,
        closes + HOUR,
    ]

    assert [in_time(contest, each) for each in arrivals] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("last_day", "closes"),
    [
        (date(2026, 9, 30), datetime(2026, 9, 30, 23, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, tzinfo=UTC)),
    ],
    ids=str,
)
def test_day_ends_at_midnight_of_the_contests_zone(last_day, closes):
    contest = contest_until(last_day)

    assert in_time(contest, closes - SECOND)
    assert not in_time(contest, closes)


def test_opening_is_kept_to_the_second():
    contest = contest_until(date(2026, 9, 30))

    assert not in_time(contest, contest.opens_at.astimezone(UTC) - SECOND)
    assert in_time(contest, contest.opens_at.astimezone(UTC))


def test_upload_begun_in_time_may_end_after_the_deadline_within_thirty_minutes():
    contest = contest_until(date(2026, 9, 30))
    begun = contest.closes_at.astimezone(UTC) - SECOND

    assert in_time(contest, begun, took=BODY_WITHIN)
    assert not in_time(contest, begun, took=BODY_WITHIN + SECOND)


def test_refusal_names_the_rule_and_both_times():
    contest = contest_until(date(2026, 9, 30))
    arrived = datetime(2026, 9, 30, 23, 0, 7, tzinfo=UTC)

    with pytest.raises(TooLate) as refused:
        require_in_time(contest, arrived_at=arrived, now=arrived)

    assert "Wednesday, 30 September 2026 at 23:59, London" in refused.value.happened
    assert "Thursday, 1 October 2026 at 00:00:07, London" in refused.value.happened
    assert "first byte must arrive before the deadline" in refused.value.to_do
    assert refused.value.kept == "Nothing was kept."


def test_refusal_before_the_opening_names_both_times():
    contest = contest_until(date(2026, 9, 30))
    arrived = contest.opens_at.astimezone(UTC) - SECOND

    with pytest.raises(TooLate) as refused:
        require_in_time(contest, arrived_at=arrived, now=arrived)

    assert "Entries open on Monday, 22 June 2026 at 00:00, London" in refused.value.happened
    assert "Sunday, 21 June 2026 at 23:59:59, London" in refused.value.happened


def test_refusal_of_a_slow_upload_names_the_rule():
    contest = contest_until(date(2026, 9, 30))
    begun = contest.closes_at.astimezone(UTC) - SECOND

    with pytest.raises(TooLate, match="longer than thirty minutes") as refused:
        require_in_time(contest, arrived_at=begun, now=begun + HOUR)

    assert "30 September 2026 at 23:59:59, London" in refused.value.happened


@pytest.mark.parametrize("last_day", LAST_DAYS, ids=str)
def test_last_moment_is_the_last_minute_of_the_last_day(last_day):
    assert f"{last_day.day} {last_day:%B} 2026 at 23:59, London" in last_moment(contest_until(last_day))


@pytest.mark.parametrize("last_day", LAST_DAYS, ids=str)
def test_post_counts_by_its_day_of_delivery(last_day):
    contest = contest_until(last_day)
    first_day = last_day - timedelta(days=100)
    days = [first_day - timedelta(days=1), first_day, last_day, last_day + timedelta(days=1)]

    assert [delivered_in_time(contest, day) for day in days] == [False, True, True, False]


def test_deadline_holds_in_another_zone():
    contest = contest_until(date(2026, 9, 30), ZoneInfo("Pacific/Auckland"))

    assert in_time(contest, datetime(2026, 9, 30, 10, 59, 59, tzinfo=UTC))
    assert not in_time(contest, datetime(2026, 9, 30, 11, tzinfo=UTC))


def test_submitting_keeps_the_rule(prize):
    closes = prize.contest.closes_at.astimezone(UTC)
    prize.clock.at = closes + SECOND

    with pytest.raises(TooLate):
        submit_now(prize, receipt=new_receipt(), arrived_at=closes)
    entered = submit_now(prize, receipt=new_receipt(), arrived_at=closes - SECOND)

    assert isinstance(entered, Admitted)


def test_receipt_given_in_time_is_given_again_after_the_deadline(prize):
    receipt = new_receipt()
    first = submit_now(prize, receipt=receipt)
    prize.clock.at = prize.contest.closes_at.astimezone(UTC) + HOUR

    assert submit_now(prize, receipt=receipt).entry_id == first.entry_id
