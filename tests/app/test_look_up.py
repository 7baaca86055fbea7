"""Looking up a receipt: the same work for a code that is known and one that isn't, and an end to trying."""

import statistics
from datetime import timedelta
from time import perf_counter

import pytest
from sqlalchemy import event

from app.intake.look_up import BURST, ONE_BACK_EVERY, FailedLookUps, find_entry_id
from app.intake.receipts import new_receipt
from tests.app.stages import open_for_entries_now
from tests.conftest import IN_TIME
from tests.entering import enter


def queries_of(prize, code):
    """The statements one look-up sends to both databases."""
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        if statement != "BEGIN":
            asked.append(statement)

    engines = (prize.engines.contest, prize.engines.vault.entering)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    find_entry_id(prize.engines, code)
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    return asked


def seconds(call):
    begun = perf_counter()
    call()
    return perf_counter() - begun


def test_known_and_unknown_codes_ask_the_same_of_both_databases(prize):
    entry_id, receipt = enter(prize)
    assert find_entry_id(prize.engines, receipt) == entry_id
    assert find_entry_id(prize.engines, new_receipt()) is None

    known, unknown = queries_of(prize, receipt), queries_of(prize, new_receipt())

    assert known == unknown
    assert len(known) == 2


def test_known_and_unknown_codes_take_equal_time(prize):
    _, receipt = enter(prize)
    taken = {"known": [], "unknown": []}
    for _ in range(20):  # what is made once, as statements are, is made before it counts
        find_entry_id(prize.engines, receipt)
        find_entry_id(prize.engines, new_receipt())
    for _ in range(400):
        unknown = new_receipt()
        taken["known"].append(seconds(lambda: find_entry_id(prize.engines, receipt)))
        taken["unknown"].append(seconds(lambda unknown=unknown: find_entry_id(prize.engines, unknown)))

    known, unknown = (statistics.median(each) for each in taken.values())
    # Without the decoy an unknown code would spare the age file and the key derived for it: a third of the time.
    assert abs(known - unknown) < 0.15 * known, (known, unknown)


def test_typed_code_gets_answers_of_equal_form(site):
    _, receipt = enter(site.prize)
    answers = [site.client().post("/receipt", data={"code": code.text}) for code in (receipt, new_receipt())]

    assert [(each.status_code, len(each.content)) for each in answers] == [(303, 0)] * 2
    assert answers[1].headers["location"] == "/receipt?done=unknown"
    assert "set-cookie" not in answers[1].headers
    shown = site.client().get("/receipt?done=unknown")
    assert (shown.status_code, "No entry has this receipt code" in shown.text) == (422, True)


def test_failures_up_to_the_burst_are_answered_and_one_comes_back_in_time():
    failed = FailedLookUps()

    assert [failed.count("192.0.2.1", now=IN_TIME) for _ in range(BURST)] == [0] * BURST
    wait = failed.count("192.0.2.1", now=IN_TIME)
    assert 0 < wait <= ONE_BACK_EVERY.total_seconds()
    assert failed.count("192.0.2.2", now=IN_TIME) == 0
    assert failed.count("192.0.2.1", now=IN_TIME + timedelta(seconds=wait)) == 0
    assert failed.count("192.0.2.1", now=IN_TIME + timedelta(seconds=wait)) > 0


def test_no_address_is_held_and_their_number_is_bounded(monkeypatch):
    monkeypatch.setattr("app.intake.look_up.MOST_ADDRESSES", 50)
    failed = FailedLookUps()

    for n in range(80):
        failed.count(f"192.0.2.{n}", now=IN_TIME)

    assert len(failed._spent) == 50
    assert b"192.0.2.79" not in b"".join(failed._spent)
    assert "192.0.2" not in repr(failed)


@pytest.mark.parametrize("way", ["typed", "cookie"])
def test_too_many_unknown_codes_are_refused_with_when_to_come_back(site, way):
    client = site.client()
    _, receipt = enter(site.prize)
    open_for_entries_now(site.prize)

    def fail():
        if way == "typed":
            return client.post("/receipt", data={"code": new_receipt().text})
        return client.get("/receipt/receipt.pdf", headers={"cookie": f"receipt={new_receipt().text}"})

    statuses = [fail().status_code for _ in range(BURST)]
    refused = fail()

    assert set(statuses) == {303 if way == "typed" else 404}
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 10
    assert "Too many codes" in refused.text
    # Nobody else at this address is locked out: a code that is right is let in all the same.
    assert client.post("/receipt", data={"code": receipt.text}).headers["location"] == "/receipt"
    site.prize.clock.at += timedelta(seconds=11)
    assert fail().status_code == statuses[0]


def test_right_codes_are_never_counted(site):
    _, receipt = enter(site.prize)
    client = site.client()

    for _ in range(BURST + 5):
        assert client.post("/receipt", data={"code": receipt.text}).headers["location"] == "/receipt"
        assert client.get("/receipt/status").status_code == 200


def test_no_address_reaches_a_log(site, capfd):
    client = site.client()
    for _ in range(BURST + 2):
        client.post("/receipt", data={"code": new_receipt().text})

    assert "127.0.0.1" not in "".join(capfd.readouterr())
