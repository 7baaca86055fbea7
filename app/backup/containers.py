"""Where a backup's members are kept: a folder of files, or one encrypted archive that is never plain on any disk.

A member is a name and bytes that fit into memory; members are written once, and read in the order of writing.
"""

import io
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, Protocol

import pyrage
from pyrage import x25519

from app.backup.errors import NotBackedUp, NotRestored
from app.backup.manifest import MANIFEST

ARCHIVE = "backup.tar.age"
LARGEST_MEMBER = 256 * 1024 * 1024
_DAMAGED = "This backup is damaged: {what}."


class Writer(Protocol):
    def put(self, name: str, content: bytes) -> None: ...


class Source(Protocol):
    def members(self, order: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
        """Every member; of a folder those in `order` alone, where that is given."""


class FolderWriter:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(exist_ok=True, mode=0o700)
        with _create(path) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


class _ArchiveWriter:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def put(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._archive.addfile(member, io.BytesIO(content))


@contextmanager
def archive_writer(folder: Path, recipients: Sequence[str]) -> Iterator[Writer]:
    """An archive that is encrypted as it is written, to each of these age public keys."""
    keys = [x25519.Recipient.from_str(each) for each in recipients]
    with _create(folder / ARCHIVE) as file:

        def encrypt(pipe: BinaryIO) -> None:
            pyrage.encrypt_io(pipe, file, keys)
            file.flush()
            os.fsync(file.fileno())

        try:
            with _piped(encrypt, writing=True) as pipe, tarfile.open(fileobj=pipe, mode="w|") as archive:
                yield _ArchiveWriter(archive)
        except pyrage.EncryptError as error:
            raise NotBackedUp(
                "The encrypted file could not be written.", to_do="Look whether the disk is full."
            ) from error


class FolderSource:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def members(self, order: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
        for name in order or sorted(self._names()):
            path = self._folder / name
            if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_MEMBER:
                raise NotRestored(_DAMAGED.format(what=f"{name} is missing, or no file of a backup"))
            yield name, path.read_bytes()

    def _names(self) -> Iterator[str]:
        for path in self._folder.rglob("*"):
            if path.is_symlink() or not path.is_dir():
                yield path.relative_to(self._folder).as_posix()


class ArchiveSource:
    def __init__(self, archive: Path, identities: Sequence[str]) -> None:
        self._archive = archive
        self._identities = [x25519.Identity.from_str(each) for each in identities]

    def members(self, order: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002 - it has its own
        try:
            with self._archive.open("rb") as file:

                def decrypt(pipe: BinaryIO) -> None:
                    pyrage.decrypt_io(file, pipe, self._identities)

                with _piped(decrypt, writing=False) as pipe, tarfile.open(fileobj=pipe, mode="r|") as archive:
                    for member in archive:
                        yield member.name, _content_of(archive, member)
                    # What stands behind the last member is read too, or a cut could go unnoticed.
                    while pipe.read(io.DEFAULT_BUFFER_SIZE):
                        pass
        except pyrage.DecryptError as error:
            raise NotRestored(
                "None of the keys given opens this backup, or its beginning is damaged.",
                to_do="Give the file that `age-keygen` made for one of the recipients: --identity FILE.",
            ) from error
        except (tarfile.TarError, OSError) as error:
            raise NotRestored(_DAMAGED.format(what="it is cut short, or its bytes were changed")) from error


def source_at(folder: Path, identities: Sequence[str]) -> Source:
    """Raises NotRestored where no whole backup stands there, or a key is missing or not needed."""
    if (folder / ARCHIVE).is_file():
        if [path.name for path in folder.iterdir()] != [ARCHIVE]:
            raise NotRestored(f"Something else lies in {folder} beside the encrypted backup.")
        if not identities:
            raise NotRestored("This backup is encrypted.", to_do="Give the key's file: --identity FILE.")
        return ArchiveSource(folder / ARCHIVE, identities)
    if (folder / MANIFEST).is_file():
        return FolderSource(folder)
    raise NotRestored(f"There is no whole backup in {folder}.")


def read_identities(file: Path) -> list[str]:
    """The keys in a file as `age-keygen` writes it. Raises NotRestored, without quoting it."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    try:
        for key in keys:
            x25519.Identity.from_str(key)
    except pyrage.IdentityError as error:
        raise NotRestored(f"{file} holds something that is no age key.") from error
    if not keys:
        raise NotRestored(f"{file} holds no age key.")
    return keys


def check_recipients(recipients: Sequence[str]) -> None:
    for each in recipients:
        try:
            x25519.Recipient.from_str(each)
        except pyrage.RecipientError as error:
            raise NotBackedUp(f"{each} is no public key of age’s; one begins with age1.") from error


def sync_folder(folder: Path) -> None:
    """A name is only as durable as the folder that lists it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _piped(run: Callable[[BinaryIO], None], *, writing: bool) -> Iterator[BinaryIO]:
    """Let age, which pulls and pushes on its own, run in a thread at the other end of a pipe.

    What went wrong there is raised here, in place of the broken pipe that it made of this end.
    """
    reader, writer = os.pipe()
    ours, theirs = (
        (os.fdopen(writer, "wb"), os.fdopen(reader, "rb"))
        if writing
        else (os.fdopen(reader, "rb"), os.fdopen(writer, "wb"))
    )
    failed: list[Exception] = []

    def work() -> None:
        try:
            with theirs:
                run(theirs)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised in the other thread
            failed.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        with ours:
            yield ours
    except (OSError, tarfile.TarError):
        thread.join()
        if failed:
            raise failed[0] from None
        raise
    finally:
        thread.join()
    if failed:
        raise failed[0]


def _content_of(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    content = archive.extractfile(member) if member.isreg() and member.size <= LARGEST_MEMBER else None
    if content is None:
        raise NotRestored(_DAMAGED.format(what="it holds something that is no file of a backup"))
    return content.read()


def _create(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
