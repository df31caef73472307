"""What a voter takes home: the bytes of a ballot with its nonce, their hash, and later the path that leads to the published root.

The line of a ballot is the canonical JSON of `{"ballot": content, "channel": ..., "district": ..., "nonce": hex}`; the same line stands in `ballots.jsonl`. The nonce
(random, 32 hexadecimal digits or more) keeps anybody from finding a ballot by guessing what stands on it, until the box is published.
By hand: `printf '\\x00%s' 'LINE' | sha256sum`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zenne.methods.ballots.content import Content, Malformed, canonical
from zenne.methods.ballots.rule import Heading

from .merkle import Tree, included, leaf_hash

NONCE = re.compile(r"[0-9a-f]{32,64}")
HASH = re.compile(r"[0-9a-f]{64}")


def line(content: Content, *, channel: str, district: Heading, nonce: str) -> bytes:
    """The bytes of a ballot, without a line break. Raises Malformed when the nonce is not hexadecimal."""
    if not NONCE.fullmatch(nonce):
        raise Malformed("A nonce is 32 to 64 small hexadecimal digits.")
    return canonical({"ballot": content.plain(), "channel": channel, "district": district, "nonce": nonce})


def leaf(content: Content, *, channel: str, district: Heading, nonce: str) -> str:
    """The leaf hash of a ballot: 64 hexadecimal digits, the code of its receipt."""
    return leaf_hash(line(content, channel=channel, district=district, nonce=nonce)).hex()


@dataclass(frozen=True)
class Inclusion:
    """The proof that a leaf is in the box: all in hexadecimal, ready for a page or JSON."""

    leaf: str
    index: int
    size: int
    path: tuple[str, ...]
    root: str

    def holds(self) -> bool:
        if not all(HASH.fullmatch(text) for text in (self.leaf, self.root, *self.path)):
            return False
        path = [bytes.fromhex(text) for text in self.path]
        start, root = bytes.fromhex(self.leaf), bytes.fromhex(self.root)
        return included(start, index=self.index, size=self.size, path=path, root=root)


def box(leaves: Iterable[str]) -> Tree:
    """The tree of a closed vote: leaf hashes (hexadecimal) in ascending order, whatever the order they come in."""
    return Tree(tuple(bytes.fromhex(text) for text in sorted(leaves)))


def inclusion(tree: Tree, leaf: str) -> Inclusion | None:
    """The proof for one leaf hash of a `box`; None when it is not in it."""
    wanted = bytes.fromhex(leaf)
    index = _place(tree.leaves, wanted)
    if index is None:
        return None
    path = tuple(node.hex() for node in tree.proof(index))
    return Inclusion(leaf=leaf, index=index, size=tree.size, path=path, root=tree.root.hex())


def _place(leaves: Sequence[bytes], wanted: bytes) -> int | None:
    at = bisect_left(leaves, wanted)
    return at if at < len(leaves) and leaves[at] == wanted else None
