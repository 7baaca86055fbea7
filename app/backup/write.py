"""Making a backup while the service goes on: files first, which never change, then the rows of one moment."""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select

from app.backup.containers import FolderWriter, Writer, archive_writer, check_recipients, sync_folder
from app.backup.errors import NotBackedUp
from app.backup.manifest import (
    COPIES,
    HISTORIES,
    MANIFEST,
    ORIGINALS,
    SIGNATURE,
    Manifest,
    Part,
    files_of,
    said,
    sealing_seed,
    sign,
)
from app.backup.needed import needed_files
from app.backup.revisions import newest_revision, revision_of
from app.backup.shapes import Shape, shape_of, table_of, written
from app.backup.snapshot import Snapshot, snapshot
from app.clock import Clock
from app.database import reading
from app.engines import Engines
from app.record.checkpoint import public_key_of
from app.record.roots import has_signing_seed, signing_seed
from app.tables import Base, Root
from app.vault import age
from app.vault.orders import key_path
from app.vault.tables import VaultBase, WorkerKey

METADATA = {"contest": Base.metadata, "vault": VaultBase.metadata}
LEFT_OUT = ("contest/sign_in", "vault/handed_part")
"""Sessions end with a restore. Parts handed in count for ten minutes, and enough of them would open an envelope."""
READABLE = ("vault/opened_identity",)
"""What openings have shown: sealed here, where the backup as a whole isn't."""
PART_SIZE = 8 * 1024 * 1024
_FEW = 50
"""So many files are copied while the rows' moment is held."""

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def make_backup(
    engines: Engines, *, folder: Path, recipients: Sequence[str] = (), clock: Clock, tell: Tell
) -> Manifest:
    """Back up both databases and all files to `folder`, encrypted where there are recipients.

    Until it is whole it stands under another name. Raises NotBackedUp; then nothing is left of it.
    """
    check_recipients(recipients)
    _check_installation(engines)
    with _under_another_name(folder.absolute()) as draft:
        if not recipients:
            return _write(engines, FolderWriter(draft), sealed=True, clock=clock, tell=tell)
        with archive_writer(draft, recipients) as writer:
            return _write(engines, writer, sealed=False, clock=clock, tell=tell)


def _check_installation(engines: Engines) -> None:
    if not engines.settings.has_owners_login:
        raise NotBackedUp(
            "Only the vault’s owner may read all of it.",
            to_do="Name the owner’s login in NOMDEPLUME_VAULT_DATABASE, for this command alone.",
        )
    for history, engine in zip(HISTORIES, (engines.contest, engines.vault.engine), strict=True):
        with reading(engine) as session:
            if revision_of(session.connection()) != newest_revision(history):
                raise NotBackedUp(
                    f"The {history} database was made by another version of this program, or is empty.",
                    to_do="Back up with that version, or run `nomdeplume migrate` first.",
                )
    _check_keys(engines)


def _check_keys(engines: Engines) -> None:
    """A key made anew, in a folder named by mistake, would sign a backup that no restore then takes."""
    keys = engines.vault.keys_folder
    if has_signing_seed(keys):
        return
    with reading(engines.vault.engine) as session:
        workers = session.scalars(select(WorkerKey.id)).all()
    with reading(engines.contest) as session:
        has_signed = session.scalar(select(Root.size).limit(1)) is not None
    if has_signed or (workers and not any(key_path(keys, each).exists() for each in workers)):
        raise NotBackedUp(
            f"The keys of this installation are not in {keys}.",
            to_do="Name their folder in NOMDEPLUME_KEYS, as the service does. Nothing of them goes into the backup.",
        )


def _write(engines: Engines, writer: Writer, *, sealed: bool, clock: Clock, tell: Tell) -> Manifest:
    files = _Files(engines, writer, tell)
    absent: set[str] = set()
    while True:
        # Of a file that is gone either nobody has a use any more, as the next moment shows, or it was lost.
        with snapshot(engines, clock=clock) as moment:
            lacking = needed_files(moment.contest, moment.vault) - files.sizes.keys()
            if absent & lacking:
                raise NotBackedUp(
                    f"{len(absent & lacking)} files that the databases name are missing from the data folder.",
                    to_do="Put them back from an earlier backup; an entry’s files have the names of their contents.",
                )
            if len(lacking) <= _FEW:
                absent = files.copy(lacking)
                if not absent:
                    return _write_rows(engines, writer, moment, files, sealed=sealed, tell=tell)
                continue
        absent = files.copy(lacking)


