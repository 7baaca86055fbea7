"""Dates of a contest as an iCalendar file (RFC 5545), for those nobody can write to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

_LINE = 73
"""Octets in a content line before it is folded."""


def calendar_of(slug: str, events: Sequence[tuple[str, date]], now: datetime) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//nomdeplume//EN"]
    for number, (what, day) in enumerate(events):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{slug}-{number}@nomdeplume",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(what)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _escape(text: str) -> str:
    text = "\n".join(text.splitlines())
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> str:
    folded, room = "", _LINE
    for character in line:
        octets = len(character.encode())
        if octets > room:
            folded, room = f"{folded}\r\n ", _LINE - 1
        folded, room = folded + character, room - octets
    return folded
