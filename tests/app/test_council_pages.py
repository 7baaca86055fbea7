"""The Council check by hand: files downloaded, the command on the officer's own machine, files handed in."""

import json
from datetime import date

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.access import give_role
from app.cli import app
from app.database import reading, transaction
from app.panel.views import reading_list
from app.tables import CouncilCheck, CouncilMember, Entry, Person
from app.tables.people import RoleKind
from tests.app.stages import signed_in
from tests.checking import check, join_council, key_of
from tests.conftest import AFTER
from tests.entering import enter

CHECK = "/officers/council-check"


@pytest.fixture
def entered(site):
    """An entry in time, and its receipt; the deadline has passed."""
    entry_id, receipt = enter(site.prize)
    site.prize.clock.at = AFTER
    return entry_id, receipt


def by_command(folder, prize, officer, downloaded, name):
    """Run the command on what was downloaded; return what it wrote and what it said."""
    key, bundle, output = folder / f"{name}.age", folder / f"{name}.jsonl", folder / f"{name}.out"
    key.write_text(f"{key_of(prize, officer)}\n")
    bundle.write_bytes(downloaded)
    said = CliRunner().invoke(app, ["officer", "match", str(bundle), "--key", str(key), "-o", str(output)])
    return output, said


@pytest.mark.usefixtures("entered")
def test_two_officers_make_the_check_by_hand(site, tmp_path):
    prize = site.prize
    join_council(prize, "Dr Imogen Tarrent")
    last, giver = prize.staff.officers[:2]
    first, second = signed_in(site, last), signed_in(site, giver)
    downloaded = second.get(f"{CHECK}/bundle?to={last.role_id}")
    parts, _ = by_command(tmp_path, prize, giver, downloaded.content, "giver")
    answer = second.post(
        f"{CHECK}/parts", data={"to": str(last.role_id)}, files={"parts": parts.read_bytes()}
    )
    assert answer.headers["location"] == f"{CHECK}?done=handed"
    assert giver.person_name in first.get(CHECK).text

    outcome, said = by_command(tmp_path, prize, last, first.get(f"{CHECK}/bundle").content, "last")
    assert "Dr Imogen Tarrent" in said.output  # the officer sees whom the entries are compared with
    assert "similar-name: 1" in said.output
    assert "imogen.tarrant@example.org" not in said.output + outcome.read_text()
    answer = first.post(f"{CHECK}/outcome", files={"outcome": outcome.read_bytes()})

    assert answer.headers["location"] == f"{CHECK}?done=made"
    page = first.get(CHECK).text
    assert "Larkspur" in page
    assert "name alike: held for the officers" in page


@pytest.mark.usefixtures("entered")
def test_another_officers_key_is_refused_by_the_command(site, tmp_path):
    prize = site.prize
    last, giver, other = prize.staff.officers
    downloaded = signed_in(site, giver).get(f"{CHECK}/bundle?to={last.role_id}").content

    output, said = by_command(tmp_path, prize, other, downloaded, "other")

    assert said.exit_code == 1
    assert "opens no part" in said.output
    assert not output.exists()


def test_a_file_of_something_else_is_refused_by_the_command(tmp_path, prize):
    output, said = by_command(tmp_path, prize, prize.staff.officers[0], b'{"x": 1}\n', "other")

    assert said.exit_code == 1
    assert "not a file of the Council check" in said.output
    assert not output.exists()


@pytest.mark.usefixtures("entered")
def test_what_is_wrong_is_said_on_the_page(site):
    last, giver = site.prize.staff.officers[:2]
    client = signed_in(site, giver)

    for form, files in (
        ({"to": str(last.role_id)}, {}),
        ({"to": "nobody"}, {"parts": b"age-encryption.org/v1\n"}),
        ({"to": str(giver.role_id)}, {"parts": b"age-encryption.org/v1\n"}),
        ({"to": str(last.role_id)}, {"parts": b"AGE-SECRET-KEY-1"}),
    ):
        answer = client.post(f"{CHECK}/parts", data=form, files=files or None)
        assert answer.status_code == 422
        assert "Nothing was handed" in answer.text
    assert client.post(f"{CHECK}/outcome", files={"outcome": b"{}"}).status_code == 422
    assert client.get(f"{CHECK}/bundle").status_code == 409


def test_nobody_who_judges_sees_what_came_of_a_check(site, entered):
    prize = site.prize
    join_council(prize, "Dr Imogen Tarrent")
    check(prize)
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
        number = session.get_one(Entry, entered[0]).number

    shown = signed_in(site, officer).get(CHECK).text
    told = signed_in(site, prize.staff.officers[0]).get(CHECK).text

    assert "name alike" in told
    assert str(number) in told
    assert "name alike" not in shown
    assert "Larkspur" not in shown
    assert str(number) not in shown


def test_no_page_of_a_judge_changes_with_a_hold(released):
    """The same panel, with and without an entry that the check holds."""
    prize = released.prize
    prize.clock.at = AFTER
    before = panel_pages(prize)

    join_council(prize, "Writer Axlund", emails=["writer1@example.net"])
    check(prize)
    with reading(prize.engines.contest) as session:
        outcomes = session.scalars(select(CouncilCheck).order_by(CouncilCheck.number.desc())).first().outcomes

    assert set(outcomes.values()) == {"", "similar-name", "same-email"}
    assert panel_pages(prize) == before


def panel_pages(prize):
    with reading(prize.engines.contest) as session:
        return [[repr(each) for each in reading_list(session, judge)] for judge in prize.staff.judges]


def test_the_entrant_and_the_desk_are_told_without_a_name(site, entered):
    entry_id, receipt = entered
    join_council(site.prize, "Dr Nobody Alike", emails=["imogen.tarrant@example.org"])
    check(site.prize)
    desk = signed_in(site, site.prize.staff.administrator)
    entrant = site.client()
    entrant.post("/receipt", data={"code": receipt.text})

    page = desk.get(f"/desk/entries/{entry_id}").text
    told = entrant.get("/receipt").text

    assert "It is not eligible" in page
    assert "Not eligible" in desk.get("/desk?state=ineligible").text
    assert "can’t be judged" in told
    assert "is that of a member" in told
    assert "Nobody Alike" not in page + told


@pytest.mark.usefixtures("entered")
def test_the_desk_sees_what_its_release_waits_for(site):
    desk = signed_in(site, site.prize.staff.administrator)
    sentence = "he officers have not made the Council check yet"

    assert sentence in desk.get("/desk/release").text
    assert sentence in desk.get("/desk").text
    check(site.prize)
    assert sentence not in desk.get("/desk/release").text


def test_before_the_deadline_the_page_says_when(site):
    page = signed_in(site, site.prize.staff.officers[0]).get(CHECK).text

    assert "comes after the deadline" in page
    assert "data-council-check" not in page
    assert json.loads(signed_in(site, site.prize.staff.officers[0]).get(f"{CHECK}/status").text)
    assert date(2026, 9, 30).strftime("%-d %B %Y") in page
