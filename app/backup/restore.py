"""Restoring a backup into an empty installation: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.backup.check import Checked, check_backup
from app.backup.containers import source_at
from app.backup.errors import NotRestored
from app.backup.manifest import COPIES, FILE, HISTORIES, ORIGINALS, PART, Manifest, sealing_seed
from app.backup.needed import needed_files
from app.backup.prove import prove
from app.backup.revisions import bring_up_to_date, rebuild, revision_of
from app.backup.settle import settle
from app.backup.shapes import read_rows, table_of
from app.backup.staging import Staged
from app.backup.write import Tell
from app.engines import Engines
from app.migrate import changing
from app.record.checkpoint import public_key_of
from app.record.roots import has_signing_seed, signing_seed
from app.secrets_folder import SIZE
from app.vault import age
from app.vault.doors import grant_duties
from app.vault.errors import NotOpenable

_AT_ONCE = 500
_MAY_STAND = "worker_key"
"""A service that was started once has given its worker a key: that alone makes no installation of it."""


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: datetime
    rows: int
    files: int
    unprepared: int
    """Entries that waited for their first pass, and need repair since the worker's key of then is gone."""
    keeps_record_key: bool
    """Whether roots published from now on are signed by the same key as those before."""


def restore_backup(
    engines: Engines,
    *,
    folder: Path,
    identities: Sequence[str] = (),
    without_keys: bool = False,
    tell: Tell,
) -> Restored:
    """Check all of the backup, then put it into this installation. Raises NotRestored; then nothing has changed."""
    if not engines.settings.has_owners_login:
        raise NotRestored(
            "Only the vault’s owner may make its tables.",
            to_do="Name the owner’s login in NOMDEPLUME_VAULT_DATABASE, for this command alone.",
        )
    seed = _seed(engines, without_keys=without_keys)
    record_key = None if seed is None else public_key_of(seed)
    checked = check_backup(source_at(folder, identities), record_key=record_key, tell=tell)
    if seed is None and any(part.sealed for part in checked.manifest.parts):
        raise NotRestored(
            "Envelopes had been opened when this backup was made, and what they showed is sealed in it.",
            to_do="Put record-signing.secret of then into the keys folder: it opens that.",
        )
    staged = {COPIES: Staged(engines.copies), ORIGINALS: Staged(engines.vault.files)}
    try:
        unprepared = _put_in(engines, checked, staged, seed, tell)
    except (SQLAlchemyError, CommandError) as error:
        raise NotRestored(
            "A database refused what the backup holds, or could not be reached.",
            to_do="Look whether both can be reached, have room, and were not made by a newer version.",
        ) from error
    finally:
        for each in staged.values():
            each.clean_up()
    grant_duties(engines.vault)
    manifest = checked.manifest
    rows = sum(part.rows for part in manifest.parts)
    return Restored(manifest.moment, rows, manifest.files.count, unprepared, seed is not None)


def _seed(engines: Engines, *, without_keys: bool) -> bytes | None:
    """Of the record's key. Asked for by hand, since asking for one makes it where there is none."""
    keys = engines.vault.keys_folder
    if has_signing_seed(keys):
        seed = signing_seed(keys)
        if len(seed) != SIZE:
            raise NotRestored(f"record-signing.secret in {keys} is not whole: it has {SIZE} bytes.")
        return seed
    if without_keys:
        return None
    raise NotRestored(
        f"There is no record-signing.secret in {keys}, so nobody can say whether this backup is as it was made.",
        to_do="Put the one kept apart there, or name its folder in NOMDEPLUME_KEYS. If it is lost for good, "
        "--without-keys restores all the same; roots published before will then not match the new key.",
    )


