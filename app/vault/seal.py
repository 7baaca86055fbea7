"""How an entry is sealed: a key of its own, split among the officers and sealed to the receipt."""

import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from app.vault import age
from app.vault.digest import add_sealed
from app.vault.identity import Identity
from app.vault.split import split
from app.vault.tables import Envelope, OfficerShare, Original


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer who holds a key: whose it is and its public half."""

    officer_id: UUID
    public_key: str


@dataclass(frozen=True, slots=True)
class OriginalNote:
    """What an entrant needs to prove what was entered; sealed beside the original."""

    fingerprint: str
    salt: str = field(repr=False)
    statement: str = field(default="", repr=False)
    """On the use of artificial intelligence; a replacement of the essay carries it on."""


def entrant_secret(receipt: bytes) -> str:
    """The age identity that only a receipt yields: HKDF-SHA256 of its 128 bits."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"nomdeplume receipt key 1").derive(receipt)
    return age.secret_from_seed(seed)


def receipt_hash(receipt: bytes) -> bytes:
    """What the vault keeps of a receipt's 128 bits, to find its envelope by."""
    return hashlib.sha256(b"nomdeplume vault receipt 1\0" + receipt).digest()


def seal_envelope(
    session: Session,
    *,
    identity: Identity,
    contest_id: UUID,
    receipt: bytes,
    officers: Sequence[Officer],
    needed: int,
    now: datetime,
) -> str:
    """Seal who entered. Return the envelope's secret, which the caller forgets after its work order."""
    secret = age.new_secret()
    recipient = age.public_key(secret)
    entry_id = identity.entry_id
    add_sealed(
        session,
        Envelope(
            entry_id=entry_id,
            contest_id=contest_id,
            recipient=recipient,
            receipt_hash=receipt_hash(receipt),
            identity=age.seal(age.pad(identity.as_json()), recipient),
            entrant_part=age.seal(secret.encode(), age.public_key(entrant_secret(receipt))),
            sealed_at=now,
        ),
    )
    session.flush()  # shares refer to the envelope
    parts = split(secret, entry_id=entry_id, officers=[each.officer_id for each in officers], needed=needed)
    for officer, part in zip(officers, parts, strict=True):
        sealed = age.seal(age.pad(part.as_text()), officer.public_key)
        add_sealed(session, OfficerShare(entry_id=entry_id, officer_id=officer.officer_id, sealed=sealed))
    return secret


def seal_file(content: bytes, *, entry_id: UUID, recipient: str) -> bytes:
    """Seal a file's bytes, bound to its entry and padded to whole blocks."""
    framed = entry_id.bytes + struct.pack(">Q", len(content)) + content
    return age.seal(framed + b"\0" * (-len(framed) % age.BLOCK), recipient)


def note_original(
    session: Session,
    *,
    entry_id: UUID,
    version: int,
    file_key: str,
    note: OriginalNote,
    recipient: str,
    now: datetime,
) -> None:
    """Add a version of the original, its ciphertext already on disk as `file_key`."""
    text = json.dumps({"entry": str(entry_id), **asdict(note)})
    sealed = age.seal(age.pad(text), recipient)
    add_sealed(
        session,
        Original(entry_id=entry_id, version=version, file_key=file_key, sealed_note=sealed, sealed_at=now),
    )
