"""What leaves say, and whether published roots hold together: what both kinds of check have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.record.verifier.ed25519 import is_signed
from app.record.verifier.notes import Note, read_key, read_note, read_public_key
from app.record.verifier.trees import canonical, sha256

SIGNED = "nomdeplume signed by the receipt 1"
Json = Mapping[str, Any]


@dataclass
class Findings:
    """What was checked, sentence by sentence."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    """What this file doesn't let one check."""

    def check(self, holds: bool, right: str, wrong: str) -> bool:  # noqa: FBT001 - reads as a sentence
        (self.right if holds else self.wrong).append(right if holds else wrong)
        return holds


def part_of(leaf: Json, part: str) -> str:
    """The commitment to what is told or kept: made from what is shown, else as given."""
    if leaf.get(part) is None:
        return str(leaf[f"{part}_commitment"])
    return sha256(bytes.fromhex(leaf[f"{part}_salt"]) + canonical(leaf[part])).hex()


def hash_of(leaf: Json) -> bytes:
    content = {
        "about": leaf["about"],
        "holder": leaf["holder"],
        "kept": part_of(leaf, "kept"),
        "kind": leaf["kind"],
        "signature": leaf["signature"],
        "told": part_of(leaf, "told"),
    }
    return sha256(b"\x00" + canonical(content))


def is_erased(leaf: Json) -> bool:
    return leaf.get("told") is None


def rows_in(leaf: Json) -> dict[str, dict[str, Any]]:
    """Rows a leaf states, by name: what is told and what is kept of each, together."""
    rows: dict[str, dict[str, Any]] = {}
    for part in ("told", "kept"):
        for name, columns in ((leaf.get(part) or {}).get("rows") or {}).items():
            rows[name] = {**rows.get(name, {}), **columns}
    return rows


def signed_by_receipt(leaf: Json, *, contest: str, sequence: int, public_key: bytes) -> bool:
    """Whether this is the entrant's signature number `sequence`, from 0, under what the leaf tells."""
    message = {"contest": contest, "kind": leaf["kind"], "signed": SIGNED, "told": leaf["told"]}
    signature = bytes.fromhex(leaf["signature"])
    return leaf["told"].get("sequence") == sequence and is_signed(canonical(message), signature, public_key)


def check_roots(document: Json, found: Findings, *, key: str | None, known: Sequence[Note]) -> list[Note]:
    """The roots as published: each signed by the record's key, none contradicting one you kept yourself."""
    name, public_key = read_key(document["record_key"])
    if key is not None:
        is_given = read_public_key(key) == public_key
        found.check(
            is_given, "The record's key is the one you gave.", "The record's key is not the one you gave."
        )
    notes = [read_note(text) for text in document["checkpoints"]]
    for note in notes:
        found.check(
            note.origin == name and note.is_signed_by(public_key),
            f"The root over {note.size} leaves, {note.said}, is signed by the society ({short(note.root)}).",
            f"The root over {note.size} leaves is not signed by the record's key under the record's name.",
        )
    if [note.size for note in notes] != sorted({note.size for note in notes}):
        found.wrong.append("The roots are not in order, or one stands there twice.")
    for kept in known:
        _compare(kept, notes, found)
    return notes


def _compare(kept: Note, notes: Sequence[Note], found: Findings) -> None:
    same = [note for note in notes if note.size == kept.size]
    if not same and (not notes or kept.size > notes[-1].size):
        found.unchecked.append(
            f"The root you kept, over {kept.size} leaves, is newer than this file: get a new one."
        )
        return
    found.check(
        bool(same) and same[0].root == kept.root,
        f"The root over {kept.size} leaves is the one you kept.",
        f"You kept another root over {kept.size} leaves: two different records have been shown.",
    )


def short(digest: bytes) -> str:
    text = digest.hex()
    return f"{text[:4]} {text[4:8]} … {text[-4:]}"
