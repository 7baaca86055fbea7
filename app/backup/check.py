"""Whether a backup is whole and unchanged, found out before anything of it is used."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.backup.containers import Source
from app.backup.errors import NotRestored
from app.backup.manifest import (
    FILE,
    HISTORIES,
    MANIFEST,
    PART,
    SIGNATURE,
    Manifest,
    files_of,
    is_signed,
    read_manifest,
)
from app.backup.revisions import is_known
from app.backup.write import Tell

_CHANGED = "This backup is not as it was made: {what}."


@dataclass(frozen=True, slots=True)
class Checked:
    manifest: Manifest
    source: Source
    hashes: dict[str, str]
    """Of every member with rows or a file's content, by name."""

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Files, then rows in the order they have to be put back in. Raises NotRestored for what changed since."""
        order = sorted(filter(FILE.fullmatch, self.hashes)) + [part.name for part in self.manifest.parts]
        left = set(order)
        for name, content in self.source.members(order):
            if name in (MANIFEST, SIGNATURE):
                continue
            if hashlib.sha256(content).hexdigest() != self.hashes.get(name):
                raise NotRestored(_CHANGED.format(what="it changed while it was read"))
            left.discard(name)
            yield name, content
        if left:
            raise NotRestored(_CHANGED.format(what="it changed while it was read"))


def check_backup(source: Source, *, record_key: bytes | None, tell: Tell) -> Checked:
    """Read all of it once. Raises NotRestored for whatever is missing, changed, or too much.

    `record_key` is the public half of the record's key in the keys folder; None trusts the backup's own word.
    """
    hashes, sizes, papers = _read_all(source, tell)
    manifest = _manifest(papers, record_key)
    parts = {part.name: (part.sha256, part.bytes) for part in manifest.parts}
    found = {name: (digest, sizes[name]) for name, digest in hashes.items() if PART.fullmatch(name)}
    if len(parts) != len(manifest.parts) or parts != found:
        wrong = sorted({*parts.items()} ^ {*found.items()})
        raise NotRestored(
            _CHANGED.format(what=f"{wrong[0][0] if wrong else 'a part'} is missing, changed or added")
        )
    files = {name: size for name, size in sizes.items() if FILE.fullmatch(name)}
    if files_of(files) != manifest.files:
        raise NotRestored(_CHANGED.format(what="stored files are missing or were added"))
    _check_tables(manifest)
    return Checked(manifest, source, hashes)


def _read_all(source: Source, tell: Tell) -> tuple[dict[str, str], dict[str, int], dict[str, bytes]]:
    """Fingerprints and sizes of all members; and those that say what the others should be."""
    hashes: dict[str, str] = {}
    sizes: dict[str, int] = {}
    papers: dict[str, bytes] = {}
    for done, (name, content) in enumerate(source.members()):
        tell("checking", done, 0)
        if name in hashes or name in papers:
            raise NotRestored(_CHANGED.format(what=f"{name} is in it twice"))
        if name in (MANIFEST, SIGNATURE):
            papers[name] = content
            continue
        digest, file = hashlib.sha256(content).hexdigest(), FILE.fullmatch(name)
        if file is not None and file[2] != digest:
            raise NotRestored(_CHANGED.format(what=f"the contents of {name} have another fingerprint"))
        if file is None and PART.fullmatch(name) is None:
            raise NotRestored(_CHANGED.format(what="it holds a file that is no part of a backup"))
        hashes[name], sizes[name] = digest, len(content)
    return hashes, sizes, papers


def _manifest(papers: dict[str, bytes], record_key: bytes | None) -> Manifest:
    if papers.keys() != {MANIFEST, SIGNATURE}:
        raise NotRestored(_CHANGED.format(what=f"{MANIFEST} or {SIGNATURE} is missing"))
    try:
        manifest = read_manifest(papers[MANIFEST])
        key = bytes.fromhex(manifest.record_key)
        _ = manifest.moment
    except ValueError as error:
        raise NotRestored(
            f"{MANIFEST} can’t be read.",
            to_do="It may be of a newer version of this program: restore with that one.",
        ) from error
    if record_key is not None and record_key != key:
        raise NotRestored(
            "The keys folder holds another record-signing.secret than the installation had that this is a backup of.",
            to_do="Put that one into the keys folder.",
        )
    if not is_signed(papers[MANIFEST], papers[SIGNATURE], key):
        raise NotRestored(_CHANGED.format(what=f"the signature does not belong to {MANIFEST}"))
    return manifest


def _check_tables(manifest: Manifest) -> None:
    if manifest.tables.keys() != set(HISTORIES) or manifest.revisions.keys() != set(HISTORIES):
        raise NotRestored(_CHANGED.format(what="it is not of both databases"))
    for history, revision in manifest.revisions.items():
        if not is_known(history, revision):
            raise NotRestored(
                "This backup was made by a newer version of this program.",
                to_do="Restore it with that version.",
            )
    for part in manifest.parts:
        named = PART.fullmatch(part.name)
        if named is None or named[2] not in manifest.tables[named[1]]:
            raise NotRestored(_CHANGED.format(what=f"{part.name} belongs to no table"))
