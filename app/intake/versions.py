"""Versions of an original: the first, a replacement by the entrant, the text the desk types in."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.database import transaction
from app.engines import Engines
from app.errors import Clash, NotHere
from app.intake.deadline import require_in_time
from app.intake.destroy import forget_copies
from app.intake.receipts import ReceiptCode
from app.record.entrant import EntrantKey
from app.record.leaves import append_leaf
from app.tables import Contest, Entry, Withdrawal
from app.tables.entries import Work
from app.vault import Vault, age, seal
from app.vault.digest import Sealed, sealed_rows
from app.vault.open import OpenedByReceipt, recipient_of
from app.vault.orders import Order, place_order


def seal_version(
    session: Session, vault: Vault, order: Order, *, essay: bytes, recipient: str, now: datetime
) -> str:
    """Seal one version of the original and place its work order; return the commitment to it, in hex."""
    entry_id = order.entry_id
    file_key = vault.files.put(seal.seal_file(essay, entry_id=entry_id, recipient=recipient))
    fingerprint = hashlib.sha256(essay).hexdigest()
    note = seal.OriginalNote(fingerprint, secrets.token_hex(32), order.statement)
    seal.note_original(
        session,
        entry_id=entry_id,
        version=order.version,
        file_key=file_key,
        note=note,
        recipient=recipient,
        now=now,
    )
    place_order(session, order)
    # The fingerprint alone would let anyone who has a file ask whether it was entered.
    return hashlib.sha256(bytes.fromhex(note.salt) + bytes.fromhex(note.fingerprint)).hexdigest()


def seal_typed_text(engines: Engines, *, entry_id: UUID, version: int, essay: bytes, now: datetime) -> Sealed:
    """Seal what the desk typed to the entry's own key, and order the first pass over it."""
    with transaction(engines.vault.entering) as session:
        recipient = recipient_of(session, entry_id)
        order = Order(entry_id=entry_id, version=version, typed=essay.decode())
        commitment = seal_version(session, engines.vault, order, essay=essay, recipient=recipient, now=now)
        return Sealed(commitment, sealed_rows(session))


def replace_essay(
    engines: Engines,
    *,
    opened: OpenedByReceipt,
    receipt: ReceiptCode,
    essay: bytes,
    arrived_at: datetime,
    now: datetime,
) -> None:
    """Put another essay in the place of the one entered; the entry keeps number and nom de plume.

    Raises TooLate after the deadline, unless the desk has asked for a repair; Clash once withdrawn or released.
    """
    with transaction(engines.contest) as session:
        version = next_version(changeable(session, opened.entry_id, arrived_at=arrived_at, now=now))
    with transaction(engines.vault.entering) as session:
        statement = opened.note.statement
        order = Order(entry_id=opened.entry_id, version=version, secret=opened.secret, statement=statement)
        commitment = seal_version(
            session, engines.vault, order, essay=essay, recipient=age.public_key(opened.secret), now=now
        )
        sealed = Sealed(commitment, sealed_rows(session))
    with transaction(engines.contest) as session:
        entry = changeable(session, opened.entry_id, arrived_at=arrived_at, now=now)
        if entry.essay_version > version:
            raise Clash("A later replacement arrived in the meantime.", kept="That one stands.")
        begin_version(session, entry, version=version, original=sealed.commitment)
        append_leaf(
            session,
            contest_id=entry.contest_id,
            kind="replacement",
            entry_id=entry.id,
            rows=[entry],
            sealed=sealed.states(entry.number),
            signer=EntrantKey.from_receipt(receipt.octets),
            now=now,
        )
    engines.queue.wake(opened.entry_id)


def begin_version(session: Session, entry: Entry, *, version: int, original: str) -> None:
    """Let another version of the essay stand: the worker owes it a first pass, and destroys what it took the place of.

    `original` is the commitment to it. The caller commits, and then wakes the worker.
    """
    entry.essay_version, entry.original = version, original
    entry.work, entry.repair_reason = Work.FIRST_PASS, ""
    entry.attempts, entry.work_token, entry.lease_until = 0, None, None
    forget_copies(session, entry)


def next_version(entry: Entry) -> int:
    """Hand out a version number, once: two replacements at the same moment never share one."""
    entry.last_version += 1
    return entry.last_version


def withdraw(engines: Engines, *, opened: OpenedByReceipt, receipt: ReceiptCode, now: datetime) -> None:
    """Withdraw for good: the essay is destroyed, the entry's place in the record stays.

    The receipt signs it, so that nobody else can have done it. Raises TooLate after the deadline, Clash the
    second time.
    """
    with transaction(engines.contest) as session:
        entry = changeable(session, opened.entry_id, arrived_at=now, now=now)
        withdrawal = Withdrawal(entry_id=entry.id, withdrawn_at=now)
        session.add(withdrawal)
        entry.work, entry.work_token, entry.lease_until = Work.DESTROY, None, None
        forget_copies(session, entry)
        append_leaf(
            session,
            contest_id=entry.contest_id,
            kind="withdrawal",
            entry_id=entry.id,
            rows=[withdrawal],
            signer=EntrantKey.from_receipt(receipt.octets),
            now=now,
        )
    engines.queue.wake(opened.entry_id)


def changeable(session: Session, entry_id: UUID, *, arrived_at: datetime, now: datetime) -> Entry:
    """The entry, held for a change of its essay. Raises NotHere, Clash or TooLate where it may not change."""
    entry = session.get(Entry, entry_id, with_for_update={"key_share": True})
    if entry is None:
        raise NotHere("There is no such entry.")
    if entry.withdrawal is not None:
        raise Clash("This entry has been withdrawn.", kept="Nothing has changed.")
    if entry.release is not None:
        raise Clash("This essay is with the judges.", kept="It stands as it was released.")
    invited = entry.repair_invited_until if entry.work is Work.REPAIR else None
    if invited is None or arrived_at >= invited:
        require_in_time(session.get_one(Contest, entry.contest_id), arrived_at=arrived_at, now=now)
    return entry
