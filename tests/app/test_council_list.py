"""The Council list is changed by two people, and frozen once marking has begun."""

from datetime import date

import pytest
from sqlalchemy import select

from app.access import Visit
from app.database import reading, transaction
from app.demo.contest import add_contest
from app.desk.council import (
    MemberForm,
    is_frozen,
    pending,
    propose_correction,
    propose_members,
    settle_change,
)
from app.errors import Clash, NotAllowed, NotHere
from app.tables import CouncilChange, CouncilMember, Leaf
from app.tables.people import RoleKind
from app.web.desk_council import pasted
from tests.app.stages import declare_all, save, signed_in
from tests.conftest import AFTER, CLOSES, IN_TIME, OPENS

FORM = MemberForm("Dr Margaret Hollis", date(2026, 1, 1), emails=("m.hollis@example.org",))


def names(prize):
    with reading(prize.engines.contest) as session:
        return set(session.scalars(select(CouncilMember.name)))


def member(prize, name):
    with reading(prize.engines.contest) as session:
        return session.scalars(select(CouncilMember).where(CouncilMember.name == name)).one()


def waiting(prize):
    with reading(prize.engines.contest) as session:
        return pending(session, prize.contest.id)


def propose(prize, *forms, now=IN_TIME):
    return propose_members(prize.engines, visit=prize.staff.administrator, forms=list(forms), now=now)


def correct(prize, name, form, *, now=IN_TIME):
    return propose_correction(
        prize.engines,
        visit=prize.staff.administrator,
        member_id=member(prize, name).id,
        form=form,
        now=now,
    )


def settle(prize, proposal, *, confirmed=True, by=None, now=IN_TIME):
    visit = by or prize.staff.officers[0]
    settle_change(prize.engines, visit=visit, change_id=proposal.id, confirmed=confirmed, now=now)


def test_a_member_is_on_the_list_once_an_officer_confirms(prize):
    before = names(prize)
    assert propose(prize, FORM) == []
    assert names(prize) == before

    settle(prize, *waiting(prize))

    assert names(prize) - before == {"Dr Margaret Hollis"}
    assert waiting(prize) == []
    assert member(prize, "Dr Margaret Hollis").emails == ["m.hollis@example.org"]


def test_a_proposal_refused_changes_nothing(prize):
    before = names(prize)
    propose(prize, FORM)

    settle(prize, *waiting(prize), confirmed=False)

    assert names(prize) == before
    assert waiting(prize) == []


def test_who_proposed_cannot_confirm(prize):
    propose(prize, FORM)
    (proposal,) = waiting(prize)
    desk = prize.staff.administrator
    as_officer = Visit(
        desk.person_id, desk.person_name, desk.role_id, desk.contest_id, RoleKind.OFFICER, "", ""
    )

    with pytest.raises(NotAllowed):
        settle(prize, proposal, by=as_officer)

    assert "Dr Margaret Hollis" not in names(prize)


def test_a_proposal_is_settled_once(prize):
    propose(prize, FORM)
    (proposal,) = waiting(prize)
    settle(prize, proposal, confirmed=False)

    with pytest.raises(Clash):
        settle(prize, proposal)


def test_the_same_proposal_twice_is_one(prize):
    propose(prize, FORM)
    propose(prize, FORM)

    assert len(waiting(prize)) == 1


def test_a_correction_changes_only_what_differs(prize):
    found = member(prize, "Dr Stefan Kowal")
    form = MemberForm("Dr Stefan Kowal", found.in_office_from, date(2026, 8, 1), emails=tuple(found.emails))
    assert correct(prize, "Dr Stefan Kowal", form) == []
    (proposal,) = waiting(prize)

    settle(prize, proposal)

    assert proposal.change == {"in_office_until": "2026-08-01"}
    assert member(prize, "Dr Stefan Kowal").in_office_until == date(2026, 8, 1)
    assert member(prize, "Dr Stefan Kowal").emails == found.emails


def test_a_correction_of_nothing_is_no_proposal(prize):
    found = member(prize, "Dr Stefan Kowal")
    form = MemberForm("Dr Stefan Kowal", found.in_office_from, emails=tuple(found.emails))

    assert [each.field for each in correct(prize, "Dr Stefan Kowal", form)] == ["name"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (MemberForm(" ", date(2026, 1, 1)), "name"),
        (MemberForm("Ann Other", None), "in_office_from"),
        (MemberForm("Ann Other", date(2026, 1, 2), date(2026, 1, 1)), "in_office_until"),
        (MemberForm("Ann Other", date(2026, 1, 1), emails=("nobody",)), "emails"),
    ],
)
def test_what_is_missing_is_said_at_its_field(prize, form, field):
    assert [each.field for each in propose(prize, FORM, form)] == [field]
    assert waiting(prize) == []


