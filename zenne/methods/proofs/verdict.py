"""Is this bundle what it says? Every way in which it is not has its own reason."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from zenne.methods.ballots.content import Malformed

from .bundle import ENTRIES, FORMAT, Bundle, loaded, spelled, zipped
from .merkle import Tree
from .packing import Unreadable, unpacked

PABULIB = re.compile(r"result(-[\w-]{1,40})?\.pb")


class Reason(StrEnum):
    """Why a bundle does not hold; the first that is found."""

    HOLDS = "holds"
    UNREADABLE = "unreadable"  # no file, no zip, or one that is built to harm
    MALFORMED = "malformed"  # a file in it is not in its one spelling
    RULE_CHANGED = "rule_changed"
    COST_CHANGED = "cost_changed"
    OPTIONS_CHANGED = "options_changed"
    BALLOT_MALFORMED = "ballot_malformed"
    BALLOT_CHANGED = "ballot_changed"
    BALLOTS_ADDED = "ballots_added"
    BALLOTS_DROPPED = "ballots_dropped"
    BALLOTS_REORDERED = "ballots_reordered"
    BALLOT_TWICE = "ballot_twice"
    ROOT_CHANGED = "root_changed"
    RESULT_CHANGED = "result_changed"
    RECOUNT_REPLACED = "recount_replaced"
    README_REPLACED = "readme_replaced"
    REPACKED = "repacked"  # every file is right, but the zip is not the one that was published


@dataclass(frozen=True)
class Verdict:
    """`detail` says in English what exactly. `root` and `rule` (hexadecimal) are those of the bundle, once they could be computed."""

    reason: Reason
    detail: str = ""
    root: str = ""
    rule: str = ""
    ballots: int = 0

    @property
    def holds(self) -> bool:
        return self.reason is Reason.HOLDS


class Refused(Exception):
    """The bundle does not hold: ends the reading of it."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


def verify(path: Path, *, root: str | None = None, rule: str | None = None) -> Verdict:
    """Judge a bundle. `root` and `rule` (hexadecimal): the ones that were published elsewhere; without them a bundle that was forged as a whole holds together."""
    try:
        files = read(path)
        bundle = judged(files, root, rule)
        if zipped(bundle.files) != path.read_bytes():
            raise Refused(
                Reason.REPACKED,
                "its files hold, but the zip is not the published one: it was packed again, or holds more than its files",
            )
    except Refused as refused:
        return Verdict(refused.reason, refused.detail)
    return Verdict(Reason.HOLDS, "", bundle.root, bundle.digest, len(bundle.lines))


# --- the zip -------------------------------------------------------------------------------------------------------------------


def read(path: Path) -> dict[str, bytes]:
    """The files of a bundle, after refusing whatever a bundle never is."""
    try:
        return unpacked(path, needed=ENTRIES, more=PABULIB)
    except Unreadable as fault:
        raise Refused(Reason.UNREADABLE, str(fault)) from fault


# --- what it says --------------------------------------------------------------------------------------------------------------


def judged(files: dict[str, bytes], root: str | None, rule: str | None) -> Bundle:
    vote = _vote(files["vote.json"])
    text = vote["rule"]["text"]
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != vote["rule"]["sha256"]:
        raise Refused(Reason.RULE_CHANGED, f"the text of the rule has the SHA-256 {digest}, not the one in vote.json")
    if rule is not None and digest != rule.lower():
        raise Refused(Reason.RULE_CHANGED, f"the rule has the SHA-256 {digest}, not the published one")
    lines = _lines(files["ballots.jsonl"])
    bundle = Bundle(text, lines, vote["electorates"], vote["about"])
    _judge_options(bundle, vote)
    result = _object(files["result.json"], "result.json")
    if result.get("rule_sha256") != digest:
        raise Refused(Reason.RULE_CHANGED, f"result.json was counted under another rule than {digest}")
    _judge_ballots(bundle, _object(files["tree.json"], "tree.json"), result, root)
    _judge_result(bundle, files, result)
    return bundle


def _vote(data: bytes) -> dict[str, Any]:
    vote = _object(data, "vote.json")
    if set(vote) != {"format", "rule", "options", "electorates", "about"} or vote["format"] != FORMAT:
        raise Refused(Reason.MALFORMED, f"vote.json is not of the format {FORMAT}")
    rule, electorates = vote["rule"], vote["electorates"]
    texts = (
        isinstance(rule, dict)
        and set(rule) == {"text", "sha256"}
        and all(isinstance(one, str) for one in rule.values())
    )
    numbers = isinstance(electorates, dict) and all(type(one) is int and one >= 0 for one in electorates.values())
    if not texts or not numbers or not isinstance(vote["about"], dict) or not isinstance(vote["options"], list):
        raise Refused(Reason.MALFORMED, "vote.json has a rule with text and sha256, options, electorates and about")
    try:
        again = spelled(vote)
        rule["text"].encode()
    except (Malformed, UnicodeEncodeError) as fault:
        raise Refused(Reason.MALFORMED, "vote.json holds what cannot be written") from fault
    if again != data:
        raise Refused(Reason.MALFORMED, "vote.json is not in its one spelling")
    return vote


