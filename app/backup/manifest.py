"""What a backup says of itself, signed: whoever changes any part of it has to change this too, and can't."""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict

from app.backup.shapes import Kind

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
HISTORIES = ("contest", "vault")
COPIES, ORIGINALS = "files", "vault-files"
PART = re.compile(r"(contest|vault)/([a-z][a-z_]*)-([1-9][0-9]*)\.jsonl")
FILE = re.compile(r"(files|vault-files)/([0-9a-f]{64})")
_SIGNED = b"nomdeplume backup 1\n"


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Part(_Said):
    """Rows of one table; a large table has several parts, numbered from 1."""

    name: str
    rows: int
    bytes: int
    sha256: str
    sealed: bool = False
    """Whether it is an age file for the key that the record's own key yields."""


class Files(_Said):
    count: int
    bytes: int
    sha256: str
    """Over their names, sorted, each with its folder; a file's name is the hash of its bytes."""


class Manifest(_Said):
    nomdeplume: Literal["backup 1"] = "backup 1"
    made_at: str
    """The instant everything in it is of, ISO 8601 in UTC."""
    revisions: dict[str, str]
    """How far each database's history had come."""
    record_key: str
    """Public half of the key that signed this, and every root of the record; hex."""
    tables: dict[str, dict[str, dict[str, Kind]]]
    """Database, table, column, kind; tables in an order in which none refers to a later one."""
    parts: list[Part]
    files: Files
    left_out: list[str]
    """Tables whose rows mean nothing after a restore, or must not outlive their minutes."""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def said(manifest: Manifest) -> bytes:
    return manifest.model_dump_json(indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """Raises ValueError for anything but a manifest of ours."""
    return Manifest.model_validate_json(content)


def sign(content: bytes, seed: bytes) -> bytes:
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(seed).sign(_SIGNED + content)) + b"\n"


def is_signed(content: bytes, signature: bytes, public_key: bytes) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(base64.b64decode(signature, validate=False), _SIGNED + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def sealing_seed(signing_seed: bytes) -> bytes:
    """Of the age key for what may not lie readable in a backup; from the one secret that never changes."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"nomdeplume backup sealing 1").derive(signing_seed)


def files_of(sizes: Mapping[str, int]) -> Files:
    """`sizes`: bytes by name."""
    names = "\n".join(sorted(sizes))
    digest = hashlib.sha256(names.encode()).hexdigest()
    return Files(count=len(sizes), bytes=sum(sizes.values()), sha256=digest)
