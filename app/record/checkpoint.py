"""A root as it is published: a signed note, the form in which transparency logs exchange theirs.

Formats: C2SP tlog-checkpoint and signed-note (Ed25519). Whoever has tools for those can check and countersign.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which record, how many leaves, the root over them; on what occasion and when it was published."""

    origin: str
    size: int
    root: bytes
    occasion: str
    published_at: datetime

    @property
    def body(self) -> str:
        """The text that is signed."""
        root = base64.b64encode(self.root).decode()
        published = self.published_at.astimezone(UTC).isoformat(timespec="seconds")
        return f"{self.origin}\n{self.size}\n{root}\noccasion {self.occasion}\npublished {published}\n"


def origin_of(host: str, slug: str) -> str:
    """The name of a contest's record: the address people know the society by, and the contest."""
    return f"{host}/prize/{slug}"


def sign(checkpoint: Checkpoint, seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).sign(checkpoint.body.encode())


def is_signed(checkpoint: Checkpoint, signature: bytes, public_key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, checkpoint.body.encode())
    except InvalidSignature:
        return False
    return True


def public_key_of(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def verifier_key(name: str, public_key: bytes) -> str:
    """A public key as signed notes spell it: name, short hash, key."""
    return f"{name}+{_key_hash(name, public_key).hex()}+{base64.b64encode(_ED25519 + public_key).decode()}"


def signature_line(name: str, public_key: bytes, signature: bytes) -> str:
    stamped = base64.b64encode(_key_hash(name, public_key) + signature).decode()
    return f"\u2014 {name} {stamped}\n"


def note(checkpoint: Checkpoint, lines: list[str]) -> str:
    """The checkpoint with its signatures, as a file to keep or send."""
    return f"{checkpoint.body}\n{''.join(lines)}"


def _key_hash(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]
