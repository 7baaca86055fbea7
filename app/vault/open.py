"""How an envelope opens: with its receipt, with the officers' parts, or by the worker's order."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import Storage
from app.vault import age
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.identity import Identity
from app.vault.seal import OriginalNote, entrant_secret
from app.vault.split import OfficerPart, join
from app.vault.tables import Envelope, OfficerShare, Original


@dataclass(frozen=True, slots=True)
class OpenedByReceipt:
    entry_id: UUID
    secret: str = field(repr=False)
    identity: Identity = field(repr=False)
    note: OriginalNote = field(repr=False)


def open_with_receipt(session: Session, *, entry_id: UUID, version: int, receipt: bytes) -> OpenedByReceipt:
    """Open the entrant's own envelope, with the note on the version of the essay that stands.

    Raises NoSuchEnvelope, or NotOpenable with another's receipt.
    """
    envelope = session.get(Envelope, entry_id)
    if envelope is None:
        raise NoSuchEnvelope("nothing is sealed under this entry")
    secret = age.unseal(envelope.entrant_part, entrant_secret(receipt)).decode()
    identity = read_identity(session, entry_id=entry_id, secret=secret)
    original = session.get(Original, (entry_id, version))
    note = OriginalNote(fingerprint="", salt="")
    if original is not None:
        found = json.loads(age.unseal(original.sealed_note, secret))
        note = OriginalNote(found["fingerprint"], found["salt"], found["statement"])
    return OpenedByReceipt(entry_id=entry_id, secret=secret, identity=identity, note=note)


def open_with_parts(session: Session, *, entry_id: UUID, parts: Sequence[OfficerPart]) -> Identity:
    """Open one envelope with the officers' parts. Raises NotOpenable with too few or wrong ones."""
    return read_identity(session, entry_id=entry_id, secret=join(parts, entry_id=entry_id))


def read_identity(session: Session, *, entry_id: UUID, secret: str) -> Identity:
    envelope = session.get(Envelope, entry_id)
    if envelope is None:
        raise NoSuchEnvelope("nothing is sealed under this entry")
    return Identity.from_json(age.unseal(envelope.identity, secret).decode(), entry_id=entry_id)


def read_original(session: Session, files: Storage, *, entry_id: UUID, version: int, secret: str) -> bytes:
    """Return the file as it came in. Raises NotOpenable where the ciphertext is another entry's."""
    row = session.get(Original, (entry_id, version))
    if row is None:
        raise NoSuchEnvelope("no original is sealed under this entry and version")
    framed = age.unseal(files.get(row.file_key), secret)
    (length,) = struct.unpack(">Q", framed[16:24])
    if framed[:16] != entry_id.bytes:
        raise NotOpenable("this file was sealed for another entry")
    return framed[24 : 24 + length]


def originals_before(session: Session, *, entry_id: UUID, version: int) -> list[str]:
    """List the keys of the sealed files of an entry's versions before `version`."""
    query = select(Original.file_key).where(Original.entry_id == entry_id, Original.version < version)
    return list(session.scalars(query))


def officer_share(session: Session, *, entry_id: UUID, officer_id: UUID) -> bytes:
    """Return the age file that this officer decrypts on their own device."""
    row = session.get(OfficerShare, (entry_id, officer_id))
    if row is None:
        raise NoSuchEnvelope("this officer holds no part of this envelope")
    return row.sealed
