"""Files by content: each is named by the SHA-256 of its bytes, and is on the disk before `put` returns."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NewType

FileKey = NewType("FileKey", str)
_DRAFT = ".draft-"
_ASIDE = ".aside-"


@dataclass(frozen=True, slots=True)
class Storage:
    folder: Path

    def put(self, content: bytes) -> FileKey:
        """Store `content` durably; storing the same bytes twice is one file."""
        key = FileKey(hashlib.sha256(content).hexdigest())
        path = self.path(key)
        if _is_there(path, content):
            return key
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=_DRAFT)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return key

    def get(self, key: str) -> bytes:
        """Return the bytes. Raises FileNotFoundError, or ValueError where the disk altered them."""
        content = self.path(key).read_bytes()
        if hashlib.sha256(content).hexdigest() != key:
            raise ValueError("a stored file no longer has its fingerprint")
        return content

    def remove(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def remove_unnamed(self, named: Callable[[], Collection[str]], *, before: datetime) -> int:
        """Remove files last put before that instant that are not among the keys `named` returns; return how many.

        Whoever puts a file names it in a row seconds later, and the same words may be put again at any moment: a file
        steps aside first, and comes back where it was put or named meanwhile.
        """
        aside = [path for path in self.folder.glob(f"??/{_ASIDE}*") if path.is_file()]
        for path in aside:
            _step_back(path)  # whoever was removing it was killed
        for path in self.folder.glob(f"??/{_DRAFT}*"):
            if _put_at(path) < before:
                path.unlink(missing_ok=True)
        old = [path for path in self.folder.glob("??/[0-9a-f]*") if _put_at(path) < before]
        kept = named()
        aside = [path.with_name(_ASIDE + path.name) for path in old if path.name not in kept]
        for path in aside:
            _move(path.with_name(path.name.removeprefix(_ASIDE)), path)
        kept = named() if aside else kept
        removed = 0
        for path in aside:
            if _put_at(path) < before and path.name.removeprefix(_ASIDE) not in kept:
                path.unlink(missing_ok=True)
                removed += 1
            else:
                _step_back(path)
        return removed

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _is_there(path: Path, content: bytes) -> bool:
    """Whether the file is there whole; if so it counts as put now."""
    try:
        if path.read_bytes() != content:
            return False
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _put_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)  # gone meanwhile: nothing to remove


def _step_back(path: Path) -> None:
    _move(path, path.with_name(path.name.removeprefix(_ASIDE)))


def _move(path: Path, to: Path) -> None:
    # Any number of workers tidy: another may have been here first.
    with suppress(FileNotFoundError):
        path.rename(to)


def _sync_folder(folder: Path) -> None:
    # A rename is only as durable as the folder that lists it.
    for each in (folder, folder.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
