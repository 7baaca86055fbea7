"""The officers' Council check: who may do which part, what it puts on hold, and that nothing is released before."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.ceremony.council_parts import (
    bundle_to_compare,
    bundle_to_hand_over,
)
from app.ceremony.opening import say_eligible
from app.database import reading, transaction
from app.desk.release import release_entries
from app.errors import Clash, TooLate
from app.intake.state import WHOLE, State, state_of
from app.tables import Contest, CouncilCheck, CouncilMember, Entry, Hold, Leaf
from tests.app.conftest import Panel
from tests.app.stages import open_together
from tests.checking import change_list, check, checked, join_council
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter

LATER = AFTER + timedelta(days=1)


@pytest.fixture
def entry_id(prize):
    entry_id, _ = enter(prize)
    prize.clock.at = AFTER
    return entry_id


def state(prize, entry_id):
    with reading(prize.engines.contest) as session:
        entry = session.scalars(select(Entry).where(Entry.id == entry_id).options(*WHOLE)).one()
        return state_of(entry)


def holds_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        return list(session.scalars(select(Hold).where(Hold.entry_id == entry_id)))


def release(prize, entry_id):
    release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=AFTER)


def test_nothing_is_released_before_the_check(prize, entry_id):
    with pytest.raises(Clash, match="have not made the Council check"):
        release(prize, entry_id)

    check(prize)
    release(prize, entry_id)

    assert state(prize, entry_id) is State.RELEASED


def test_a_change_of_the_council_list_makes_a_new_check_necessary(prize, entry_id):
    check(prize)
    join_council(prize, "Dr Somebody Else")

    with pytest.raises(Clash, match="have not made the Council check"):
        release(prize, entry_id)
    check(prize)
    release(prize, entry_id)


@pytest.mark.usefixtures("entry_id")
def test_an_extended_deadline_makes_a_new_check_necessary(prize):
    check(prize)
    with transaction(prize.engines.contest) as session:
        session.get_one(Contest, prize.contest.id).closes_at = LATER

    assert checked(prize) == set()


@pytest.mark.usefixtures("entry_id")
def test_there_is_no_check_before_the_deadline(prize):
    first, second, _ = prize.staff.officers

    with pytest.raises(TooLate):
        bundle_to_hand_over(prize.engines, visit=first, to=second.role_id, now=IN_TIME)
    with pytest.raises(TooLate):
        bundle_to_compare(prize.engines, visit=first, now=IN_TIME)


def test_a_name_alike_is_held_and_people_settle_it(prize, entry_id):
    join_council(prize, "Dr Imogen Tarrent")

    check(prize)

    (hold,) = holds_of(prize, entry_id)
    assert (hold.eligible, hold.settled_at) == (None, None)
    assert state(prize, entry_id) is State.HELD
    with pytest.raises(Clash, match="held for the officers"):
        release(prize, entry_id)
    check(prize)
    assert len(holds_of(prize, entry_id)) == 1


def test_the_same_address_bars_the_entry(prize, entry_id):
    join_council(prize, "Dr Nobody Alike", emails=["Imogen.Tarrant+prize@example.org"])

    check(prize)

    assert state(prize, entry_id) is State.INELIGIBLE
    with pytest.raises(Clash, match="may not enter"):
        release(prize, entry_id)


def test_officers_look_where_a_later_check_no_longer_finds_the_address(prize, entry_id):
    member = join_council(prize, "Dr Nobody Alike", emails=["imogen.tarrant@example.org"])
    check(prize)
    with transaction(prize.engines.contest) as session:
        session.get_one(CouncilMember, member).emails = ["other@example.org"]

    check(prize, now=LATER)

    assert state(prize, entry_id) is State.HELD


def test_an_envelope_opened_before_is_looked_at_again_when_the_list_changed(prize, entry_id):
    join_council(prize, "Dr Imogen Tarrent")
    check(prize)
    panel = Panel(prize, {"Larkspur": entry_id}, {})
    opening_id = open_together(panel, "Larkspur")
    first = prize.staff.officers[0]
    say_eligible(prize.engines, visit=first, opening_id=opening_id, eligible=True, note="", now=AFTER)
    check(prize, now=LATER)
    assert state(prize, entry_id) is not State.HELD
    change_list(prize, "Professor I. Tarrant", now=LATER)

    check(prize, now=LATER + timedelta(hours=1))

    assert state(prize, entry_id) is State.HELD
    say_eligible(prize.engines, visit=first, opening_id=opening_id, eligible=True, note="", now=LATER)
    assert state(prize, entry_id) is not State.HELD


def test_an_entry_without_match_is_left_alone(prize, entry_id):
    check(prize)

    assert holds_of(prize, entry_id) == []


def test_the_check_is_on_the_record_without_saying_whom_it_found(prize, entry_id):
    join_council(prize, "Dr Imogen Tarrent")
    number = check(prize)
    with reading(prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "council check")).one()
        row = session.scalars(select(CouncilCheck)).one()
        entry_number = session.get_one(Entry, entry_id).number

    assert leaf.told["rows"][f"council check {number}"] == {"entries": row.entries, "council": row.council}
    assert leaf.kept["rows"][f"council check {number}"]["outcomes"] == {str(entry_number): "similar-name"}
    assert row.present == sorted(each.person_name for each in prize.staff.officers[:2])
    assert "arran" not in json.dumps([leaf.told, leaf.kept])
