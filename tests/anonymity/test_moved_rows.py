"""An envelope, or any piece of one, put under another entry's number does not open there."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, select

from app.database import reading, transaction
from app.desk.postal import PostalForm, log_postal_entry
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.tables import Entry
from app.tables.entries import Work
from app.vault import age
from app.vault.errors import NotOpenable, VaultError
from app.vault.open import officer_share, open_with_parts, open_with_receipt, read_original
from app.vault.orders import open_order
from app.vault.split import OfficerPart
from app.vault.tables import (
    Correction,
    CouncilShare,
    CouncilTokens,
    Envelope,
    OfficerShare,
    Original,
    VaultBase,
    WorkOrder,
)
from tests.checking import check
from tests.conftest import IN_TIME
from tests.entering import essay_docx, submit_now


class Two:
    """Two entries just admitted, the worker's orders for them still open, and all keys at hand."""

    def __init__(self, prize):
        self.prize, self.vault = prize, prize.engines.vault
        self.receipts = (new_receipt(), new_receipt())
        people = (("Larkspur", "Imogen Tarrant"), ("Heron", "Bo Nwosu"))
        self.ids = tuple(
            submit_now(
                prize,
                essay=essay_docx(f"The essay of {nom}, in words of its own."),
                receipt=receipt,
                nom_de_plume=nom,
                name=name,
                email=f"{name.split()[0].lower()}@example.net",
            ).entry_id
            for receipt, (nom, name) in zip(self.receipts, people, strict=True)
        )

    def swap(self, table, *columns):
        """Exchange what stands in these columns between the rows of one entry and those of the other."""
        with transaction(self.vault.engine) as session:
            mine, theirs = (
                session.scalars(select(table).where(table.entry_id == each).order_by(*_key(table))).all()
                for each in self.ids
            )
            assert len(mine) == len(theirs) > 0
            for here, there in zip(mine, theirs, strict=True):
                for column in columns:
                    kept = getattr(here, column)
                    setattr(here, column, getattr(there, column))
                    setattr(there, column, kept)
                session.flush()

    def by_receipt(self, place, receipt=None):
        with reading(self.vault.engine) as session:
            code = (receipt or self.receipts[place]).octets
            return open_with_receipt(session, entry_id=self.ids[place], version=1, receipt=code)

    def by_officers(self, place):
        staff = self.prize.staff
        with reading(self.vault.engine) as session:
            parts = []
            for officer in staff.officers[:2]:
                sealed = officer_share(session, entry_id=self.ids[place], officer_id=officer.role_id)
                key = staff.keys[officer.person_name.split()[-1].lower()]
                parts.append(OfficerPart.from_text(age.unseal(sealed, key).decode()))
            return open_with_parts(session, entry_id=self.ids[place], parts=parts)

    def by_worker(self, place):
        entry_id: UUID = self.ids[place]
        with reading(self.vault.engine) as session:
            order = open_order(session, entry_id=entry_id, version=1, keys_folder=self.vault.keys_folder)
            return read_original(session, self.vault.files, entry_id=entry_id, version=1, secret=order.secret)


def _key(table):
    return [column for column in table.__table__.primary_key.columns if column.name != "entry_id"]


@pytest.fixture
def two(prize):
    return Two(prize)


WAYS = ("by_receipt", "by_officers", "by_worker")
MOVED = {
    "identity": (Envelope, ("identity",), {"by_receipt", "by_officers"}),
    "entrant's part": (Envelope, ("entrant_part",), {"by_receipt"}),
    "whole envelope": (
        Envelope,
        ("identity", "entrant_part", "recipient"),
        {"by_receipt", "by_officers"},
    ),
    "officers' parts": (OfficerShare, ("sealed",), {"by_officers"}),
    "file of the original": (Original, ("file_key",), {"by_worker"}),
    "note on the original": (Original, ("sealed_note",), {"by_receipt"}),
    "original and its note": (Original, ("file_key", "sealed_note"), {"by_receipt", "by_worker"}),
    "work order": (WorkOrder, ("sealed",), {"by_worker"}),
}
"""What is moved, and by which ways neither entry can be opened then."""
MOVED_OTHERWISE = {
    ("envelope", "receipt_hash"),
    ("council_tokens", "sealed"),
    ("council_share", "sealed"),
    ("correction", "identity"),
    ("receipt_mail", "sealed"),
}
"""Columns that tests of their own move. A letter moved goes to the address it names, with the code it holds."""


