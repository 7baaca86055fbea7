"""Merkle tree hashes and proofs as RFC 6962, section 2.1, defines them. Hashes are 32 bytes."""

import hashlib
from collections.abc import Sequence


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """Root over leaf hashes, in one pass that keeps one hash for each level."""
    levels: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, digest = 1, leaf
        while levels and levels[-1][0] == size:
            digest = node_hash(levels.pop()[1], digest)
            size *= 2
        levels.append((size, digest))
    if not levels:
        return hashlib.sha256(b"").digest()
    digest = levels.pop()[1]
    while levels:
        digest = node_hash(levels.pop()[1], digest)
    return digest


def inclusion_proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """Audit path for the leaf at `position` (from 0), nearest sibling first."""
    if not 0 <= position < len(leaves):
        raise IndexError("no leaf stands there")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if position < split:
        return [*inclusion_proof(leaves[:split], position), tree_hash(leaves[split:])]
    return [*inclusion_proof(leaves[split:], position - split), tree_hash(leaves[:split])]


def includes(root: bytes, *, leaf: bytes, position: int, size: int, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows `leaf` at `position` of the tree of `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    place, last, digest = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            digest = node_hash(sibling, digest)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and digest == root


def _split(size: int) -> int:
    """Largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
