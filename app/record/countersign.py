"""Others sign a published root, judges at their page, auditors by their own key: then no two can pass for one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.errors import Clash, NotHere, Unusable
from app.record.checkpoint import is_signed
from app.record.roots import checkpoint_of
from app.record.verifier.notes import Unreadable, read_key, read_note
from app.tables import Countersignature, Role, Root


def keep_countersignature(
    session: Session, *, contest_id: UUID, key: str, line: str, now: datetime
) -> Countersignature:
    """Keep an auditor's line under a root. `key` and `line` are as `nomdeplume auditor countersign` prints them.

    Raises Unusable where they fit no published root, Clash where this auditor signed it before.
    """
    kept = "Nothing was kept."
    try:
        name, public_key = read_key(key)
    except Unreadable as error:
        raise Unusable(str(error), kept=kept) from error
    aliases = session.scalars(select(Role.alias).where(Role.contest_id == contest_id)).all()
    if name.casefold() in {alias.casefold() for alias in aliases if alias}:
        raise Unusable(
            "A judge goes by that name here.", kept=kept, to_do="Ask the auditor to sign by another."
        )
    for root in session.scalars(select(Root).where(Root.contest_id == contest_id)):
        signature = _signature_under(root, name, public_key, line)
        if signature is not None:
            return _keep(session, root, name=name, public_key=public_key, signature=signature, now=now)
    raise Unusable(
        "This line fits none of the published roots under that key.",
        kept=kept,
        to_do="Ask the auditor to sign the root as it can be downloaded here.",
    )


def countersign_as_judge(
    session: Session, *, contest_id: UUID, role_id: UUID, alias: str, size: int, now: datetime
) -> None:
    """Note that a judge has this very root. Saying so twice is the same. Raises NotHere where there is none."""
    root = session.scalar(select(Root).where(Root.contest_id == contest_id, Root.size == size))
    if root is None:
        raise NotHere("There is no such root.")
    if session.scalar(_by(root, alias)) is None:
        session.add(
            Countersignature(contest_id=contest_id, size=size, name=alias, role_id=role_id, signed_at=now)
        )


def _signature_under(root: Root, name: str, public_key: bytes, line: str) -> bytes | None:
    checkpoint = checkpoint_of(root)
    try:
        note = read_note(f"{checkpoint.body}\n{line.strip()}\n")
    except Unreadable:
        return None
    for by, _, signature in note.signatures:
        if by == name and is_signed(checkpoint, signature, public_key):
            return signature
    return None


def _keep(
    session: Session, root: Root, *, name: str, public_key: bytes, signature: bytes, now: datetime
) -> Countersignature:
    if session.scalar(_by(root, name)) is not None:
        raise Clash(f"{name} has signed this root already.", kept="That signature stands.")
    signed = Countersignature(
        contest_id=root.contest_id,
        size=root.size,
        name=name,
        public_key=public_key,
        signature=signature,
        signed_at=now,
    )
    session.add(signed)
    return signed


def _by(root: Root, name: str) -> Select[UUID]:
    return select(Countersignature.id).where(
        Countersignature.contest_id == root.contest_id,
        Countersignature.size == root.size,
        Countersignature.name == name,
    )
