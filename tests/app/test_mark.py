"""Drafts as typed, half points, a lock that holds, standing back by one tap."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.database import reading
from app.errors import Clash, NotHere
from app.panel.mark import declare_interest, raise_flag, recuse, save_marks
from app.problems import Problem
from app.tables import (
    Assignment,
    Flag,
    InterestDeclaration,
    Leaf,
    Mark,
    MarkLock,
    Release,
)
from app.tables.panel import RecusalCause
from tests.app.stages import declare_all, full_marks, reading_of, save
from tests.conftest import AFTER


def judge_of(panel):
    return panel.prize.staff.judges[0]


def stored(panel):
    """How many marks, locks and flags the database holds."""
    with reading(panel.prize.engines.contest) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Mark, MarkLock, Flag)]


def test_reading_of_another_judge_is_not_here_like_one_that_never_was(released):
    declare_all(released)
    first, second = released.prize.staff.judges[:2]
    theirs = reading_of(released, second, "Heron")
    said = []

    for reading_id in (theirs, uuid4()):
        with pytest.raises(NotHere) as refused:
            save_marks(
                released.prize.engines.contest,
                visit=first,
                assignment_id=reading_id,
                points={},
                notes="",
                version=None,
                lock=False,
                now=AFTER,
            )
        said.append((str(refused.value), refused.value.kept, refused.value.to_do))

    assert said[0] == said[1]
    assert stored(released) == [0, 0, 0]


def test_older_page_does_not_overwrite_a_newer_draft(released):
    declare_all(released)
    judge = judge_of(released)
    version = save(released, judge, "Heron", version=0)
    save(released, judge, "Heron", version=version, points=full_marks(released, "8"))

    with pytest.raises(Clash, match="changed on another page"):
        save(released, judge, "Heron", version=version, points=full_marks(released, "1"))

    with reading(released.prize.engines.contest) as session:
        assert set(session.scalars(select(Mark.points))) == {Decimal(8)}


@pytest.mark.parametrize(
    "typed", ["7.25", "7.1", "10.5", "-1", "-0.5", "seven", "NaN", "Infinity", "1e9", "0x5"]
)
def test_mark_that_is_none_is_refused_at_its_criterion_and_nothing_kept(released, typed):
    declare_all(released)
    points = full_marks(released, "7") | {"language": typed}

    problems = save(released, judge_of(released), "Heron", points=points, lock=True)

    assert [problem.field for problem in problems] == ["language"]
    assert stored(released) == [0, 0, 0]


@pytest.mark.parametrize("typed", ["0", "0.5", "7.5", "7,5", "10", " 7.50 "])
def test_half_points_from_nought_to_ten_are_marks(released, typed):
    declare_all(released)

    assert save(released, judge_of(released), "Heron", points=full_marks(released, typed)) == 1


def test_mark_taken_back_is_gone(released):
    declare_all(released)
    save(released, judge_of(released), "Heron")

    save(released, judge_of(released), "Heron", points={"language": "7"})

    assert stored(released) == [1, 0, 0]


def test_locking_needs_every_mark_and_keeps_the_draft(released):
    declare_all(released)

    problems = save(released, judge_of(released), "Heron", points={"language": "7"}, lock=True)

    assert [type(problem) for problem in problems] == [Problem] * 3
    assert all("has no mark yet" in problem.message for problem in problems)
    assert stored(released) == [1, 0, 0]


def test_locked_marks_stand(released):
    declare_all(released)
    judge = judge_of(released)
    save(released, judge, "Heron", lock=True)

    for lock in (False, True):
        with pytest.raises(Clash, match="locked"):
            save(released, judge, "Heron", points=full_marks(released, "1"), lock=lock)

    with reading(released.prize.engines.contest) as session:
        assert set(session.scalars(select(Mark.points))) == {Decimal(7)}


def test_lock_is_on_the_record_with_the_copy_that_was_read(released):
    declare_all(released)
    save(released, judge_of(released), "Heron", lock=True)

    with reading(released.prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "marks")).one()
        release = session.get_one(Release, released.entries["Heron"])
        (told,) = leaf.told["rows"].values()
        assert told == {"reading_copy": release.reading_copy.pdf_key}
    (kept,) = leaf.kept["rows"].values()
    assert set(kept["points"].values()) == {"7.00"}


def test_standing_back_sets_marks_aside_and_is_on_the_record(released):
    declare_all(released)
    judge = judge_of(released)
    save(released, judge, "Heron", lock=True)
    reading_id = reading_of(released, judge, "Heron")

    for _ in range(2):
        recuse(
            released.prize.engines.contest,
            visit=judge,
            assignment_id=reading_id,
            cause=RecusalCause.RECOGNISED,
            now=AFTER,
        )

    assert stored(released) == [4, 1, 0]
    with reading(released.prize.engines.contest) as session:
        leaves = session.scalars(select(Leaf).where(Leaf.kind == "recusal")).all()
    assert [leaf.entry_id for leaf in leaves] == [released.entries["Heron"]]
    assert leaves[0].told == {}


def test_flag_raised_twice_is_one_flag(released):
    declare_all(released)
    judge = judge_of(released)
    reading_id = reading_of(released, judge, "Heron")

    for kind in ("patient", "patient", "elsewhere"):
        raise_flag(
            released.prize.engines.contest, visit=judge, assignment_id=reading_id, kind=kind, now=AFTER
        )

    assert stored(released)[2] == 2


def test_declaring_twice_keeps_the_first(released):
    engine, judge = released.prize.engines.contest, judge_of(released)

    for hours in (0, 1):
        declare_interest(engine, visit=judge, now=AFTER + timedelta(hours=hours))

    with reading(engine) as session:
        assert session.get_one(InterestDeclaration, judge.role_id).declared_at == AFTER


def test_every_judge_is_dealt_every_essay(released):
    with reading(released.prize.engines.contest) as session:
        dealt = {(each.role_id, each.entry_id) for each in session.scalars(select(Assignment))}

    judges = {judge.role_id for judge in released.prize.staff.judges}
    assert dealt == {(judge, entry) for judge in judges for entry in released.entries.values()}
