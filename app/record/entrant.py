"""The key by which an entrant shows that a replacement or a withdrawal was theirs: only the receipt yields it."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, slots=True)
class EntrantKey:
    """An Ed25519 key (RFC 8032). Its public half stands in the entry's first leaf."""

    seed: bytes = field(repr=False)

    @classmethod
    def from_receipt(cls, octets: bytes) -> "EntrantKey":
        """HKDF-SHA256 of the receipt's 128 bits; the envelope's key comes from them by another label."""
        label = b"nomdeplume entrant signature 1"
        return cls(HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(octets))

    @property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)
