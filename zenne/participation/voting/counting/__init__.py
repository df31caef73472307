"""The bridge to `zenne.methods`: rows become plain data, and back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zenne.methods import lots
from zenne.methods.ballots import content as contents
from zenne.methods.proofs import receipts
from zenne.methods.proofs.merkle import Tree
from zenne.methods.proofs.receipts import Inclusion

from ..models import District, SealedBallot


def canonical(data: object) -> bytes:
    """Plain data in its one spelling."""
    return contents.canonical(data)


def name_of(district: District | None) -> str | None:
    """What a group of options is called in ballots and bundles: its number."""
    return str(district.number) if district else None


def leaf(content: Mapping[str, Any], *, channel: str, district: str | None, nonce: str) -> str:
    """The commitment to one ballot, in hexadecimal: the code of its receipt. Raises Malformed for what is no ballot."""
    return receipts.leaf(contents.parse(content), channel=channel, district=district, nonce=nonce)


def line(ballot: SealedBallot) -> str:
    """The characters that the leaf of a sealed ballot is the hash of."""
    content = contents.parse(ballot.content)
    spelled = receipts.line(content, channel=ballot.channel, district=ballot.district or None, nonce=ballot.nonce)
    return spelled.decode()


def tree(leaves: Iterable[str]) -> Tree:
    return receipts.box(leaves)


def root(leaves: Iterable[str]) -> str:
    return tree(leaves).root.hex()


def inclusion(of: Tree, leaf: str) -> Inclusion | None:
    return receipts.inclusion(of, leaf)


def order(keys: Sequence[str], seed: str) -> tuple[str, ...]:
    """The options in the order of one voter: `methods.lots`, from the voter's seed."""
    return lots.drawn(keys, seed)
