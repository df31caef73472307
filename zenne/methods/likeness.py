"""Finding, among very many texts, those that are almost the same, without comparing each with each.

Two texts are as alike as the share of their letter triples that both have (Jaccard; the triples are those of PostgreSQL's pg_trgm, so that `similarity` there
is the exact answer). `sketch` gives a few numbers of a text such that texts almost the same have one in common: MinHash in bands (A. Broder, "On the
resemblance and containment of documents", 1997; Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3). Whoever looks for likes of a text need
compare it with those alone that share a number of its sketch.
"""

import hashlib
import re

import numpy as np

BANDS = 16
ROWS = 4
WORD = re.compile(r"[^\W_]+")


def _numbers(purpose: str, size: int) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    """`size` fixed numbers of 64 bits, from nothing but their purpose: a sketch means the same on every machine, for ever."""
    content = b"".join(hashlib.sha256(f"{purpose}/{number}".encode()).digest()[:8] for number in range(size))
    return np.frombuffer(content, "<u8").astype(np.uint64)


FACTORS = _numbers("factor", BANDS * ROWS) | np.uint64(1)
SHIFTS = _numbers("shift", BANDS * ROWS)


def triples(text: str) -> frozenset[str]:
    """The letter triples of a text: of each word in small letters, with two spaces before and one behind it."""
    words = (f"  {word} " for word in WORD.findall(text.lower()))
    return frozenset(word[at : at + 3] for word in words for at in range(len(word) - 2))


def sketch(text: str) -> tuple[int, ...]:
    """BANDS numbers of 32 bits with a sign, none for a text without words.

    Texts of likeness s have one in common with a probability of 1 - (1 - s^ROWS)^BANDS: 0.9998 at 0.8, 0.65 at 0.5, 0.03 at 0.2.
    """
    found = triples(text)
    if not found:
        return ()
    hashes = np.frombuffer(b"".join(hashlib.blake2b(each.encode(), digest_size=8).digest() for each in found), "<u8")
    lowest = (hashes[:, None] * FACTORS[None, :] + SHIFTS[None, :]).min(axis=0).reshape(BANDS, ROWS)
    return tuple(
        int.from_bytes(
            hashlib.blake2b(bytes([band]) + row.astype("<u8").tobytes(), digest_size=4).digest(), "little", signed=True
        )
        for band, row in enumerate(lowest)
    )
