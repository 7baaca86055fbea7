"""Whether the record holds this entry as its receipt says, and the judges got the copy made of it."""

from collections.abc import Sequence
from itertools import pairwise

from app.record.verifier.ed25519 import is_signed
from app.record.verifier.leaves import Findings, Json, check_roots, hash_of, rows_in
from app.record.verifier.life import follow
from app.record.verifier.notes import Note, Unreadable, key_of_code, read_key
from app.record.verifier.trees import canonical, extends, includes, sha256

RECEIPT = "receipt 2"
MARKS = "marks 2"
PROMISE = "nomdeplume promise 2"


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
    found = _check_leaves(proof, key=key, known=known)
    if any(leaf["about"] != str(proof["entry"]) for leaf in proof["leaves"]):
        found.wrong.append("The proof shows leaves of another entry.")
    rows = follow(proof["leaves"], contest=proof["contest"]["id"], found=found)
    entry = rows.get(f"entry {proof['entry']}")
    found.check(
        entry is not None,
        f"Entry {proof['entry']} stands in the record as “{(entry or {}).get('nom_de_plume')}”.",
        "The proof shows no leaf of the entry itself.",
    )
    if entry is None:
        return found
    _check_code(entry, code, found)
    _check_original(proof, entry, essay, found)
    _check_copy(rows, copy, found)
    return found


def check_own_marks(proof: Json, *, key: str | None = None, known: Sequence[Note] = ()) -> Findings:
    """Check what a judge holds of the marks they locked. Raises Unreadable where `proof` is something else."""
    if proof.get("nomdeplume") != MARKS:
        raise Unreadable("That is not the proof of marks.")
    found = _check_leaves(proof, key=key, known=known)
    for leaf in proof["leaves"]:
        for columns in rows_in(leaf).values():
            points = ", ".join(f"{name} {value}" for name, value in sorted(columns.get("points", {}).items()))
            found.right.append(f"Your marks for entry {leaf['about']}, locked: {points}.")
    return found


def _check_leaves(proof: Json, *, key: str | None, known: Sequence[Note]) -> Findings:
    """Check the roots, that each continues the one before, and that every leaf shown stands under the last."""
    found = Findings()
    notes = check_roots(proof, found, key=key, known=known)
    _check_growth(proof, notes, found)
    for leaf in proof["leaves"]:
        _check_place(proof, leaf, notes, found)
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
    if "inclusion" in leaf:
        last = notes[-1]
        path = [bytes.fromhex(each) for each in leaf["inclusion"]]
        found.check(
            includes(last.root, leaf=hash_of(leaf), position=leaf["position"], size=last.size, path=path),
            f"The leaf {what} stands in the published record.",
            f"The leaf {what} does not stand in the published record.",
        )
        return
    _, public_key = read_key(proof["record_key"])
    # It names the roots already published: what was promised then must be found in a later one.
    message = {
        "after": leaf["after"],
        "contest": proof["contest"]["id"],
        "leaf": hash_of(leaf).hex(),
        "promise": PROMISE,
    }
    found.check(
        is_signed(canonical(message), bytes.fromhex(leaf["promise"]), public_key)
        and leaf["after"] == (notes[-1].size if notes else 0),
        f"The leaf {what} is promised by the society’s signature; the next root published will hold it.",
        f"The promise for the leaf {what} is not signed by the record's key, or it was due before.",
    )


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


def _check_copy(rows: Json, copy: bytes | None, found: Findings) -> None:
    released = next((columns for name, columns in rows.items() if name.startswith("release ")), None)
    fingerprint = None if released is None else released["reading_copy"]
    marks = [columns for name, columns in rows.items() if name.startswith("marks ")]
    if fingerprint is None:
        found.unchecked.append("No copy has been released to the judges yet.")
    else:
        found.right.append(f"The copy released to the judges has the fingerprint {fingerprint[:16]}….")
    if marks:
        found.check(
            all(columns["reading_copy"] == fingerprint for columns in marks),
            f"Judges whose marks were locked for that very copy: {len(marks)}.",
            "A judge’s marks were locked for another copy than the one released.",
        )
    if copy is not None:
        found.check(
            fingerprint is not None and sha256(copy).hex() == fingerprint,
            "The copy you gave is the one the judges read, byte for byte.",
            "The copy you gave is not the one released to the judges.",
        )
