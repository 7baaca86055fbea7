"""Letters to the staff: left in the outbox, sent by the worker where a mail server is set."""

import ssl
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from app.database import reading, transaction
from app.engines import make_engines
from app.mail import GIVEN_UP_AFTER, MailServer, connected, mail_server, queue_staff_mail, send_staff_mail
from app.settings import Settings
from app.tables import Person, StaffMail
from tests.app.mail_server import free_port
from tests.app.mail_server import mail_server as letterbox_at
from tests.conftest import IN_TIME


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def prize(prize, port):
    settings = Settings(
        data=prize.engines.settings.data,
        smtp=f"smtp://127.0.0.1:{port}",
        mail_from="prize@society.example",
    )
    return replace(prize, engines=make_engines(settings))


def queue(prize, subject="The root of the record", person=None, now=IN_TIME):
    person = person or prize.staff.judges[0]
    with transaction(prize.engines.contest) as session:
        queue_staff_mail(session, person_id=person.person_id, subject=subject, body="Size 64.", now=now)


def send(prize, now=IN_TIME):
    return send_staff_mail(prize.engines.contest, prize.engines.settings, now=now)


def test_letter_to_a_judge_is_sent_once(prize, port):
    queue(prize)

    with letterbox_at(port) as letterbox:
        assert (send(prize), send(prize)) == (1, 0)

    with reading(prize.engines.contest) as session:
        email = session.get_one(Person, prize.staff.judges[0].person_id).email
        assert session.scalars(select(StaffMail)).one().sent_at == IN_TIME
    assert letterbox.to == [[email]]
    assert letterbox.letters[0].get_content().strip() == "Size 64."


def test_letter_waits_for_a_server_that_is_away_and_is_given_up_after_three_days(prize, port):
    queue(prize)
    assert send(prize) == 0
    with letterbox_at(port) as letterbox:
        assert send(prize) == 0  # put off for a minute
        assert send(prize, now=IN_TIME + timedelta(minutes=1)) == 1
    queue(prize, subject="Too late")
    with letterbox_at(port) as later:
        assert send(prize, now=IN_TIME + GIVEN_UP_AFTER) == 0

    assert (len(letterbox.letters), later.letters) == (1, [])


def test_nothing_is_sent_where_no_server_is_set(prize):
    queue(prize)

    assert send_staff_mail(prize.engines.contest, Settings(data="x"), now=IN_TIME) == 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, False, "", "")),
        ("smtps://mail.example", ("mail.example", 465, True, "", "")),
        (
            "smtp://me%40x.example:p%2Fw@mail.example:2525",
            ("mail.example", 2525, False, "me@x.example", "p/w"),
        ),
    ],
)
def test_server_is_read_from_its_address(address, expected):
    server = mail_server(Settings(smtp=address, mail_from="prize@society.example"))

    assert (server.host, server.port, server.tls_from_start, server.user, server.password) == expected
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(
    "given",
    [
        {"smtp": "mail.example:25", "mail_from": "a@b.example"},
        {"smtp": "http://mail.example", "mail_from": "a@b.example"},
        {"smtp": "smtp://me:secret@mail.example"},
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start_without_the_password(given):
    with pytest.raises(ValidationError) as refused:
        Settings(**given)

    assert "secret" not in str(refused.value)


def test_mail_never_leaves_the_machine_without_encryption(port, monkeypatch):
    """The server here offers no TLS, as an attacker between us and it would make it seem."""
    monkeypatch.setattr(MailServer, "is_this_machine", False)
    server = MailServer("127.0.0.1", port, "prize@society.example", tls_from_start=False)

    with letterbox_at(port), pytest.raises(Exception, match="STARTTLS"), connected(server):
        pass
    over_tls = replace(server, tls_from_start=True)
    with letterbox_at(port), pytest.raises((ssl.SSLError, OSError)), connected(over_tls):
        pass
