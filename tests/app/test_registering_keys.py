"""Which public keys are registered, and when one can be changed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access import add_person, begin_session, give_role, visit_as
from app.ceremony.rehearsal import register_key
from app.database import reading, transaction
from app.demo.contest import rehearse
from app.errors import Clash, Unusable
from app.tables import Leaf, OfficerKey
from app.tables.people import RoleKind
from app.vault import age
from app.vault.errors import NotOpenable
from tests.app.rehearsing import (
    another_contest,
    hand_in,
    part_of,
    phrase,
    ready,
    register,
    secret_of,
    with_tested_keys,
)
from tests.conftest import IN_TIME, Clock, Prize


def test_changed_key_is_untested_again_and_closes_the_contest(new):
    first, second, _ = new.staff.officers
    register(new, first, second, now=IN_TIME - timedelta(days=1))
    before_opening = new.contest.opens_at - timedelta(days=3)
    for officer in (first, second):
        hand_in(new, officer)
    fresh = age.new_secret()

    register(new, first, key=fresh, now=before_opening)

    assert with_tested_keys(new) == {second.role_id}
    assert not ready(new)
    hand_in(new, first, part_of(new, first, fresh))
    assert not ready(new), "one part of the new envelope"
    hand_in(new, second)
    assert ready(new)


def test_key_changed_where_it_opened_nothing_leaves_the_contest_open(new):
    first, second, third = new.staff.officers
    register(new, first, second, third)
    for officer in (first, second):
        hand_in(new, officer)

    register(new, third, key=age.new_secret())

    assert ready(new)
    assert phrase(new) == "", "the test envelope is sealed anew"


def test_tested_key_cannot_be_changed_while_entries_are_taken(new):
    first, second, _ = new.staff.officers
    register(new, first, second)
    for officer in (first, second):
        hand_in(new, officer)

    with pytest.raises(Clash, match="can’t be changed"):
        register(new, first, key=age.new_secret())

    assert ready(new)


def test_key_registered_again_unchanged_stays_tested(new):
    first, second, _ = new.staff.officers
    register(new, first, second)
    hand_in(new, first)

    register(new, first)

    assert with_tested_keys(new) == {first.role_id}


def test_key_of_another_contest_is_refused(new):
    contest, staff = another_contest(new.engines, "another")
    other = Prize(engines=new.engines, clock=Clock(), contest=contest, staff=staff)
    register(other, staff.officers[0])
    taken = secret_of(other, staff.officers[0])

    for officer in new.staff.officers:
        with pytest.raises(Clash, match="for another contest"):
            register(new, officer, key=taken)


def test_key_of_another_contest_opens_nothing_here(new):
    contest, staff = another_contest(new.engines, "another")
    other = Prize(engines=new.engines, clock=Clock(), contest=contest, staff=staff)
    rehearse(new.engines, new.staff, now=IN_TIME)
    rehearse(new.engines, staff, now=IN_TIME)

    with pytest.raises(NotOpenable):
        part_of(new, new.staff.officers[0], secret_of(other, staff.officers[0]))
    with pytest.raises(Unusable, match="another officer’s part"):
        hand_in(new, new.staff.officers[0], part_of(other, staff.officers[0]))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no public key"),
        ("age1qqqq", "no public key"),
        ("age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z", "no public key"),
        ("AGE-SECRET-KEY-1QQQQ", "private key"),
    ],
    ids=["nothing", "cut off", "a point of small order", "a private key"],
)
def test_what_is_no_public_key_is_not_registered(new, text, said):
    with pytest.raises(Unusable, match=said):
        register_key(new.engines, visit=new.staff.officers[0], public_key=text, now=IN_TIME)

    with reading(new.engines.contest) as session:
        assert session.scalars(select(OfficerKey)).all() == []


def test_second_spelling_of_a_key_is_not_another_key(new):
    spelling = age.public_key(secret_of(new, new.staff.officers[0])).upper()

    with pytest.raises(Unusable, match="small letters"):
        register_key(new.engines, visit=new.staff.officers[1], public_key=spelling, now=IN_TIME)


def test_every_change_of_a_key_is_in_the_record(new):
    first, second, _ = new.staff.officers
    register(new, first, second)
    for officer in (first, second):
        hand_in(new, officer)

    with reading(new.engines.contest) as session:
        leaves = session.scalars(select(Leaf).where(Leaf.kind == "officer key").order_by(Leaf.position)).all()
    name = f"key of role {first.role_id}"
    said = [leaf.told["rows"][name] for leaf in leaves if name in leaf.told["rows"]]
    public_key = age.public_key(secret_of(new, first))
    assert said == [{"public_key": public_key, "tested": value} for value in (False, True)]
    assert leaves[-1].told["rows"]["rehearsal"] == {
        "public_keys": sorted(age.public_key(secret_of(new, each)) for each in (first, second))
    }


def test_more_officers_than_an_envelope_is_split_among_cannot_register(new):
    register(new, *new.staff.officers)
    with transaction(new.engines.contest) as session:
        for n in range(4):
            person = add_person(session, name=f"Officer {n}", email=f"o{n}@example.org", password="x")
            role = give_role(session, person=person, contest_id=new.contest.id, kind=RoleKind.OFFICER)
            session.add(
                OfficerKey(
                    role_id=role.id, public_key=age.public_key(age.new_secret()), registered_at=IN_TIME
                )
            )
        person = add_person(session, name="The eighth", email="o8@example.org", password="x")
        give_role(session, person=person, contest_id=new.contest.id, kind=RoleKind.OFFICER)
        eighth = visit_of(session, person, new.contest.id)

    with pytest.raises(Clash, match="7 officers hold keys"):
        register_key(new.engines, visit=eighth, public_key=age.public_key(age.new_secret()), now=IN_TIME)


def visit_of(session, person, contest_id):
    token = begin_session(session, person_id=person.id, contest_id=contest_id, now=IN_TIME)
    session.flush()
    return visit_as(session, token, RoleKind.OFFICER, now=IN_TIME)[0]
