"""Work orders: how the worker alone can open an envelope, until the first pass is done."""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.vault import age
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.tables import Original, ReceiptMail, VaultBase, WorkerKey, WorkOrder


@dataclass(frozen=True, slots=True)
class Order:
    entry_id: UUID
    version: int
    secret: str = field(default="", repr=False)
    statement: str = field(default="", repr=False)
    """The entrant's statement on the use of artificial intelligence, as written."""
    typed: str = field(default="", repr=False)
    """The text itself, where the desk typed a postal essay in: its envelope stays shut even to the worker."""


def place_order(session: Session, order: Order) -> None:
    """Seal an order to the worker's key of the moment, in the caller's transaction.

    Raises NoSuchEnvelope where no worker has made a key yet.
    """
    add_for_worker(session, lambda key: _sealed(order, key))


def add_for_worker(session: Session, make: Callable[[WorkerKey], VaultBase]) -> None:
    """Add a row sealed to the worker's newest key. Raises NoSuchEnvelope where there is none yet."""
    try:
        with session.begin_nested():
            session.add(make(_newest_key(session)))
    except IntegrityError:
        # Whoever may only add rows can't hold the key, and it was replaced in that moment; so once more.
        session.add(make(_newest_key(session)))


def open_for_worker(sealed: bytes, *, worker_key_id: UUID, keys_folder: Path) -> dict[str, Any]:
    """What is sealed to a key of the worker's. Raises NoSuchEnvelope where that key is gone."""
    path = key_path(keys_folder, worker_key_id)
    if not path.exists():
        raise NoSuchEnvelope("the key this was sealed to is gone")
    found: dict[str, Any] = json.loads(age.unseal(sealed, path.read_text().strip()))
    return found


def _newest_key(session: Session) -> WorkerKey:
    key = session.scalar(select(WorkerKey).order_by(WorkerKey.made_at.desc()).limit(1))
    if key is None:
        raise NoSuchEnvelope("the worker has no key yet")
    return key


def _sealed(order: Order, key: WorkerKey) -> WorkOrder:
    # Bound to its entry: a text typed for one is never prepared as another's.
    bound = {"entry": str(order.entry_id), "version": order.version}
    text = json.dumps({**bound, "secret": order.secret, "statement": order.statement, "typed": order.typed})
    sealed = age.seal(age.pad(text), key.public_key)
    return WorkOrder(entry_id=order.entry_id, version=order.version, worker_key_id=key.id, sealed=sealed)


def open_order(session: Session, *, entry_id: UUID, version: int, keys_folder: Path) -> Order:
    """Open an order. Raises NoSuchEnvelope where there is none (any more) or its key is gone.

    Raises NotOpenable where it was sealed for another entry or version.
    """
    row = session.get(WorkOrder, (entry_id, version))
    if row is None:
        raise NoSuchEnvelope("no order stands for this entry")
    found = open_for_worker(row.sealed, worker_key_id=row.worker_key_id, keys_folder=keys_folder)
    if (found.pop("entry"), found.pop("version")) != (str(entry_id), version):
        raise NotOpenable("this order was sealed for another entry")
    return Order(entry_id=entry_id, version=version, **found)


def end_order(session: Session, *, entry_id: UUID, version: int) -> None:
    session.execute(delete(WorkOrder).where(WorkOrder.entry_id == entry_id, WorkOrder.version == version))


def end_orders_up_to(session: Session, *, entry_id: UUID, version: int) -> None:
    """End the order of a version and those of all it took the place of."""
    session.execute(delete(WorkOrder).where(WorkOrder.entry_id == entry_id, WorkOrder.version <= version))


def standing_orders(session: Session) -> list[tuple[UUID, int, datetime]]:
    """Entry and version of every order, and when its original was sealed."""
    query = select(WorkOrder.entry_id, WorkOrder.version, Original.sealed_at).join(
        Original, (Original.entry_id == WorkOrder.entry_id) & (Original.version == WorkOrder.version)
    )
    return [(row.entry_id, row.version, row.sealed_at) for row in session.execute(query)]


def renew_worker_key(session: Session, *, keys_folder: Path, now: datetime) -> list[UUID]:
    """Make the worker a fresh key unless something sealed to it waits. Return the ids of keys now useless.

    The caller commits and only then calls `destroy_keys`: until the new key is on record, an order
    may still be sealed to the old one.
    """
    known = list(session.scalars(select(WorkerKey).with_for_update()))
    if any(session.scalar(select(table.entry_id).limit(1)) for table in (WorkOrder, ReceiptMail)):
        return []
    key_id, secret = uuid4(), age.new_secret()
    keys_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with key_path(keys_folder, key_id).open("x") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    for key in known:
        session.delete(key)
    session.add(WorkerKey(id=key_id, public_key=age.public_key(secret), made_at=now))
    return [key.id for key in known]


def destroy_keys(keys_folder: Path, key_ids: list[UUID]) -> None:
    for key_id in key_ids:
        path = key_path(keys_folder, key_id)
        with contextlib.suppress(FileNotFoundError):
            path.write_bytes(b"\0" * path.stat().st_size)
            path.unlink()


def key_path(keys_folder: Path, key_id: UUID) -> Path:
    """Where the private half of a worker's key lies, if it still does."""
    return keys_folder / f"worker-{key_id}.age"
