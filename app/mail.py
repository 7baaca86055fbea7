"""Sending mail over the one server that is set: plain text, nothing that tracks. And the staff's outbox."""

import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.settings import Settings
from app.tables import Person, StaffMail

log = structlog.get_logger()

GIVEN_UP_AFTER = timedelta(days=3)
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
_TIMEOUT = 20
AT_ONCE = 50
"""So many go over one connection; the others wait for the next sweep."""

MailFailure = (OSError, smtplib.SMTPException)
"""What sending raises where the server is away, refuses, or cannot be trusted."""


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    sender: str
    tls_from_start: bool
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_this_machine(self) -> bool:
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False


def mail_server(settings: Settings) -> MailServer | None:
    """The server as set: smtp://user:password@host:587, or smtps:// for TLS from the start. None where none is."""
    if not settings.smtp:
        return None
    address = urlsplit(settings.smtp)
    over_tls = address.scheme == "smtps"
    return MailServer(
        host=address.hostname or "localhost",
        port=address.port or (465 if over_tls else 587),
        sender=settings.mail_from,
        tls_from_start=over_tls,
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
    )


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection to hand messages over. Raises one of MailFailure; mail never leaves this machine without TLS."""
    # Our own name is not told: it may be that of somebody's laptop.
    own, context = _domain(server.sender), ssl.create_default_context()
    client = (
        smtplib.SMTP_SSL(server.host, server.port, own, timeout=_TIMEOUT, context=context)
        if server.tls_from_start
        else smtplib.SMTP(server.host, server.port, own, timeout=_TIMEOUT)
    )
    with client:
        if not server.tls_from_start and not server.is_this_machine:
            client.starttls(context=context)
        if server.user:
            client.login(server.user, server.password)
        yield client


def compose(*, sender: str, to: str, subject: str, body: str, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=_domain(sender))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def next_try(attempts: int, *, now: datetime) -> datetime:
    """When to try again after so many attempts: soon at first, then every six hours."""
    return now + _WAITS[min(attempts, len(_WAITS) - 1)]


def hand_over(
    server: MailServer,
    ids: Sequence[UUID],
    *,
    letter: Callable[[UUID], EmailMessage | None],
    taken: Callable[[UUID], None],
) -> int:
    """Hand letters to the server over one connection; return how many it took.

    `letter` puts the next try off and only then yields it, so that two workers never send the same; None where
    there is nothing to send any more. `taken` is called as soon as the server has it.
    """
    # All are put off before anything can fail: a server that is away is not asked again every few seconds.
    letters = [(each, message) for each in ids if (message := letter(each)) is not None]
    if not letters:
        return 0
    sent = 0
    try:
        with connected(server) as client:
            for each, message in letters:
                if _is_taken(client, message):
                    taken(each)
                    sent += 1
    except MailFailure as error:
        # Only the kind: a server's own words quote addresses.
        log.warning("mail put off", kind=type(error).__name__)
    return sent


def queue_staff_mail(session: Session, *, person_id: UUID, subject: str, body: str, now: datetime) -> None:
    """Leave a letter to one of the staff for the worker to send. Where no mail server is set, nothing is sent."""
    session.add(StaffMail(person_id=person_id, subject=subject, body=body, queued_at=now, next_try_at=now))


def send_staff_mail(contest: Engine, settings: Settings, *, now: datetime) -> int:
    """Send what is due to the staff; return how many letters the server took."""
    server = mail_server(settings)
    if server is None:
        return 0
    with reading(contest) as session:
        query = select(StaffMail.id).where(*_is_due(now)).order_by(StaffMail.next_try_at).limit(AT_ONCE)
        due = list(session.scalars(query))
    if not due:
        return 0
    return hand_over(
        server,
        due,
        letter=lambda mail_id: _staff_letter(contest, server, mail_id, now=now),
        taken=lambda mail_id: _note_sent(contest, mail_id, now=now),
    )


def _staff_letter(
    contest: Engine, server: MailServer, mail_id: UUID, *, now: datetime
) -> EmailMessage | None:
    with transaction(contest) as session:
        mail = session.scalar(
            select(StaffMail).where(StaffMail.id == mail_id, *_is_due(now)).with_for_update()
        )
        if mail is None:
            return None
        mail.next_try_at, mail.attempts = next_try(mail.attempts, now=now), mail.attempts + 1
        to = session.get_one(Person, mail.person_id).email
        return compose(sender=server.sender, to=to, subject=mail.subject, body=mail.body, now=now)


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        StaffMail.sent_at.is_(None),
        StaffMail.next_try_at <= now,
        StaffMail.queued_at > now - GIVEN_UP_AFTER,
    )


def _note_sent(contest: Engine, mail_id: UUID, *, now: datetime) -> None:
    with transaction(contest) as session:
        session.get_one(StaffMail, mail_id).sent_at = now


def _is_taken(client: smtplib.SMTP, message: EmailMessage) -> bool:
    """Whether the server took it; one address it will not have must not keep back the other letters."""
    try:
        client.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        log.warning("mail refused", kind=type(error).__name__)
        return False
    return True


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"
