"""One envelope opens, by the parts of two officers handed in together."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.ceremony.opening import (
    TOGETHER,
    officers_present,
    open_envelope,
    opened,
    start_opening,
)
from app.database import reading
from app.errors import Clash, NotAllowed, Unusable
from app.tables import Leaf, Opening
from app.vault.tables import HandedPart
from tests.app.stages import begin_opening, decide_now, hand_in, open_together, part_of
from tests.conftest import AFTER


@pytest.fixture
def decided(marked):
    decide_now(marked, "Larkspur")
    return marked


@pytest.fixture
def prize(decided):
    """The site below serves the prize whose decision is locked."""
    return decided.prize


def shown(panel, opening_id):
    with reading(panel.prize.engines.contest) as session:
        opening = session.get_one(Opening, opening_id)
    return opened(panel.prize.engines, opening=opening, decided_at=AFTER)


def leaves(panel):
    with reading(panel.prize.engines.contest) as session:
        return session.scalars(select(Leaf).where(Leaf.kind == "opening")).all()


def handed_in(panel):
    with reading(panel.prize.engines.vault.engine) as session:
        return session.scalar(select(func.count()).select_from(HandedPart))


@pytest.mark.parametrize("officers", [(0, 1), (0, 2), (1, 2), (0, 1, 2)])
def test_two_officers_open_the_winners_envelope(decided, officers):
    opening_id = open_together(decided, "Larkspur", officers=officers)

    found = shown(decided, opening_id)
    assert found.identity.name == "Writer Axlund"
    assert found.verdict.rule is None
    assert handed_in(decided) == 0


def test_one_officer_opens_nothing(decided):
    opening_id = begin_opening(decided, "Larkspur")
    officer = decided.prize.staff.officers[0]
    for _ in range(2):
        hand_in(decided, officer, opening_id, part_of(decided, officer, "Larkspur"))

    with pytest.raises(Clash, match="parts of 2 officers"):
        open_envelope(decided.prize.engines, visit=officer, opening_id=opening_id, now=AFTER)

    assert shown(decided, opening_id) is None
    assert leaves(decided) == []


@pytest.mark.parametrize("nom", ["Heron", "Pencil Moth"])
def test_envelope_of_who_did_not_win_stays_closed(decided, nom):
    with pytest.raises(NotAllowed, match="stays closed"):
        begin_opening(decided, nom)


def test_envelope_stays_closed_before_the_decision(marked):
    with pytest.raises(NotAllowed, match="once the decision is locked"):
        begin_opening(marked, "Larkspur")


def test_opening_needs_its_reason(decided):
    with pytest.raises(Unusable, match="reason"):
        start_opening(
            decided.prize.engines,
            visit=decided.prize.staff.officers[0],
            entry_id=decided.entries["Larkspur"],
            reason=" ",
            now=AFTER,
        )


def test_opening_begun_twice_is_one_opening(decided):
    assert begin_opening(decided, "Larkspur") == begin_opening(decided, "Larkspur")


def test_part_of_another_officer_is_refused_in_plain_words(decided):
    first, second, _ = decided.prize.staff.officers
    opening_id = begin_opening(decided, "Larkspur")

    with pytest.raises(Unusable, match="another officer’s part"):
        hand_in(decided, first, opening_id, part_of(decided, second, "Larkspur"))

    assert handed_in(decided) == 0


def test_part_of_another_envelope_is_refused_in_plain_words(decided):
    officer = decided.prize.staff.officers[0]
    opening_id = begin_opening(decided, "Larkspur")

    with pytest.raises(Unusable, match="another envelope"):
        hand_in(decided, officer, opening_id, part_of(decided, officer, "Heron"))

    assert handed_in(decided) == 0


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1QQ", "age-encryption.org/v1\n-> X25519", "{}", "[1]"])
def test_what_is_no_part_is_refused_in_plain_words(decided, text):
    opening_id = begin_opening(decided, "Larkspur")

    with pytest.raises(Unusable, match="not a decrypted part"):
        hand_in(decided, decided.prize.staff.officers[0], opening_id, text)

    assert handed_in(decided) == 0


@pytest.mark.parametrize("change", [{"needed": 0}, {"needed": 1}, {"officers": []}])
def test_part_that_claims_another_bargain_is_refused(decided, change):
    opening_id = begin_opening(decided, "Larkspur")
    officer = decided.prize.staff.officers[0]
    spoilt = json.dumps(json.loads(part_of(decided, officer, "Larkspur")) | change)

    with pytest.raises(Unusable, match="not a decrypted part"):
        hand_in(decided, officer, opening_id, spoilt)

    assert handed_in(decided) == 0


@pytest.mark.parametrize("change", [{"parts": {}}, {"parts": {"0+1": "00"}}])
def test_parts_that_do_not_fit_are_destroyed_and_the_envelope_stays_closed(decided, change):
    opening_id = begin_opening(decided, "Larkspur")
    officers = decided.prize.staff.officers[:2]
    for officer in officers:
        spoilt = json.dumps(json.loads(part_of(decided, officer, "Larkspur")) | change)
        hand_in(decided, officer, opening_id, spoilt)

    with pytest.raises(Unusable, match="do not open the envelope together"):
        open_envelope(decided.prize.engines, visit=officers[0], opening_id=opening_id, now=AFTER)

    assert handed_in(decided) == 0
    assert shown(decided, opening_id) is None


def test_parts_handed_in_more_than_ten_minutes_apart_do_not_count(decided):
    first, second, _ = decided.prize.staff.officers
    opening_id = begin_opening(decided, "Larkspur")
    late = AFTER + TOGETHER + timedelta(seconds=1)
    hand_in(decided, first, opening_id, part_of(decided, first, "Larkspur"))
    hand_in(decided, second, opening_id, part_of(decided, second, "Larkspur"), now=late)

    with pytest.raises(Clash, match="ten minutes"):
        open_envelope(decided.prize.engines, visit=second, opening_id=opening_id, now=late)

    assert list(officers_present(decided.prize.engines, opening_id, now=late)) == [second.role_id]
    assert handed_in(decided) == 1


def test_parts_handed_in_just_within_ten_minutes_count(decided):
    first, second, _ = decided.prize.staff.officers
    opening_id = begin_opening(decided, "Larkspur")
    last = AFTER + TOGETHER
    hand_in(decided, first, opening_id, part_of(decided, first, "Larkspur"))
    hand_in(decided, second, opening_id, part_of(decided, second, "Larkspur"), now=last)

    open_envelope(decided.prize.engines, visit=second, opening_id=opening_id, now=last)

    assert shown(decided, opening_id) is not None
