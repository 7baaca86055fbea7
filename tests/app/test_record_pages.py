"""The record's pages: for everyone, for judges, for officers; and the page that checks what is sent to it."""

import base64
import json
import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from typer.testing import CliRunner

from app.cli import app as cli
from app.database import reading
from app.record.checkpoint import public_key_of, signature_line, verifier_key
from app.record.roots import signing_key
from app.record.verifier.anything import check_document
from app.record.verifier.notes import read_note
from app.tables import Countersignature
from app.web.record_line import in_fours
from tests.app.stages import signed_in
from tests.app.test_proofs import proof_of
from tests.app.test_roots import note, publish, roots
from tests.entering import enter


@pytest.fixture
def published(site):
    """A site with one entry and one root."""
    entry_id, receipt = enter(site.prize)
    publish(site.prize, "deadline")
    return site, entry_id, receipt


def test_page_shows_every_root_and_the_key(published):
    site, _, _ = published
    (root,) = roots(site.prize)

    answer = site.client().get(f"/prize/{site.prize.slug}/record")

    assert answer.status_code == 200
    assert " ".join(in_fours(root.root_hash.hex())) in answer.text
    assert "At the deadline" in answer.text
    assert verifier_key(root.origin, read_key_of(site)) in answer.text.replace("&#43;", "+")


def read_key_of(site):
    return signing_key(site.prize.engines.settings.keys_folder)


def test_page_without_roots_says_when_the_first_comes(site):
    answer = site.client().get(f"/prize/{site.prize.slug}/record")

    assert "None yet" in answer.text


def test_root_is_downloaded_as_the_note_that_was_signed(published):
    site, _, _ = published
    (root,) = roots(site.prize)

    answer = site.client().get(f"/prize/{site.prize.slug}/record/{root.size}.txt")

    assert answer.text == note(site.prize, root)
    assert site.client().get(f"/prize/{site.prize.slug}/record/7.txt").status_code == 404


def test_record_can_be_downloaded_and_checked_by_anybody(published):
    site, _, _ = published

    answer = site.client().get(f"/prize/{site.prize.slug}/record.json")

    assert check_document(answer.json()).wrong == []
    assert "attachment" in answer.headers["content-disposition"]


def test_proof_is_for_the_holder_of_the_receipt(published):
    site, entry_id, receipt = published
    client = site.client()
    assert client.get("/receipt/proof.json").status_code == 303
    client.post("/receipt", data={"code": receipt.text})

    answer = client.get("/receipt/proof.json")

    assert answer.json() == proof_of(site.prize, entry_id, receipt)
    assert receipt.text not in answer.text


@pytest.mark.parametrize("as_file", [True, False])
def test_page_checks_a_proof(published, as_file):
    site, entry_id, receipt = published
    proof = json.dumps(proof_of(site.prize, entry_id, receipt))
    given = {"files": {"file": ("proof.json", proof)}} if as_file else {"data": {"proof": proof}}

    answer = site.client().post("/verify", **given)

    assert answer.status_code == 200
    assert "All is as it should be" in answer.text
    assert "stands in the record as “Larkspur”" in answer.text


def test_page_says_what_is_wrong_with_a_changed_proof(published):
    site, entry_id, receipt = published
    proof = json.dumps(proof_of(site.prize, entry_id, receipt)).replace("Larkspur", "Larkspurr")

    answer = site.client().post("/verify", data={"proof": proof})

    assert "Something is not as it should be" in answer.text
    assert "does not stand in the published record" in answer.text


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"nomdeplume": "receipt 2"}',
        '{"nomdeplume": "record 2", "leaves": [1]}',
        "[" * 5000,
    ],
)
def test_page_refuses_what_is_no_proof_in_words(site, given):
    answer = site.client().post("/verify", data={"proof": given})

    assert answer.status_code == 422
    assert "to change" in answer.text


def test_page_gives_up_on_a_file_made_to_keep_it_busy(published):
    site, entry_id, receipt = published
    proof = proof_of(site.prize, entry_id, receipt)
    proof["checkpoints"] *= 20_000

    answer = site.client().post("/verify", files={"file": ("proof.json", json.dumps(proof))}, timeout=90)

    assert answer.status_code == 422
    assert "Use the program instead" in answer.text


def test_verifier_can_be_downloaded(site):
    answer = site.client().get("/verify/nomdeplume_verify.py")

    assert answer.text.startswith("#!/usr/bin/env python3")


