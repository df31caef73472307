"""A Merkle tree over ballots, as RFC 9162 (Certificate Transparency 2.0, section 2.1) builds it.

leaf = SHA-256(0x00 || bytes), inner = SHA-256(0x01 || left || right); of n leaves the left branch takes the largest power of two below n; the tree of no leaves
is SHA-256 of nothing. The two prefixes keep an inner node from ever passing for a ballot. Hashes are 32 bytes here; in files and on pages they are hexadecimal.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


def leaf_hash(data: bytes) -> bytes:
    """Of a leaf, by RFC 9162: another first byte than an inner node's, so that neither can pass for the other."""
    return hashlib.sha256(b"\x00" + data).digest()


def inner_hash(left: bytes, right: bytes) -> bytes:
    """Of a node over two others, by RFC 9162."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Tree:
    """The tree of these leaf hashes, in this order. Each row of `rows` has half of the nodes of the one before; a node without a neighbour goes up as it is,
    which builds exactly the tree of the RFC."""

    leaves: tuple[bytes, ...]

    @cached_property
    def rows(self) -> tuple[tuple[bytes, ...], ...]:
        rows = [self.leaves]
        while len(rows[-1]) > 1:
            row = rows[-1]
            above = [inner_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
            rows.append((*above, row[-1]) if len(row) % 2 else tuple(above))
        return tuple(rows)

    @property
    def size(self) -> int:
        return len(self.leaves)

    @property
    def root(self) -> bytes:
        return self.rows[-1][0] if self.leaves else hashlib.sha256(b"").digest()

    def proof(self, index: int) -> tuple[bytes, ...]:
        """The hashes that lead from leaf `index` (from 0) to the root, lowest first: at most log2(size) rounded up. Raises IndexError."""
        if not 0 <= index < self.size:
            raise IndexError(f"There is no leaf {index} in a tree of {self.size}.")
        path = []
        for row in self.rows[:-1]:
            beside = index ^ 1
            if beside < len(row):
                path.append(row[beside])
            index //= 2
        return tuple(path)


def included(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf hash at this place to the root: RFC 9162, section 2.1.3.2, step by step."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            node = inner_hash(beside, node)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = inner_hash(node, beside)
        place, last = place // 2, last // 2
    return last == 0 and node == root
