"""What happened, appended to the record in the transaction in which it happened."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.record.merkle import leaf_hash, tree_hash
from app.tables import Contest, Leaf


def append_leaf(
    session: Session,
    *,
    contest_id: UUID,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    entry_id: UUID | None = None,
) -> int:
    """Append a salted commitment to `payload`; return its position from 0.

    `payload` never holds an identity, and of an original only a commitment whose salt is sealed.
    """
    # Positions are handed out one by one: whoever appends holds the contest's row until commit.
    session.execute(select(Contest.id).where(Contest.id == contest_id).with_for_update())
    last = session.scalar(select(func.max(Leaf.position)).where(Leaf.contest_id == contest_id))
    position = 0 if last is None else last + 1
    salt = secrets.token_bytes(32)
    session.add(
        Leaf(
            contest_id=contest_id,
            position=position,
            kind=kind,
            entry_id=entry_id,
            payload=dict(payload),
            salt=salt,
            leaf_hash=hash_of(position=position, kind=kind, salt=salt, payload=payload),
            appended_at=now,
        )
    )
    session.flush()  # the next leaf of this transaction counts from this one
    return position


def hash_of(*, position: int, kind: str, salt: bytes, payload: Mapping[str, Any]) -> bytes:
    """Leaf hash of what was committed to."""
    commitment = hashlib.sha256(salt + canonical(payload)).hexdigest()
    return leaf_hash(canonical({"commitment": commitment, "kind": kind, "position": position}))


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with one spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def current_root(session: Session, contest_id: UUID) -> tuple[int, bytes]:
    """Size and root of the record as it stands."""
    leaves = session.scalars(
        select(Leaf.leaf_hash).where(Leaf.contest_id == contest_id).order_by(Leaf.position)
    ).all()
    return len(leaves), tree_hash(leaves)
