"""What happened, appended to the record in the transaction in which it happened."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, null, select, update
from sqlalchemy.orm import Session

from app.record.entrant import EntrantKey
from app.record.merkle import leaf_hash
from app.record.rules import rules_of
from app.record.states import States, merged, stated
from app.tables import Base, Contest, Entry, Leaf

SIGNED = "nomdeplume signed by the receipt 1"
FIRST, FILLING, ERASURE = "entry", "filling", "erasure"
_COLUMNS = ("kind", "about", "told", "told_salt", "told_commitment", "kept", "kept_salt", "kept_commitment")


def append_leaf(
    session: Session,
    *,
    contest_id: UUID,
    kind: str,
    now: datetime,
    rows: Sequence[Base] = (),
    sealed: States | None = None,
    told: Mapping[str, Any] | None = None,
    kept: Mapping[str, Any] | None = None,
    signer: EntrantKey | None = None,
    entry_id: UUID | None = None,
) -> int:
    """Append what `rows` hold now, and those `sealed` in the vault; return the position from 0.

    `told` and `kept` are said besides, about no row. What is told may be published after the announcement; what
    is kept is committed to and shown to officers alone. Each part has a salt of its own. `signer` signs what is
    told, for an act only the receipt allows. Neither part ever holds an identity, and of an original only a
    commitment whose salt is sealed.
    """
    # Positions are handed out one by one: whoever appends holds the contest's row until commit.
    # Of the entry's row and the contest's, whoever needs both takes the entry's first.
    session.execute(select(Contest.id).where(Contest.id == contest_id).with_for_update(key_share=True))
    session.flush()  # what the rows hold is what the database holds
    position = _next_position(session, contest_id)
    if position == 0 and kind != "rules":
        position = state_rules(session, contest_id=contest_id, now=now) + 1
    row_told, row_kept = stated(session, rows)
    told, kept = _part(merged(row_told, sealed or {}), told), _part(row_kept, kept)
    signature = None
    if signer is not None:
        # Counted, so that no signature can be used a second time.
        told["sequence"] = _signed_before(session, entry_id)
        signature = signer.sign(signed_message(contest_id, kind=kind, told=told))
    entry = None if entry_id is None else session.get_one(Entry, entry_id)
    leaf = Leaf(
        contest_id=contest_id,
        position=position,
        kind=kind,
        entry_id=entry_id,
        about="" if entry is None else str(entry.number),
        holder=entry.entrant_key if entry is not None and kind == FIRST else None,
        signature=signature,
        appended_at=now,
        **_committed("told", told),
        **_committed("kept", kept),
    )
    leaf.leaf_hash = hash_of(leaf)
    session.add(leaf)
    session.flush()  # the next leaf of this transaction counts from this one
    return position


def fill_up(
    session: Session, *, contest_id: UUID, to_multiple_of: Callable[[int], int], now: datetime
) -> int:
    """Append leaves that say nothing, up to a multiple of what is right for the size; return the size."""
    size = append_leaf(session, contest_id=contest_id, kind=FILLING, now=now) + 1
    full = size + -size % to_multiple_of(size)
    rows = []
    for position in range(size, full):
        leaf = Leaf(about="", kind=FILLING, **_committed("told", {}), **_committed("kept", {}))
        columns = {name: getattr(leaf, name) for name in _COLUMNS}
        where = {"contest_id": contest_id, "position": position, "appended_at": now}
        rows.append(columns | where | {"leaf_hash": hash_of(leaf)})
    if rows:
        session.execute(insert(Leaf), rows)
    return full


def state_rules(session: Session, *, contest_id: UUID, now: datetime) -> int:
    """State the contest's rules, Council list, roles and keys as they are: first, and after each change of them."""
    rows = rules_of(session, contest_id)
    return append_leaf(session, contest_id=contest_id, kind="rules", rows=rows, now=now)


def erase_leaves(session: Session, *, entry_id: UUID) -> list[int]:
    """Destroy what an entry's leaves say, and their salts; return the positions of the leaves erased.

    The commitments stay, so that the hashes can still be made, and without the salts nobody can try guesses on them.
    The leaf by which the entrant asked for it stays too; it says no more than the entry's number.
    """
    gone = (Leaf.entry_id == entry_id, Leaf.kind != ERASURE)
    erased = list(session.scalars(select(Leaf.position).where(*gone).order_by(Leaf.position)))
    session.execute(
        update(Leaf).where(*gone).values(told=null(), told_salt=None, kept=null(), kept_salt=None)
    )
    return erased


def commitment(salt: bytes, states: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt + canonical(states)).hexdigest()


def hash_of(leaf: Leaf) -> bytes:
    """RFC 6962 leaf hash. Two salted commitments are in it, so it says nothing, not even of which kind the leaf is.

    Its place isn't: a promise of it may be given before it is published, and a place would count arrivals.
    """
    content = {
        "about": leaf.about,
        "holder": "" if leaf.holder is None else leaf.holder.hex(),
        "kept": leaf.kept_commitment,
        "kind": leaf.kind,
        "signature": "" if leaf.signature is None else leaf.signature.hex(),
        "told": leaf.told_commitment,
    }
    return leaf_hash(canonical(content))


def canonical(value: Any) -> bytes:
    """JSON with one spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed_message(contest_id: UUID, *, kind: str, told: Mapping[str, Any]) -> bytes:
    """What an entrant signs."""
    return canonical({"contest": str(contest_id), "kind": kind, "signed": SIGNED, "told": told})


def _part(rows: States, says: Mapping[str, Any] | None) -> dict[str, Any]:
    return ({"rows": dict(rows)} if rows else {}) | ({"says": dict(says)} if says else {})


def _committed(part: str, states: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one part: what it says, a fresh salt, and the commitment over both."""
    salt = secrets.token_bytes(32)
    return {part: dict(states), f"{part}_salt": salt, f"{part}_commitment": commitment(salt, states)}


def _next_position(session: Session, contest_id: UUID) -> int:
    last = session.scalar(select(func.max(Leaf.position)).where(Leaf.contest_id == contest_id))
    return 0 if last is None else last + 1


def _signed_before(session: Session, entry_id: UUID | None) -> int:
    query = select(func.count()).where(Leaf.entry_id == entry_id, Leaf.signature.is_not(None))
    return session.scalar(query) or 0
