"""Whether leaves, in order, tell a life that an entry can have: stated by the right kinds, signed by its receipt."""

from collections.abc import Sequence
from typing import Any

from app.record.verifier.kinds import AGAIN, BY_RECEIPT, OF_SEVERAL, ROWS, kind_of_row
from app.record.verifier.leaves import Findings, Json, is_erased, rows_in, signed_by_receipt

States = dict[str, dict[str, Any]]


def follow(leaves: Sequence[Json], *, contest: str, found: Findings) -> States:
    """Go through the leaves shown, note what can't have come about rightly, and return the rows as they leave them."""
    states: States = {}
    holders: dict[str, str] = {}
    signatures: dict[str, int] = {}
    for leaf in leaves:
        if leaf["kind"] == "entry":
            _check_first(leaf, holders, found)
        if leaf["signature"]:
            sequence = signatures[leaf["about"]] = signatures.get(leaf["about"], -1) + 1
        if is_erased(leaf):
            continue
        if leaf["signature"] or leaf["kind"] in BY_RECEIPT:
            holder = bytes.fromhex(holders.get(leaf["about"], ""))
            if not (
                leaf["signature"]
                and signed_by_receipt(leaf, contest=contest, sequence=sequence, public_key=holder)
            ):
                found.wrong.append(f"{_the(leaf)} is not signed by the entry's receipt.")
        _check_states(leaf, states, holders, found)
    count = sum(number + 1 for number in signatures.values())
    if count:
        found.right.append(f"Changes that only a receipt allows, each signed by the entry's own: {count}.")
    return states


def _check_first(leaf: Json, holders: dict[str, str], found: Findings) -> None:
    if leaf["about"] in holders:
        found.wrong.append(f"Entry {leaf['about']} is entered twice.")
    holders.setdefault(leaf["about"], leaf["holder"])


def _check_states(leaf: Json, states: States, holders: dict[str, str], found: Findings) -> None:
    kind = leaf["kind"]
    for name, columns in rows_in(leaf).items():
        row, number = kind_of_row(name)
        if row not in ROWS.get(kind, frozenset()):
            found.wrong.append(f"{_the(leaf)} states “{name}”, which such a leaf can't.")
        elif number != leaf["about"] and kind not in OF_SEVERAL:
            found.wrong.append(f"{_the(leaf)} states “{name}”, which is of another entry.")
        elif kind not in AGAIN.get(row, frozenset()) and _differs(states.get(name), columns):
            found.wrong.append(f"{_the(leaf)} states “{name}” otherwise than before.")
        elif row == "entry":
            _check_entry(leaf, states.get(name), columns, holders, found)
        states[name] = {**states.get(name, {}), **columns}


def _check_entry(
    leaf: Json, before: Json | None, columns: Json, holders: dict[str, str], found: Findings
) -> None:
    if columns.get("entrant_key") != holders.get(leaf["about"]):
        found.wrong.append(f"{_the(leaf)} names another key than the entry's receipt has.")
    desk = "desk_code"
    if before is not None and desk in before and desk in columns and before[desk] != columns[desk]:
        found.wrong.append(f"{_the(leaf)} changes whether the desk printed the code.")
    if leaf["kind"] == "text" and not (before or {}).get(desk, False):
        found.wrong.append(f"{_the(leaf)} is of an entry whose text the desk doesn't type.")


def _differs(before: Json | None, columns: Json) -> bool:
    return before is not None and any(before.get(column, value) != value for column, value in columns.items())


def _the(leaf: Json) -> str:
    return f"The leaf “{leaf['kind']}”" + (f" of entry {leaf['about']}" if leaf["about"] else "")
