"""Published roots and the keys that sign: signed notes and checkpoints (C2SP), and the key a receipt yields."""

import base64
import binascii
import hmac
from dataclasses import dataclass

from app.record.verifier.ed25519 import is_signed, public_key_of
from app.record.verifier.trees import sha256


class Unreadable(Exception):
    """What was given is no proof, no record, no key or no root, or damaged."""


def key_of_code(code: str) -> bytes:
    """Public key of the signatures a receipt makes: HKDF-SHA256 of the code's 128 bits, then Ed25519."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    plain = code.upper().translate(str.maketrans("OIL", "011"))
    symbols = [alphabet.find(c) for c in plain if c.isalnum()]
    if len(symbols) != 28 or min(symbols) < 0:  # noqa: PLR2004 - seven groups of four
        raise Unreadable("That is not a whole receipt code: seven groups of four.")
    value = 0
    for symbol in symbols[:26]:
        value = value << 5 | symbol
    if value >> 128:
        raise Unreadable("That is not a receipt code: check each character.")
    extracted = hmac.digest(bytes(32), value.to_bytes(16, "big"), "sha256")
    return public_key_of(hmac.digest(extracted, b"nomdeplume entrant signature 1\x01", "sha256"))


def read_key(text: str) -> tuple[str, bytes]:
    """Name and public key of a verifier key "name+hash+key" (C2SP signed-note)."""
    try:
        name, short_hash, packed = text.strip().split("+", 2)
        octets = base64.b64decode(packed, validate=True)
    except (ValueError, binascii.Error) as error:
        raise Unreadable("That is no key of a record: name, short hash and key, joined by +.") from error
    if octets[:1] != b"\x01" or sha256(name.encode() + b"\n" + octets)[:4].hex() != short_hash:
        raise Unreadable("The record's key is damaged.")
    return name, octets[1:]


def read_public_key(text: str) -> bytes:
    """A record's key in either spelling: as programs have it, or as receipts print it, 64 characters in fours."""
    printed = "".join(text.split())
    if len(printed) == 64 and "+" not in printed:  # noqa: PLR2004 - 32 octets in hex
        try:
            return bytes.fromhex(printed)
        except ValueError as error:
            raise Unreadable("That is no key of a record: check each character.") from error
    return read_key(text)[1]


@dataclass(frozen=True)
class Note:
    """A published root: what it says and who signed it, by name and short hash of the key."""

    body: str
    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...]
    """On what occasion and when it was published, a line each."""
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @property
    def occasion(self) -> str:
        return next((line.partition(" ")[2] for line in self.extensions if line.startswith("occasion ")), "")

    @property
    def said(self) -> str:
        """Its occasion and when it was published, in words."""
        return ", ".join(self.extensions) or "undated"

    @property
    def tree(self) -> tuple[int, bytes]:
        return self.size, self.root

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether one of the signatures is this key's, under the record's own name."""
        stamp = sha256(self.origin.encode() + b"\n\x01" + public_key)[:4]
        return any(
            (by, key) == (self.origin, stamp) and is_signed(self.body.encode(), signature, public_key)
            for by, key, signature in self.signatures
        )


def read_note(text: str) -> Note:
    """Read a root as published. Raises Unreadable where it isn't one."""
    body, _, below = text.partition("\n\n")
    body += "\n"
    try:
        origin, size, root, *said = body.splitlines()
        signed = [line[2:].rsplit(" ", 1) for line in below.splitlines() if line.startswith("\u2014 ")]
        stamps = [(name, base64.b64decode(packed, validate=True)) for name, packed in signed]
        return Note(
            body=body,
            origin=origin,
            size=int(size),
            root=base64.b64decode(root, validate=True),
            extensions=tuple(said),
            signatures=tuple((name, stamp[:4], stamp[4:]) for name, stamp in stamps),
        )
    except (ValueError, binascii.Error) as error:
        raise Unreadable("That is no published root.") from error
