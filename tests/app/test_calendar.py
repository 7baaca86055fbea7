"""The dates of a contest as an iCalendar file that any calendar reads."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.calendar import calendar_of

NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)


def summary_of(what):
    """The summary as a calendar reads it: unfolded and unescaped by RFC 5545, 3.1 and 3.3.11."""
    text = calendar_of("balint", [(what, date(2026, 9, 30))], NOW)
    lines = text.replace("\r\n ", "").split("\r\n")
    (summary,) = [line for line in lines if line.startswith("SUMMARY:")]
    found, escaped = "", False
    for character in summary.removeprefix("SUMMARY:"):
        if not escaped and character == "\\":
            escaped = True
            continue
        found += "\n" if escaped and character in "nN" else character
        escaped = False
    return found


def test_calendar_has_an_event_for_each_date():
    text = calendar_of("balint", [("Entries close", date(2026, 9, 30)), ("Results", date(2026, 12, 31))], NOW)

    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "DTSTAMP:20260901T093000Z" in text
    assert len({line for line in text.splitlines() if line.startswith("UID:")}) == 2


@pytest.mark.parametrize(
    "what", ["a;b", "a,b", "a\\b", "a\\nb", "a\nb", "a\\;b,", "x" * 200, "é" * 90, "𝄞" * 60]
)
def test_summary_reads_as_it_was_said(what):
    assert summary_of(what) == what


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_no_line_is_longer_than_seventy_five_octets_and_nothing_is_lost(what):
    text = calendar_of("balint", [(what, date(2026, 9, 30))], NOW)

    assert max(len(line) for line in text.encode().split(b"\r\n")) <= 75
    assert summary_of(what) == what


@pytest.mark.parametrize("what", ["a\r\nEND:VCALENDAR", "a\rb"])
def test_line_end_in_a_summary_begins_no_line(what):
    text = calendar_of("balint", [(what, date(2026, 9, 30))], NOW)

    assert "\r" not in text.replace("\r\n", "")
    assert text.count("\r\nEND:VCALENDAR") == 1


def test_contests_dates_are_served_as_a_calendar(site):
    answer = site.client().get("/prize/balint-2026/dates.ics")

    assert answer.headers["content-type"].startswith("text/calendar")
    assert 'filename="balint-2026.ics"' in answer.headers["content-disposition"]
    assert answer.text.count("BEGIN:VEVENT") == 4
