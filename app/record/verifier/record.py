"""Whether a contest's record holds together, and the rows it speaks of still say what it says."""

from collections.abc import Sequence
from typing import Any

from app.record.verifier.leaves import (
    BY_RECEIPT,
    Findings,
    Json,
    check_roots,
    hash_of,
    is_shown,
    rows_in,
    short,
    signed_by_receipt,
)
from app.record.verifier.notes import Note, Unreadable
from app.record.verifier.recount import check_marks
from app.record.verifier.trees import root_of

RECORD = "record 1"
ENTRANTS_OWN = ("original", "essay_version", "may_be_named", "nom_de_plume", "entrant_key")
"""Columns of an entry that nobody but its entrant changes, or the desk for a text it types in."""
BY_DESK = {"text", "erased"}
ERASURE = "erasure"
_OF_ENTRY = {"entry", "withdrawal", "envelope", "correction", "original"}


def check_record(export: Json, *, key: str | None = None, known: Sequence[Note] = ()) -> Findings:
    """Check a record as exported. Raises Unreadable where `export` is none."""
    if export.get("nomdeplume") != RECORD:
        raise Unreadable("That is not the export of a record.")
    found = Findings()
    leaves = export["leaves"]
    in_order = [leaf["position"] for leaf in leaves] == list(range(len(leaves)))
    found.check(
        in_order, f"The record has {len(leaves)} leaves in order.", "Leaves are missing or out of order."
    )
    hashes = [hash_of(leaf) for leaf in leaves]
    noted = [
        leaf["position"] for leaf, made in zip(leaves, hashes, strict=True) if leaf["hash"] != made.hex()
    ]
    found.check(
        not noted, "Every leaf has the hash noted for it.", f"The hashes of leaves {noted} are not theirs."
    )
    for note in check_roots(export, found, key=key, known=known):
        found.check(
            note.size <= len(hashes) and root_of(hashes[: note.size]) == note.root,
            f"The first {note.size} leaves have the root that was published ({short(note.root)}).",
            f"The first {note.size} leaves do not have the root that was published ({short(note.root)}).",
        )
    shown = [leaf for leaf in leaves if is_shown(leaf)]
    _check_erased(export, found)
    _check_entrants(export, shown, found)
    states = fold(shown)
    check_marks(shown, found)
    if "rows" in export:
        _check_rows(states, export["rows"], found)
    for name, file in export.get("files", {}).items():
        found.check(
            file["found"] == file["expected"],
            f"{name}: the file is unchanged.",
            f"{name}: the file is altered.",
        )
    return found


def fold(leaves: Sequence[Json]) -> dict[str, dict[str, Any]]:
    """Rows as all leaves in order leave them."""
    states: dict[str, dict[str, Any]] = {}
    for leaf in leaves:
        _take(states, leaf)
    return states


def _take(states: dict[str, dict[str, Any]], leaf: Json) -> None:
    for name, columns in rows_in(leaf).items():
        if columns is None:
            states.pop(name, None)
        else:
            states[name] = {**states.get(name, {}), **columns}


def _check_erased(export: Json, found: Findings) -> None:
    """In an export that shows everything, what isn't shown must be erased, and the erasure on the record."""
    hidden = {leaf["position"] for leaf in export["leaves"] if not is_shown(leaf)}
    said: set[int] = set()
    for leaf in export["leaves"]:
        if leaf.get("kind") == "erased":
            said |= set((leaf["told"].get("says") or {}).get("erased") or ())
    if said:
        found.right.append(f"{len(said)} leaves are erased, as the record says.")
    if export.get("shows") == "everything":
        found.check(
            hidden <= said, "Nothing else is hidden.", "Leaves are hidden that no erasure accounts for."
        )


def _check_entrants(export: Json, leaves: Sequence[Json], found: Findings) -> None:
    """No withdrawal and no replacement that the entry's own receipt didn't sign."""
    states: dict[str, dict[str, Any]] = {}
    signatures: dict[str, int] = {}
    for leaf in leaves:
        owner = _entry_of(leaf)
        entry = states.get(f"entry {owner}")
        sequence = signatures.get(owner, -1) + 1
        if entry is None and leaf["kind"] == ERASURE:
            # All before it is erased. What it is signed by is the key it names, of which old proofs tell.
            entry, sequence = rows_in(leaf).get(f"entry {owner}"), leaf["told"].get("sequence")
        if leaf["signature"] and entry is not None:
            signatures[owner] = sequence
            public_key = bytes.fromhex(entry["entrant_key"])
            contest = export["contest"]["id"]
            if not signed_by_receipt(leaf, contest=contest, sequence=sequence, public_key=public_key):
                found.wrong.append(f"The {leaf['kind']} of entry {owner} is not signed by its receipt.")
        elif leaf["kind"] in BY_RECEIPT or _is_the_entrants_to_say(leaf, entry):
            found.wrong.append(f"The {leaf['kind']} of entry {owner} is signed by no receipt.")
        _take(states, leaf)
    count = sum((number or 0) + 1 for number in signatures.values())
    found.right.append(f"{count} changes made by entrants carry their own receipt's signature.")


def _is_the_entrants_to_say(leaf: Json, before: Json | None) -> bool:
    """Whether a leaf without signature says what only the entrant can: withdrawn, or another essay than before."""
    for name, columns in rows_in(leaf).items():
        if name.startswith("withdrawal "):
            return True
        if not name.startswith("entry ") or before is None or columns is None:
            continue
        by_desk = leaf["kind"] in BY_DESK and before.get("desk_code", True)
        if not by_desk and any(columns.get(c, before[c]) != before[c] for c in ENTRANTS_OWN):
            return True
    return False


def _entry_of(leaf: Json) -> str:
    """The number of the entry a leaf is about, empty where it is about none."""
    for name in rows_in(leaf):
        what, _, rest = name.partition(" ")
        if what in _OF_ENTRY:
            return rest.split(" ")[0]
    return ""


def _check_rows(states: Json, rows: Json, found: Findings) -> None:
    for name in sorted({*states, *rows}):
        if name not in rows:
            found.wrong.append(f"The record speaks of “{name}”, which is gone.")
        elif name not in states:
            found.wrong.append(f"“{name}” is there, and the record knows nothing of it.")
        elif changed := [c for c in {*states[name], *rows[name]} if states[name].get(c) != rows[name].get(c)]:
            found.wrong.append(f"“{name}” is not as the record says: {', '.join(sorted(changed))}.")
    if not found.wrong:
        found.right.append(f"{len(rows)} rows are as the record says.")
