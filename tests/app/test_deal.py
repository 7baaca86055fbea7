"""Who reads what, and in an order that follows nothing but chance."""

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.desk.release import release_entries
from app.panel.deal import deal_entry
from app.panel.views import reading_list
from app.tables import Assignment, Entry, Role
from tests.checking import check
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter


@pytest.fixture
def prize(released):
    """The site below serves the prize whose essays are released."""
    return released.prize


def test_essay_known_to_a_judge_is_not_dealt_to_that_judge(prize):
    judge = prize.staff.judges[1]
    with reading(prize.engines.contest) as session:
        member = session.get_one(Role, judge.role_id).council_member_id
    prize.clock.at = IN_TIME
    person = {"nom_de_plume": "Late Tide", "name": "Wilf Ashdown", "email": "w@example.net"}
    entry_id, _ = enter(prize, known_to=(str(member),), **person)

    check(prize)
    release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=AFTER)

    with reading(prize.engines.contest) as session:
        readers = set(session.scalars(select(Assignment.role_id).where(Assignment.entry_id == entry_id)))
    assert readers == {each.role_id for each in prize.staff.judges} - {judge.role_id}


def test_reading_orders_are_each_judges_own_and_follow_no_arrival(prize):
    """Forty deals of three essays to three judges: an order that followed arrival would be the same in all."""
    orders = set()
    with transaction(prize.engines.contest) as session:
        entries = session.scalars(select(Entry).order_by(Entry.received_at)).all()
        for _ in range(40):
            for assignment in session.scalars(select(Assignment)):
                session.delete(assignment)
            session.flush()
            for entry in entries:
                deal_entry(session, entry)
            session.flush()
            orders.add(tuple(tuple(e.nom for e in reading_list(session, j)) for j in prize.staff.judges))

    firsts = {order[0] for order in orders}
    assert len(firsts) == 6
    assert any(order[0] != order[1] for order in orders)


def test_dealing_again_adds_no_second_reading(prize):
    with transaction(prize.engines.contest) as session:
        before = len(session.scalars(select(Assignment)).all())
        for entry in session.scalars(select(Entry)):
            deal_entry(session, entry)
        session.flush()

        assert len(session.scalars(select(Assignment)).all()) == before
