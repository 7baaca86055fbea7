"""The receipt code: 128 random bits the entrant keeps, of which the server keeps only a hash."""

import hashlib
import secrets
from dataclasses import dataclass, field

from itsdangerous import BadSignature, Signer

# Crockford's base32: no I, L, O or U, so that nothing read aloud or copied by hand is misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREADINGS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CHECK_PRIME = 1021
_BODY, _CHECK, _GROUP = 26, 2, 4


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    octets: bytes = field(repr=False)

    @property
    def groups(self) -> list[str]:
        """Seven groups of four characters; the last two characters check the others."""
        value = int.from_bytes(self.octets)
        text = _symbols(value, _BODY) + _symbols(value % _CHECK_PRIME, _CHECK)
        return [text[start : start + _GROUP] for start in range(0, len(text), _GROUP)]

    @property
    def text(self) -> str:
        return "-".join(self.groups)

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(b"nomdeplume receipt 1\0" + self.octets).digest()


def new_receipt() -> ReceiptCode:
    return ReceiptCode(secrets.token_bytes(16))


def parse_receipt(text: str) -> ReceiptCode | None:
    """Read a code as typed: spaces, dashes, case and O for 0 do not matter. None where it can't be one."""
    symbols = "".join(c for c in text.upper().translate(_MISREADINGS) if c.isalnum())
    if len(symbols) != _BODY + _CHECK or any(c not in ALPHABET for c in symbols):
        return None
    value = _number(symbols[:_BODY])
    if value >> 128 or value % _CHECK_PRIME != _number(symbols[_BODY:]):
        return None
    return ReceiptCode(value.to_bytes(16))


def sign_minted(receipt: ReceiptCode, secret: bytes) -> str:
    """The code as the form carries it: pressing twice sends the same one, and nobody can invent one."""
    return Signer(secret, salt="minted receipt").sign(receipt.text).decode()


def read_minted(token: str, secret: bytes) -> ReceiptCode | None:
    try:
        return parse_receipt(Signer(secret, salt="minted receipt").unsign(token).decode())
    except (BadSignature, UnicodeDecodeError):
        return None


def _symbols(value: int, count: int) -> str:
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(count)))


def _number(symbols: str) -> int:
    value = 0
    for symbol in symbols:
        value = value << 5 | ALPHABET.index(symbol)
    return value
