"""Files that are being restored: they take their places only when everything else has."""

import shutil
from collections.abc import Collection
from pathlib import Path

from app.backup.containers import sync_folder
from app.storage import Storage

_STAGE = ".restoring"


class Staged:
    """Files on their way into one storage; `clean_up` removes whatever was not kept."""

    def __init__(self, storage: Storage) -> None:
        self._folder = storage.folder
        self._stage = Storage(storage.folder / _STAGE)
        self._moved: list[Path] = []
        shutil.rmtree(self._stage.folder, ignore_errors=True)  # of a restore that was killed

    def standing(self) -> int:
        """How many files stand in the storage already."""
        return sum(path.is_file() for path in self._folder.rglob("*")) if self._folder.exists() else 0

    def put(self, content: bytes) -> None:
        self._stage.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._stage.put(content)

    def move_in(self, needed: Collection[str]) -> None:
        """Give those that are needed their places. One that was withdrawn while it was copied shall not come back."""
        for path in self._stage.folder.glob("??/*"):
            if path.name not in needed:
                path.unlink()
        for path in self._stage.folder.glob("??") if self._stage.folder.exists() else ():
            place = self._folder / path.name
            path.rename(place)  # an empty folder of that name may be there
            self._moved.append(place)
        if self._moved:
            sync_folder(self._folder)

    def keep(self) -> None:
        """Both databases have committed: what was moved in stays."""
        self._moved.clear()

    def clean_up(self) -> None:
        for place in self._moved:
            shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(self._stage.folder, ignore_errors=True)
