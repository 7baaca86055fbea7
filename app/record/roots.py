"""Roots of the record, signed and published at deadline, release and decision."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from app.record.leaves import canonical, current_root
from app.secrets_folder import own_secret
from app.tables import Root


def publish_root(
    session: Session, *, contest_id: UUID, occasion: str, keys_folder: Path, now: datetime
) -> None:
    """Sign the record as it stands and keep the root; once for each occasion and size."""
    size, root = current_root(session, contest_id)
    if session.get(Root, (contest_id, size, occasion)) is not None:
        return
    key = Ed25519PrivateKey.from_private_bytes(own_secret(keys_folder, "record-signing"))
    signature = key.sign(canonical({"contest": str(contest_id), "size": size, "root": root.hex()}))
    session.add(
        Root(
            contest_id=contest_id,
            size=size,
            occasion=occasion,
            root_hash=root,
            signature=signature,
            published_at=now,
        )
    )
