"""The decision: taken on locked marks, written once, with reasons and reserves."""

import pytest
from sqlalchemy import select

from app.ceremony.awards import decision_of
from app.ceremony.decide import Outcome, decide
from app.database import reading
from app.errors import Clash, NotHere
from app.panel.mark import recuse
from app.tables import Contest, Decision, Leaf, Root
from app.tables.ceremony import AwardKind
from app.tables.panel import RecusalCause
from tests.app.stages import category_of, decide_now, declare_all, full_marks, reading_of, resolution, save
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter


def fields(problems):
    return [problem.field for problem in problems]


def awards_of(panel):
    with reading(panel.prize.engines.contest) as session:
        decision = decision_of(session, category_of(panel))
        return [(award.kind, award.entry.nom_de_plume) for award in decision.awards]


def decisions(panel):
    with reading(panel.prize.engines.contest) as session:
        return session.scalars(select(Decision)).all()


def test_decision_waits_until_every_reading_is_locked(released):
    declare_all(released)
    judges = released.prize.staff.judges
    for judge in judges:
        for nom in released.entries:
            if (judge, nom) != (judges[2], "Heron"):
                save(released, judge, nom, lock=True)
    save(released, judges[2], "Heron", points=full_marks(released, "5"))

    problems = decide_now(released, "Larkspur", reason="We liked it best.")

    assert "1 reading" in problems[0].message
    assert decisions(released) == []


def test_reading_a_judge_stood_back_from_is_not_waited_for(released):
    declare_all(released)
    for judge in released.prize.staff.judges:
        for nom, points in (("Larkspur", "9"), ("Heron", "7"), ("Pencil Moth", "4")):
            if (judge, nom) != (released.prize.staff.judges[2], "Heron"):
                save(released, judge, nom, points=full_marks(released, points), lock=True)
    recuse(
        released.prize.engines.contest,
        visit=released.prize.staff.judges[2],
        assignment_id=reading_of(released, released.prize.staff.judges[2], "Heron"),
        cause=RecusalCause.CONFLICT,
        now=AFTER,
    )

    assert decide_now(released, "Larkspur") == []


def test_decision_is_locked_and_on_the_record_with_the_ranking(marked):
    assert decide_now(marked, "Larkspur", commended=(marked.entries["Heron"],)) == []

    (decision,) = decisions(marked)
    assert [place for _, place, _ in decision.ranking] == ["1", "2", "3"]
    assert awards_of(marked) == [(AwardKind.WINNER, "Larkspur"), (AwardKind.COMMENDED, "Heron")]
    with reading(marked.prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "decision")).one()
        occasions = session.scalars(select(Root.occasion)).all()
    assert leaf.kept["rows"]["decision everyone-else"]["ranking"] == decision.ranking
    assert "decision everyone-else" in occasions


def test_decision_taken_is_never_taken_again(marked):
    decide_now(marked, "Larkspur")

    with pytest.raises(Clash, match="locked"):
        decide_now(marked, "Heron", reason="We have changed our minds.")

    assert awards_of(marked) == [(AwardKind.WINNER, "Larkspur")]


def test_decision_of_another_contests_category_is_refused(marked):
    engines, officer = marked.prize.engines, marked.prize.staff.officers[0]

    with pytest.raises(NotHere):
        decide(
            engines,
            visit=officer,
            category_id=officer.role_id,
            resolution=resolution(marked, "Larkspur"),
            now=AFTER,
        )


def test_decision_that_differs_from_the_ranking_needs_its_reason(marked):
    assert fields(decide_now(marked, "Heron")) == ["reason"]
    assert fields(decide_now(marked, "Heron", reason=" \n")) == ["reason"]
    assert decide_now(marked, "Heron", reason="It says what only a group could.") == []


def test_shared_prize_takes_at_least_two_and_a_reason(marked):
    shared = {"outcome": Outcome.SHARED}

    assert fields(decide_now(marked, "Larkspur", **shared)) == ["entries"]
    assert fields(decide_now(marked, "Larkspur", "Heron", **shared)) == ["reason"]
    assert decide_now(marked, "Larkspur", "Heron", reason="Equal in worth.", **shared) == []
    assert awards_of(marked) == [(AwardKind.SHARED, "Larkspur"), (AwardKind.SHARED, "Heron")]


def test_no_award_takes_no_winner_and_a_reason(marked):
    none = {"outcome": Outcome.NONE}

    assert "entries" in fields(decide_now(marked, "Larkspur", reason="None was ripe.", **none))
    assert fields(decide_now(marked, **none)) == ["reason"]
    assert decide_now(marked, reason="None was ripe.", **none) == []
    assert awards_of(marked) == []


@pytest.mark.parametrize(
    ("winners", "changes", "field"),
    [
        (("Larkspur",), {"outcome": None}, "outcome"),
        ((), {}, "entries"),
        (("Larkspur", "Heron"), {}, "entries"),
        (("Larkspur",), {"commended": "Larkspur"}, "commended"),
        (("Larkspur",), {"reserves": {"Larkspur": 1}}, "reserve"),
        (("Larkspur",), {"reserves": {"Heron": 1, "Pencil Moth": 1}}, "reserve"),
    ],
    ids=["nothing said", "no winner", "two winners", "commended winner", "reserve winner", "one place twice"],
)
def test_resolution_that_contradicts_itself_is_refused(marked, winners, changes, field):
    given = dict(changes)
    if "commended" in given:
        given["commended"] = (marked.entries[given["commended"]],)
    if "reserves" in given:
        given["reserves"] = {marked.entries[nom]: place for nom, place in given["reserves"].items()}

    assert field in fields(decide_now(marked, *winners, **given))
    assert decisions(marked) == []


def test_essay_of_another_category_cannot_be_chosen(marked):
    problems = decide_now(marked, "Larkspur", key="undergraduates", reason="It is the best.")

    assert fields(problems) == ["entries"]


def test_decision_waits_for_an_entry_not_yet_before_the_judges(marked):
    prize = marked.prize
    prize.clock.at = IN_TIME
    enter(prize, nom_de_plume="Late Tide", name="Wilf Ashdown", email="w@example.net")

    problems = decide_now(marked, "Larkspur")

    assert "1 entry not yet released" in problems[0].message
    assert decisions(marked) == []


def test_no_decision_is_locked_before_the_deadline(prize):
    """A decision locked while entries are open would keep every one of them from the judges."""
    with reading(prize.engines.contest) as session:
        category = session.get_one(Contest, prize.contest.id).categories[0].id
    undecided = resolution(None, outcome=Outcome.NONE)

    problems = decide(
        prize.engines, visit=prize.staff.officers[0], category_id=category, resolution=undecided, now=IN_TIME
    )

    assert problems != []
    with reading(prize.engines.contest) as session:
        assert session.scalars(select(Decision)).all() == []
