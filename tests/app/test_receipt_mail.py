"""A copy of the receipt by e-mail, for whoever ticked it: it waits sealed, goes once, and is gone."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.engines import make_engines
from app.intake.erasure import erase
from app.intake.leftovers import ORPHANED_AFTER
from app.intake.prepare import prepare, renew_key
from app.intake.receipt_mail import ReceiptCopy, queue_receipt_mail, send_receipts
from app.intake.receipts import new_receipt, parse_receipt
from app.mail import GIVEN_UP_AFTER
from app.settings import Settings
from app.tables import Entry
from app.vault import age
from app.vault.identity import Identity
from app.vault.seal import Officer, seal_envelope
from app.vault.tables import Envelope, ReceiptMail, WorkerKey
from app.web.receipt_letter import receipt_letter
from tests.app.essays import withdraw_now
from tests.app.mail_server import free_port, mail_server
from tests.app.stages import open_for_entries_now, opened_by, payload
from tests.conftest import IN_TIME
from tests.entering import enter, submit_now

SENDER = "Essay prize <prize@society.example>"


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def prize(prize, port):
    """The prize with a mail server set, which may or may not be there."""
    settings = Settings(data=prize.engines.settings.data, smtp=f"smtp://127.0.0.1:{port}", mail_from=SENDER)
    return replace(prize, engines=make_engines(settings))


def send(prize, now=IN_TIME):
    settings = prize.engines.settings

    def compose(contest, entry, copy):
        return receipt_letter(settings, contest, entry, copy, now=now)

    return send_receipts(prize.engines, compose=compose, now=now)


def waiting(prize):
    with reading(prize.engines.vault.engine) as session:
        return session.scalars(select(ReceiptMail)).all()


def worker_keys(prize):
    with reading(prize.engines.vault.engine) as session:
        return session.scalars(select(WorkerKey.id)).all()


def test_copy_goes_to_the_address_and_is_destroyed(prize, port):
    entry_id, receipt = enter(prize, send_receipt="yes")
    assert len(waiting(prize)) == 1

    with mail_server(port) as letterbox:
        assert send(prize) == 1
        assert send(prize) == 0

    (letter,) = letterbox.letters
    with reading(prize.engines.contest) as session:
        number = session.get_one(Entry, entry_id).number
    body = letter.get_body(("plain",)).get_content()
    assert letterbox.to == [["imogen.tarrant@example.org"]]
    assert parse_receipt(re.search(r"Receipt code +(\S+)", body)[1]) == receipt
    assert f"Entry          {number}" in body
    assert opened_by(prize, entry_id, receipt).note.fingerprint in body
    assert waiting(prize) == []


def test_letter_is_plain_names_nobody_and_brings_the_dates(prize, port):
    enter(prize, send_receipt="yes")

    with mail_server(port) as letterbox:
        send(prize)

    (letter,) = letterbox.letters
    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/mixed",
        "text/plain",
        "text/calendar",
    ]
    assert letter["From"] == SENDER
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letterbox.greeted_by == ["society.example"]  # not this machine's own name
    body = letter.get_body(("plain",)).get_content()
    assert [each for each in ("Imogen", "Tarrant", "Larkspur", "<") if each in body + letter["Subject"]] == []
    calendar = letter.get_payload()[1].get_content()
    assert "Entries close" in (calendar if isinstance(calendar, str) else calendar.decode())


def test_nothing_waits_for_those_who_did_not_tick(prize, port):
    enter(prize)

    with mail_server(port) as letterbox:
        assert send(prize) == 0

    assert (waiting(prize), letterbox.letters) == ([], [])


def test_tick_needs_an_address_to_send_to(prize):
    problems = submit_now(
        prize, receipt=new_receipt(), send_receipt="yes", email="", postal_address="4 Mill Lane"
    )

    assert [problem.field for problem in problems] == ["send_receipt"]


def test_what_waits_is_sealed_to_the_workers_key(prize):
    _, receipt = enter(prize, send_receipt="yes")
    (row,) = waiting(prize)

    for readable in (
        b"imogen.tarrant@",
        receipt.octets,
        receipt.octets.hex().encode(),
        receipt.text.encode(),
    ):
        for path in prize.engines.settings.data.rglob("*.sqlite3*"):
            assert readable not in path.read_bytes(), path.name
    assert payload(row.sealed) > 4096


def test_workers_key_stays_while_a_copy_waits(prize, port):
    enter(prize, send_receipt="yes")
    before = worker_keys(prize)

    renew_key(prize.engines, now=IN_TIME + timedelta(hours=1))
    assert worker_keys(prize) == before
    with mail_server(port):
        send(prize)
    renew_key(prize.engines, now=IN_TIME + timedelta(hours=1))

    assert worker_keys(prize) != before


def test_copy_is_tried_again_less_and_less_often_and_given_up_after_three_days(prize):
    enter(prize, send_receipt="yes")
    tried, now = [], IN_TIME
    while now <= IN_TIME + GIVEN_UP_AFTER:
        assert send(prize, now=now) == 0
        (row,) = waiting(prize)
        tried.append(row.attempts)
        now = row.next_try_at

    assert now - IN_TIME > GIVEN_UP_AFTER
    assert tried == list(range(1, len(tried) + 1))
    assert 10 <= len(tried) <= 20
    assert send(prize, now=now) == 1
    assert waiting(prize) == []


def test_copy_that_was_put_off_goes_when_the_server_is_back(prize, port):
    enter(prize, send_receipt="yes")
    assert send(prize) == 0

    with mail_server(port) as letterbox:
        assert send(prize, now=IN_TIME + timedelta(hours=7)) == 1

    assert len(letterbox.letters) == 1


def test_address_the_server_refuses_keeps_back_no_other_letter(prize, port):
    enter(prize, send_receipt="yes", email="nobody@example.org")
    enter(prize, send_receipt="yes", nom_de_plume="Heron", name="Ada Quill", email="ada@example.net")

    with mail_server(port) as letterbox:
        letterbox.refused = {"nobody@example.org"}
        assert send(prize) == 1

    assert letterbox.to == [["ada@example.net"]]
    assert [row.attempts for row in waiting(prize)] == [1]


def test_two_workers_send_one_letter(prize, port):
    """Killed after the server took it, or beaten by another: within the put-off time nobody sends it again."""
    enter(prize, send_receipt="yes")
    with transaction(prize.engines.vault.working) as session:
        row = session.scalars(select(ReceiptMail)).one()
        row.next_try_at, row.attempts = IN_TIME + timedelta(minutes=1), 1

    with mail_server(port) as letterbox:
        assert send(prize) == 0

    assert letterbox.letters == []


def test_entry_withdrawn_or_erased_gets_no_copy(prize, port):
    entry_id, receipt = enter(prize, send_receipt="yes")
    other, code = enter(
        prize, send_receipt="yes", nom_de_plume="Heron", name="Ada Quill", email="ada@example.net"
    )
    withdraw_now(prize, entry_id, receipt)
    erase(prize.engines, opened=opened_by(prize, other, code), receipt=code, now=IN_TIME)
    prepare(prize.engines, entry_id=other, now=IN_TIME)

    with mail_server(port) as letterbox:
        send(prize)

    assert (letterbox.letters, waiting(prize)) == ([], [])


def test_copy_of_an_entry_that_never_came_to_be_is_never_sent(prize, port):
    """The vault is written first; killed then, there is an envelope and a copy, and no entry."""
    identity = Identity(entry_id=uuid4(), name="Imogen Tarrant", email="imogen@example.org")
    receipt = new_receipt()
    with transaction(prize.engines.vault.engine) as session:
        seal_envelope(
            session,
            identity=identity,
            contest_id=prize.contest.id,
            receipt=receipt.octets,
            officers=[Officer(uuid4(), age.public_key(age.new_secret())) for _ in range(2)],
            needed=2,
            now=IN_TIME,
        )
        copy = ReceiptCopy(identity.email, receipt, "")
        queue_receipt_mail(session, entry_id=identity.entry_id, copy=copy, now=IN_TIME)

    with mail_server(port) as letterbox:
        send(prize)
        assert len(waiting(prize)) == 1
        send(prize, now=IN_TIME + ORPHANED_AFTER * 2)

    assert (letterbox.letters, waiting(prize)) == ([], [])
    with reading(prize.engines.vault.engine) as session:
        assert session.get(Envelope, identity.entry_id) is None


def test_box_is_offered_only_where_mail_can_be_sent(site, prize):
    # `site` serves the prize of this file, which has a mail server.
    open_for_entries_now(prize)
    text = site.client().get(f"/prize/{prize.slug}/enter").text
    assert 'name="send_receipt"' in text
    assert "can read the code" in text
