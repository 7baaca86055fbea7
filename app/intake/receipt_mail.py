"""A copy of a receipt by e-mail, for those who ticked it: it waits sealed to the worker's key, and not for long."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.database import reading, transaction
from app.engines import Engines
from app.intake.leftovers import destroy_if_orphaned
from app.intake.receipts import ReceiptCode
from app.mail import AT_ONCE, GIVEN_UP_AFTER, hand_over, mail_server, next_try
from app.tables import Contest, Entry
from app.vault import age
from app.vault.errors import VaultError
from app.vault.orders import add_for_worker, open_for_worker
from app.vault.tables import ReceiptMail, WorkerKey

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ReceiptCopy:
    """What waits: where the copy goes, and what the server forgets otherwise."""

    address: str = field(repr=False)
    code: ReceiptCode = field(repr=False)
    fingerprint: str = field(repr=False)
    """SHA-256 of the file that came in, in hex."""


Compose = Callable[[Contest, Entry, ReceiptCopy], EmailMessage]


def queue_receipt_mail(session: Session, *, entry_id: UUID, copy: ReceiptCopy, now: datetime) -> None:
    """Seal it to the worker's key, in the transaction of the vault that seals the entry."""
    text = json.dumps(
        {"address": copy.address, "code": copy.code.octets.hex(), "fingerprint": copy.fingerprint}
    )

    def sealed_to(key: WorkerKey) -> ReceiptMail:
        return ReceiptMail(
            entry_id=entry_id,
            worker_key_id=key.id,
            sealed=age.seal(age.pad(text), key.public_key),
            queued_at=now,
            next_try_at=now,
        )

    add_for_worker(session, sealed_to)


def send_receipts(engines: Engines, *, compose: Compose, now: datetime) -> int:
    """Send the copies that are due, each destroyed as soon as the server has it; return how many rows went.

    What can't be sent within three days is destroyed too: the receipt was on the screen.
    """
    destroyed = _destroy_unsendable(engines, now=now)
    server = mail_server(engines.settings)
    if server is None:
        return destroyed
    with reading(engines.vault.working) as session:
        query = select(ReceiptMail.entry_id).where(ReceiptMail.next_try_at <= now)
        due = list(session.scalars(query.order_by(ReceiptMail.next_try_at).limit(AT_ONCE)))
    if not due:
        return destroyed
    return destroyed + hand_over(
        server,
        due,
        letter=lambda entry_id: _letter(engines, entry_id, compose, now=now),
        taken=lambda entry_id: _destroy(engines, entry_id),
    )


def _letter(engines: Engines, entry_id: UUID, compose: Compose, *, now: datetime) -> EmailMessage | None:
    """The letter, its next try put off first; None where another worker has it, or its entry isn't in yet."""
    with reading(engines.contest) as session:
        entry = session.get(Entry, entry_id)
        contest = None if entry is None else session.get_one(Contest, entry.contest_id)
    if entry is None or contest is None:
        return None
    with transaction(engines.vault.working) as session:
        row = session.get(ReceiptMail, entry_id, with_for_update=True)
        if row is None or row.next_try_at > now:
            return None
        row.next_try_at, row.attempts = next_try(row.attempts, now=now), row.attempts + 1
        sealed, key_id = row.sealed, row.worker_key_id
    try:
        found = open_for_worker(sealed, worker_key_id=key_id, keys_folder=engines.vault.keys_folder)
    except VaultError:
        log.warning("a receipt's copy can't be opened any more", entry=str(entry_id))
        return None
    code = ReceiptCode(bytes.fromhex(found["code"]))
    if code.hash != entry.receipt_hash:
        log.warning("a receipt's copy is another entry's", entry=str(entry_id))
        return None
    return compose(contest, entry, ReceiptCopy(found["address"], code, found["fingerprint"]))


def _destroy_unsendable(engines: Engines, *, now: datetime) -> int:
    """Destroy what has waited too long, what nobody may get any more, and what belongs to no entry."""
    with reading(engines.vault.working) as session:
        waiting = session.execute(select(ReceiptMail.entry_id, ReceiptMail.queued_at)).all()
    destroyed = 0
    for entry_id, queued_at in waiting:
        with reading(engines.contest) as session:
            entry = session.get(Entry, entry_id)
            is_over = entry is not None and entry.withdrawal is not None
        if entry is None:
            destroy_if_orphaned(engines, entry_id, now=now)
        if is_over or queued_at < now - GIVEN_UP_AFTER:
            _destroy(engines, entry_id)
            destroyed += 1
    return destroyed


def _destroy(engines: Engines, entry_id: UUID) -> None:
    with transaction(engines.vault.working) as session:
        session.execute(delete(ReceiptMail).where(ReceiptMail.entry_id == entry_id))