def test_the_list_is_frozen_once_a_mark_is_saved(released):
    prize = released.prize
    propose(prize, FORM, now=AFTER)
    (proposal,) = waiting(prize)
    declare_all(released)
    with reading(prize.engines.contest) as session:
        assert not is_frozen(session, prize.contest.id)

    save(released, prize.staff.judges[0], "Heron")

    with pytest.raises(Clash, match="Marking has begun"):
        settle(prize, proposal, now=AFTER)
    with pytest.raises(Clash, match="Marking has begun"):
        propose(prize, FORM, now=AFTER)
    assert "Dr Margaret Hollis" not in names(prize)


def test_a_change_is_on_the_record(prize):
    propose(prize, FORM)
    settle(prize, *waiting(prize))
    found = member(prize, "Dr Margaret Hollis")
    with reading(prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "council")).one()
        change = session.scalars(select(CouncilChange)).one()

    assert leaf.told["rows"][f"council member {found.id}"]["name"] == "Dr Margaret Hollis"
    assert "m.hollis" not in str(leaf.told)
    kept = leaf.kept["rows"][f"council change {change.id}"]
    assert (kept["confirmed"], kept["settled_by"]) == (True, str(prize.staff.officers[0].person_id))


def test_another_contests_proposal_is_not_here(prize):
    with transaction(prize.engines.contest) as session:
        other = add_contest(
            session,
            slug="another",
            title="Another Prize",
            opens_on=OPENS,
            closes_on=CLOSES,
            announced_on=CLOSES,
        )
        desk = prize.staff.administrator
        theirs = CouncilChange(
            contest_id=other.id, change=FORM.columns(), proposed_by=desk.person_id, proposed_at=IN_TIME
        )
        session.add(theirs)

    with pytest.raises(NotHere):
        settle(prize, theirs)


def test_several_are_pasted_a_line_each():
    lines = "Dr Ann Other; ann@example.org\tGMC 6012345\n\nOsgood, Harriet, h@example.org\nBertrand Smith"
    since = date(2026, 1, 1)

    assert pasted(lines, since) == [
        MemberForm("Dr Ann Other", since, emails=("ann@example.org",), registration_numbers=("GMC 6012345",)),
        MemberForm("Osgood, Harriet", since, emails=("h@example.org",)),
        MemberForm("Bertrand Smith", since),
    ]


def test_the_pages_take_a_proposal_to_its_confirmation(site):
    desk = signed_in(site, site.prize.staff.administrator)
    officer = signed_in(site, site.prize.staff.officers[1])
    form = {"name": "Dr Margaret Hollis", "emails": "m.hollis@example.org", "in_office_from": "2026-01-01"}

    assert desk.post("/desk/council", data=form | {"in_office_from": ""}).status_code == 422
    answer = desk.post("/desk/council", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/council?done=proposed")
    (proposal,) = waiting(site.prize)
    page = officer.get("/officers/council").text
    assert "Add Dr Margaret Hollis" in page
    assert "m.hollis@example.org" in page

    assert officer.post(f"/officers/council/{proposal.id}", data={"confirm": "maybe"}).status_code == 400
    officer.post(f"/officers/council/{proposal.id}", data={"confirm": "yes"})

    assert "Dr Margaret Hollis" in names(site.prize)
    assert "Dr Margaret Hollis" in desk.get("/desk/council").text


def test_a_member_is_changed_on_a_page_of_its_own(site):
    desk = signed_in(site, site.prize.staff.administrator)
    path = f"/desk/council/{member(site.prize, 'Dr Stefan Kowal').id}"
    page = desk.get(path).text
    assert 'value="Dr Stefan Kowal"' in page
    assert 'value="2020-06-13"' in page

    typed = {
        "name": "Dr Stefan Kowal",
        "emails": "stefan.kowal@example.net",
        "in_office_from": "2020-06-13",
        "in_office_until": "2026-08-01",
    }
    assert desk.post(path, data=typed).status_code == 303

    assert waiting(site.prize)[0].change == {"in_office_until": "2026-08-01"}
