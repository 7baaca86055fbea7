"""Whether the record holds this entry as its receipt says, and the judges got the copy made of it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from app.record.verifier.ed25519 import is_signed
from app.record.verifier.leaves import (
    BY_RECEIPT,
    Findings,
    Json,
    check_roots,
    hash_of,
    rows_in,
    signed_by_receipt,
)
from app.record.verifier.notes import Note, Unreadable, key_of_code, read_key
from app.record.verifier.trees import canonical, extends, includes, sha256

RECEIPT = "receipt 1"
PROMISE = "nomdeplume promise 1"


def check_receipt(
    proof: Json,
    *,
    essay: bytes | None = None,
    copy: bytes | None = None,
    code: str | None = None,
    key: str | None = None,
    known: Sequence[Note] = (),
) -> Findings:
    """Check a receipt's proof, and with it an essay, a reading copy, a receipt code where they are at hand.

    `key` and `known` are the record's key and roots as the reader has them from elsewhere.
    Raises Unreadable where `proof` is no proof of a receipt.
    """
    if proof.get("nomdeplume") != RECEIPT:
        raise Unreadable("That is not the proof of a receipt.")
    found = Findings()
    notes = check_roots(proof, found, key=key, known=known)
    _check_growth(proof, notes, found)
    for leaf in proof["leaves"]:
        _check_place(proof, leaf, notes, found)
    entry = _entry(proof)
    found.check(
        entry is not None,
        f"Entry {proof['entry']} stands in the record as “{(entry or {}).get('nom_de_plume')}”.",
        "The proof shows no leaf of the entry itself.",
    )
    if entry is None:
        return found
    _check_signatures(proof, entry, found)
    _check_code(entry, code, found)
    _check_original(proof, entry, essay, found)
    _check_copy(proof, copy, found)
    return found


def _check_growth(proof: Json, notes: Sequence[Note], found: Findings) -> None:
    joined = list(zip(pairwise(notes), proof["consistency"], strict=False))
    for (earlier, later), path in joined:
        found.check(
            extends(earlier.tree, later.tree, [bytes.fromhex(each) for each in path]),
            f"The record of {later.size} leaves begins with the record of {earlier.size}: nothing was taken out.",
            f"The record of {later.size} leaves does not begin with the record of {earlier.size}.",
        )
    found.check(
        len(joined) == max(0, len(notes) - 1),
        "Every published root is joined to the one before it.",
        "The proof does not join every published root to the one before it.",
    )


def _check_place(proof: Json, leaf: Json, notes: Sequence[Note], found: Findings) -> None:
    what = f"“{leaf['kind']}”"
    if hash_of(leaf).hex() != leaf["hash"]:
        found.wrong.append(f"The leaf {what} has not the hash noted for it.")
    if "inclusion" in leaf and notes:
        last = notes[-1]
        path = [bytes.fromhex(each) for each in leaf["inclusion"]]
        found.check(
            includes(last.root, leaf=hash_of(leaf), position=leaf["position"], size=last.size, path=path),
            f"The leaf {what} stands in the published record, at place {leaf['position']} of {last.size}.",
            f"The leaf {what} does not stand in the published record at place {leaf['position']}.",
        )
        return
    _, public_key = read_key(proof["record_key"])
    message = {
        "leaf": hash_of(leaf).hex(),
        "position": leaf["position"],
        "promise": PROMISE,
        "contest": proof["contest"]["id"],
    }
    found.check(
        is_signed(canonical(message), bytes.fromhex(leaf["promise"]), public_key),
        f"The leaf {what} is promised by the society’s signature; the next root published will hold it.",
        f"The promise for the leaf {what} is not signed by the record's key.",
    )


def _entry(proof: Json) -> dict[str, Any] | None:
    """The entry's row as its leaves leave it."""
    name = f"entry {proof['entry']}"
    row: dict[str, Any] | None = None
    for leaf in proof["leaves"]:
        rows = rows_in(leaf)
        if name in rows:
            row = None if rows[name] is None else {**(row or {}), **(rows[name] or {})}
    return row


def _check_signatures(proof: Json, entry: Json, found: Findings) -> None:
    """Acts that only the receipt allows carry its signature, each used once."""
    sequence = 0
    for leaf in proof["leaves"]:
        if leaf["kind"] not in BY_RECEIPT and not leaf["signature"]:
            continue
        by_holder = bool(leaf["signature"]) and signed_by_receipt(
            leaf,
            contest=proof["contest"]["id"],
            sequence=sequence,
            public_key=bytes.fromhex(entry["entrant_key"]),
        )
        found.check(
            by_holder,
            f"The {leaf['kind']} was made by whoever holds this receipt.",
            f"The {leaf['kind']} was not made with this receipt.",
        )
        sequence += 1


def _check_code(entry: Json, code: str | None, found: Findings) -> None:
    if code is not None:
        found.check(
            key_of_code(code).hex() == entry["entrant_key"],
            "Your receipt code is the one this entry was made with.",
            "This entry was made with another receipt code than yours.",
        )


def _check_original(proof: Json, entry: Json, essay: bytes | None, found: Findings) -> None:
    original = proof.get("original")
    if not entry["original"] or not original:
        return
    salted = bytes.fromhex(original["salt"]) + bytes.fromhex(original["fingerprint"])
    found.check(
        sha256(salted).hex() == entry["original"],
        f"The record commits to the file with the fingerprint {original['fingerprint'][:16]}….",
        "The record commits to another file than the one this receipt names.",
    )
    if essay is not None:
        found.check(
            sha256(essay).hex() == original["fingerprint"],
            "The essay you gave is the file that was entered.",
            "The essay you gave is not the file that was entered.",
        )


def _check_copy(proof: Json, copy: bytes | None, found: Findings) -> None:
    released: str | None = None
    marked = 0
    for leaf in proof["leaves"]:
        for name, columns in rows_in(leaf).items():
            if name.startswith("release ") and columns:
                released = columns["reading_copy"]
            elif name.startswith("marks ") and columns:
                marked += 1
                found.check(
                    columns["reading_copy"] == released,
                    "A judge’s marks were locked for the very copy that was released.",
                    "A judge’s marks were locked for another copy than the one released.",
                )
    if released is None:
        found.right.append("No copy has been released to the judges yet.")
    else:
        found.right.append(f"The copy released to the judges has the fingerprint {released[:16]}….")
    if copy is not None:
        found.check(
            released is not None and sha256(copy).hex() == released,
            "The copy you gave is the one the judges read, byte for byte.",
            "The copy you gave is not the one released to the judges.",
        )
