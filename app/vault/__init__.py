"""The only code, and the only database, that hold identities; all of them sealed."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from app.storage import Storage


@dataclass(frozen=True, slots=True)
class Vault:
    """Handles to the vault: a door for each duty, its files, and the folder of the worker's key.

    What each door lets through stands in `app.vault.duties`.
    """

    engine: Engine
    """The owner's: for migrations alone."""
    entering: Engine
    """The web's: seals new rows, and finds the one a receipt is for."""
    working: Engine
    """The worker's: orders, and what they open."""
    opening: Engine
    """The officers' ceremony."""
    files: Storage
    keys_folder: Path

    def close(self) -> None:
        """Let go of all connections."""
        for engine in (self.engine, self.entering, self.working, self.opening):
            engine.dispose()
