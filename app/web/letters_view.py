"""A thread of messages as the entrant's and the desk's pages show it."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.intake.messages import Letter
from app.wording import in_words


def letter_values(
    letters: Sequence[Letter], zone: ZoneInfo, *, desk: str, entrant: str
) -> list[dict[str, Any]]:
    """`desk` and `entrant` are what this page calls the two sides."""
    return [
        {
            "by": desk if each.from_desk else entrant,
            "from_desk": each.from_desk,
            "text": each.text,
            "sent": in_words(each.sent_at, zone),
            "is_new": each.is_new,
        }
        for each in letters
    ]
