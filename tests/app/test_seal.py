"""What is sealed opens for its owner alone, and for no other entry."""

import hashlib
import secrets
from itertools import combinations
from uuid import uuid4

import pytest

from app.database import reading, transaction
from app.vault import age
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.open import officer_share, open_with_parts, open_with_receipt, read_identity, read_original
from app.vault.seal import OriginalNote, note_original, seal_file
from app.vault.tables import Envelope
from tests.app.envelopes import Sealed
from tests.conftest import IN_TIME


def test_receipt_opens_its_own_envelope(engines):
    sealed = Sealed(engines)

    with reading(engines.vault.engine) as session:
        opened = open_with_receipt(session, entry_id=sealed.entry_id, version=1, receipt=sealed.receipt)

    assert opened.identity == sealed.identity


def test_receipt_opens_no_other_envelope(engines):
    sealed, other = Sealed(engines), Sealed(engines)

    with reading(engines.vault.engine) as session:
        with pytest.raises(NotOpenable):
            open_with_receipt(session, entry_id=sealed.entry_id, version=1, receipt=other.receipt)
        with pytest.raises(NotOpenable):
            open_with_receipt(session, entry_id=uuid4(), version=1, receipt=sealed.receipt)
        with pytest.raises(NoSuchEnvelope):
            open_with_receipt(session, entry_id=sealed.entry_id, version=1, receipt=secrets.token_bytes(16))


def test_envelope_moved_under_another_entry_does_not_open(engines):
    sealed, other = Sealed(engines), Sealed(engines)
    with transaction(engines.vault.engine) as session:
        moved, place = session.get_one(Envelope, sealed.entry_id), session.get_one(Envelope, other.entry_id)
        sought, moved.receipt_hash = moved.receipt_hash, b"somewhere else"
        session.flush()  # no two envelopes have the same
        place.identity, place.entrant_part, place.recipient, place.receipt_hash = (
            moved.identity,
            moved.entrant_part,
            moved.recipient,
            sought,
        )

    with reading(engines.vault.engine) as session:
        with pytest.raises(NotOpenable, match="another entry"):
            read_identity(session, entry_id=other.entry_id, secret=sealed.secret)
        with pytest.raises(NotOpenable, match="another entry"):
            open_with_receipt(session, entry_id=other.entry_id, version=1, receipt=sealed.receipt)


def test_original_moved_under_another_entry_does_not_open(engines):
    sealed, other = Sealed(engines), Sealed(engines)
    content = seal_file(b"the essay", entry_id=sealed.entry_id, recipient=age.public_key(sealed.secret))
    key = engines.vault.files.put(content)
    with transaction(engines.vault.engine) as session:
        for each in (sealed, other):
            note_original(
                session,
                entry_id=each.entry_id,
                version=1,
                file_key=key,
                note=OriginalNote(hashlib.sha256(b"the essay").hexdigest(), "00" * 32),
                recipient=age.public_key(each.secret),
                now=IN_TIME,
            )

    with reading(engines.vault.engine) as session:

        def read(entry):
            files = engines.vault.files
            return read_original(session, files, entry_id=entry, version=1, secret=sealed.secret)

        assert read(sealed.entry_id) == b"the essay"
        with pytest.raises(NotOpenable, match="another entry"):
            read(other.entry_id)


@pytest.mark.parametrize(("officers", "needed"), [(2, 2), (3, 2), (3, 3), (5, 3)])
def test_any_k_officers_open_with_their_private_keys(engines, officers, needed):
    sealed = Sealed(engines, officers=officers, needed=needed)

    with reading(engines.vault.engine) as session:
        parts = {officer: sealed.part(session, officer) for officer in sealed.keys}
        for group in combinations(parts.values(), needed):
            assert open_with_parts(session, entry_id=sealed.entry_id, parts=group) == sealed.identity
        for group in combinations(parts.values(), needed - 1):
            with pytest.raises(NotOpenable):
                open_with_parts(session, entry_id=sealed.entry_id, parts=group)


def test_share_opens_with_its_own_officers_key_alone(engines):
    sealed = Sealed(engines)
    first, second, _ = sealed.keys

    with reading(engines.vault.engine) as session:
        share = officer_share(session, entry_id=sealed.entry_id, officer_id=first)
        with pytest.raises(NoSuchEnvelope):
            officer_share(session, entry_id=sealed.entry_id, officer_id=uuid4())

    with pytest.raises(NotOpenable):
        age.unseal(share, sealed.keys[second])
