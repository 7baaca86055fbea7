"""The decision: what its form sent, what to show of it again, and how it reads once it is locked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ceremony.awards import held_awards
from app.ceremony.decide import Outcome, Resolution
from app.errors import BadRequest
from app.tables import Category, Contest, Decision, Root
from app.tables.ceremony import AwardKind
from app.web.forms import Form
from app.web.record_line import short_root

NO_DECISION: Mapping[str, Any] = {
    "outcome": "",
    "entries": [],
    "commended": [],
    "reserve": {},
    "reason": "",
}
_LABELS = {
    AwardKind.WINNER: "The prize",
    AwardKind.SHARED: "Shares the prize",
    AwardKind.COMMENDED: "Commended",
}
_RESERVE = "reserve-"
"""What the field for a place in reserve begins with; the entry's id follows."""


def read_resolution(sent: Form) -> Resolution:
    try:
        return Resolution(
            outcome=Outcome(sent.one("outcome")) if sent.one("outcome") else None,
            winners=tuple(UUID(each) for each in sent.all("entries")),
            commended=tuple(UUID(each) for each in sent.all("commended")),
            reserves={UUID(entry_id): int(place) for entry_id, place in _reserves(sent).items() if place},
            reason=sent.one("reason")[:2000],
        )
    except ValueError as error:
        raise BadRequest(
            "The form held something that is no essay or no place.", kept="Nothing was locked."
        ) from error


def typed_in(sent: Form) -> dict[str, Any]:
    return {
        "outcome": sent.one("outcome"),
        "entries": list(sent.all("entries")),
        "commended": list(sent.all("commended")),
        "reserve": _reserves(sent),
        "reason": sent.one("reason"),
    }


def decision_values(session: Session, decision: Decision, category: Category) -> dict[str, Any]:
    contest = session.get_one(Contest, category.contest_id)
    held = held_awards(session, decision)
    root = session.scalar(
        select(Root).where(
            Root.contest_id == category.contest_id, Root.occasion == f"decision {category.key}"
        )
    )
    return {
        "sentence": "It cannot be changed. The envelope of the essay chosen can now be opened."
        if held
        else "It cannot be changed. There is no award this year, and no envelope is opened.",
        "locked_at": decision.locked_at.astimezone(ZoneInfo(contest.time_zone)),
        "awards": [
            {"label": _LABELS[award.kind], "nom": award.entry.nom_de_plume}
            for award in decision.awards
            if award.kind is not AwardKind.RESERVE
        ],
        "reserve": [award.entry.nom_de_plume for award in decision.awards if award.kind is AwardKind.RESERVE],
        "reason": decision.reason,
        "root": "" if root is None else short_root(root.root_hash),
        "opening_href": "/officers/openings" if held else "",
        "opening_label": "Go to the opening",
    }


def _reserves(sent: Form) -> dict[str, str]:
    return {name.removeprefix(_RESERVE): sent.one(name) for name in sent.fields if name.startswith(_RESERVE)}
