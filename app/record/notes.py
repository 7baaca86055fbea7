"""Published roots as files: each a signed note with the society's signature and those of whoever countersigned."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.checkpoint import note, signature_line
from app.record.roots import checkpoint_of
from app.tables import Countersignature, Root


def notes_of(session: Session, roots: Sequence[Root], *, public_key: bytes) -> list[str]:
    """The roots' notes, the smallest first; `public_key` is the record's, 32 bytes."""
    return [note_of(session, root, public_key=public_key) for root in roots]


def note_of(session: Session, root: Root, *, public_key: bytes) -> str:
    lines = [signature_line(root.origin, public_key, root.signature)]
    signed = session.scalars(
        select(Countersignature)
        .where(
            Countersignature.contest_id == root.contest_id,
            Countersignature.size == root.size,
            Countersignature.signature.is_not(None),
        )
        .order_by(Countersignature.signed_at)
    )
    lines += [
        signature_line(each.name, each.public_key, each.signature)
        for each in signed
        if each.public_key is not None and each.signature is not None
    ]
    return note(checkpoint_of(root), lines)
