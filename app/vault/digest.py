"""What the record says of sealed rows: the SHA-256 of each ciphertext, so that none can be swapped unseen.

Every column of the vault is here: stated by a leaf, or left out, and why.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.vault.tables import (
    Correction,
    CouncilHandover,
    CouncilShare,
    CouncilTokens,
    Envelope,
    HandedPart,
    OfficerShare,
    OpenedIdentity,
    Original,
    ReceiptMail,
    TestEnvelope,
    TestShare,
    VaultBase,
    WorkerKey,
    WorkOrder,
)

_SEALED = "sealed rows"
_WHEN = "the entry's own leaf says when it was received"
_IN_NAME = "part of the row's name in the record"


@dataclass(frozen=True, slots=True)
class CoveredSeal:
    """How a table's rows stand in the record. Bytes are stated by their SHA-256, in hex."""

    name: Callable[[Any], str]
    """After the word for what it is and the entry's number."""
    stated: tuple[str, ...]
    left: dict[str, str] = field(default_factory=dict)


VAULT_COVERAGE: dict[type[VaultBase], CoveredSeal] = {
    Envelope: CoveredSeal(
        name=lambda _row: "",
        stated=("recipient", "receipt_hash", "identity", "entrant_part"),
        left={"entry_id": _IN_NAME, "contest_id": "each record is of one contest", "sealed_at": _WHEN},
    ),
    OfficerShare: CoveredSeal(
        name=lambda row: f" {row.officer_id}",
        stated=("sealed",),
        left={"entry_id": _IN_NAME, "officer_id": _IN_NAME},
    ),
    Original: CoveredSeal(
        name=lambda row: f" {row.version}",
        stated=("file_key", "sealed_note"),
        left={"entry_id": _IN_NAME, "version": _IN_NAME, "sealed_at": _WHEN},
    ),
    CouncilTokens: CoveredSeal(
        name=lambda row: f" {row.version}",
        stated=("roster", "sealed"),
        left={"entry_id": _IN_NAME, "version": _IN_NAME, "contest_id": "each record is of one contest"},
    ),
    CouncilShare: CoveredSeal(
        name=lambda row: f" {row.version} {row.officer_id}",
        stated=("sealed",),
        left={"entry_id": _IN_NAME, "version": _IN_NAME, "officer_id": _IN_NAME},
    ),
    Correction: CoveredSeal(
        name=lambda row: f" {row.version}",
        stated=("identity",),
        left={"entry_id": _IN_NAME, "version": _IN_NAME, "sealed_at": "the leaf of the correction says when"},
    ),
}

VAULT_LEFT_OUT: dict[type[VaultBase], str] = {
    WorkerKey: "made anew all the time",
    WorkOrder: "gone as soon as the first pass is done",
    ReceiptMail: "gone as soon as the mail server has taken it",
    HandedPart: "gone within ten minutes",
    CouncilHandover: "gone as soon as the check is made",
    TestEnvelope: "holds a phrase, to try the officers' keys on",
    TestShare: "a part of a test envelope",
    OpenedIdentity: "a copy; the envelope it came from is stated, and opens again",
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a transaction of the vault sealed: the commitment to an original, in hex, and the rows it added."""

    commitment: str
    rows: tuple[VaultBase, ...]

    def states(self, number: int) -> dict[str, dict[str, Any]]:
        """What the record says of them, under the entry's number."""
        return sealed_states(self.rows, number=number)


def add_sealed(session: Session, row: VaultBase) -> None:
    """Add a row that the record will speak of. It is held on to: the web's login can't read it back."""
    session.add(row)
    session.info.setdefault(_SEALED, []).append(row)


def sealed_rows(session: Session) -> tuple[VaultBase, ...]:
    """All rows added so in this session."""
    return tuple(session.info.get(_SEALED, ()))


def sealed_states(rows: Iterable[VaultBase], *, number: int) -> dict[str, dict[str, Any]]:
    """Columns by the row's name in the record, of the rows sealed for the entry of this number."""
    states = {}
    for row in rows:
        covered = VAULT_COVERAGE.get(type(row))
        if covered is not None:
            name = f"{type(row).__tablename__.replace('_', ' ')} {number}{covered.name(row)}"
            states[name] = {column: _stated(getattr(row, column)) for column in covered.stated}
    return states


def _stated(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
