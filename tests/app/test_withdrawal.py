"""An entrant withdraws with the receipt alone, for good, until the deadline."""

import pytest

from app.database import reading
from app.errors import Clash, TooLate
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.jobs import owed
from app.tables import Withdrawal
from app.tables.entries import Work
from tests.app.essays import (
    copies,
    entry_of,
    kinds,
    orders,
    replace,
    stored_files,
    withdraw_now,
)
from tests.app.stages import open_for_entries_now
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter, submit_now


def test_withdrawal_holds_and_ends_the_work(prize):
    receipt = new_receipt()
    entry_id = submit_now(prize, receipt=receipt).entry_id
    assert orders(prize) == [(entry_id, 1)]

    withdraw_now(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert orders(prize) == []
    assert entry_of(prize, entry_id).work is Work.NONE
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)
    assert copies(prize, entry_id) == []
    assert kinds(prize) == ["entry", "withdrawal"]


def test_withdrawal_destroys_the_essay(prize):
    entry_id, receipt = enter(prize)
    assert len(stored_files(prize)) == 3

    withdraw_now(prize, entry_id, receipt)
    assert copies(prize, entry_id) == []
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert stored_files(prize) == set()


def test_withdrawal_cut_short_before_the_worker_came_is_finished_by_the_sweep(prize):
    entry_id, receipt = enter(prize)
    withdraw_now(prize, entry_id, receipt)

    with reading(prize.engines.contest) as session:
        assert owed(session, now=IN_TIME) == [entry_id]
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    with reading(prize.engines.contest) as session:
        assert owed(session, now=IN_TIME) == []


def test_withdrawal_cannot_be_undone(prize):
    entry_id, receipt = enter(prize)
    withdraw_now(prize, entry_id, receipt)

    with pytest.raises(Clash, match="withdrawn"):
        withdraw_now(prize, entry_id, receipt)
    with pytest.raises(Clash, match="withdrawn"):
        replace(prize, entry_id, receipt)

    with reading(prize.engines.contest) as session:
        assert session.get_one(Withdrawal, entry_id).withdrawn_at == IN_TIME


def test_withdrawal_stops_at_the_deadline(prize):
    entry_id, receipt = enter(prize)

    with pytest.raises(TooLate):
        withdraw_now(prize, entry_id, receipt, now=AFTER)


def test_nom_of_a_withdrawn_entry_is_not_free_again(prize):
    entry_id, receipt = enter(prize)
    withdraw_now(prize, entry_id, receipt)

    problems = submit_now(prize, receipt=new_receipt(), name="Ada Quill", email="ada@example.net")

    assert [problem.field for problem in problems] == ["nom_de_plume"]


def test_withdrawing_on_the_page_needs_its_tick_and_ends_the_copy(site):
    prize, client = site.prize, site.client()
    _, receipt = enter(prize)
    open_for_entries_now(prize)
    client.post("/receipt", data={"code": receipt.text})
    assert client.get("/receipt/reading-copy.pdf").status_code == 200

    unticked = client.post("/receipt/withdrawal", data={})
    ticked = client.post("/receipt/withdrawal", data={"confirm": "yes"})

    assert (unticked.status_code, ticked.status_code) == (422, 303)
    assert client.get("/receipt/reading-copy.pdf").status_code == 404
    assert "presented her" not in client.get("/receipt").text
    assert client.post("/receipt/withdrawal", data={"confirm": "yes"}).status_code == 409
