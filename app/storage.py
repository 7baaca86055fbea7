"""Files by content: each is named by the SHA-256 of its bytes, and is on the disk before `put` returns."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import NewType

FileKey = NewType("FileKey", str)


@dataclass(frozen=True, slots=True)
class Storage:
    folder: Path

    def put(self, content: bytes) -> FileKey:
        """Store `content` durably; storing the same bytes twice is one file."""
        key = FileKey(hashlib.sha256(content).hexdigest())
        path = self.path(key)
        if path.exists() and path.read_bytes() == content:
            return key
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
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

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _sync_folder(folder: Path) -> None:
    # A rename is only as durable as the folder that lists it.
    for each in (folder, folder.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
