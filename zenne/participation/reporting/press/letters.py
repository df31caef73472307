"""Which letters the report's fonts can show. PDF/UA forbids a letter without a shape, so what has none is replaced before it is set."""

import json
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

# ranges of code points, first and last: what the fonts beside this file and those inside typst have, tried one by one
COVERED = Path(__file__).parent / "fonts" / "covered.json"
MISSING = "□"
# what joins or selects shapes without having one of its own
JOINERS = {0x200C, 0x200D, 0xFE0E, 0xFE0F}
KEPT = {"\n", "\r"}
# embeddings, overrides and isolates: they turn the direction of what follows them
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    ranges = json.loads(COVERED.read_text())
    return frozenset(code for first, last in ranges for code in range(first, last + 1)) | JOINERS


def printable(value: Any) -> Any:
    """The same data with every letter one that can be printed. Marks that would turn the direction of a whole line are dropped."""
    if isinstance(value, str):
        return "".join(map(_letter, unicodedata.normalize("NFC", value)))
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if ord(letter) in TURNING:
        return ""
    if letter in KEPT or ord(letter) in _covered():
        return letter
    kind = unicodedata.category(letter)
    if letter == "\t" or kind.startswith("Z"):
        return " "
    if kind.startswith("C") or kind == "Mn":
        return ""
    return MISSING
