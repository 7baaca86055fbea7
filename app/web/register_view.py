"""The register as the desk's page shows it: its rows, and what it can be narrowed down to."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.desk.register import Filters, list_entries
from app.intake.messages import unread_of_entrants
from app.intake.state import State, state_of
from app.tables import Contest, Entry
from app.tables.entries import Channel
from app.wording import counted, short_instant

CHANNELS = {Channel.WEB: "web", Channel.EMAIL: "e-mail", Channel.POST: "post"}

_LABELS: dict[State, tuple[str, str, str]] = {
    State.ERASED: ("Erased", "", "Open"),
    State.WITHDRAWN: ("Withdrawn", "", "Open"),
    State.RELEASED: ("Released", "ready", "Open"),
    State.INELIGIBLE: ("Not eligible", "held", "See why"),
    State.REPAIR: ("Needs repair", "held", "See why"),
    State.NO_TEXT: ("No text yet", "held", "Type it in"),
    State.PREPARING: ("Being cleaned", "", "Open"),
    State.HELD: ("Held: Council?", "held", "See why"),
    State.REVIEW: ("To review", "", "Review"),
    State.READY: ("Ready", "ready", "Open"),
}
"""Label, class and what the link says, by state."""


def register_values(
    session: Session, contest: Contest, filters: Filters, *, entries_in_all: int
) -> dict[str, Any]:
    categories = {str(each.id): each.title for each in contest.categories}
    entries, more = list_entries(session, contest.id, filters)
    unread = unread_of_entrants(session, contest.id)
    chosen = {
        "q": filters.text,
        "channel": filters.channel,
        "category": filters.category,
        "state": filters.state,
    }
    return {
        "entries": [_row(contest, each, categories, unread.get(each.id, 0)) for each in entries],
        "filters": chosen,
        "channels": [{"value": "", "label": "all channels"}, *_options(CHANNELS)],
        "categories": [{"value": "", "label": "all categories"}, *_options(categories)],
        "states": [
            {"value": "", "label": "every state"},
            *_options({each: _LABELS[each][0].lower() for each in State}),
        ],
        "filtered": any(chosen.values()),
        "shown_words": f"{len(entries)} of {entries_in_all} shown",
        "more_href": f"/desk?{urlencode({**chosen, 'after': _after(entries[-1])})}#entries" if more else "",
    }


def _row(contest: Contest, entry: Entry, categories: Mapping[str, str], unread: int) -> dict[str, Any]:
    label, style, action = _LABELS[state_of(entry)]
    received = short_instant(entry.received_at, ZoneInfo(contest.time_zone))
    return {
        "number": entry.number,
        "nom": entry.nom_de_plume,
        "category": categories[str(entry.category_id)],
        "channel": CHANNELS[entry.channel],
        "received": received.split(",")[0] if entry.channel is Channel.POST else received,
        "state_label": label,
        "state_class": style,
        "href": f"/desk/entries/{entry.id}",
        "action": action,
        "unread": counted(unread, "new message") if unread else "",
        "messages_href": f"/desk/entries/{entry.id}/messages",
    }


def _options(labels: Mapping[Any, str]) -> list[dict[str, str]]:
    return [{"value": str(value), "label": label} for value, label in labels.items()]


def _after(entry: Entry) -> str:
    return f"{entry.received_at.isoformat()}~{entry.id}"