def _lines(data: bytes) -> tuple[bytes, ...]:
    if data and not data.endswith(b"\n"):
        raise Refused(Reason.MALFORMED, "ballots.jsonl ends in the middle of a line")
    return tuple(data.split(b"\n")[:-1])


def _judge_options(bundle: Bundle, vote: dict[str, Any]) -> None:
    try:
        frozen = [dict(option) for option in bundle.tally.options]
    except Malformed as fault:
        raise Refused(Reason.MALFORMED, f"the rule: {fault}") from fault
    shown = vote["options"]
    if frozen == shown:
        return
    pairs = zip(frozen, shown, strict=False)
    for one, other in pairs:
        if isinstance(other, dict) and one | {"cost": None} == other | {"cost": None}:
            if one.get("cost") != other.get("cost"):
                raise Refused(
                    Reason.COST_CHANGED,
                    f"option {one['id']!r} costs {one.get('cost')} in the frozen rule, {str(other.get('cost'))[:40]} here",
                )
        else:
            raise Refused(Reason.OPTIONS_CHANGED, f"option {one['id']!r} is not as in the frozen rule")
    raise Refused(Reason.OPTIONS_CHANGED, f"the frozen rule has {len(frozen)} options, not {len(shown)}")


def _judge_ballots(bundle: Bundle, tree: dict[str, Any], result: dict[str, Any], root: str | None) -> None:
    size, leaves = len(bundle.lines), bundle.tree.leaves
    told = tree.get("size")
    if set(tree) != {"root", "size"} or type(told) is not int:
        raise Refused(Reason.MALFORMED, "tree.json has a root and a size")
    if any(one == other for one, other in pairwise(sorted(leaves))):
        raise Refused(Reason.BALLOT_TWICE, "the same ballot, with the same nonce, is there twice")
    if told != size:
        reason = Reason.BALLOTS_ADDED if size > told else Reason.BALLOTS_DROPPED
        raise Refused(reason, f"there are {size} ballots, and {told} in the tree")
    if list(leaves) != sorted(leaves):
        if Tree(tuple(sorted(leaves))).root.hex() == tree["root"]:
            raise Refused(Reason.BALLOTS_REORDERED, "the ballots are not in the order of their hashes")
        raise Refused(
            Reason.BALLOT_CHANGED,
            "a ballot is not where its hash puts it, and putting it there gives another root than tree.json",
        )
    if bundle.root != tree["root"]:
        if bundle.root in (result.get("root"), root):
            raise Refused(
                Reason.ROOT_CHANGED, f"the root in tree.json is not that of these ballots, which is {bundle.root}"
            )
        raise Refused(Reason.BALLOT_CHANGED, f"these ballots have the root {bundle.root}, not the one in tree.json")
    if result.get("root") != bundle.root or result.get("size") != size:
        raise Refused(
            Reason.ROOT_CHANGED, f"result.json was counted from other ballots than those of the root {bundle.root}"
        )
    if root is not None and bundle.root != root.lower():
        raise Refused(Reason.ROOT_CHANGED, f"these ballots have the root {bundle.root}, not the published one")


def _judge_result(bundle: Bundle, files: dict[str, bytes], result: dict[str, Any]) -> None:
    try:
        bundle.casts  # noqa: B018 - reads every ballot, so that a fault of a ballot has its own reason
    except Malformed as fault:
        raise Refused(Reason.BALLOT_MALFORMED, str(fault)) from fault
    try:
        derived = bundle.files
    except Malformed as fault:
        raise Refused(Reason.MALFORMED, f"it cannot be counted: {fault}") from fault
    if result != bundle.result:
        raise Refused(Reason.RESULT_CHANGED, _difference(bundle.result["tally"], result.get("tally")))
    if derived.keys() != files.keys():
        raise Refused(
            Reason.RESULT_CHANGED, f"{sorted(derived.keys() ^ files.keys())[0]} is there or missing, and should not be"
        )
    reasons = {"recount.py": Reason.RECOUNT_REPLACED, "README.txt": Reason.README_REPLACED}
    for entry in sorted(derived):
        if derived[entry] != files[entry]:
            if PABULIB.fullmatch(entry):
                raise Refused(Reason.RESULT_CHANGED, f"{entry} does not say what was counted")
            raise Refused(
                reasons.get(entry, Reason.MALFORMED), f"{entry} is not what it is in every bundle of this kind"
            )


def _difference(counted: dict[str, Any], told: object) -> str:
    for heading, outcome in counted.items():
        said = told.get(heading) if isinstance(told, dict) else None
        where = f" of heading {heading!r}" if heading else ""
        if not isinstance(said, dict):
            return f"the result{where} is missing"
        for key, value in outcome.items():
            if said.get(key) != value:
                return f"{key}{where}: counting gives {str(value)[:120]}, the result says {str(said.get(key))[:120]}"
    return "the result says more than counting gives"


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = loaded(data)
    except Malformed as fault:
        raise Refused(Reason.MALFORMED, f"{name}: {fault}") from fault
    if not isinstance(found, dict):
        raise Refused(Reason.MALFORMED, f"{name} is an object")
    return found
