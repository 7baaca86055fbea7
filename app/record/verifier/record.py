"""Whether a contest's record holds together, and the rows it speaks of still say what it says."""

from collections.abc import Sequence

from app.record.verifier.leaves import (
    Findings,
    Json,
    check_roots,
    hash_of,
    is_erased,
    short,
)
from app.record.verifier.life import follow
from app.record.verifier.notes import Note, Unreadable
from app.record.verifier.recount import check_marks
from app.record.verifier.trees import root_of

RECORD = "record 2"
EVERYTHING = "everything"


def check_record(export: Json, *, key: str | None = None, known: Sequence[Note] = ()) -> Findings:
    """Check a record as exported. Raises Unreadable where `export` is none."""
    if export.get("nomdeplume") != RECORD:
        raise Unreadable("That is not the export of a record.")
    found = Findings()
    hashes = [bytes.fromhex(each) for each in export["hashes"]]
    leaves = export["leaves"]
    notes = check_roots(export, found, key=key, known=known)
    _check_hashes(hashes, leaves, notes, found)
    shown = [leaf for leaf in leaves if not is_erased(leaf)]
    if export["shows"] != EVERYTHING:
        found.unchecked.append(f"Of {len(hashes)} leaves this file shows what {len(shown)} say.")
        return found
    states = follow(leaves, contest=export["contest"]["id"], found=found)
    _check_complete(hashes, leaves, found)
    check_marks(shown, found)
    _check_late(leaves, notes, found)
    _check_rows(states, export["rows"], found)
    for name, file in export["files"].items():
        found.check(
            file["found"] == file["expected"],
            f"{name}: the file is unchanged.",
            f"{name}: the file is altered or gone.",
        )
    return found


def _check_hashes(
    hashes: Sequence[bytes], leaves: Sequence[Json], notes: Sequence[Note], found: Findings
) -> None:
    if not notes:
        found.unchecked.append("No root has been published yet.")
    for note in notes:
        found.check(
            note.size <= len(hashes) and root_of(hashes[: note.size]) == note.root,
            f"The first {note.size} leaves have the root that was published ({short(note.root)}).",
            f"The first {note.size} leaves do not have the root that was published ({short(note.root)}).",
        )
    positions = [leaf["position"] for leaf in leaves]
    in_order = positions == sorted(set(positions)) and all(0 <= each < len(hashes) for each in positions)
    wrong = [leaf["position"] for leaf in leaves if in_order and hashes[leaf["position"]] != hash_of(leaf)]
    found.check(
        in_order and not wrong,
        f"The {len(leaves)} leaves shown are those of the record.",
        f"Leaves are out of order, or do not say what the record holds: {wrong}.",
    )


def _check_complete(hashes: Sequence[bytes], leaves: Sequence[Json], found: Findings) -> None:
    """All leaves are shown, and those erased are of entries whose receipts asked for it."""
    asked = {leaf["about"] for leaf in leaves if leaf["kind"] == "erasure"}
    erased = [leaf for leaf in leaves if is_erased(leaf)]
    unasked = [leaf["position"] for leaf in erased if leaf["about"] not in asked]
    found.check(
        len(leaves) == len(hashes) and not unasked,
        "No leaf is hidden." if not erased else f"{len(erased)} leaves are erased, as their receipts asked.",
        "Leaves are hidden that no erasure accounts for.",
    )


def _check_late(leaves: Sequence[Json], notes: Sequence[Note], found: Findings) -> None:
    """Entries put on record after the deadline's root: post logged late, or something to ask about."""
    ends = [note.size for note in notes if note.occasion == "deadline"]
    late = [
        leaf["about"] for leaf in leaves if ends and leaf["kind"] == "entry" and leaf["position"] >= ends[-1]
    ]
    if late:
        found.unchecked.append(f"On record only after the deadline's root: {', '.join(late)}. Ask why.")


def _check_rows(states: Json, rows: Json, found: Findings) -> None:
    before = len(found.wrong)
    for name in sorted({*states, *rows}):
        if name not in rows:
            found.wrong.append(f"The record speaks of “{name}”, which is gone.")
        elif name not in states:
            found.wrong.append(f"“{name}” is there, and the record knows nothing of it.")
        elif changed := [c for c in {*states[name], *rows[name]} if states[name].get(c) != rows[name].get(c)]:
            found.wrong.append(f"“{name}” is not as the record says: {', '.join(sorted(changed))}.")
    if len(found.wrong) == before:
        found.right.append(f"{len(rows)} rows are as the record says.")
