"""What the page says on which an opening begins: the envelopes that may be opened, and the openings begun."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access import Visit
from app.ceremony.awards import all_held
from app.ceremony.opening import also_judges
from app.tables import Contest, Decision, Entry, Hold, Opening
from app.tables.ceremony import Purpose


def opening_start_values(session: Session, visit: Visit) -> dict[str, Any]:
    contest = session.get_one(Contest, visit.contest_id)
    openings = session.scalars(
        select(Opening)
        .join(Entry)
        .where(Entry.contest_id == visit.contest_id)
        .order_by(Opening.started_at)
        .options(joinedload(Opening.entry))
    ).all()
    # Whoever judges learns here neither whose name is like a member's nor what came of it.
    judges = also_judges(session, visit)
    if judges:
        openings = [each for each in openings if each.purpose is Purpose.AWARD]
    choices = _choices(session, visit, openings, with_holds=not judges)
    return {
        "sentence": "Only the envelopes named here can be opened now; all others stay sealed."
        if choices
        else "What has been begun or opened stands below."
        if openings
        else "An envelope is opened once the decision is locked, and only the winner’s.",
        "needed": contest.keys_needed,
        "choices": choices,
        "openings": [
            {
                "href": f"/officers/openings/{each.id}",
                "nom": each.entry.nom_de_plume,
                "state": _said(each),
            }
            for each in openings
        ],
        "waits": "",
    }


def _choices(
    session: Session, visit: Visit, openings: Sequence[Opening], *, with_holds: bool
) -> list[dict[str, Any]]:
    begun = {(each.entry_id, each.purpose) for each in openings}
    found = [
        (held.entry, "first in reserve" if held.stepped_up else held.kind.value)
        for held in all_held(session, visit.contest_id)
        if (held.entry.id, Purpose.AWARD) not in begun
    ]
    undecided = select(Decision.category_id)
    waiting = session.scalars(
        select(Entry)
        .join(Hold)
        .where(
            Entry.contest_id == visit.contest_id, Hold.eligible.is_(None), Entry.category_id.not_in(undecided)
        )
    ).all()
    found += [
        (entry, "its name is like that of a member of Council: may it be judged?")
        for entry in waiting
        if with_holds and (entry.id, Purpose.ELIGIBILITY) not in begun
    ]
    return [
        {
            "id": str(entry.id),
            "nom": entry.nom_de_plume,
            "number": entry.number,
            "why": why,
            "paper": entry.paper is not None,
        }
        for entry, why in found
    ]


def _said(opening: Opening) -> str:
    if opening.opened_at is None:
        return "begun, still sealed"
    return {None: "opened", True: "opened, eligible", False: "opened, not eligible"}[opening.eligible]
