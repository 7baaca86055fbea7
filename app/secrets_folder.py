"""The server's own secrets: random, made once, in files beside which no backup is taken."""

import os
import secrets
from pathlib import Path

SIZE = 32


def own_secret(folder: Path, name: str) -> bytes:
    """Return the 32 bytes of the secret `name`, making it on first use."""
    path = _path(folder, name)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}-{os.getpid()}-{secrets.token_hex(4)}"
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # fails where another process was first: then its secret holds
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


def has_secret(folder: Path, name: str) -> bool:
    return _path(folder, name).exists()


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.secret"
