"""The proof of a receipt: whoever holds it can check the entry's place in the record, and any change is found."""

import copy
import json
from contextlib import suppress
from datetime import timedelta

import pytest

from app.database import reading
from app.intake.versions import replace_essay, withdraw
from app.record.checkpoint import verifier_key
from app.record.proofs import marks_proof, receipt_proof
from app.record.roots import signing_key
from app.record.verifier.anything import check_document
from app.record.verifier.notes import Unreadable, read_note
from app.tables import Entry, ReadingCopy, Release
from app.vault.open import open_with_receipt
from app.web.record_line import in_fours
from tests.app.stages import decide_now, open_together, opened_by
from tests.app.test_roots import note, publish, roots
from tests.conftest import IN_TIME
from tests.entering import enter, essay_docx


def proof_of(prize, entry_id, receipt):
    """The proof as the file an entrant saves."""
    with reading(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        with reading(prize.engines.vault.entering) as vault:
            opened = open_with_receipt(
                vault, entry_id=entry_id, version=entry.essay_version, receipt=receipt.octets
            )
        proof = receipt_proof(
            session,
            entry=entry,
            fingerprint=opened.note.fingerprint,
            salt=opened.note.salt,
            keys_folder=prize.engines.settings.keys_folder,
        )
    return json.loads(json.dumps(proof))


@pytest.fixture
def entered(prize):
    """An entry whose root is published, with its essay and receipt."""
    essay = essay_docx()
    entry_id, receipt = enter(prize, essay=essay)
    publish(prize, "deadline")
    return prize, entry_id, receipt, essay


def test_proof_before_any_root_is_the_societys_promise(prize):
    entry_id, receipt = enter(prize)

    proof = proof_of(prize, entry_id, receipt)

    assert proof["checkpoints"] == []
    assert all("position" not in leaf for leaf in proof["leaves"])
    assert check_document(proof, code=receipt.text).wrong == []
    proof["leaves"][0]["promise"] = "00" * 64
    assert any("promise" in sentence for sentence in check_document(proof).wrong)


def test_proof_shows_the_entry_the_file_and_the_code(entered):
    prize, entry_id, receipt, essay = entered

    found = check_document(proof_of(prize, entry_id, receipt), essay=essay, code=receipt.text)

    assert found.wrong == []
    said = " ".join(found.right)
    for part in (
        "“Larkspur”",
        "is the file that was entered",
        "receipt code is the one",
        "stands in the published record",
    ):
        assert part in said, part


def test_another_essay_or_code_is_said_to_be_another(entered):
    prize, entry_id, receipt, essay = entered
    proof = proof_of(prize, entry_id, receipt)

    assert check_document(proof, essay=essay + b" ").wrong == [
        "The essay you gave is not the file that was entered."
    ]
    other = type(receipt)(bytes(16)).text
    assert check_document(proof, code=other).wrong == [
        "This entry was made with another receipt code than yours."
    ]


def test_roots_are_joined_to_one_another(entered):
    prize, entry_id, receipt, _ = entered
    for occasion in ("release", "decision"):
        publish(prize, occasion)

    proof = proof_of(prize, entry_id, receipt)

    assert len(proof["consistency"]) == len(roots(prize)) - 1 == 2
    assert check_document(proof).wrong == []
    proof["consistency"][1][0] = "00" * 32
    assert any("does not begin with" in sentence for sentence in check_document(proof).wrong)


def test_root_kept_from_elsewhere_is_compared(entered):
    prize, entry_id, receipt, _ = entered
    (root,) = roots(prize)
    proof = proof_of(prize, entry_id, receipt)
    text = note(prize, root)

    assert check_document(proof, known=[read_note(text)]).wrong == []
    body, below = text.split("\n\n")
    lines = body.split("\n")
    other = "\n".join([*lines[:2], "A" * 43 + "="]) + "\n\n" + below
    assert any(
        "You kept another root" in each for each in check_document(proof, known=[read_note(other)]).wrong
    )


def test_replacement_and_withdrawal_carry_the_receipts_signature(prize):
    entry_id, receipt = enter(prize)
    opened = opened_by(prize, entry_id, receipt)
    later = IN_TIME + timedelta(hours=1)
    replace_essay(
        prize.engines,
        opened=opened,
        receipt=receipt,
        essay=essay_docx("Another essay altogether."),
        arrived_at=later,
        now=later,
    )
    withdraw(prize.engines, opened=opened_by(prize, entry_id, receipt), receipt=receipt, now=later)
    publish(prize, "deadline")

    proof = proof_of(prize, entry_id, receipt)

    found = check_document(proof)
    assert found.wrong == []
    assert [leaf["kind"] for leaf in proof["leaves"]] == ["entry", "replacement", "withdrawal"]
    assert any("each signed by the entry's own: 2" in sentence for sentence in found.right)
    for place in (1, 2):
        forged = copy.deepcopy(proof)
        forged["leaves"][place]["signature"] = "11" * 64
        assert any(
            "not signed by the entry's receipt" in sentence for sentence in check_document(forged).wrong
        )


def test_judged_entry_is_shown_to_be_judged_unchanged(marked):
    prize, nom = marked.prize, "Larkspur"
    with reading(prize.engines.contest) as session:
        release = session.get_one(Release, marked.entries[nom])
        pdf = prize.engines.copies.get(session.get_one(ReadingCopy, release.reading_copy_id).pdf_key)

    found = check_document(proof_of(prize, marked.entries[nom], marked.receipts[nom]), copy=pdf)

    assert found.wrong == []
    assert "The copy you gave is the one the judges read, byte for byte." in found.right
    wrong = check_document(proof_of(prize, marked.entries[nom], marked.receipts[nom]), copy=pdf + b"\n").wrong
    assert wrong == ["The copy you gave is not the one released to the judges."]


def test_proof_tells_nothing_of_judging_or_openings_before_the_announcement(marked):
    assert decide_now(marked, "Larkspur") == []
    open_together(marked, "Larkspur")

    proof = proof_of(marked.prize, marked.entries["Larkspur"], marked.receipts["Larkspur"])

    assert {leaf["kind"] for leaf in proof["leaves"]} == {"entry", "release"}
    text = json.dumps(proof)
    for role in marked.prize.staff.judges:
        assert str(role.role_id) not in text
        assert role.alias not in text
    assert str(marked.entries["Larkspur"]) not in text


def leaves_changed(proof):
    """The proof with one thing changed, for each thing it says."""
    for place, leaf in enumerate(proof["leaves"]):
        for key in leaf:
            changed = copy.deepcopy(proof)
            value = leaf[key]
            if isinstance(value, str):
                changed["leaves"][place][key] = (
                    value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "00"
                )
            elif isinstance(value, int):
                changed["leaves"][place][key] = value + 1
            elif isinstance(value, list):
                changed["leaves"][place][key] = value[:-1]
            else:
                changed["leaves"][place][key] = {**value, "more": True}
            yield f"{leaf['kind']} {key}", changed


def test_no_changed_leaf_passes(entered):
    prize, entry_id, receipt, _ = entered
    proof = proof_of(prize, entry_id, receipt)
    tried = 0
    for what, changed in leaves_changed(proof):
        with suppress(Unreadable):
            assert check_document(changed).wrong, what
        tried += 1
    assert tried >= 8


@pytest.mark.parametrize("spelling", ["for programs", "as printed"])
def test_key_kept_from_elsewhere_is_compared(entered, spelling):
    prize, entry_id, receipt, _ = entered
    proof = proof_of(prize, entry_id, receipt)
    public = signing_key(prize.engines.settings.keys_folder)
    right = proof["record_key"] if spelling == "for programs" else " ".join(in_fours(public.hex()))
    other = verifier_key("name", bytes(32)) if spelling == "for programs" else "00" * 32

    assert "The record's key is the one you gave." in check_document(proof, key=right).right
    assert check_document(proof, key=other).wrong == ["The record's key is not the one you gave."]


def test_judge_holds_a_proof_of_own_marks_and_of_no_others(marked):
    judge, other = marked.prize.staff.judges[:2]
    with reading(marked.prize.engines.contest) as session:
        made = marks_proof(
            session,
            contest_id=judge.contest_id,
            role_id=judge.role_id,
            keys_folder=marked.prize.engines.settings.keys_folder,
        )
    proof = json.loads(json.dumps(made))

    found = check_document(proof)

    assert found.wrong == []
    assert len([sentence for sentence in found.right if sentence.startswith("Your marks for entry")]) == 3
    assert str(other.role_id) not in json.dumps(proof)
    assert all("position" not in leaf for leaf in proof["leaves"])
    proof["leaves"][0]["kept"]["rows"] = proof["leaves"][1]["kept"]["rows"]
    assert check_document(proof).wrong != []
