"""No entry is taken before officers have opened a test envelope together, each with an own key."""

import json
from itertools import combinations
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.ceremony.rehearsal import own_test_share
from app.database import reading, transaction
from app.errors import NotHere, NotReady, Unusable
from app.intake.admit import Admitted
from app.intake.receipts import new_receipt
from app.vault import age, tables
from app.vault.errors import NotOpenable
from app.vault.open import holders_of_parts
from app.vault.rehearse import how_far, share_to_try, stand_test_envelope, take_test_part
from app.vault.seal import Officer
from app.vault.split import OfficerPart
from tests.app.rehearsing import (
    entries,
    hand_in,
    part_of,
    phrase,
    ready,
    register,
    secret_of,
    with_tested_keys,
)
from tests.conftest import IN_TIME
from tests.entering import submit_now


def test_contest_takes_entries_once_two_officers_opened_the_test_envelope(new):
    first, second, _ = new.staff.officers
    register(new, first, second)

    hand_in(new, first)
    before = ready(new), phrase(new)
    hand_in(new, second)

    assert before == (False, "")
    assert ready(new)
    assert len(phrase(new).split()) == 4
    assert isinstance(submit_now(new, receipt=new_receipt()), Admitted)


def test_no_entry_is_taken_by_the_web_before_the_rehearsal(new):
    first, second, third = new.staff.officers
    register(new, first, second, third)
    hand_in(new, first)

    with pytest.raises(NotReady, match="can’t be taken yet"):
        submit_now(new, receipt=new_receipt())

    assert entries(new) == []


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)), ids=str)
def test_any_two_of_three_open_the_test_envelope(new, pair):
    register(new, *new.staff.officers)

    for place in pair:
        hand_in(new, new.staff.officers[place])

    assert ready(new)
    assert with_tested_keys(new) == {new.staff.officers[place].role_id for place in pair}


@pytest.mark.parametrize(("k", "n"), [(2, 2), (2, 3), (3, 5), (4, 7)])
def test_any_k_keys_open_fewer_cannot_and_the_rest_may_be_lost(engines, k, n):
    """On the vault alone, for other numbers of officers than the example contest has."""
    contest_id, keys = uuid4(), {uuid4(): age.new_secret() for _ in range(n)}
    officers = [Officer(each, age.public_key(key)) for each, key in keys.items()]
    given = {"contest_id": contest_id, "needed": k, "phrase": "four words of it", "now": IN_TIME}
    for group in list(combinations(keys, k))[:10]:
        with transaction(engines.vault.opening) as session:
            stand_test_envelope(session, officers=[], **given)  # the one before makes way
            stand_test_envelope(session, officers=officers, **given)
        for place, officer in enumerate(group):
            with transaction(engines.vault.opening) as session:
                assert how_far(session, contest_id).phrase == "", f"{place} of {k} were enough"
                share = share_to_try(session, contest_id=contest_id, officer_id=officer)
                part = OfficerPart.from_text(age.unseal(share, keys[officer]).decode())
                take_test_part(session, part, now=IN_TIME)
        with reading(engines.vault.opening) as session:
            assert how_far(session, contest_id).phrase == "four words of it"


def test_third_officer_tries_the_key_after_the_envelope_is_open(new):
    *two, third = new.staff.officers
    register(new, *new.staff.officers)
    for officer in two:
        hand_in(new, officer)

    hand_in(new, third)

    assert with_tested_keys(new) == {officer.role_id for officer in new.staff.officers}


def test_key_registered_late_leaves_the_contest_open_and_is_tried_by_itself(new):
    first, second, third = new.staff.officers
    register(new, first, second)
    hand_in(new, first)
    hand_in(new, second)

    register(new, third)
    assert ready(new)
    hand_in(new, third)

    assert with_tested_keys(new) == {officer.role_id for officer in new.staff.officers}
    assert ready(new)


