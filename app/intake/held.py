"""An essay whose form still has something to change: held for half an hour, sealed to the form's receipt code.

The form carries the code, so only whoever filled it in can go on with it.
"""

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.intake.receipts import ReceiptCode
from app.limits import BODY_WITHIN
from app.vault import age
from app.vault.errors import NotOpenable
from app.vault.seal import entrant_secret


@dataclass(frozen=True, slots=True)
class HeldEssay:
    content: bytes = field(repr=False)
    arrived_at: datetime
    words: int


def hold_essay(folder: Path, receipt: ReceiptCode, essay: HeldEssay) -> None:
    head = json.dumps({"arrived_at": essay.arrived_at.isoformat(), "words": essay.words}).encode()
    sealed = age.seal(head + b"\n" + essay.content, age.public_key(entrant_secret(receipt.octets)))
    path = _path(folder, receipt)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)


def held_essay(folder: Path, receipt: ReceiptCode, *, now: datetime) -> HeldEssay | None:
    """The essay this form sent before, or None where there is none or its half hour is over."""
    try:
        opened = age.unseal(_path(folder, receipt).read_bytes(), entrant_secret(receipt.octets))
    except (FileNotFoundError, NotOpenable):
        return None
    head, _, content = opened.partition(b"\n")
    found = json.loads(head)
    arrived_at = datetime.fromisoformat(found["arrived_at"])
    if now - arrived_at > BODY_WITHIN:
        return None
    return HeldEssay(content=content, arrived_at=arrived_at, words=found["words"])


def let_go_of_essay(folder: Path, receipt: ReceiptCode) -> None:
    _path(folder, receipt).unlink(missing_ok=True)


def sweep_held(folder: Path, *, now: datetime) -> None:
    """Delete uploads and held essays that nobody came back for."""
    for path in folder.iterdir() if folder.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            if now.timestamp() - path.stat().st_mtime > BODY_WITHIN.total_seconds():
                path.unlink()


def _path(folder: Path, receipt: ReceiptCode) -> Path:
    return folder / f"held-{hashlib.sha256(b'held' + receipt.hash).hexdigest()}"
