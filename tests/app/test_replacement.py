"""An entrant replaces the essay with the receipt alone, until the deadline."""

import contextlib
import hashlib
from collections import Counter
from threading import Event, Thread, current_thread

import pytest
from sqlalchemy import event, select

from app.database import reading, transaction
from app.desk.review import ask_for_repair, decide_finding
from app.errors import Clash, NotHere, TooLate
from app.intake.leftovers import end_finished_orders
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.tables import Entry, Leaf
from app.tables.entries import Work
from app.vault.open import read_original
from tests.app.essays import (
    SECOND_DRAFT,
    copies,
    entry_of,
    kinds,
    orders,
    replace,
    seal_ahead,
    stored_files,
    withdraw_now,
)
from tests.app.stages import open_for_entries_now, opened_by
from tests.conftest import AFTER, IN_TIME
from tests.entering import enter, essay_docx, submit_now


def test_replacement_makes_a_new_copy_and_keeps_number_and_nom(prize):
    entry_id, receipt = enter(prize)
    before, (first,) = entry_of(prize, entry_id), copies(prize, entry_id)

    replace(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    after, (second,) = entry_of(prize, entry_id), copies(prize, entry_id)
    kept = [(each.number, each.nom_de_plume, each.received_at) for each in (before, after)]
    assert kept[0] == kept[1]
    assert (after.essay_version, after.work) == (2, Work.DONE)
    assert first.pdf_key != second.pdf_key
    assert kinds(prize) == ["entry", "replacement"]
    assert orders(prize) == []


def test_essay_that_was_replaced_is_destroyed(prize):
    entry_id, receipt = enter(prize, essay=essay_docx("The first draft, with the canary."))
    before = stored_files(prize)

    replace(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert before & stored_files(prize) == set()
    assert len(stored_files(prize)) == 3
    opened = opened_by(prize, entry_id, receipt)
    with reading(prize.engines.vault.engine) as session:
        files, secret = prize.engines.vault.files, opened.secret
        assert read_original(session, files, entry_id=entry_id, version=2, secret=secret) == SECOND_DRAFT


def test_same_essay_sent_again_is_kept(prize):
    essay = essay_docx("The one draft there is.")
    entry_id, receipt = enter(prize, essay=essay)

    replace(prize, entry_id, receipt, essay=essay)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    (copy,) = copies(prize, entry_id)
    assert prize.engines.copies.get(copy.pdf_key).startswith(b"%PDF")
    assert b"one draft there is" in prize.engines.copies.get(copy.manuscript_key)


def test_two_replacements_at_once_leave_record_and_vault_agreed(prize):
    """A double click: each writes to the vault before either reaches the entry; the later one stands."""
    entry_id, receipt = enter(prize)
    in_vault = {name: Event() for name in ("first", "second")}
    first_done, begun, outcome = Event(), Counter(), {}

    def hold_back(*_connection):
        name = current_thread().name
        begun[name] += name in in_vault
        if begun[name] == 3:  # its vault is written, the entry comes next
            in_vault[name].set()
            (in_vault["second"] if name == "first" else first_done).wait(10)

    def send(name):
        try:
            replace(prize, entry_id, receipt, essay=essay_docx(f"The draft sent {name}."))
        except Clash as error:
            outcome[name] = error

    event.listen(prize.engines.contest, "checkout", hold_back)
    threads = {name: Thread(target=send, args=(name,), name=name) for name in in_vault}
    threads["first"].start()
    in_vault["first"].wait(10)
    threads["second"].start()
    threads["first"].join()
    first_done.set()
    threads["second"].join()

    assert outcome == {}
    note = opened_by(prize, entry_id, receipt).note
    with reading(prize.engines.contest) as session:
        leaf = session.scalars(select(Leaf).where(Leaf.kind == "replacement").order_by(Leaf.position)).all()[
            -1
        ]
    entry = entry_of(prize, entry_id)
    told = leaf.told["rows"][f"entry {entry.number}"]
    held = hashlib.sha256(bytes.fromhex(note.salt) + bytes.fromhex(note.fingerprint)).hexdigest()
    assert (told["essay_version"], told["original"]) == (entry.essay_version, held)


def test_replacement_before_the_first_pass_is_the_one_prepared(prize):
    receipt = new_receipt()
    entry_id = submit_now(prize, receipt=receipt).entry_id
    replace(prize, entry_id, receipt)

    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert len(copies(prize, entry_id)) == 1
    assert orders(prize) == []
    manuscript = prize.engines.copies.get(copies(prize, entry_id)[0].manuscript_key)
    assert b"second draft begins" in manuscript


def test_replacement_waiting_for_its_first_pass_is_not_lost_to_a_decided_finding(prize):
    """Findings of the essay before it are still listed while the new one is prepared."""
    entry_id, receipt = enter(
        prize, essay=essay_docx("Mrs Dorothea Pell, of Ludlow, came every Tuesday at nine.")
    )
    with reading(prize.engines.contest) as session:
        finding = session.get_one(Entry, entry_id).findings[0]
    replace(prize, entry_id, receipt)

    with contextlib.suppress(Clash, NotHere):
        decide_finding(
            prize.engines,
            visit=prize.staff.administrator,
            entry_id=entry_id,
            finding_id=finding.id,
            verdict="replace",
            stand_in="[the patient]",
            now=IN_TIME,
        )
    end_finished_orders(prize.engines, now=prize.clock())
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    manuscript = prize.engines.copies.get(entry_of(prize, entry_id).manuscript_key)
    assert b"second draft begins" in manuscript


def test_replacement_stops_at_the_deadline(prize):
    entry_id, receipt = enter(prize)

    with pytest.raises(TooLate):
        replace(prize, entry_id, receipt, now=AFTER)

    assert entry_of(prize, entry_id).essay_version == 1


def test_essay_in_need_of_repair_is_replaced_after_the_deadline_once_asked_for(prize):
    entry_id, receipt = enter(prize)
    with transaction(prize.engines.contest) as session:
        session.get_one(Entry, entry_id).work = Work.REPAIR
    with pytest.raises(TooLate):
        replace(prize, entry_id, receipt, now=AFTER)

    ask_for_repair(prize.engines, visit=prize.staff.administrator, entry_id=entry_id, now=AFTER)
    replace(prize, entry_id, receipt, now=AFTER)
    prepare(prize.engines, entry_id=entry_id, now=AFTER)

    assert entry_of(prize, entry_id).work is Work.DONE
    assert kinds(prize) == ["entry", "repair-invited", "replacement"]


def test_essay_with_the_judges_is_not_replaced_or_withdrawn(released):
    entry_id, receipt = released.entries["Heron"], released.receipts["Heron"]

    with pytest.raises(Clash, match="with the judges"):
        replace(released.prize, entry_id, receipt, now=IN_TIME)
    with pytest.raises(Clash, match="with the judges"):
        withdraw_now(released.prize, entry_id, receipt, now=IN_TIME)


def test_replacement_cut_short_between_the_databases_can_be_made_again(prize):
    """The vault has the new version already, the entry does not point at it yet."""
    entry_id, receipt = enter(prize)
    seal_ahead(prize, opened_by(prize, entry_id, receipt))

    replace(prize, entry_id, receipt)
    prepare(prize.engines, entry_id=entry_id, now=IN_TIME)

    assert entry_of(prize, entry_id).essay_version == 3
    assert entry_of(prize, entry_id).work is Work.DONE


def test_replacing_on_the_page_refuses_what_cannot_be_read(site):
    prize, client = site.prize, site.client()
    entry_id, receipt = enter(prize)
    open_for_entries_now(prize)
    client.post("/receipt", data={"code": receipt.text})

    refused = client.post(
        "/receipt/replacement", files={"essay": ("a.docx", b"\x7fELF\x02\x01\x01" + bytes(400))}
    )
    nothing = client.post("/receipt/replacement", data={"text": " "})
    taken = client.post("/receipt/replacement", files={"essay": ("a.docx", SECOND_DRAFT)})

    assert (refused.status_code, nothing.status_code, taken.status_code) == (415, 422, 303)
    assert entry_of(prize, entry_id).essay_version == 2
