"""The bundle of a draw: everything that an outsider needs to draw again, in one zip that is the same bytes every time.

    commitment.json   what was published before: the SHA-256 of the three files below, size, limits, source of the randomness (see `commitment`)
    pool.csv          the pool by number, with the features that have quotas; `zenne draw pool.csv quotas.csv ...` reads both
    quotas.csv
    distribution.csv  every panel with its tickets
    odds.csv          how many of the million tickets each number holds
    result.json       the randomness, the seed, the ticket, who was drawn, and the whole reserve in order
    redraw.py         draws again with nothing but Python, under 80 lines
    README.txt

All follows from the commitment's parts and from what the source gave; `verify` makes it again and compares. Stored as the bundles of votes are.
"""

from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from zenne.methods.proofs.bundle import spelled, zipped

from .commitment import Commitment, Drawn, odds_csv, pool_csv, quotas_csv

ENTRIES = (
    *("commitment.json", "pool.csv", "quotas.csv", "distribution.csv"),
    *("odds.csv", "result.json", "redraw.py", "README.txt"),
)


@dataclass(frozen=True)
class Bundle:
    """A draw as it is published: a zip whose bytes follow from the draw alone."""

    drawn: Drawn

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All files of the bundle, by name."""
        commitment = self.drawn.commitment
        return {
            **committed(commitment),
            "odds.csv": odds_csv(commitment.instance, commitment.distribution).encode(),
            "result.json": spelled(self.drawn.result),
            "redraw.py": _kept("redraw.txt"),
            "README.txt": _kept("README.txt"),
        }

    def to_bytes(self) -> bytes:
        return zipped(self.files)

    def write(self, path: Path) -> None:
        path.write_bytes(self.to_bytes())


def committed(commitment: Commitment) -> dict[str, bytes]:
    """The files that can be published before the draw, with the digest of the commitment."""
    return {
        "commitment.json": commitment.text.encode(),
        "pool.csv": pool_csv(commitment.instance).encode(),
        "quotas.csv": quotas_csv(commitment.instance).encode(),
        "distribution.csv": commitment.distribution.text.encode(),
    }


def _kept(name: str) -> bytes:
    return (resources.files(__package__) / "redraw" / name).read_bytes()
