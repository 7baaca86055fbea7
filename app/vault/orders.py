"""Work orders: how the worker alone can open an envelope, until the first pass is done."""

import contextlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.vault import age
from app.vault.errors import NoSuchEnvelope
from app.vault.tables import Original, WorkerKey, WorkOrder


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
    key = session.scalars(
        select(WorkerKey).order_by(WorkerKey.made_at.desc()).with_for_update(read=True)
    ).first()
    if key is None:
        raise NoSuchEnvelope("the worker has no key yet")
    text = json.dumps({"secret": order.secret, "statement": order.statement, "typed": order.typed})
    sealed = age.seal(age.pad(text), key.public_key)
    session.add(
        WorkOrder(entry_id=order.entry_id, version=order.version, worker_key_id=key.id, sealed=sealed)
    )


def open_order(session: Session, *, entry_id: UUID, version: int, keys_folder: Path) -> Order:
    """Open an order. Raises NoSuchEnvelope where there is none (any more) or its key is gone."""
    row = session.get(WorkOrder, (entry_id, version))
    path = None if row is None else _key_path(keys_folder, row.worker_key_id)
    if row is None or path is None or not path.exists():
        raise NoSuchEnvelope("no order stands for this entry")
    found = json.loads(age.unseal(row.sealed, path.read_text().strip()))
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
    """Make the worker a fresh key unless an order is open. Return the ids of keys now useless.

    The caller commits and only then calls `destroy_keys`: until the new key is on record, an order
    may still be sealed to the old one.
    """
    known = list(session.scalars(select(WorkerKey).with_for_update()))
    if session.scalars(select(WorkOrder).limit(1)).first() is not None:
        return []
    key_id, secret = uuid4(), age.new_secret()
    keys_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _key_path(keys_folder, key_id).open("x") as file:
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
        path = _key_path(keys_folder, key_id)
        with contextlib.suppress(FileNotFoundError):
            path.write_bytes(b"\0" * path.stat().st_size)
            path.unlink()


def _key_path(keys_folder: Path, key_id: UUID) -> Path:
    return keys_folder / f"worker-{key_id}.age"
