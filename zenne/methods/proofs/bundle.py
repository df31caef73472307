"""The bundle of a vote: everything that an outsider needs to count again, in one zip that is the same bytes every time.

    vote.json       the rule, word for word as it was frozen, and its SHA-256; the options in published order; who was entitled; whatever is said about the vote
    ballots.jsonl   one ballot a line (see `receipts.line`), in the order of their leaf hashes
    tree.json       the root and size of the Merkle tree over those lines
    result.json     root, digest of the rule, and for each heading the outcome with all its steps
    result.pb       a budget: options, votes and outcome for tools that read Pabulib; with several headings result-<heading>.pb
    recount.py      counts again with nothing but Python, under 80 lines
    README.txt

The frozen rule is JSON whose `rule` has a `tally`: what `Rule.plain()` gives. The bundle counts by that text and by nothing else, so what was hashed before
the vote opened is what counts. A bundle follows from four things: the text of the rule, the ballots, the numbers of people entitled, and what is said about
the vote; `verify` makes it again from these and compares.

Entries are stored, not compressed, at a fixed date: the bytes don't depend on the version of a compression library, and a bundle cannot blow up.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from zenne.methods.ballots.content import Malformed, parse
from zenne.methods.ballots.counting import Cast

from .families import Tally, tally_of
from .merkle import Tree, leaf_hash
from .receipts import line as line_of

FORMAT = "zenne-vote-1"
EPOCH = (1980, 1, 1, 0, 0, 0)
LONGEST_LINE = 200_000
LONGEST_CHANNEL = 40
ENTRIES = ("vote.json", "ballots.jsonl", "tree.json", "result.json", "recount.py", "README.txt")


@dataclass(frozen=True)
class Bundle:
    """Made by `of`, which puts ballots in their order. `electorates`: people entitled by heading ("" when the vote has one list); leave out what is unknown."""

    rule_text: str
    lines: tuple[bytes, ...]
    electorates: Mapping[str, int] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        rule_text: str,
        ballots: Iterable[bytes],
        electorates: Mapping[str, int] | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> "Bundle":
        """`ballots`: lines from `receipts.line`, in any order. Raises Malformed when the rule or a ballot is not what it should be."""
        made = cls(rule_text, tuple(sorted(ballots, key=leaf_hash)), dict(electorates or {}), dict(about or {}))
        made.result  # noqa: B018 - counts now, so that what is wrong is told here
        return made

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rule's text."""
        return hashlib.sha256(self.rule_text.encode()).hexdigest()

    @cached_property
    def tally(self) -> Tally:
        frozen = loaded(self.rule_text)
        rule = frozen.get("rule") if isinstance(frozen, dict) else None
        if not isinstance(rule, dict) or "tally" not in rule:
            raise Malformed("The frozen rule has no tally.")
        return tally_of(rule["tally"])

    @cached_property
    def casts(self) -> tuple[Cast, ...]:
        """The ballots, read. Raises Malformed with the number of the line."""
        found = []
        for number, line in enumerate(self.lines, start=1):
            try:
                found.append(read_line(line, self.tally))
            except Malformed as fault:
                raise Malformed(f"ballots.jsonl, line {number}: {fault}") from fault
        return tuple(found)

    @cached_property
    def tree(self) -> Tree:
        return Tree(tuple(leaf_hash(line) for line in self.lines))

    @property
    def root(self) -> str:
        return self.tree.root.hex()

    @cached_property
    def result(self) -> dict[str, Any]:
        """result.json: the outcome of each heading, and what it was counted from."""
        counted = self.tally.count(self.casts, self.electorates)
        return {"root": self.root, "size": self.tree.size, "rule_sha256": self.digest, "tally": counted}

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All files of the bundle, by name."""
        more = self.tally.files(self.casts, self.result["tally"], self.about)
        return {entry: self._entry(entry) for entry in ENTRIES} | more

    def _entry(self, entry: str) -> bytes:
        if entry == "vote.json":
            rule = {"text": self.rule_text, "sha256": self.digest}
            options, electorates = list(self.tally.options), dict(self.electorates)
            return spelled(
                {"format": FORMAT, "rule": rule, "options": options, "electorates": electorates, "about": self.about}
            )
        if entry == "ballots.jsonl":
            return b"".join(line + b"\n" for line in self.lines)
        if entry == "tree.json":
            return spelled({"root": self.root, "size": self.tree.size})
        if entry == "result.json":
            return spelled(self.result)
        if entry == "recount.py":
            return self.tally.script()
        return readme()

    def to_bytes(self) -> bytes:
        """The zip. Counting twice gives the same bytes."""
        return zipped(self.files)

    def write(self, path: Path) -> None:
        path.write_bytes(self.to_bytes())


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip that depends on nothing else; their order is that of their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        for entry in sorted(files):
            info = zipfile.ZipInfo(entry, EPOCH)
            info.create_system = 3  # the same on every system
            info.external_attr = 0o644 << 16
            packed.writestr(info, files[entry])
    return made.getvalue()


def read_line(line: bytes, tally: Tally) -> Cast:
    """One line of ballots.jsonl -> the ballot. Raises Malformed for anything but its one spelling."""
    if len(line) > LONGEST_LINE:
        raise Malformed(f"longer than {LONGEST_LINE} bytes.")
    data = loaded(line)
    if not isinstance(data, dict) or set(data) != {"ballot", "channel", "district", "nonce"}:
        raise Malformed("a line has a ballot, a channel, a district and a nonce.")
    channel, district, nonce = data["channel"], data["district"], data["nonce"]
    if not isinstance(channel, str) or not 0 < len(channel) <= LONGEST_CHANNEL or not isinstance(nonce, str):
        raise Malformed("a channel and a nonce are short text.")
    if isinstance(district, bool) or not isinstance(district, str | int | None):
        raise Malformed("a district is a name, a number or null.")
    if district is not None and district not in tally.headings:
        raise Malformed(f"there is no district {district!r}.")
    content = parse(data["ballot"])
    tally.check(content)
    if line_of(content, channel=channel, district=district, nonce=nonce) != line:
        raise Malformed("a ballot is not in its one spelling.")
    return Cast(content, channel, district)


def loaded(text: str | bytes) -> Any:
    """JSON -> data. Raises Malformed for whatever is no JSON, or too deep, or too long a number."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Malformed(f"no JSON: {str(fault)[:100]}.") from fault


def spelled(data: object) -> bytes:
    """JSON for people to read, in one spelling. Raises Malformed when it has none."""
    try:
        return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False).encode() + b"\n"
    except (ValueError, TypeError) as fault:
        raise Malformed(f"cannot be written as JSON: {str(fault)[:100]}.") from fault


def readme() -> bytes:
    """The explanation that lies in every bundle, for who opens it in years to come."""
    return (resources.files(__package__) / "recount" / "README.txt").read_bytes()
