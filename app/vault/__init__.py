"""The only code, and the only database, that hold identities; all of them sealed."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from app.storage import Storage


@dataclass(frozen=True, slots=True)
class Vault:
    """Handles to the vault: its database, its files, and the folder of the worker's key."""

    engine: Engine
    files: Storage
    keys_folder: Path
