"""The difference between two versions of a text, as a reader sees it: paragraph by paragraph, word by word. Plain data in and out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

SAME, GONE, NEW, CHANGED = "same", "gone", "new", "changed"
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words: `kind` says whether they stayed, went or came."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """One paragraph of two versions. `kind`: same, gone, new or changed."""

    key: str
    kind: str
    asks: bool
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Which words went and which came, neighbours of one kind together."""
    if before == after:
        return (Piece(SAME, after),) if after else ()
    old, new = WORDS.findall(before), WORDS.findall(after)
    found: list[Piece] = []
    for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(Piece(SAME, "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece(GONE, "".join(old[a:b])))
        if c < d:
            found.append(Piece(NEW, "".join(new[c:d])))
    return tuple(found)


def compare(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Compared]:
    """Every paragraph of both, in the order of the later version; what went stands where it stood, after what came before it then."""
    old = {each["key"]: each for each in before}
    new = {each["key"]: each for each in after}
    found = [_compared(old.get(each["key"]), each) for each in after]
    for at, each in enumerate(before):
        if each["key"] not in new:
            earlier = {row["key"] for row in before[:at]}
            place = next((index for index in range(len(found), 0, -1) if found[index - 1].key in earlier), 0)
            found.insert(place, _compared(each, None))
    return found


def _compared(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Compared:
    here = new or old
    assert here is not None
    title = pieces(old["title"] if old else "", new["title"] if new else "")
    text = pieces(old["text"] if old else "", new["text"] if new else "")
    if old is None or new is None:
        kind = NEW if old is None else GONE
    else:
        kind = SAME if (old["title"], old["text"], old["asks"]) == (new["title"], new["text"], new["asks"]) else CHANGED
    return Compared(str(here["key"]), kind, bool(here["asks"]), title, text)
