"""Who holds an award once its winner proves ineligible, and what the ranking counts."""

import contextlib
from datetime import timedelta

from app.ceremony.awards import decision_of, held_awards
from app.ceremony.decide import Outcome
from app.ceremony.standings import standings
from app.database import reading, transaction
from app.errors import Clash, NotAllowed
from app.panel.mark import recuse
from app.tables import Opening
from app.tables.ceremony import Purpose
from app.tables.panel import RecusalCause
from tests.app.stages import category_of, decide_now, reading_of
from tests.conftest import AFTER


def test_reserves_step_up_in_their_order_when_winners_are_ineligible(marked):
    reserves = {marked.entries["Pencil Moth"]: 1, marked.entries["Heron"]: 2}
    decide_now(marked, "Larkspur", reserves=reserves)
    holders = [holder(marked)]

    for nom in ("Larkspur", "Pencil Moth", "Heron"):
        found_ineligible(marked, nom)
        holders.append(holder(marked))

    assert holders == [("Larkspur", False), ("Pencil Moth", True), ("Heron", True), None]


def test_award_shared_by_two_passes_only_the_part_of_who_is_out(marked):
    shared = {"outcome": Outcome.SHARED, "reason": "Equal.", "reserves": {marked.entries["Pencil Moth"]: 1}}
    decide_now(marked, "Larkspur", "Heron", **shared)

    found_ineligible(marked, "Larkspur")

    with reading(marked.prize.engines.contest) as session:
        held = held_awards(session, decision_of(session, category_of(marked)))
    assert [each.entry.nom_de_plume for each in held] == ["Pencil Moth", "Heron"]


def holder(panel):
    with reading(panel.prize.engines.contest) as session:
        held = held_awards(session, decision_of(session, category_of(panel)))
    return (held[0].entry.nom_de_plume, held[0].stepped_up) if held else None


def found_ineligible(panel, nom):
    with transaction(panel.prize.engines.contest) as session:
        session.add(
            Opening(
                entry_id=panel.entries[nom],
                purpose=Purpose.AWARD,
                reason="The decision.",
                started_at=AFTER,
                started_by=panel.prize.staff.officers[0].person_id,
                opened_at=AFTER,
                eligible=False,
                eligibility_note="On Council.",
                eligibility_at=AFTER,
            )
        )


def test_ranking_counts_locked_marks_of_judges_who_did_not_stand_back(marked):
    first = marked.prize.staff.judges[0]
    recuse(
        marked.prize.engines.contest,
        visit=first,
        assignment_id=reading_of(marked, first, "Larkspur"),
        cause=RecusalCause.CONFLICT,
        now=AFTER,
    )

    with reading(marked.prize.engines.contest) as session:
        found = standings(session, contest_id=marked.prize.contest.id, category_id=category_of(marked))

    assert (len(found.readings), found.missing, found.recusals) == (8, 0, 1)


def test_ranking_stands_as_it_was_decided(marked):
    """A judge who stands back afterwards must not move the ranking the decision was taken on."""
    decide_now(marked, "Larkspur")
    first = marked.prize.staff.judges[0]

    with contextlib.suppress(Clash, NotAllowed):
        recuse(
            marked.prize.engines.contest,
            visit=first,
            assignment_id=reading_of(marked, first, "Larkspur"),
            cause=RecusalCause.CONFLICT,
            now=AFTER + timedelta(days=1),
        )

    with reading(marked.prize.engines.contest) as session:
        found = standings(session, contest_id=marked.prize.contest.id, category_id=category_of(marked))
    assert len(found.readings) == 9
