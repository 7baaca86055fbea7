"""What one running process holds: databases, files, queue. Made once, handed to whoever needs a part."""

from dataclasses import dataclass

from sqlalchemy import Engine

from app.database import make_engine
from app.jobs import Queue
from app.settings import Settings
from app.storage import Storage
from app.vault import Vault
from app.vault.doors import guard
from app.vault.duties import Duty


@dataclass(frozen=True, slots=True)
class Engines:
    settings: Settings
    contest: Engine
    vault: Vault
    copies: Storage
    """Reading copies and redacted manuscripts: nothing here names an author."""
    queue: Queue


def make_engines(settings: Settings) -> Engines:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Engines(
        settings=settings,
        contest=make_engine(settings.contest_url),
        vault=Vault(
            engine=make_engine(settings.vault_url),
            entering=guard(make_engine(settings.entering_url), Duty.ENTERING),
            working=guard(make_engine(settings.working_url), Duty.WORKING),
            opening=guard(make_engine(settings.opening_url), Duty.OPENING),
            files=Storage(settings.data / "vault-files"),
            keys_folder=settings.keys_folder,
        ),
        copies=Storage(settings.data / "files"),
        queue=Queue(settings.data / "queue.sqlite3"),
    )
