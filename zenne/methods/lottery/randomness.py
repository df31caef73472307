"""Public randomness that nobody can choose: named before it exists, checked once it does, turned into the seed of a draw.

Two sources. *drand* is a beacon that some twenty organisations run together (the League of Entropy): every three seconds it publishes a signature
that needs a threshold of them to make and that anybody can check with one public key. *Dice* are thrown before an audience and typed in.
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from .errors import LotteryError

DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
FEWEST_THROWS = 20
MOST_THROWS = 1000
LONGEST_TEXT = 1000
SIGNATURE = re.compile(r"[0-9a-f]{96}")


def seed(commitment: str, randomness: str) -> str:
    """The seed of a draw: SHA-256 of "zenne/lottery/1/COMMITMENT/RANDOMNESS", as 64 small hexadecimal digits.

    By hand: `printf '%s' 'zenne/lottery/1/COMMITMENT/RANDOMNESS' | sha256sum`. `commitment` is a SHA-256 in small hexadecimal digits, so that
    one text can be read in one way only.
    """
    return hashlib.sha256(f"zenne/lottery/1/{commitment}/{randomness}".encode()).hexdigest()


class Source(Protocol):
    """Where the randomness of a draw comes from: part of what is committed."""

    def randomness(self, given: str) -> str:
        """What was published or thrown -> the randomness. Raises LotteryError when it is not what this source gives."""

    def plain(self) -> dict[str, Any]:
        """As it stands in the commitment."""


@dataclass(frozen=True)
class Chain:
    """A network of drand, scheme `bls-unchained-g1-rfc9380`: signatures on G1, the key on G2. `hash` is SHA-256 of all the rest; see `fingerprint`."""

    hash: str
    public_key: str
    group_hash: str
    genesis: int  # Unix time of round 1
    period: int  # seconds
    name: str

    def fingerprint(self) -> str:
        """The hash of the chain, as drand computes it."""
        parts = (
            self.period.to_bytes(4),
            self.genesis.to_bytes(8),
            bytes.fromhex(self.public_key),
            bytes.fromhex(self.group_hash),
            self.name.encode(),
        )
        return hashlib.sha256(b"".join(parts)).hexdigest()

    def round_at(self, moment: datetime) -> int:
        """The first round that is published at `moment` or after it."""
        late = moment.astimezone(UTC) - datetime.fromtimestamp(self.genesis, UTC)
        return max(0, -(-late // timedelta(seconds=self.period))) + 1

    def published(self, number: int) -> datetime:
        """When a round is published."""
        return datetime.fromtimestamp(self.genesis + (number - 1) * self.period, UTC)


#: the network that is in use for new things since 2023; https://api.drand.sh/52db...e971/info
QUICKNET = Chain(
    hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",  # pragma: allowlist secret
    public_key=(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"  # pragma: allowlist secret
        "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"  # pragma: allowlist secret
    ),
    group_hash="f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",  # pragma: allowlist secret
    genesis=1692803367,
    period=3,
    name="quicknet",
)
CHAINS = {QUICKNET.hash: QUICKNET}


@dataclass(frozen=True)
class Drand:
    """One round of the beacon, named before it exists."""

    round: int
    chain: Chain = QUICKNET

    @classmethod
    def at(cls, moment: datetime, chain: Chain = QUICKNET) -> "Drand":
        return cls(chain.round_at(moment), chain)

    @property
    def published(self) -> datetime:
        return self.chain.published(self.round)

    @property
    def address(self) -> str:
        """Where the round can be read once it is published."""
        return f"https://api.drand.sh/{self.chain.hash}/public/{self.round}"

    def randomness(self, given: str) -> str:
        """The signature of the round (96 hexadecimal digits) -> its randomness: SHA-256 of the signature. Raises LotteryError: bad-signature(round)."""
        text = given.strip().lower()
        if not SIGNATURE.fullmatch(text) or not signed(self.chain, self.round, bytes.fromhex(text)):
            raise LotteryError("bad-signature", round=self.round)
        return hashlib.sha256(bytes.fromhex(text)).hexdigest()

    def plain(self) -> dict[str, Any]:
        return {"kind": "drand", "chain": self.chain.hash, "round": self.round}


@dataclass(frozen=True)
class Dice:
    """`throws` throws of a die with six sides, announced for a moment (ISO 8601), typed in as they fall. Twenty have 3.6 * 10**15 outcomes: none can be prepared for."""

    throws: int = FEWEST_THROWS
    announced: str = ""

    def __post_init__(self) -> None:
        if not FEWEST_THROWS <= self.throws <= MOST_THROWS:
            raise LotteryError("bad-number-of-throws", throws=self.throws, minimum=FEWEST_THROWS, maximum=MOST_THROWS)

    def randomness(self, given: str) -> str:
        """The digits in the order in which they fell, spaces and commas between them or not. Raises LotteryError: bad-throw(position, throw), wrong-number-of-throws(throws, announced)."""
        digits = re.sub(r"[\s,;.-]+", "", given)
        for position, digit in enumerate(digits, 1):
            if digit not in "123456":
                raise LotteryError("bad-throw", position=position, throw=digit)
        if len(digits) != self.throws:
            raise LotteryError("wrong-number-of-throws", throws=len(digits), announced=self.throws)
        return digits

    def plain(self) -> dict[str, Any]:
        return {"kind": "dice", "throws": self.throws, "announced": self.announced}


@dataclass(frozen=True)
class Typed:
    """Any text, for rehearsals and for draws on the command line. It binds nobody: whoever types it may have tried others before."""

    def randomness(self, given: str) -> str:
        """The text as it is. Raises LotteryError: bad-seed()."""
        if not given or len(given) > LONGEST_TEXT or not given.isprintable():
            raise LotteryError("bad-seed")
        return given

    def plain(self) -> dict[str, Any]:
        return {"kind": "typed"}


def source_of(data: object) -> Source:
    """What `plain` gave -> the source. Raises LotteryError: bad-source()."""
    fields = dict(data) if isinstance(data, Mapping) else {}
    made: Source | None = None
    number, announced = fields.get("round"), fields.get("announced")
    if fields.get("kind") == "drand" and fields.get("chain") in CHAINS and type(number) is int and 0 < number < 2**63:
        made = Drand(number, CHAINS[fields["chain"]])
    elif fields.get("kind") == "dice" and type(fields.get("throws")) is int and isinstance(announced, str):
        made = Dice(fields["throws"], announced)
    elif fields.get("kind") == "typed":
        made = Typed()
    if made is None or made.plain() != fields:
        raise LotteryError("bad-source")
    return made


@contextmanager
def _usual_depth() -> Iterator[None]:
    """py_ecc lets the whole process call a hundred thousand functions deep when it is imported. JSON of as many brackets would then end the process."""
    limit = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def signed(chain: Chain, number: int, signature: bytes) -> bool:
    """Is this the beacon's BLS signature of this round?

    The message is SHA-256 of the round's number (8 bytes, big-endian), hashed to the curve as RFC 9380 says; it holds when
    e(signature, generator of G2) = e(message, key). The point must lie in the subgroup of prime order: without that check other
    signatures of one round could be made, and a draw be turned by choosing among them. Takes about a second.
    """
    # late: the library computes large tables when it is imported, which only those who check a signature should wait for
    with _usual_depth():
        from py_ecc.bls.g2_primitives import pubkey_to_G1, signature_to_G2, subgroup_check  # noqa: PLC0415
        from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: PLC0415
        from py_ecc.optimized_bls12_381 import FQ12, G2, final_exponentiate, is_inf, neg, pairing  # noqa: PLC0415

    try:
        # the library names its functions for the other arrangement (keys on G1): they only unpack points
        point = pubkey_to_G1(signature)  # type: ignore[arg-type]
        key = signature_to_G2(bytes.fromhex(chain.public_key))  # type: ignore[arg-type]
    except ValueError:
        return False
    if is_inf(point) or not subgroup_check(point):
        return False
    message = hash_to_G1(hashlib.sha256(number.to_bytes(8)).digest(), DOMAIN, hashlib.sha256)  # type: ignore[arg-type]
    both = pairing(neg(G2), point, False) * pairing(key, message, False)
    return bool(final_exponentiate(both) == FQ12.one())
