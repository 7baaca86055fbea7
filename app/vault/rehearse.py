"""The test envelope: sealed as an entry's is, with a phrase in it instead of a name, to try the officers' keys on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.vault import age
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.seal import Officer
from app.vault.split import OfficerPart, join, split
from app.vault.tables import TestEnvelope, TestShare


@dataclass(frozen=True, slots=True)
class Tried:
    """How far the trying of a test envelope has come."""

    envelope_id: UUID
    made_at: datetime
    keys: Mapping[UUID, str]
    """Officer to the public key the envelope was sealed to."""
    handed_in: Mapping[UUID, datetime]
    """Officers whose part was right, and when it came."""
    opened_at: datetime | None
    phrase: str
    """What was in the envelope; empty while it is closed."""

    @property
    def opened_with(self) -> list[str]:
        """The keys whose parts opened it; those tried later are not among them."""
        if self.opened_at is None:
            return []
        return sorted(self.keys[each] for each, at in self.handed_in.items() if at <= self.opened_at)


def stand_test_envelope(
    session: Session,
    *,
    contest_id: UUID,
    officers: Sequence[Officer],
    needed: int,
    phrase: str,
    now: datetime,
) -> None:
    """See to it that one test envelope stands, sealed to just these keys; with too few of them, none."""
    before = how_far(session, contest_id)
    keys = {each.officer_id: each.public_key for each in officers}
    if before is not None and before.keys == keys:
        return
    if before is not None:
        _destroy(session, before.envelope_id)
    if len(officers) >= needed:
        _seal(session, contest_id=contest_id, officers=officers, needed=needed, phrase=phrase, now=now)


def how_far(session: Session, contest_id: UUID) -> Tried | None:
    """How far this contest's officers have come with the test envelope; None where none stands."""
    envelope = session.scalar(select(TestEnvelope).where(TestEnvelope.contest_id == contest_id))
    if envelope is None:
        return None
    shares = session.scalars(select(TestShare).where(TestShare.envelope_id == envelope.id)).all()
    return Tried(
        envelope_id=envelope.id,
        made_at=envelope.made_at,
        keys={share.officer_id: share.public_key for share in shares},
        handed_in={share.officer_id: share.handed_in_at for share in shares if share.handed_in_at},
        opened_at=envelope.opened_at,
        phrase=envelope.phrase,
    )


def share_to_try(session: Session, *, contest_id: UUID, officer_id: UUID) -> bytes:
    """Return the age file that this officer tries the key on. Raises NoSuchEnvelope where there is none."""
    share = session.scalar(
        select(TestShare)
        .join(TestEnvelope)
        .where(TestEnvelope.contest_id == contest_id, TestShare.officer_id == officer_id)
    )
    if share is None:
        raise NoSuchEnvelope("this officer holds no part of a test envelope")
    return share.sealed


def take_test_part(session: Session, part: OfficerPart, *, now: datetime) -> None:
    """Keep a right part, and open the envelope once as many are here as it needs.

    Raises NoSuchEnvelope, or NotOpenable where the part is not what was sealed to its officer.
    """
    envelope = session.get(TestEnvelope, part.entry_id, with_for_update=True)
    share = session.get(TestShare, (part.entry_id, part.officer_id))
    if envelope is None or share is None:
        raise NoSuchEnvelope("this test envelope no longer stands")
    if _hash(part) != share.part_hash:
        raise NotOpenable("this is not the part that was sealed")
    if share.handed_in_at is None:
        share.handed_in_at = now
    if envelope.opened_at is not None:
        return
    share.part = part.as_text()
    session.flush()  # counted with those before it
    shares = session.scalars(
        select(TestShare).where(TestShare.envelope_id == envelope.id, TestShare.part != "")
    ).all()
    if len(shares) < part.needed:
        return
    secret = join([OfficerPart.from_text(each.part) for each in shares], entry_id=envelope.id)
    envelope.phrase = _phrase_in(age.unseal(envelope.sealed, secret), envelope.id)
    envelope.opened_at = now
    for each in shares:
        each.part = ""


def _seal(
    session: Session,
    *,
    contest_id: UUID,
    officers: Sequence[Officer],
    needed: int,
    phrase: str,
    now: datetime,
) -> None:
    envelope_id, secret = uuid4(), age.new_secret()
    content = age.pad(json.dumps({"test_envelope": str(envelope_id), "phrase": phrase}))
    session.add(
        TestEnvelope(
            id=envelope_id,
            contest_id=contest_id,
            sealed=age.seal(content, age.public_key(secret)),
            made_at=now,
        )
    )
    session.flush()  # shares refer to the envelope
    parts = split(
        secret, entry_id=envelope_id, officers=[each.officer_id for each in officers], needed=needed
    )
    for officer, part in zip(officers, parts, strict=True):
        session.add(
            TestShare(
                envelope_id=envelope_id,
                officer_id=officer.officer_id,
                public_key=officer.public_key,
                sealed=age.seal(age.pad(part.as_text()), officer.public_key),
                part_hash=_hash(part),
            )
        )


def _destroy(session: Session, envelope_id: UUID) -> None:
    session.execute(delete(TestShare).where(TestShare.envelope_id == envelope_id))
    session.execute(delete(TestEnvelope).where(TestEnvelope.id == envelope_id))
    session.flush()  # another may stand in its place


def _phrase_in(content: bytes, envelope_id: UUID) -> str:
    found = json.loads(content)
    if found["test_envelope"] != str(envelope_id):
        raise NotOpenable("this was sealed for another test envelope")
    return str(found["phrase"])


def _hash(part: OfficerPart) -> bytes:
    return sha256(part.as_text().encode()).digest()