def test_everything_opens_in_its_place(two):
    for place in (0, 1):
        assert two.by_receipt(place).identity == two.by_officers(place)
        assert two.by_worker(place)[:2] == b"PK"
    assert two.by_receipt(0).identity != two.by_receipt(1).identity


@pytest.mark.parametrize("moved", MOVED)
def test_what_was_moved_does_not_open(two, moved):
    table, columns, shut = MOVED[moved]

    two.swap(table, *columns)

    for way in WAYS:
        for place in (0, 1):
            if way in shut:
                with pytest.raises(VaultError):
                    getattr(two, way)(place)
            else:
                getattr(two, way)(place)


def test_receipts_exchanged_with_their_envelopes_do_not_open(two):
    """Even all there is of an envelope, its receipt's hash too, under the other's number."""
    with transaction(two.vault.engine) as session:
        mine, theirs = (session.get_one(Envelope, each) for each in two.ids)
        columns = [each.name for each in Envelope.__table__.columns if each.name != "entry_id"]
        kept = [{name: getattr(row, name) for name in columns} for row in (mine, theirs)]
        mine.receipt_hash = b"\0" * 32
        session.flush()  # no two rows may have one hash, not even for a moment
        for row, values in ((theirs, kept[0]), (mine, kept[1])):
            for name, value in values.items():
                setattr(row, name, value)
            session.flush()

    for place in (0, 1):
        with pytest.raises(VaultError):
            two.by_receipt(place, two.receipts[1 - place])
        with pytest.raises(VaultError):
            two.by_officers(place)


def test_moved_order_leads_to_no_reading_copy(two):
    two.swap(WorkOrder, "sealed")

    prepare(two.prize.engines, entry_id=two.ids[0], now=IN_TIME)

    with reading(two.prize.engines.contest) as session:
        entry = session.get_one(Entry, two.ids[0])
        assert (entry.work, entry.copies) == (Work.REPAIR, [])


def test_text_typed_for_one_entry_is_not_prepared_as_anothers(prize):
    ids = []
    for nom in ("Sorrel", "Brown"):
        form = PostalForm(
            delivered_on=IN_TIME.date(),
            nom_de_plume=nom,
            category="everyone-else",
            copies=1,
            copies_place="shelf",
            envelope_label=nom,
            envelope_place="tin box",
            condition="sound",
            note="",
            text=f"# {nom}\n\nThe essay of {nom}, in words of its own.",
        )
        administrator = prize.staff.administrator
        ids.append(
            log_postal_entry(
                prize.engines, visit=administrator, form=form, receipt=new_receipt(), now=IN_TIME
            ).entry_id
        )
    with transaction(prize.engines.vault.engine) as session:
        here, there = (session.get_one(WorkOrder, (each, 1)) for each in ids)
        here.sealed, there.sealed = there.sealed, here.sealed

    for entry_id in ids:
        prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    with reading(prize.engines.contest) as session:
        entries = [session.get_one(Entry, each) for each in ids]
        assert [(entry.work, entry.copies) for entry in entries] == [(Work.REPAIR, [])] * 2


@pytest.mark.parametrize("table", [CouncilTokens, CouncilShare])
def test_tokens_moved_or_parts_of_them_are_not_compared(two, table):
    two.swap(table, "sealed")

    with pytest.raises(NotOpenable):
        check(two.prize)


def test_correction_sealed_for_one_entry_does_not_stand_for_another(two):
    """Anybody may seal to an entry's public key; what was said of another entry is refused all the same."""
    with transaction(two.vault.engine) as session:
        for place, each in enumerate(two.ids):
            said = replace(two.by_officers(place), name="Somebody Else").as_json()
            other = session.get_one(Envelope, two.ids[1 - place])
            sealed = age.seal(age.pad(said), other.recipient)
            session.add(Correction(entry_id=other.entry_id, version=1, identity=sealed, sealed_at=IN_TIME))
            assert each != other.entry_id

    for way in ("by_receipt", "by_officers"):
        for place in (0, 1):
            with pytest.raises(NotOpenable, match="another entry"):
                getattr(two, way)(place)


def test_every_sealed_column_is_moved_here():
    """A new table of the vault whose sealed content belongs to an entry has to be moved in these tests too."""
    moved = {(table.__tablename__, column) for table, columns, _ in MOVED.values() for column in columns}
    sealed = {
        (table.class_.__tablename__, column.name)
        for table in VaultBase.registry.mappers
        if "entry_id" in table.class_.__table__.columns
        for column in table.class_.__table__.columns
        if isinstance(column.type, LargeBinary)
    }

    assert sealed - moved == MOVED_OTHERWISE
