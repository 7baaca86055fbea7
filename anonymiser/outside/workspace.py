"""A private folder for a program that can't do without one, in memory where there is room, and gone afterwards.

A folder is locked while somebody works in it. One that isn't was left by a process that was killed, and goes
when the next is made.
"""

import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from anonymiser.errors import RefusalCode, Refused
from anonymiser.sandbox.confine import NOBODY

PREFIX = "nomdeplume-outside-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it are made by mkdtemp
_ROOM = 256 * 1024 * 1024  # bytes
_YOUNG = 60.0  # seconds within which a folder may be made and not yet locked


@contextmanager
def workspace() -> Iterator[Path]:
    """Give a folder that only the program may enter; it and all in it are gone afterwards."""
    place = _place()
    _sweep(place)
    outer = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    try:
        lock = os.open(outer, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            inner = outer / "work"
            inner.mkdir(mode=0o700)
            if os.geteuid() == 0:
                outer.chmod(0o711)
                os.chown(inner, NOBODY, NOBODY)
            yield inner
        finally:
            os.close(lock)
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def read_made(folder: Path, name: str, largest: int) -> bytes:
    """Return a file that a program made, unless it is something else than that, such as a link to another.

    Raises: Refused.
    """
    try:
        with open(folder / name, "rb", opener=_open_itself) as made:
            found = os.fstat(made.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and found.st_size <= largest:
                return made.read()
    except OSError:
        pass
    raise Refused(RefusalCode.UNREADABLE)


def _open_itself(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _place() -> Path:
    with suppress(OSError):
        room = os.statvfs(_MEMORY)
        if room.f_bavail * room.f_frsize >= _ROOM and os.access(_MEMORY, os.W_OK | os.X_OK):
            return _MEMORY
    return Path(tempfile.gettempdir())


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime < _YOUNG:
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
