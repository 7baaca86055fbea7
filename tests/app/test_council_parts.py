"""The officers' Council check: whose parts open what, and who may compare."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access import give_role
from app.ceremony.council_bundle import read_bundle
from app.ceremony.council_check import record_outcome
from app.ceremony.council_device import compare, hand_over
from app.ceremony.council_parts import (
    FORGOTTEN_AFTER,
    bundle_to_compare,
    bundle_to_hand_over,
    forget_handovers,
    handed_over,
    take_parts,
)
from app.database import transaction
from app.errors import Clash, NotAllowed, Unusable
from app.tables import Contest, CouncilMember, Person
from app.tables.people import RoleKind
from app.vault.errors import NotOpenable
from app.vault.tables import CouncilHandover
from tests.checking import check, checked, compared_by, hand_to, join_council, key_of
from tests.conftest import AFTER
from tests.entering import enter


@pytest.fixture
def entry_id(prize):
    entry_id, _ = enter(prize)
    prize.clock.at = AFTER
    return entry_id


@pytest.mark.usefixtures("entry_id")
def test_one_officer_alone_compares_nothing(prize):
    first = prize.staff.officers[0]

    with pytest.raises(Clash, match="not enough have handed"):
        bundle_to_compare(prize.engines, visit=first, now=AFTER)
    with pytest.raises(Clash, match="not enough have handed"):
        record_outcome(prize.engines, visit=first, text=outcome_of(prize), now=AFTER)


def outcome_of(prize, **changes):
    found = {
        "nomdeplume": "council check outcome",
        "contest": str(prize.contest.id),
        "council": "0" * 64,
        "outcomes": {},
    }
    return json.dumps(found | changes)


@pytest.mark.usefixtures("entry_id")
def test_parts_handed_over_open_nothing_for_anybody_else(prize):
    first, second, third = prize.staff.officers
    hand_to(prize, second, first)
    lines = list(bundle_to_compare(prize.engines, visit=first, now=AFTER))

    with pytest.raises(NotOpenable):
        compare(read_bundle(lines), key_of(prize, third))
    assert compare(read_bundle(lines), key_of(prize, first)).outcomes


@pytest.mark.usefixtures("entry_id")
def test_parts_are_sealed_to_nobody_but_the_officer_the_entries_name(prize):
    """A server that showed another key in the officer's place would get the parts itself."""
    first, second, third = prize.staff.officers
    head, *lines = bundle_to_hand_over(prize.engines, visit=second, to=first.role_id, now=AFTER)
    said = json.loads(head)
    other = json.loads(next(bundle_to_hand_over(prize.engines, visit=second, to=third.role_id, now=AFTER)))
    said["to"]["public_key"] = other["to"]["public_key"]

    with pytest.raises(NotOpenable):
        hand_over(read_bundle([json.dumps(said), *lines]), key_of(prize, second))


def test_who_only_hands_over_gets_neither_tokens_nor_numbers(prize, entry_id):
    first, second, _ = prize.staff.officers
    entries = list(
        read_bundle(bundle_to_hand_over(prize.engines, visit=second, to=first.role_id, now=AFTER)).entries
    )

    assert [(each.entry_id, each.number, each.tokens) for each in entries] == [(entry_id, 0, b"")]


@pytest.fixture
def judging_officer(prize):
    """The last officer judges too."""
    officer = prize.staff.officers[2]
    with transaction(prize.engines.contest) as session:
        member = session.scalars(select(CouncilMember).where(CouncilMember.name.contains("Crabtree"))).one()
        give_role(
            session,
            person=session.get_one(Person, officer.person_id),
            contest_id=prize.contest.id,
            kind=RoleKind.JUDGE,
            council_member_id=member.id,
        )
    return officer


@pytest.mark.usefixtures("entry_id")
def test_an_officer_who_judges_hands_over_and_never_compares(prize, judging_officer):
    first, second, _ = prize.staff.officers
    hand_to(prize, judging_officer, first)
    with pytest.raises(Unusable, match="does not judge"):
        hand_to(prize, second, judging_officer)
    with transaction(prize.engines.vault.engine) as session:
        row = session.scalars(select(CouncilHandover)).one()
        row.to_officer = judging_officer.role_id

    with pytest.raises(NotAllowed):
        bundle_to_compare(prize.engines, visit=judging_officer, now=AFTER)
    with pytest.raises(NotAllowed):
        record_outcome(prize.engines, visit=judging_officer, text=outcome_of(prize), now=AFTER)


@pytest.mark.usefixtures("entry_id")
def test_an_outcome_of_another_list_or_of_other_entries_is_refused(prize):
    first, second, _ = prize.staff.officers
    hand_to(prize, second, first)
    right = json.loads(compared_by(prize, first))
    join_council(prize, "Dr Somebody Else")

    def refused(error, **changes):
        with pytest.raises(error):
            record_outcome(prize.engines, visit=first, text=json.dumps(right | changes), now=AFTER)

    refused(Clash)
    again = json.loads(compared_by(prize, first))
    refused(Unusable, council=again["council"], outcomes={"1": ""})
    refused(Unusable, council=again["council"], outcomes={"x": ""})
    refused(Unusable, council=again["council"], outcomes=dict.fromkeys(again["outcomes"], "guilty"))
    refused(Unusable, contest="another")
    assert checked(prize) == set()
    assert record_outcome(prize.engines, visit=first, text=json.dumps(again), now=AFTER) == 1


@pytest.mark.usefixtures("entry_id")
def test_parts_go_with_the_check_and_after_a_week(prize):
    first, second, _ = prize.staff.officers
    hand_to(prize, second, first)
    forget_handovers(prize.engines, now=AFTER + FORGOTTEN_AFTER)
    assert set(handed_over(prize.engines, prize.contest.id)) == {second.role_id}

    forget_handovers(prize.engines, now=AFTER + FORGOTTEN_AFTER + timedelta(seconds=1))
    assert handed_over(prize.engines, prize.contest.id) == {}

    check(prize)
    assert handed_over(prize.engines, prize.contest.id) == {}


@pytest.mark.usefixtures("entry_id")
def test_what_is_handed_in_has_to_be_sealed(prize):
    first, second, _ = prize.staff.officers

    with pytest.raises(Unusable):
        take_parts(
            prize.engines,
            visit=second,
            to=first.role_id,
            sealed=key_of(prize, second).encode(),
            now=AFTER,
        )


def test_three_officers_compare_where_three_are_needed(prize):
    with transaction(prize.engines.contest) as session:
        session.get_one(Contest, prize.contest.id).keys_needed = 3
    enter(prize)
    prize.clock.at = AFTER
    first, second, third = prize.staff.officers
    hand_to(prize, second, first)
    with pytest.raises(Clash, match="not enough have handed"):
        bundle_to_compare(prize.engines, visit=first, now=AFTER)

    hand_to(prize, third, first)

    assert record_outcome(prize.engines, visit=first, text=compared_by(prize, first), now=AFTER) == 1
    assert len(checked(prize)) == 1
