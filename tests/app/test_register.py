"""The desk's register: states said in Python and in SQL alike, searches that never fail."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.desk.register import PAGE, Filters, count_entries, list_entries
from app.intake.state import State, state_of
from app.tables import Contest, Entry, Erasure, Finding, Hold, Withdrawal
from app.tables.entries import Channel, Work
from tests.app.stages import signed_in
from tests.conftest import IN_TIME


def add_entry(session, contest, **changes):
    given = {
        "contest_id": contest.id,
        "category_id": contest.categories[0].id,
        "number": 1000 + len(session.scalars(select(Entry.id)).all()),
        "nom_de_plume": "Heron",
        "nom_key": uuid4().hex,
        "channel": Channel.WEB,
        "received_at": IN_TIME,
        "receipt_hash": uuid4().bytes * 2,
        "entrant_key": b"",
        "declared": [],
        "journal": True,
        "may_be_named": True,
        "work": Work.DONE,
    }
    entry = Entry(**(given | changes))
    session.add(entry)
    session.flush()
    return entry


def listed(prize, **filters):
    with reading(prize.engines.contest) as session:
        return list_entries(session, prize.contest.id, Filters(**filters))


def test_every_state_is_the_same_in_python_and_in_sql(prize):
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        for work, hold, decision, over in product(
            Work, ("", None, True, False), ("", "kept", None), ("", "withdrawn", "erased", "both")
        ):
            entry = add_entry(session, contest, work=work)
            if hold != "":
                entry.holds.append(Hold(placed_at=IN_TIME, eligible=hold))
            if decision is not None:
                finding = {
                    "subject": "patient",
                    "kind": "name",
                    "term": "Pell",
                    "places": 1,
                    "suggestion": "",
                }
                entry.findings.append(Finding(position=0, decision=decision, **finding))
            if over in {"withdrawn", "both"}:
                entry.withdrawal = Withdrawal(withdrawn_at=IN_TIME)
            if over in {"erased", "both"}:
                entry.erasure = Erasure(asked_at=IN_TIME)

    with reading(prize.engines.contest) as session:
        entries = session.scalars(select(Entry)).all()
        counts = count_entries(session, prize.contest.id)
        by_python = {state: sum(state_of(entry) is state for entry in entries) for state in State}
    assert counts.in_state == by_python
    assert counts.entries == len(entries) == 6 * 4 * 3 * 4
    assert sum(by_python[state] > 0 for state in State) == len(State) - 1  # nothing is released here


def test_pages_of_the_register_follow_by_key_and_lose_nothing(prize):
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        for n in range(PAGE + 7):
            add_entry(session, contest, received_at=IN_TIME + timedelta(minutes=n // 3))

    first, more = listed(prize)
    second, rest = listed(prize, after=(first[-1].received_at, first[-1].id))

    assert (len(first), more, len(second), rest) == (PAGE, True, 7, False)
    assert len({entry.id for entry in [*first, *second]}) == PAGE + 7
    assert [entry.received_at for entry in first] == sorted((e.received_at for e in first), reverse=True)


def test_search_finds_by_number_and_by_part_of_a_nom(prize):
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        heron = add_entry(session, contest, number=4711, nom_key="greyheron")
        add_entry(session, contest, number=4712, nom_key="100%wren")

    assert [entry.id for entry in listed(prize, text=" 4711 ")[0]] == [heron.id]
    assert [entry.id for entry in listed(prize, text="Grey Her")[0]] == [heron.id]
    assert listed(prize, text="linnet")[0] == []


@pytest.mark.parametrize("text", ["²", "9" * 100, "%", "_", "'", "\0", "①", "٣"])
def test_search_answers_whatever_is_typed(site, text):
    desk = signed_in(site, site.prize.staff.administrator)

    assert desk.get("/desk", params={"q": text}).status_code == 200


@pytest.mark.parametrize(
    "params",
    [
        {"after": f"2026-09-01T09:30:00~{uuid4()}"},
        {"after": f"{datetime(2026, 9, 1, tzinfo=UTC).isoformat()}~{uuid4()}"},
        {"after": "~"},
        {"channel": "pigeon", "state": "lost", "category": "poets"},
    ],
    ids=["naive", "aware", "nothing", "filters"],
)
def test_register_answers_whatever_the_address_says(site, params):
    desk = signed_in(site, site.prize.staff.administrator)

    assert desk.get("/desk", params=params).status_code == 200
