"""What is sealed tells nothing: by its length, in the vault's rows, or in a log line."""

import dataclasses
import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.intake.receipts import new_receipt
from app.vault import age
from app.vault.identity import Identity
from app.vault.open import open_with_receipt
from app.vault.orders import Order
from app.vault.seal import OriginalNote, note_original, seal_file
from app.vault.tables import Envelope, OfficerShare, Original
from tests.app.envelopes import WHO, Sealed
from tests.app.stages import payload
from tests.conftest import IN_TIME


def test_envelopes_of_very_different_identities_have_equal_lengths(engines):
    long = WHO | {"postal_address": "Łódź, " * 160, "organisations": tuple(f"Surgery {n}" for n in range(80))}
    short, full = Sealed(engines, name="A B"), Sealed(engines, **long)

    with reading(engines.vault.engine) as session:
        rows = [session.get_one(Envelope, each.entry_id) for each in (short, full)]
        shares = [
            sorted(
                payload(row.sealed)
                for row in session.scalars(select(OfficerShare).where(OfficerShare.entry_id == each.entry_id))
            )
            for each in (short, full)
        ]

    assert len(full.identity.as_json()) - len(short.identity.as_json()) > 2000
    assert payload(rows[0].identity) == payload(rows[1].identity)
    assert payload(rows[0].entrant_part) == payload(rows[1].entrant_part)
    assert shares[0] == shares[1]


def test_originals_of_one_block_have_equal_lengths():
    recipient = age.public_key(age.new_secret())

    sealed = [seal_file(b"x" * size, entry_id=uuid4(), recipient=recipient) for size in (1, 900, 4000)]

    assert len({payload(each) for each in sealed}) == 1


def test_vault_rows_hold_no_identity_readable(engines):
    sealed = Sealed(engines)
    note = OriginalNote("ab" * 32, "cd" * 32, statement="Canary statement")
    with transaction(engines.vault.engine) as session:
        note_original(
            session,
            entry_id=sealed.entry_id,
            version=1,
            file_key="00",
            note=note,
            recipient=age.public_key(sealed.secret),
            now=IN_TIME,
        )

    with reading(engines.vault.engine) as session:
        assert session.get_one(Original, (sealed.entry_id, 1)).sealed_note
    content = b"".join(path.read_bytes() for path in engines.settings.data.glob("vault.sqlite3*"))
    words = (
        "Tarrant",
        "imogen@",
        "7946",
        "Canary",
        "7654321",
        "Larkfield",
        "Quill",
        sealed.secret,
        note.salt,
    )
    assert [word for word in words if word.encode() in content] == []


def test_identity_survives_being_written_down():
    identity = Identity(entry_id=uuid4(), **WHO)

    assert Identity.from_json(identity.as_json(), entry_id=identity.entry_id) == identity
    assert json.loads(identity.as_json())["name"] == "Imogen Tarrant"


@pytest.mark.parametrize(
    ("value", "silent"),
    [
        (
            Identity(entry_id=uuid4(), **WHO),
            ("Tarrant", "imogen", "7946", "Canary", "7654321", "Imo", "Quill"),
        ),
        (OriginalNote("ab" * 32, "cd" * 32, "used for spelling"), ("cd" * 32, "spelling")),
        (
            Order(uuid4(), 1, secret="AGE-SECRET", statement="spelling", typed="words"),
            ("AGE", "spell", "words"),
        ),
        (new_receipt(), ("octets",)),
    ],
    ids=["identity", "note", "order", "receipt"],
)
def test_repr_shows_nothing_that_was_sealed(value, silent):
    assert dataclasses.is_dataclass(value)
    assert [word for word in silent if word in repr(value)] == []


def test_repr_of_an_opened_envelope_shows_nothing(engines):
    sealed = Sealed(engines)
    with reading(engines.vault.engine) as session:
        opened = open_with_receipt(session, entry_id=sealed.entry_id, version=1, receipt=sealed.receipt)
        row = session.get_one(Envelope, sealed.entry_id)

    assert opened.secret not in repr(opened)
    assert "Tarrant" not in repr(opened) + str(opened)
    assert repr(row) == "<Envelope>"