def test_judge_countersigns_at_a_tap_and_once(published):
    site, _, _ = published
    (root,) = roots(site.prize)
    judge = site.prize.staff.judges[0]
    client = signed_in(site, judge)
    assert "I have this root" in client.get("/panel/record").text

    for _ in range(2):
        assert client.post("/panel/record", data={"size": str(root.size)}).status_code == 303

    with reading(site.prize.engines.contest) as session:
        (signed,) = session.scalars(select(Countersignature)).all()
    assert signed.name == judge.alias
    assert "You have this root" in client.get("/panel/record").text
    assert judge.alias in site.client().get(f"/prize/{site.prize.slug}/record").text
    assert judge.person_name not in site.client().get(f"/prize/{site.prize.slug}/record").text


@pytest.mark.parametrize("size", ["", "7", "x", "9" * 30, "²"])
def test_judge_countersigns_no_root_that_is_none(published, size):
    site, _, _ = published
    client = signed_in(site, site.prize.staff.judges[0])

    assert client.post("/panel/record", data={"size": size}).status_code in {400, 404}


def auditors_line(site, name="Auditor&Sons", seed=bytes(range(32))):
    (root,) = roots(site.prize)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(
        read_note(note(site.prize, root)).body.encode()
    )
    public = public_key_of(seed)
    return {"key": verifier_key(name, public), "line": signature_line(name, public, signature)}


def test_auditors_signature_is_kept_published_and_in_the_note(published):
    site, _, _ = published
    (root,) = roots(site.prize)
    client = signed_in(site, site.prize.staff.officers[0])

    answer = client.post("/officers/record/countersignatures", data=auditors_line(site))

    assert answer.status_code == 303
    assert "Auditor&amp;Sons" in site.client().get(f"/prize/{site.prize.slug}/record").text
    signatures = read_note(note(site.prize, root)).signatures
    assert [name for name, _, _ in signatures] == [root.origin, "Auditor&Sons"]


@pytest.mark.parametrize(
    "change", [("key", "x"), ("line", "x"), ("line", ""), ("line", "— Auditor&Sons AAAA")]
)
def test_line_that_fits_no_root_is_refused_in_words(published, change):
    site, _, _ = published
    client = signed_in(site, site.prize.staff.officers[0])

    answer = client.post("/officers/record/countersignatures", data=auditors_line(site) | dict([change]))

    assert answer.status_code == 422
    assert "Nothing was kept" in answer.text


def test_auditor_signs_a_root_once(published):
    site, _, _ = published
    client = signed_in(site, site.prize.staff.officers[0])
    client.post("/officers/record/countersignatures", data=auditors_line(site))

    answer = client.post("/officers/record/countersignatures", data=auditors_line(site))

    assert answer.status_code == 409


def test_whole_record_is_shut_to_officers_until_all_is_decided(published):
    site, _, _ = published
    client = signed_in(site, site.prize.staff.officers[0])

    assert client.get("/officers/record/whole.json").status_code == 403
    assert "Save the whole record" not in client.get("/officers/record").text


def test_auditor_signs_by_command(published, tmp_path):
    site, _, _ = published
    (root,) = roots(site.prize)
    path, key = tmp_path / "root.txt", tmp_path / "auditor.key"
    path.write_text(note(site.prize, root))
    runner = CliRunner()

    made = runner.invoke(cli, ["auditor", "keygen", "-o", str(key), "--name", "Auditor"])
    signed = runner.invoke(cli, ["auditor", "countersign", str(path), "--key", str(key), "--name", "Auditor"])

    assert (made.exit_code, signed.exit_code) == (0, 0), signed.output
    first, line = signed.stdout.strip().splitlines()
    assert first == made.stdout.strip()
    assert key.stat().st_mode & 0o777 == 0o600
    client = signed_in(site, site.prize.staff.officers[0])
    answer = client.post("/officers/record/countersignatures", data={"key": first, "line": line})
    assert answer.status_code == 303
    again = runner.invoke(cli, ["auditor", "keygen", "-o", str(key), "--name", "Auditor"])
    assert again.exit_code == 2
    assert len(base64.b64decode(key.read_text())) == 32


def test_record_is_exported_and_checked_by_command(published, tmp_path, monkeypatch):
    site, entry_id, receipt = published
    monkeypatch.setenv("NOMDEPLUME_DATA", str(site.prize.engines.settings.data))
    runner = CliRunner()
    whole, proof = tmp_path / "whole.json", tmp_path / "proof.json"
    proof.write_text(json.dumps(proof_of(site.prize, entry_id, receipt)))

    exported = runner.invoke(cli, ["export-record", "--contest", site.prize.slug, "-o", str(whole)])
    record = runner.invoke(cli, ["verify-record", str(whole)])
    own = runner.invoke(cli, ["verify-receipt", str(proof)])

    assert [exported.exit_code, record.exit_code, own.exit_code] == [0, 0, 0], record.output + own.output
    assert "All is as it should be" in record.output
    assert re.search(r"right  .*stands in the record", own.output)
    unknown = runner.invoke(cli, ["export-record", "--contest", "none"])
    assert unknown.exit_code == 2
