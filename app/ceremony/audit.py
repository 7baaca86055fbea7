"""The whole record with all it speaks of, sealed rows and files too, for whoever audits a contest."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import reading
from app.engines import Engines
from app.record.export import whole_record
from app.record.verifier.leaves import rows_in
from app.storage import Storage
from app.tables import Entry, Erasure, Withdrawal
from app.vault.digest import VAULT_COVERAGE, sealed_states
from app.vault.tables import Original, VaultBase


def audited_record(engines: Engines, *, contest_id: UUID) -> dict[str, Any]:
    """`whole_record` with the sealed rows as they are now, and the fingerprint of every file that should be there."""
    with reading(engines.contest) as session:
        export = whole_record(session, contest_id=contest_id, keys_folder=engines.settings.keys_folder)
        entries = list(session.scalars(select(Entry).where(Entry.contest_id == contest_id)))
        withdrawn = set(session.scalars(select(Withdrawal.entry_id)))
        # Asked for a moment ago: the worker is destroying what the record has let go of already.
        being_erased = set(session.scalars(select(Erasure.entry_id).where(Erasure.erased_at.is_(None))))
    states: dict[str, dict[str, Any]] = {}
    for leaf in export["leaves"]:
        for name, columns in rows_in(leaf).items():
            states[name] = {**states.get(name, {}), **columns}
    files: dict[str, dict[str, Any]] = {}
    with reading(engines.vault.opening) as session:
        for entry in entries:
            if entry.id in being_erased:
                continue
            rows = [row for row in _sealed(session, entry.id) if not _never_entered(row, entry, states)]
            export["rows"] |= sealed_states(rows, number=entry.number)
            name = f"original {entry.number} {entry.essay_version}"
            if name in states and entry.id not in withdrawn:
                key = states[name]["file_key"]
                files[name] = {"expected": key, "found": _fingerprint(engines.vault.files, key)}
    for name, columns in states.items():
        if name.startswith("reading copy "):
            for column in ("pdf_key", "manuscript_key"):
                key = columns[column]
                if key:  # an erased copy has no files
                    found = _fingerprint(engines.copies, key)
                    files[f"{name}, {column}"] = {"expected": key, "found": found}
    return export | {"files": files}


def _sealed(session: Session, entry_id: UUID) -> Iterator[VaultBase]:
    for table in VAULT_COVERAGE:
        column = table.__table__.columns["entry_id"]
        yield from session.scalars(select(table).where(column == entry_id))


def _never_entered(row: VaultBase, entry: Entry, states: dict[str, Any]) -> bool:
    """A replacement that was sealed and then refused, or cut short, before the entry took it."""
    return isinstance(row, Original) and f"original {entry.number} {row.version}" not in states


def _fingerprint(files: Storage, key: str) -> str | None:
    """SHA-256 of the file as it lies there, in hex; None where it doesn't."""
    path: Path = files.path(key)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
