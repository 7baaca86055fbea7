"""Where the envelope and the copies of a postal entry are, and were."""

import pytest
from sqlalchemy import select

from app.database import reading
from app.desk.custody import move_paper, moves_of
from app.errors import NotHere
from app.intake.erasure import erase
from app.intake.receipts import new_receipt
from app.tables import CustodyMove, Entry, Leaf, PaperCopy
from app.tables.messages import PaperThing
from tests.app.stages import opened_by, signed_in
from tests.app.test_postal import log
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter


def move(prize, entry_id, to_place, *, what=PaperThing.ENVELOPE, note="", now=IN_TIME):
    return move_paper(
        prize.engines.contest,
        visit=prize.staff.administrator,
        entry_id=entry_id,
        what=what,
        to_place=to_place,
        note=note,
        now=now,
    )


def test_move_is_kept_with_where_it_was_who_moved_it_and_when(prize):
    entry_id = log(prize).entry_id

    assert move(prize, entry_id, "The bank", note="For the summer.") == []
    assert move(prize, entry_id, "Office", now=AFTER) == []
    assert move(prize, entry_id, "Shelf 2", what=PaperThing.COPIES) == []

    with reading(prize.engines.contest) as session:
        paper = session.get_one(PaperCopy, entry_id)
        moves = [(each.what, each.from_place, each.to_place) for each in moves_of(session, entry_id)]
        by = {each.moved_by for each in moves_of(session, entry_id)}
    assert (paper.envelope_place, paper.copies_place) == ("Office", "Shelf 2")
    assert sorted(moves) == [
        ("copies", "Tray", "Shelf 2"),
        ("envelope", "The bank", "Office"),
        ("envelope", "The safe", "The bank"),
    ]
    assert by == {prize.staff.administrator.person_id}


def test_move_is_on_the_record_and_told_to_nobody(prize):
    entry_id = log(prize).entry_id
    move(prize, entry_id, "The bank")

    with reading(prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "custody")).one()
        row = session.scalars(select(CustodyMove)).one()
        number = session.get_one(Entry, entry_id).number
    assert leaf.kept["rows"][f"custody {number} {row.id}"]["to_place"] == "The bank"
    assert "The bank" not in str(leaf.told)


@pytest.mark.parametrize("place", ["", "  ", "The safe", " The  safe "])
def test_move_that_is_none_is_refused(prize, place):
    entry_id = log(prize).entry_id

    (problem,) = move(prize, entry_id, place)

    assert problem.field == "to_place"
    with reading(prize.engines.contest) as session:
        assert moves_of(session, entry_id) == []


def test_entry_without_paper_has_no_custody(site):
    prize = site.prize
    entry_id, _ = enter(prize)

    with pytest.raises(NotHere):
        move(prize, entry_id, "The bank")
    assert (
        signed_in(site, prize.staff.administrator).get(f"/desk/entries/{entry_id}/custody").status_code == 404
    )


def test_page_takes_a_move_and_shows_the_history(site):
    prize = site.prize
    entry_id = log(prize).entry_id
    desk = signed_in(site, prize.staff.administrator)
    page = f"/desk/entries/{entry_id}/custody"
    assert "None: everything is where it was put" in desk.get(page).text

    refused = desk.post(page, data={"what": "cellar", "to_place": "The bank"})
    assert (refused.status_code, "Say what was moved" in refused.text) == (422, True)
    taken = desk.post(page, data={"what": "envelope", "to_place": "The bank", "note": "Miss Pym took it."})
    assert taken.status_code == 303

    text = desk.get(page).text
    assert all(words in text for words in ("The safe", "The bank", "Miss Pym took it."))
    assert f'href="{page}"' in desk.get(f"/desk/entries/{entry_id}").text


def test_desk_is_told_which_paper_of_an_erased_entry_to_destroy(site):
    prize, receipt = site.prize, new_receipt()
    entry_id = log(prize, receipt=receipt).entry_id
    erase(prize.engines, opened=opened_by(prize, entry_id, receipt), receipt=receipt, now=IN_TIME)

    text = signed_in(site, prize.staff.administrator).get(f"/desk/entries/{entry_id}").text

    assert "destroy the paper, unopened: envelope E-1, The safe" in text
    assert move(prize, entry_id, "Destroyed unopened") == []


def test_code_printed_by_the_desk_is_marked_as_such(site):
    prize, receipt = site.prize, new_receipt()
    entry_id = log(prize, receipt=receipt).entry_id
    _, own = enter(prize)

    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        assert entry.desk_code
        leaf = session.scalars(select(Leaf).where(Leaf.entry_id == entry_id, Leaf.kind == "entry")).one()
    assert True in (
        leaf.told["rows"][f"entry {entry.number}"].get("desk_code"),
        leaf.kept["rows"][f"entry {entry.number}"].get("desk_code"),
    )
    for code, marked in ((receipt, True), (own, False)):
        client = site.client()
        client.post("/receipt", data={"code": code.text})
        assert ("not proven to be yours" in client.get("/receipt").text) is marked