def test_untested_key_gets_no_part_and_one_tested_later_gets_parts_of_later_envelopes(new):
    *two, third = new.staff.officers
    register(new, *new.staff.officers)
    for officer in two:
        hand_in(new, officer)
    earlier = submit_now(new, receipt=new_receipt()).entry_id
    hand_in(new, third)
    later = submit_now(new, receipt=new_receipt(), nom_de_plume="Heron", email="h@example.net").entry_id

    with reading(new.engines.vault.opening) as session:
        assert holders_of_parts(session, entry_id=earlier) == {officer.role_id for officer in two}
        assert holders_of_parts(session, entry_id=later) == {each.role_id for each in new.staff.officers}


def test_other_officers_part_is_refused(new):
    first, second, _ = new.staff.officers
    register(new, first, second)

    with pytest.raises(Unusable, match="another officer’s part"):
        hand_in(new, first, part_of(new, second))

    assert with_tested_keys(new) == set()


def test_other_officers_key_does_not_open_the_share(new):
    first, second, _ = new.staff.officers
    register(new, first, second)

    with pytest.raises(NotOpenable):
        part_of(new, first, secret_of(new, second))


def test_part_that_was_changed_is_refused(new):
    first, second, _ = new.staff.officers
    register(new, first, second)
    part = json.loads(part_of(new, first))
    part["parts"] = dict.fromkeys(part["parts"], "00" * 74)

    with pytest.raises(Unusable, match="changed since"):
        hand_in(new, first, json.dumps(part))

    assert with_tested_keys(new) == set()


def test_part_of_the_envelope_before_is_refused(new):
    first, second, third = new.staff.officers
    register(new, first, second)
    old = part_of(new, first)
    register(new, third)

    with pytest.raises(Unusable, match="another envelope"):
        hand_in(new, first, old)


@pytest.mark.parametrize("text", ["AGE-SECRET-KEY-1QQ", "# made\nage-secret-key-1qq"])
def test_private_key_handed_in_is_refused_and_said_loudly(new, text):
    register(new, *new.staff.officers)

    with pytest.raises(Unusable, match="private key"):
        hand_in(new, new.staff.officers[0], text)


def test_officer_without_a_test_envelope_is_told_so(new):
    register(new, new.staff.officers[0])

    with pytest.raises(NotHere, match="no test envelope"):
        own_test_share(new.engines, visit=new.staff.officers[0], now=IN_TIME)


def test_test_envelope_looks_like_an_entrys_from_outside(new):
    """Padded alike, and its phrase stands nowhere before the opening."""
    register(new, *new.staff.officers)
    with reading(new.engines.vault.engine) as session:
        envelope = session.scalars(select(tables.TestEnvelope)).one()
        shares = session.scalars(select(tables.TestShare)).all()

    sizes = {len(age.unseal(share.sealed, secret)) for share, secret in matched(new, shares)}
    assert (sizes, envelope.phrase, {share.part for share in shares}) == ({age.BLOCK}, "", {""})
    with pytest.raises(NotOpenable):
        age.unseal(envelope.sealed, secret_of(new, new.staff.officers[0]))


def matched(prize, shares):
    by_role = {officer.role_id: secret_of(prize, officer) for officer in prize.staff.officers}
    return [(share, by_role[share.officer_id]) for share in shares]


def test_part_kept_in_the_vault_alone_is_settled_by_the_next(new):
    """A process killed between the two databases: the vault has the part, the contest doesn't know of it."""
    first, second, _ = new.staff.officers
    register(new, first, second)
    part = OfficerPart.from_text(part_of(new, first))
    with transaction(new.engines.vault.opening) as session:
        take_test_part(session, part, now=IN_TIME)
    assert with_tested_keys(new) == set()

    hand_in(new, second)

    assert with_tested_keys(new) == {first.role_id, second.role_id}
    assert ready(new)


def test_envelope_not_made_before_a_kill_is_made_when_it_is_asked_for(new):
    first, second, _ = new.staff.officers
    register(new, first, second)
    with transaction(new.engines.vault.engine) as session:
        stand_test_envelope(session, contest_id=new.contest.id, officers=[], needed=2, phrase="", now=IN_TIME)

    hand_in(new, first)
    hand_in(new, second)

    assert ready(new)
