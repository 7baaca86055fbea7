"""An opening is on the record before anybody sees it, and its owner's eligibility is said once."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.ceremony.opening import (
    opened,
    opening_for,
    say_eligible,
)
from app.database import reading, transaction
from app.errors import Clash, NotAllowed, NotHere, Unusable
from app.tables import Contest, Hold, Leaf, Opening, Role
from app.tables.ceremony import Purpose
from app.tables.people import RoleKind
from app.vault.tables import OfficerShare, OpenedIdentity
from tests.app.conftest import Panel
from tests.app.stages import begin_opening, decide_now, hand_in, open_together, part_of, signed_in
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter


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


def test_opening_is_on_the_record_before_anything_is_shown(decided):
    """What the vault already holds is not shown while the opening is not committed."""
    opening_id = begin_opening(decided, "Larkspur")
    entry_id = decided.entries["Larkspur"]
    with transaction(decided.prize.engines.vault.engine) as session:
        session.add(OpenedIdentity(opening_id=opening_id, entry_id=entry_id, identity="{}", opened_at=AFTER))

    assert shown(decided, opening_id) is None


def test_opening_is_recorded_with_those_present_and_without_the_name(decided):
    open_together(decided, "Larkspur")

    (leaf,) = leaves(decided)
    (told,) = leaf.told["rows"].values()
    assert told == {"present": sorted(each.person_name for each in decided.prize.staff.officers[:2])}
    assert "Axlund" not in f"{leaf.told} {leaf.kept}"


def test_envelope_opened_is_not_opened_again(decided):
    open_together(decided, "Larkspur")
    with pytest.raises(Clash, match="open already"):
        open_together(decided, "Larkspur", officers=(1, 2))

    assert len(leaves(decided)) == 1


def test_eligibility_is_said_once_and_ineligibility_with_its_reason(decided):
    engines, officer = decided.prize.engines, decided.prize.staff.officers[0]
    opening_id = begin_opening(decided, "Larkspur")

    def say(*, eligible, note=""):
        say_eligible(engines, visit=officer, opening_id=opening_id, eligible=eligible, note=note, now=AFTER)

    with pytest.raises(Clash):
        say(eligible=True)
    open_together(decided, "Larkspur")
    with pytest.raises(Unusable, match="reason"):
        say(eligible=False)
    say(eligible=False, note="On Council since May.")
    with pytest.raises(Clash):
        say(eligible=True)


def test_opening_of_another_contest_is_not_here(decided):
    opening_id = begin_opening(decided, "Larkspur")
    stranger = replace(decided.prize.staff.officers[0], contest_id=opening_id)

    with reading(decided.prize.engines.contest) as session, pytest.raises(NotHere):
        opening_for(session, stranger, opening_id)


def test_name_alike_is_settled_by_officers_before_release(released):
    prize = released.prize
    prize.clock.at = IN_TIME
    entry_id, _ = enter(prize, nom_de_plume="Slow Bell", name="Osgood, Harriet", email="o@example.net")
    opening_id = open_together(Panel(prize, {"Slow Bell": entry_id}, {}), "Slow Bell")
    officer = prize.staff.officers[1]

    say_eligible(prize.engines, visit=officer, opening_id=opening_id, eligible=True, note="", now=AFTER)

    with reading(prize.engines.contest) as session:
        opening = session.get_one(Opening, opening_id)
        hold = session.scalars(select(Hold).where(Hold.entry_id == entry_id)).one()
    assert (opening.purpose, hold.eligible, hold.settled_by) == (Purpose.ELIGIBILITY, True, officer.person_id)


def test_officer_who_judges_settles_no_name_alike(released):
    prize, officer = released.prize, released.prize.staff.officers[1]
    prize.clock.at = IN_TIME
    entry_id, _ = enter(prize, nom_de_plume="Slow Bell", name="Osgood, Harriet", email="o@example.net")
    opening_id = begin_opening(Panel(prize, {"Slow Bell": entry_id}, {}), "Slow Bell")
    with transaction(prize.engines.contest) as session:
        member = session.get_one(Contest, prize.contest.id).council[0].id
        session.add(
            Role(
                contest_id=prize.contest.id,
                person_id=officer.person_id,
                kind=RoleKind.JUDGE,
                council_member_id=member,
            )
        )

    with pytest.raises(NotAllowed, match="You judge"):
        hand_in(released, officer, opening_id, "present")


def test_officer_without_a_share_of_this_envelope_is_told_so(site, decided):
    opening_id = begin_opening(decided, "Larkspur")
    officer = decided.prize.staff.officers[2]
    with transaction(decided.prize.engines.vault.engine) as session:
        session.delete(session.get_one(OfficerShare, (decided.entries["Larkspur"], officer.role_id)))

    answer = signed_in(site, officer).get(f"/officers/openings/{opening_id}/share.age")

    assert answer.status_code == 404


def test_opening_on_the_pages_shows_the_name_to_officers_after_two_parts(site, decided):
    first, second, _ = decided.prize.staff.officers
    address = f"/officers/openings/{begin_opening(decided, 'Larkspur')}"
    before = signed_in(site, first).get(address).text
    for officer in (first, second):
        client = signed_in(site, officer)
        client.post(f"{address}/part", data={"part_text": part_of(decided, officer, "Larkspur")})

    answer = client.post(f"{address}/open")
    after = client.get(address).text

    assert answer.status_code == 303
    assert "Axlund" not in before
    assert "Writer Axlund" in after
