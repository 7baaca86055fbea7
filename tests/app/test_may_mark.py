"""Only a judge in office, who has declared and is not taken off the essay, marks it: by every path."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.database import reading, transaction
from app.errors import NotAllowed
from app.panel.mark import raise_flag
from app.tables import (
    CouncilMember,
    Decision,
    Exclusion,
    Flag,
    InterestDeclaration,
    Mark,
    MarkLock,
    Recusal,
    Release,
    Role,
    Withdrawal,
)
from app.tables.panel import RecusalCause
from tests.app.stages import category_of, declare_all, reading_of, save
from tests.conftest import AFTER


def judge_of(panel):
    return panel.prize.staff.judges[0]


def stored(panel):
    """How many marks, locks and flags the database holds."""
    with reading(panel.prize.engines.contest) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Mark, MarkLock, Flag)]


def not_declared(_panel, _session): ...


def excluded(panel, session):
    declare(panel, session)
    member = session.get_one(Role, judge_of(panel).role_id).council_member_id
    session.add(Exclusion(entry_id=panel.entries["Heron"], council_member_id=member))


def recused(panel, session):
    declare(panel, session)
    reading_id = reading_of(panel, judge_of(panel), "Heron")
    session.add(Recusal(assignment_id=reading_id, cause=RecusalCause.CONFLICT, recused_at=AFTER))


def out_of_office(panel, session):
    declare(panel, session)
    role = session.get_one(Role, judge_of(panel).role_id)
    session.get_one(CouncilMember, role.council_member_id).in_office_until = AFTER.date() - timedelta(days=1)


def off_council(panel, session):
    declare(panel, session)
    session.get_one(Role, judge_of(panel).role_id).council_member_id = None


def decided(panel, session):
    declare(panel, session)
    person = judge_of(panel).person_id
    category = category_of(panel)
    session.add(Decision(category_id=category, reason="", ranking=[], locked_at=AFTER, locked_by=person))


def withdrawn(panel, session):
    declare(panel, session)
    session.add(Withdrawal(entry_id=panel.entries["Heron"], withdrawn_at=AFTER))


def not_released(panel, session):
    declare(panel, session)
    session.delete(session.get_one(Release, panel.entries["Heron"]))


def declare(panel, session):
    session.add(InterestDeclaration(role_id=judge_of(panel).role_id, declared_at=AFTER))


CASES = {
    not_declared: "declaration of interest first",
    excluded: "not on your list",
    recused: "stood back",
    out_of_office: "in office may mark",
    off_council: "in office may mark",
    decided: "the decision has been recorded",
    withdrawn: "has been withdrawn",
    not_released: "not on your list",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_no_path_stores_a_mark_of_who_may_not(released, case):
    engine, judge = released.prize.engines.contest, judge_of(released)
    with transaction(engine) as session:
        case(released, session)
    reading_id = reading_of(released, judge, "Heron")

    for lock in (False, True):
        with pytest.raises(NotAllowed, match=CASES[case]):
            save(released, judge, "Heron", lock=lock)
    with pytest.raises(NotAllowed, match=CASES[case]):
        raise_flag(engine, visit=judge, assignment_id=reading_id, kind="patient", now=AFTER)

    assert stored(released) == [0, 0, 0]


def test_judge_in_office_who_has_declared_marks(released):
    declare_all(released)

    assert save(released, judge_of(released), "Heron") == 1
    assert stored(released) == [4, 0, 0]


def test_term_that_ends_in_mid_marking_ends_it_at_midnight_of_the_contest(released):
    """The last day in office is still in office, in the contest's zone."""
    declare_all(released)
    judge, last = judge_of(released), AFTER.date()
    with transaction(released.prize.engines.contest) as session:
        role = session.get_one(Role, judge.role_id)
        session.get_one(CouncilMember, role.council_member_id).in_office_until = last
    last_second = AFTER.replace(hour=22, minute=59, second=59)  # 23:59:59 in London

    assert save(released, judge, "Heron", now=last_second) == 1
    with pytest.raises(NotAllowed, match="in office may mark"):
        save(released, judge, "Heron", now=last_second + timedelta(seconds=1), lock=True)
    assert stored(released) == [4, 0, 0]
