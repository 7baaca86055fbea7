"""Desk and entrant write to each other, and the desk learns no name by it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import app.panel
from app.database import reading
from app.desk.messages import open_thread, threads, write_to_entrant
from app.desk.postal import PostalForm, log_postal_entry
from app.errors import NotHere
from app.intake.messages import (
    MOST_CHARACTERS,
    MOST_MESSAGES,
    letters_about,
    note_read,
    unread_of_desk,
    unread_of_entrants,
    write_to_desk,
)
from app.intake.receipts import new_receipt
from app.tables import Message
from tests.app.stages import open_for_entries_now, opened_by, signed_in
from tests.conftest import IN_TIME
from tests.entering import enter

HELLO = "Is a list of references with twelve lines too long?"


def to_desk(prize, entry_id, receipt, text=HELLO, now=IN_TIME):
    return write_to_desk(prize.engines, opened=opened_by(prize, entry_id, receipt), text=text, now=now)


def to_entrant(prize, entry_id, text="Ten lines, please.", now=IN_TIME):
    return write_to_entrant(
        prize.engines.contest, visit=prize.staff.administrator, entry_id=entry_id, text=text, now=now
    )


def sent(prize):
    with reading(prize.engines.contest) as session:
        return session.scalars(select(Message.text).order_by(Message.sent_at)).all()


def test_thread_shows_both_sides_in_order(prize):
    entry_id, receipt = enter(prize)

    assert to_desk(prize, entry_id, receipt) == []
    assert to_entrant(prize, entry_id, now=IN_TIME + timedelta(hours=1)) == []

    with reading(prize.engines.contest) as session:
        letters = letters_about(session, entry_id)
    assert [(each.from_desk, each.text) for each in letters] == [
        (False, HELLO),
        (True, "Ten lines, please."),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This is Imogen Tarrant with a question.", "Imogen Tarrant"),
        ("Dr Tarrant here: may I add a line?", "Tarrant"),
        ("Write to imogen.tarrant@example.org, please.", "imogen.tarrant@example.org"),
        ("I work at Larkfield Surgery, does that matter?", "Larkfield Surgery"),
        ("Ring me on 020 7946 0991 instead.", "020 7946 0991"),
        ("Or write to a.friend@example.net.", "a.friend@example.net"),
        ("My friend has 01632 960 983.", "01632 960 983"),
    ],
)
def test_message_that_would_say_who_it_is_from_comes_back_with_what_was_found(prize, text, found):
    entry_id, receipt = enter(prize, organisations="Larkfield Surgery", phone="020 7946 0991")

    (problem,) = to_desk(prize, entry_id, receipt, text)

    assert f"“{found}”" in problem.message.replace("Dr Tarrant”", "Tarrant”")
    assert sent(prize) == []


@pytest.mark.parametrize(
    "text",
    [
        "Will the results come before 14 November 2026, 12:30?",
        "The group met on 30.09.2026 at 18:00. May I say “Grace under pressure”?",
        "I counted 3,998 words; is the limit 4,000?",
    ],
)
def test_message_that_names_nobody_is_sent(prize, text):
    entry_id, receipt = enter(prize)

    assert to_desk(prize, entry_id, receipt, text) == []
    assert sent(prize) == [text]


def test_writer_of_a_postal_entry_is_not_known_and_contacts_are_refused_all_the_same(prize):
    receipt = new_receipt()
    form = PostalForm(
        delivered_on=IN_TIME.date(),
        nom_de_plume="Paper Curlew",
        category="everyone-else",
        copies=3,
        copies_place="",
        envelope_label="E-1",
        envelope_place="The safe",
        condition="",
        note="",
    )
    entry_id = log_postal_entry(
        prize.engines, visit=prize.staff.administrator, form=form, receipt=receipt, now=IN_TIME
    ).entry_id

    assert to_desk(prize, entry_id, receipt) == []
    (problem,) = to_desk(prize, entry_id, receipt, "Write to w@example.org.")
    assert "w@example.org" in problem.message


@pytest.mark.parametrize("text", ["", "   \n", "x" * (MOST_CHARACTERS + 1)])
def test_empty_and_endless_messages_are_refused_on_both_sides(prize, text):
    entry_id, receipt = enter(prize)

    assert [each.field for each in to_desk(prize, entry_id, receipt, text)] == ["text"]
    assert [each.field for each in to_entrant(prize, entry_id, text)] == ["text"]
    assert sent(prize) == []


def test_number_of_messages_is_bounded_on_each_side(prize):
    entry_id, _ = enter(prize)
    for _ in range(MOST_MESSAGES):
        assert to_entrant(prize, entry_id) == []

    (problem,) = to_entrant(prize, entry_id)

    assert "the most" in problem.message
    assert len(sent(prize)) == MOST_MESSAGES


def test_reading_marks_as_read_for_that_side_alone(prize):
    entry_id, receipt = enter(prize)
    to_desk(prize, entry_id, receipt)
    to_entrant(prize, entry_id)
    with reading(prize.engines.contest) as session:
        assert unread_of_desk(session, entry_id) == 1
        assert unread_of_entrants(session, prize.contest.id) == {entry_id: 1}

    letters = open_thread(
        prize.engines.contest, visit=prize.staff.administrator, entry_id=entry_id, now=IN_TIME
    )

    assert [each.is_new for each in letters] == [True, True]  # as they were before this look
    with reading(prize.engines.contest) as session:
        assert unread_of_entrants(session, prize.contest.id) == {}
        assert unread_of_desk(session, entry_id) == 1
        note_read(session, entry_id, by_desk=False, now=IN_TIME)
        assert unread_of_desk(session, entry_id) == 0


def test_threads_with_something_unread_come_first(prize):
    first, one = enter(prize)
    second, other = enter(prize, nom_de_plume="Heron", name="Ada Quill", email="ada@example.net")
    to_desk(prize, first, one)
    to_desk(prize, second, other, now=IN_TIME + timedelta(days=1))
    open_thread(prize.engines.contest, visit=prize.staff.administrator, entry_id=second, now=IN_TIME)

    with reading(prize.engines.contest) as session:
        found = threads(session, prize.contest.id)

    assert [(each.nom, each.unread) for each in found] == [("Larkspur", 1), ("Heron", 0)]


def test_desk_of_another_contest_reads_nothing(prize):
    entry_id, _ = enter(prize)
    stranger = prize.staff.administrator.__class__(
        **{name: getattr(prize.staff.administrator, name) for name in prize.staff.administrator.__slots__}
        | {"contest_id": entry_id}
    )

    with pytest.raises(NotHere):
        open_thread(prize.engines.contest, visit=stranger, entry_id=entry_id, now=IN_TIME)


def test_nothing_that_serves_judges_can_name_a_message():
    sources = [
        *Path(app.panel.__file__).parent.glob("*.py"),
        *Path(app.panel.__file__).parent.parent.glob("web/panel*.py"),
        *Path(app.panel.__file__).parent.parent.glob("web/reading*.py"),
    ]
    assert len(sources) > 6
    for source in sources:
        tree = ast.parse(source.read_text())
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        imported = {
            alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
        }
        assert not (names | imported) & {"Message", "CustodyMove", "messages"}, source.name


def test_entrant_and_desk_write_on_their_pages(site):
    prize, entrant = site.prize, site.client()
    entry_id, receipt = enter(prize)
    open_for_entries_now(prize)
    desk = signed_in(site, prize.staff.administrator)
    entrant.post("/receipt", data={"code": receipt.text})
    assert "has written" not in entrant.get("/receipt").text

    asked = desk.post(f"/desk/entries/{entry_id}/messages", data={"text": "Is page three missing?"})
    assert asked.status_code == 303
    assert "The desk has written to you" in entrant.get("/receipt").text
    assert "Is page three missing?" in entrant.get("/receipt/messages").text
    assert "has written" not in entrant.get("/receipt").text

    refused = entrant.post("/receipt/messages", data={"text": "No, says Imogen Tarrant."})
    assert (refused.status_code, "Imogen Tarrant" in refused.text) == (422, True)
    answered = entrant.post("/receipt/messages", data={"text": "No, it is page four."})
    assert answered.status_code == 303

    assert "1 new message" in desk.get("/desk").text
    assert "Messages from entrants" in desk.get("/desk").text
    assert "1 new" in desk.get("/desk/messages").text
    thread = desk.get(f"/desk/entries/{entry_id}/messages").text
    assert "No, it is page four." in thread
    assert "Tarrant" not in thread
    assert "1 new message" not in desk.get("/desk").text


def test_hostile_message_is_shown_as_it_was_typed(site):
    prize = site.prize
    entry_id, receipt = enter(prize)
    to_desk(prize, entry_id, receipt, "<script>alert(1)</script> & \x00 so on")

    text = signed_in(site, prize.staff.administrator).get(f"/desk/entries/{entry_id}/messages").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
