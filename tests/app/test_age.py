"""Keys from a seed, and padding that hides lengths."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from app.vault import age
from app.vault.errors import NotOpenable

# Bob's key pair of RFC 7748, section 6.1.
SEED = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
PUBLIC = bytes.fromhex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def octets_of(public_key: str) -> bytes:
    """The 32 bytes of "age1…", its six check characters left out."""
    bits = "".join(f"{BECH32.index(c):05b}" for c in public_key.removeprefix("age1")[:-6])
    return int(bits[:256], 2).to_bytes(32)


def test_secret_from_seed_has_the_public_half_of_rfc_7748():
    secret = age.secret_from_seed(SEED)

    assert secret.startswith("AGE-SECRET-KEY-1")
    assert len(secret) == 74
    assert octets_of(age.public_key(secret)) == PUBLIC


@given(st.binary(min_size=32, max_size=32))
def test_secret_from_any_seed_opens_what_its_public_half_seals(seed):
    secret = age.secret_from_seed(seed)
    public = X25519PrivateKey.from_private_bytes(seed).public_key()

    assert octets_of(age.public_key(secret)) == public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert age.unseal(age.seal(b"who wrote", age.public_key(secret)), secret) == b"who wrote"


def test_public_key_is_told_from_a_private_one_and_from_words():
    secret = age.new_secret()

    assert age.is_public_key(age.public_key(secret))
    assert not age.is_public_key(secret)
    assert not age.is_public_key("age1")
    assert not age.is_public_key("")


def test_unseal_refuses_another_key():
    sealed = age.seal(b"who wrote", age.public_key(age.new_secret()))

    with pytest.raises(NotOpenable):
        age.unseal(sealed, age.new_secret())


@pytest.mark.parametrize("place", [0, 30, -1], ids=["head", "header", "body"])
def test_unseal_refuses_altered_bytes(place):
    secret = age.new_secret()
    sealed = bytearray(age.seal(b"who wrote", age.public_key(secret)))
    sealed[place] ^= 1

    with pytest.raises(NotOpenable):
        age.unseal(bytes(sealed), secret)


@pytest.mark.parametrize("secret", ["", "AGE-SECRET-KEY-1", "a\0b", "\ufffd" * 74])
def test_unseal_refuses_what_is_no_key(secret):
    sealed = age.seal(b"who wrote", age.public_key(age.new_secret()))

    with pytest.raises(NotOpenable):
        age.unseal(sealed, secret)


@given(st.text(min_size=1, max_size=3000))
def test_pad_fills_whole_blocks_and_loses_nothing(text):
    padded = age.pad(text)

    assert len(padded) % age.BLOCK == 0
    assert len(padded) - len(text.encode()) < age.BLOCK
    assert padded.startswith(text.encode())
    assert padded[len(text.encode()) :].strip(b" ") == b""


def test_pad_leaves_a_full_block_as_it_is():
    assert age.pad("x" * age.BLOCK) == b"x" * age.BLOCK
    assert len(age.pad("x" * (age.BLOCK + 1))) == 2 * age.BLOCK
