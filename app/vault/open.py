"""How an envelope opens: with its receipt, with the officers' parts, or by the worker's order."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, column, func, select
from sqlalchemy.orm import Session, aliased

from app.storage import Storage
from app.vault import age
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.identity import Identity
from app.vault.seal import OriginalNote, entrant_secret, receipt_hash
from app.vault.split import OfficerPart, join
from app.vault.tables import Correction, Envelope, OfficerShare, Original

_EARLIER = aliased(Correction)


@dataclass(frozen=True, slots=True)
class OpenedByReceipt:
    entry_id: UUID
    secret: str = field(repr=False)
    identity: Identity = field(repr=False)
    """As the latest correction says, where there is one."""
    note: OriginalNote = field(repr=False)
    version: int = 0
    """Of the essay the note is on."""
    file_key: str = ""
    """Of the sealed original that stands; empty where the essay is on paper."""
    corrections: int = 0
    """How many times the identity was corrected."""


def open_with_receipt(session: Session, *, entry_id: UUID, version: int, receipt: bytes) -> OpenedByReceipt:
    """Open the entrant's own envelope, with the note on the version of the essay that stands.

    Raises NoSuchEnvelope where the receipt leads to none, NotOpenable where it leads to another entry's.
    """
    sealed = session.execute(_by_receipt(session, receipt_hash(receipt), version)).one_or_none()
    if sealed is None:
        raise NoSuchEnvelope("nothing is sealed under this receipt")
    if sealed.entry_id != entry_id:
        raise NotOpenable("this receipt is another entry's")
    secret = age.unseal(sealed.entrant_part, entrant_secret(receipt)).decode()
    identity = Identity.from_json(age.unseal(sealed.identity, secret).decode(), entry_id=entry_id)
    note = OriginalNote(fingerprint="", salt="")
    if sealed.sealed_note is not None:
        found = json.loads(age.unseal(sealed.sealed_note, secret))
        note = OriginalNote(found["fingerprint"], found["salt"], found["statement"])
    return OpenedByReceipt(
        entry_id=entry_id,
        secret=secret,
        identity=identity,
        note=note,
        version=version,
        file_key=sealed.file_key or "",
        corrections=sealed.corrections,
    )


def opens_an_envelope(session: Session, receipt: bytes) -> bool:
    """Whether a receipt leads to an envelope. It takes as long to say no as to say yes."""
    sealed = session.execute(_by_receipt(session, receipt_hash(receipt), 1)).one_or_none()
    own = entrant_secret(receipt)
    decoy = _decoy()
    part, secret = (decoy.part, decoy.secret) if sealed is None else (sealed.entrant_part, own)
    age.unseal(part, secret)
    return sealed is not None


@dataclass(frozen=True, slots=True)
class _Decoy:
    """What is unsealed where a receipt leads nowhere: as long as an entrant's part, and of no use."""

    part: bytes
    secret: str = field(repr=False)


@cache
def _decoy() -> _Decoy:
    secret = age.new_secret()
    return _Decoy(part=age.seal(age.new_secret().encode(), age.public_key(secret)), secret=secret)


def _by_receipt(session: Session, hashed: bytes, version: int) -> Executable:
    """What a receipt leads to: on PostgreSQL by the one function that the web's login may call."""
    latest = _latest_correction(Envelope.entry_id)
    columns = (
        Envelope.entry_id,
        func.coalesce(Correction.identity, Envelope.identity).label("identity"),
        func.coalesce(Correction.version, 0).label("corrections"),
        Envelope.entrant_part,
        Original.file_key,
        Original.sealed_note,
    )
    if session.get_bind().dialect.name == "postgresql":
        found = func.envelope_by_receipt(hashed, version)
        return select(found.table_valued(*(column(each.key, each.type) for each in columns)))
    return (
        select(*columns)
        .select_from(Envelope)
        .outerjoin(Correction, (Correction.entry_id == Envelope.entry_id) & (Correction.version == latest))
        .outerjoin(Original, (Original.entry_id == Envelope.entry_id) & (Original.version == version))
        .where(Envelope.receipt_hash == hashed)
    )


def recipient_of(session: Session, entry_id: UUID) -> str:
    """Return the public half of an entry's own key, to which whatever comes later is sealed."""
    recipient = session.scalar(select(Envelope.recipient).where(Envelope.entry_id == entry_id))
    if recipient is None:
        raise NoSuchEnvelope("nothing is sealed under this entry")
    return recipient


def open_with_parts(session: Session, *, entry_id: UUID, parts: Sequence[OfficerPart]) -> Identity:
    """Open one envelope with the officers' parts. Raises NotOpenable with too few or wrong ones."""
    return read_identity(session, entry_id=entry_id, secret=join(parts, entry_id=entry_id))


def read_identity(session: Session, *, entry_id: UUID, secret: str) -> Identity:
    """Who entered, by the entrant's latest correction where there is one."""
    return read_identities(session, entry_id=entry_id, secret=secret)[-1]


def read_identities(session: Session, *, entry_id: UUID, secret: str) -> list[Identity]:
    """Who entered: as entered, then by each correction in turn."""
    entered = session.scalar(select(Envelope.identity).where(Envelope.entry_id == entry_id))
    if entered is None:
        raise NoSuchEnvelope("nothing is sealed under this entry")
    corrected = session.scalars(
        select(Correction.identity).where(Correction.entry_id == entry_id).order_by(Correction.version)
    )
    return [
        Identity.from_json(age.unseal(each, secret).decode(), entry_id=entry_id)
        for each in (entered, *corrected)
    ]


def _latest_correction(entry_id: Any) -> Any:
    query = select(func.max(_EARLIER.version)).where(_EARLIER.entry_id == entry_id)
    return query.correlate(Envelope).scalar_subquery()


def read_original(session: Session, files: Storage, *, entry_id: UUID, version: int, secret: str) -> bytes:
    """Return the file as it came in. Raises NotOpenable where the ciphertext is another entry's."""
    file_key = session.scalar(
        select(Original.file_key).where(Original.entry_id == entry_id, Original.version == version)
    )
    if file_key is None:
        raise NoSuchEnvelope("no original is sealed under this entry and version")
    framed = age.unseal(files.get(file_key), secret)
    (length,) = struct.unpack(">Q", framed[16:24])
    if framed[:16] != entry_id.bytes:
        raise NotOpenable("this file was sealed for another entry")
    return framed[24 : 24 + length]


def originals_before(session: Session, *, entry_id: UUID, version: int) -> list[str]:
    """List the keys of the sealed files of an entry's versions before `version`, that none of the later shares."""
    mine = select(Original.file_key).where(Original.entry_id == entry_id)
    # A corrected identity lets the same file stand again, as a version of its own.
    later = mine.where(Original.version >= version).correlate(None)
    return list(session.scalars(mine.where(Original.version < version, Original.file_key.not_in(later))))


def officer_share(session: Session, *, entry_id: UUID, officer_id: UUID) -> bytes:
    """Return the age file that this officer decrypts on their own device."""
    row = session.get(OfficerShare, (entry_id, officer_id))
    if row is None:
        raise NoSuchEnvelope("this officer holds no part of this envelope")
    return row.sealed


def holders_of_parts(session: Session, *, entry_id: UUID) -> set[UUID]:
    """Return the officers who hold a part of this envelope."""
    return set(session.scalars(select(OfficerShare.officer_id).where(OfficerShare.entry_id == entry_id)))
