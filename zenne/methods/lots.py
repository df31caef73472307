"""Drawing lots that anybody can draw again: an order that follows from a published seed and from nothing else."""

import hashlib
from collections.abc import Iterable


def ticket(seed: str, name: str) -> str:
    """What stands on the lot of one option: SHA-256 of "seed/name" in UTF-8, as 64 small hexadecimal digits."""
    return hashlib.sha256(f"{seed}/{name}".encode()).hexdigest()


def drawn(names: Iterable[str], seed: str) -> tuple[str, ...]:
    """All `names` in the order of their tickets, smallest first. By hand: `printf '%s' 'seed/name' | sha256sum`, then sort.

    Who knows the seed knows the order: it is fair when the seed was fixed (frozen with the rule) before anybody could know who would be tied.
    """
    return tuple(sorted(names, key=lambda name: (ticket(seed, name), name)))