class _Files:
    """The files copied so far: bytes by name."""

    def __init__(self, engines: Engines, writer: Writer, tell: Tell) -> None:
        self._storages = {COPIES: engines.copies, ORIGINALS: engines.vault.files}
        self._writer = writer
        self._tell = tell
        self.sizes: dict[str, int] = {}

    def copy(self, names: Iterable[str]) -> set[str]:
        """Copy them; return those that are not there."""
        absent = set()
        names = sorted(names)
        for done, name in enumerate(names):
            self._tell("files", done, len(names))
            folder, _, key = name.partition("/")
            try:
                content = self._storages[folder].get(key)
            except FileNotFoundError:
                absent.add(name)
                continue
            except ValueError as error:
                raise NotBackedUp(
                    f"The disk has altered a stored file: {name}.",
                    to_do="Put it back from an earlier backup, where it has the same name.",
                ) from error
            self._writer.put(name, content)
            self.sizes[name] = len(content)
        return absent


def _write_rows(
    engines: Engines, writer: Writer, moment: Snapshot, files: _Files, *, sealed: bool, tell: Tell
) -> Manifest:
    """Write every table, then what the backup says of itself, and the signature under that."""
    seed = signing_seed(engines.vault.keys_folder)
    recipient = age.public_key(age.secret_from_seed(sealing_seed(seed)))
    tables: dict[str, dict[str, Shape]] = {history: {} for history in HISTORIES}
    parts: list[Part] = []
    every = [(history, table) for history in HISTORIES for table in METADATA[history].sorted_tables]
    for done, (history, table) in enumerate(every):
        tell("tables", done, len(every))
        name = f"{history}/{table.name}"
        if name in LEFT_OUT:
            continue
        shape = tables[history][table.name] = shape_of(table)
        connection = {"contest": moment.contest, "vault": moment.vault}[history]
        keys = [column.name for column in table.primary_key]
        for number, (rows, plain) in enumerate(_parts(connection, table.name, shape, keys), start=1):
            is_sealed = sealed and name in READABLE
            content = age.seal(plain, recipient) if is_sealed else plain
            part = f"{name}-{number}.jsonl"
            writer.put(part, content)
            digest = hashlib.sha256(content).hexdigest()
            parts.append(Part(name=part, rows=rows, bytes=len(content), sha256=digest, sealed=is_sealed))
    manifest = Manifest(
        made_at=moment.taken_at.isoformat(),
        revisions={
            "contest": str(revision_of(moment.contest)),
            "vault": str(revision_of(moment.vault)),
        },
        record_key=public_key_of(seed).hex(),
        tables={
            history: {name: dict(shape) for name, shape in each.items()} for history, each in tables.items()
        },
        parts=parts,
        files=files_of(files.sizes),
        left_out=list(LEFT_OUT),
    )
    writer.put(MANIFEST, said(manifest))
    writer.put(SIGNATURE, sign(said(manifest), seed))
    return manifest


def _parts(
    connection: Connection, name: str, shape: Shape, keys: Sequence[str]
) -> Iterator[tuple[int, bytes]]:
    """The table's rows, in lines, as so many parts as fit into memory one by one; with how many are in each."""
    table = table_of(name, shape)
    query = select(table).order_by(*(table.columns[key] for key in keys))
    lines, size = [], 0
    for row in connection.execution_options(yield_per=500).execute(query).mappings():
        lines.append(written({str(column): value for column, value in row.items()}, shape))
        size += len(lines[-1])
        if size >= PART_SIZE:
            yield len(lines), b"".join(lines)
            lines, size = [], 0
    if lines:
        yield len(lines), b"".join(lines)


@contextmanager
def _under_another_name(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder`, which takes its name once the block has ended well."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotBackedUp(
            f"{folder} is not empty.",
            to_do="Name a folder that is not there yet, such as one called by the day.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder.with_name(f".{folder.name}.unfinished-{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        yield draft
        for each in (draft, *(path for path in draft.iterdir() if path.is_dir())):
            sync_folder(each)
        draft.rename(folder)
        sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
