"""The verifier stands alone: its own signatures, its own proofs, one file that needs nothing but Python."""

import ast
import json
import subprocess
import sys

import pytest

from app.ceremony.audit import audited_record
from app.intake.receipts import ReceiptCode, new_receipt
from app.record.entrant import EntrantKey
from app.record.standalone import FILE_NAME, standalone_source
from app.record.verifier.ed25519 import is_signed, public_key_of
from app.record.verifier.notes import Unreadable, key_of_code, read_key, read_note
from tests.app.test_proofs import proof_of

# RFC 8032, 7.1: seed, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_signature_of_the_rfc_holds(seed, public, message, signature):
    assert public_key_of(bytes.fromhex(seed)).hex() == public
    assert is_signed(bytes.fromhex(message), bytes.fromhex(signature), bytes.fromhex(public))


@pytest.mark.parametrize("place", [0, 31, 32, 63])
def test_altered_signature_does_not_hold(place):
    _, public, message, signature = VECTORS[2]
    altered = bytearray.fromhex(signature)
    altered[place] ^= 1

    assert not is_signed(bytes.fromhex(message), bytes(altered), bytes.fromhex(public))
    assert not is_signed(b"another", bytes.fromhex(signature), bytes.fromhex(public))
    assert not is_signed(bytes.fromhex(message), bytes.fromhex(signature)[:-1], bytes.fromhex(public))


def test_signature_with_its_scalar_raised_by_the_order_does_not_hold():
    _, public, message, signature = VECTORS[1]
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(bytes.fromhex(signature)[32:], "little") + order
    raised = bytes.fromhex(signature)[:32] + scalar.to_bytes(32, "little")

    assert not is_signed(bytes.fromhex(message), raised, bytes.fromhex(public))


def test_signatures_agree_with_the_library():
    key = EntrantKey.from_receipt(new_receipt().octets)

    for message in (b"", b"one", b"two" * 1000):
        assert is_signed(message, key.sign(message), key.public)
        assert not is_signed(message + b".", key.sign(message), key.public)


@pytest.mark.parametrize("octets", [bytes(16), bytes(range(16)), b"\xff" * 16])
def test_code_yields_the_key_the_service_derives(octets):
    code = ReceiptCode(octets)

    assert key_of_code(code.text) == EntrantKey.from_receipt(octets).public
    assert key_of_code(code.text.lower().replace("-", " ")) == EntrantKey.from_receipt(octets).public


@pytest.mark.parametrize("code", ["", "ABCD-EFGH", "U" * 28, "Z" * 28])
def test_what_is_no_code_yields_no_key(code):
    with pytest.raises(Unreadable):
        key_of_code(code)


@pytest.mark.parametrize(
    "text", ["", "one\n\n", "a\nb\nc\n\n", "a\n1\n????\n\n", "a\n1\nQUJD\n\n— a b c d\n"]
)
def test_what_is_no_root_is_refused(text):
    with pytest.raises(Unreadable):
        read_note(text)


@pytest.mark.parametrize("text", ["", "a+b", "name+00000000+AAAA", "name+zz+????"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Unreadable):
        read_key(text)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    path = tmp_path_factory.mktemp("alone") / FILE_NAME
    path.write_text(standalone_source(), encoding="utf-8")
    return path


def run(alone, *arguments):
    # -I and -S: no environment, no site-packages, nothing of ours on the path.
    return subprocess.run(
        [sys.executable, "-I", "-S", alone, *arguments],
        cwd=alone.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_file_imports_nothing_but_the_standard_library(alone):
    source = alone.read_text()
    imports = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from ")) and " import" in f" {line}"
    }
    assert imports <= set(sys.stdlib_module_names)
    assert "app." not in source


def test_file_says_how_it_is_used(alone):
    done = run(alone, "--help")

    assert done.returncode == 0
    assert "--essay" in done.stdout


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"nomdeplume": "receipt 2"}', '{"nomdeplume": "record 2", "leaves": 3}', "[" * 9999],
)
def test_damaged_file_is_said_to_be_no_proof(alone, tmp_path, content):
    path = tmp_path / "given.json"
    path.write_text(content)

    done = run(alone, path)

    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_missing_file_is_said_to_be_missing(alone, tmp_path):
    done = run(alone, tmp_path / "none.json")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_no_two_parts_of_the_file_go_by_the_same_name(alone):
    names = [
        name
        for node in ast.parse(alone.read_text()).body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
        )
    ]

    assert len(names) == len(set(names)), {name for name in names if names.count(name) > 1}


def test_file_checks_a_proof_and_a_record_as_the_service_does(alone, marked, tmp_path):
    entry_id, receipt = marked.entries["Larkspur"], marked.receipts["Larkspur"]
    proof, record = tmp_path / "proof.json", tmp_path / "whole.json"
    proof.write_text(json.dumps(proof_of(marked.prize, entry_id, receipt)))
    record.write_text(json.dumps(audited_record(marked.prize.engines, contest_id=marked.prize.contest.id)))

    for path in (proof, record):
        done = run(alone, path)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        assert "All is as it should be" in done.stdout
        path.write_text(path.read_text().replace("Larkspur", "Larkspurr"))
        assert run(alone, path).returncode == 1