def _put_in(
    engines: Engines, checked: Checked, staged: dict[str, Staged], seed: bytes | None, tell: Tell
) -> int:
    """Everything in one transaction of each database; return how many entries need repair."""
    # Left in the other order: as everywhere the vault is committed first.
    with changing(engines.contest) as contest, changing(engines.vault.engine) as vault:
        connections = dict(zip(HISTORIES, (contest, vault), strict=True))
        _require_empty(connections, staged)
        for history, connection in connections.items():
            rebuild(history, connection, checked.manifest.revisions[history])
            _check_columns(checked.manifest, history, connection)
        _insert_all(checked, connections, staged, seed, tell)
        _check_counts(checked.manifest, connections)
        for history, connection in connections.items():
            bring_up_to_date(history, connection)
        prove(contest, vault, files={name for name in checked.hashes if FILE.fullmatch(name)})
        unprepared = settle(contest, vault, keys_folder=engines.vault.keys_folder)
        needed = {name.partition("/")[2] for name in needed_files(contest, vault)}
        for each in staged.values():
            each.move_in(needed)
    for each in staged.values():
        each.keep()
    return unprepared


def _require_empty(connections: dict[str, Connection], staged: dict[str, Staged]) -> None:
    found = []
    for history, connection in connections.items():
        if revision_of(connection) is None:
            continue
        tables = _reflected(connection)
        for table in tables.sorted_tables:
            count = connection.scalar(select(func.count()).select_from(table)) or 0
            if count and table.name not in ("alembic_version", _MAY_STAND):
                found.append(f"{table.name}: {count} in the {history} database")
    found += [f"{count} stored files" for each in staged.values() if (count := each.standing())]
    if found:
        raise NotRestored(
            f"This installation is not empty ({'; '.join(found)}).",
            to_do="Restore into a new data folder, or new databases. Nothing that stands is ever overwritten.",
        )


def _check_columns(manifest: Manifest, history: str, connection: Connection) -> None:
    """The backup's tables have the columns that its revision says."""
    there = {
        table.name: {column.name for column in table.columns}
        for table in _reflected(connection).sorted_tables
    }
    for name, shape in manifest.tables[history].items():
        if there.get(name) != shape.keys():
            raise NotRestored(f"The table {name} in this backup has not the columns that its version had.")


def _insert_all(
    checked: Checked,
    connections: dict[str, Connection],
    staged: dict[str, Staged],
    seed: bytes | None,
    tell: Tell,
) -> None:
    sealed = {part.name for part in checked.manifest.parts if part.sealed}
    for done, (name, content) in enumerate(checked.members()):
        tell("restoring", done, len(checked.hashes))
        named = PART.fullmatch(name)
        if named is None:
            staged[name.partition("/")[0]].put(content)
            continue
        plain = _unsealed(content, seed) if name in sealed and seed is not None else content
        shape = checked.manifest.tables[named[1]][named[2]]
        try:
            rows = read_rows(plain, shape)
        except (ValueError, RecursionError) as error:
            raise NotRestored(f"{name} holds something that is no row of its table.") from error
        table = table_of(named[2], shape)
        for start in range(0, len(rows), _AT_ONCE):
            connections[named[1]].execute(table.insert(), rows[start : start + _AT_ONCE])


def _unsealed(content: bytes, seed: bytes) -> bytes:
    try:
        return age.unseal(content, age.secret_from_seed(sealing_seed(seed)))
    except NotOpenable as error:
        raise NotRestored(
            "What openings had shown can’t be unsealed with the key of this keys folder."
        ) from error


def _check_counts(manifest: Manifest, connections: dict[str, Connection]) -> None:
    for history, connection in connections.items():
        for name, shape in manifest.tables[history].items():
            told = sum(
                part.rows
                for part in manifest.parts
                if (named := PART.fullmatch(part.name)) and named.group(1, 2) == (history, name)
            )
            if connection.scalar(select(func.count()).select_from(table_of(name, shape))) != told:
                raise NotRestored(f"Not every row of {name} could be put back.")


def _reflected(connection: Connection) -> MetaData:
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata
