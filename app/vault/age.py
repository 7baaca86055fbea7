"""age files (age-encryption.org/v1): sealing, opening, keys derived from a seed, padding."""

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from pyrage import x25519

from app.vault.errors import NotOpenable

BLOCK = 4096
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def new_secret() -> str:
    """Return a fresh age identity as its text, "AGE-SECRET-KEY-1…" (74 characters)."""
    return str(x25519.Identity.generate())


def secret_from_seed(seed: bytes) -> str:
    """Return the age identity whose X25519 scalar is `seed` (32 bytes), encoded by BIP 173."""
    prefix = "age-secret-key-"
    data = _five_bit_groups(seed)
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    remainder = _polymod([*expanded, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    check = [(remainder >> 5 * (5 - i)) & 31 for i in range(6)]
    return (prefix + "1" + "".join(_ALPHABET[d] for d in [*data, *check])).upper()


def public_key(secret: str) -> str:
    return str(x25519.Identity.from_str(secret).to_public())


def is_public_key(text: str) -> bool:
    """Whether this is a public key in its one spelling, that can be sealed to.

    A key can be well spelt and still useless: X25519 has points that make every shared secret zero.
    """
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(_octets(text)))
    except ValueError:
        return False
    return text == text.lower()


def seal(content: bytes, recipient: str) -> bytes:
    return bytes(pyrage.encrypt(content, [x25519.Recipient.from_str(recipient)]))


def unseal(sealed: bytes, secret: str) -> bytes:
    """Return what is sealed. Raises NotOpenable where the key is another's or the bytes are damaged."""
    try:
        return bytes(pyrage.decrypt(sealed, [x25519.Identity.from_str(secret)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise NotOpenable("this key does not open this envelope") from error


def pad(text: str) -> bytes:
    """Fill up with spaces to whole blocks of 4 KiB, so that a ciphertext's length tells nothing.

    Spaces, because JSON with spaces at its end is still JSON to whoever opens it by hand.
    """
    content = text.encode()
    return content + b" " * (-len(content) % BLOCK)


def _octets(recipient: str) -> bytes:
    """The 32 bytes of a public key whose check characters were found right."""
    number = 0
    for character in recipient.lower().removeprefix("age1")[:-6]:
        number = number << 5 | _ALPHABET.index(character)
    return (number >> 4).to_bytes(32)  # 52 groups of five are 260 bits, four of them filling


def _five_bit_groups(octets: bytes) -> list[int]:
    bits = int.from_bytes(octets) << 4  # 256 bits are 51 groups of five and one bit more
    return [(bits >> shift) & 31 for shift in range(255, -1, -5)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, coefficient in enumerate(_GENERATOR):
            if top >> bit & 1:
                check ^= coefficient
    return check
