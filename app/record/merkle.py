"""Merkle trees as RFC 6962, section 2.1, defines them: roots and proofs of any size the tree has had.

Hashes are 32 bytes. Checking proofs is the business of `nomdeplume_verify`, which shares no code with this.
"""

import hashlib
from collections.abc import Iterable, Iterator


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Leaf hashes and the root of every whole subtree over them, level by level, so that nothing is hashed twice."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        level, digest = 0, leaf
        self._levels[0].append(digest)
        while not len(self._levels[level]) & 1:
            digest = node_hash(self._levels[level][-2], digest)
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(digest)

    def root(self, size: int | None = None) -> bytes:
        """Root over the first `size` leaves. Raises IndexError where there are fewer."""
        return self._hash_of(0, self._size(size))

    def inclusion(self, position: int, size: int | None = None) -> list[bytes]:
        """Audit path for the leaf at `position` (from 0) in the tree of `size`, nearest sibling first."""
        end = self._size(size)
        if not 0 <= position < end:
            raise IndexError("no leaf stands there")
        return list(self._path(position, 0, end))[::-1]

    def consistency(self, earlier: int, size: int | None = None) -> list[bytes]:
        """Proof that the tree of `size` begins with the tree of `earlier` leaves. Raises IndexError."""
        end = self._size(size)
        if not 0 < earlier <= end:
            raise IndexError("no such earlier tree")
        return list(self._consistent(earlier, 0, end, whole=True))[::-1]

    def _path(self, position: int, start: int, end: int) -> Iterator[bytes]:
        while end - start > 1:
            middle = start + _split(end - start)
            if position < middle:
                yield self._hash_of(middle, end)
                end = middle
            else:
                yield self._hash_of(start, middle)
                start = middle

    def _consistent(self, earlier: int, start: int, end: int, *, whole: bool) -> Iterator[bytes]:
        """SUBPROOF of the RFC, outermost first; `whole` while the earlier root itself is known to the reader."""
        while earlier != end:
            middle = start + _split(end - start)
            if earlier <= middle:
                yield self._hash_of(middle, end)
                end = middle
            else:
                yield self._hash_of(start, middle)
                start, whole = middle, False
        if not whole:
            yield self._hash_of(start, end)

    def _hash_of(self, start: int, end: int) -> bytes:
        """Root over the leaves from `start` to before `end`; `start` begins a whole subtree of that width."""
        if start == end:
            return hashlib.sha256(b"").digest()
        width = end - start
        level = width.bit_length() - 1
        if width == 1 << level:
            return self._levels[level][start >> level]
        middle = start + _split(width)
        return node_hash(self._hash_of(start, middle), self._hash_of(middle, end))

    def _size(self, size: int | None) -> int:
        end = len(self) if size is None else size
        if not 0 <= end <= len(self):
            raise IndexError("the tree is shorter")
        return end


def _split(size: int) -> int:
    """Largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
