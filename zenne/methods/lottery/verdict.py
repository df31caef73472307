"""Is this bundle the draw that it says? Every way in which it is not has its own reason."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from zenne.methods.ballots.content import Malformed
from zenne.methods.proofs.bundle import loaded, zipped
from zenne.methods.proofs.packing import Unreadable, unpacked

from . import randomness
from .bundle import ENTRIES, Bundle
from .cells import BadFile
from .commitment import FORMAT, Commitment, Drawn, sha256
from .distribution import Distribution
from .errors import LotteryError
from .instance import Instance
from .reading import Columns, read

TERMS = {
    *("format", "draw", "algorithm", "size", "per_address", "include", "exclude"),
    *("instance", "pool", "quotas", "distribution", "source", "about"),
}


class Reason(StrEnum):
    """Why a bundle does not hold; the first that is found."""

    HOLDS = "holds"
    UNREADABLE = "unreadable"  # no file, no zip, or one that is built to harm
    MALFORMED = "malformed"  # a file in it is not in its one spelling
    COMMITMENT_CHANGED = "commitment_changed"
    POOL_CHANGED = "pool_changed"
    POOL_REORDERED = "pool_reordered"
    QUOTAS_CHANGED = "quotas_changed"
    QUOTAS_REORDERED = "quotas_reordered"
    DISTRIBUTION_CHANGED = "distribution_changed"
    DISTRIBUTION_REORDERED = "distribution_reordered"
    TERMS_CHANGED = "terms_changed"  # size, limits, who must be in or out: not those of the committed instance
    PANEL_UNFIT = "panel_unfit"  # a panel in the distribution breaks a quota or a limit
    ODDS_CHANGED = "odds_changed"
    RANDOMNESS_CHANGED = "randomness_changed"  # not what the named source gave
    SEED_CHANGED = "seed_changed"
    PANEL_CHANGED = "panel_changed"
    RESERVE_CHANGED = "reserve_changed"
    RESERVE_REORDERED = "reserve_reordered"
    RESULT_CHANGED = "result_changed"
    REDRAW_REPLACED = "redraw_replaced"
    README_REPLACED = "readme_replaced"
    REPACKED = "repacked"  # every file is right, but the zip is not the one that was published


@dataclass(frozen=True)
class Verdict:
    """`detail` says in English what exactly. The rest is that of the bundle, when it holds."""

    reason: Reason
    detail: str = ""
    commitment: str = ""
    people: int = 0
    source: str = ""
    selected: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.reason is Reason.HOLDS


class Refused(Exception):
    """The bundle does not hold: ends the reading of it."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


def verify(path: Path, *, commitment: str | None = None) -> Verdict:
    """Judge a bundle. `commitment` (hexadecimal): the digest that was published before the draw; without it a bundle that was forged as a whole holds together."""
    try:
        try:
            files = unpacked(path, needed=ENTRIES)
        except Unreadable as fault:
            raise Refused(Reason.UNREADABLE, str(fault)) from fault
        drawn = _judged(files, commitment)
        if zipped(Bundle(drawn).files) != path.read_bytes():
            raise Refused(
                Reason.REPACKED,
                "its files hold, but the zip is not the published one: it was packed again, or holds more than its files",
            )
    except Refused as refused:
        return Verdict(refused.reason, refused.detail)
    fixed = drawn.commitment
    kind = fixed.source.plain()["kind"]
    return Verdict(Reason.HOLDS, "", fixed.digest, len(fixed.instance.pool), kind, drawn.outcome.selected)


def _judged(files: dict[str, bytes], published: str | None) -> Drawn:
    terms, result = _object(files, "commitment.json"), _object(files, "result.json")
    digest = sha256(_text(files, "commitment.json"))
    if published is not None and digest != published.lower():
        raise Refused(Reason.COMMITMENT_CHANGED, f"commitment.json has the SHA-256 {digest}, not the published one")
    if result.get("commitment") != digest:
        raise Refused(Reason.COMMITMENT_CHANGED, f"the result was drawn under another commitment than {digest}")
    if set(terms) != TERMS or terms["format"] != FORMAT:
        raise Refused(Reason.MALFORMED, f"commitment.json is not of the format {FORMAT}")
    for name, changed, reordered in (
        ("pool", Reason.POOL_CHANGED, Reason.POOL_REORDERED),
        ("quotas", Reason.QUOTAS_CHANGED, Reason.QUOTAS_REORDERED),
        ("distribution", Reason.DISTRIBUTION_CHANGED, Reason.DISTRIBUTION_REORDERED),
    ):
        _judge_file(_text(files, f"{name}.csv"), f"{name}.csv", terms[name], changed, reordered)
    commitment = _commitment(files, terms)
    drawn = _judge_result(commitment, result)
    _judge_files(Bundle(drawn).files, files)
    return drawn


def _judge_file(text: str, name: str, digest: object, changed: Reason, reordered: Reason) -> None:
    """A changed order is told apart where putting the lines in order again gives what was committed."""
    found = sha256(text)
    if found == digest:
        return
    header, _, rest = text.partition("\n")
    lines = sorted(rest.splitlines(keepends=True), key=_order if name == "distribution.csv" else None)
    if sha256(header + "\n" + "".join(lines)) == digest:
        raise Refused(reordered, f"the lines of {name} are those that were committed, in another order")
    raise Refused(changed, f"{name} has the SHA-256 {found}, not the committed one")


def _order(line: str) -> tuple[int, str]:
    first = line.partition(",")[0]
    return (int(first) if first.isdecimal() else 0, line)


# --- what was committed --------------------------------------------------------------------------------------------------------


def _commitment(files: dict[str, bytes], terms: dict[str, Any]) -> Commitment:
    instance = _instance(files, terms)
    if instance.digest != terms["instance"]:
        raise Refused(Reason.TERMS_CHANGED, f"the instance has the SHA-256 {instance.digest}, not the committed one")
    if (
        type(terms["draw"]) is not int
        or not isinstance(terms["algorithm"], str)
        or not isinstance(terms["about"], dict)
    ):
        raise Refused(Reason.MALFORMED, "commitment.json: draw is a number, algorithm a word, about an object")
    try:
        distribution = Distribution.read(_text(files, "distribution.csv"))
    except LotteryError as fault:
        raise Refused(Reason.MALFORMED, f"distribution.csv: {fault}") from fault
    try:
        commitment = Commitment.of(
            instance,
            distribution,
            algorithm=terms["algorithm"],
            source=randomness.source_of(terms["source"]),
            number=terms["draw"],
            about=terms["about"],
        )
        again = commitment.text
    except LotteryError as fault:
        if fault.code == "panel-unfit":
            line, broken = fault.parameters["line"], fault.parameters["broken"]
            raise Refused(Reason.PANEL_UNFIT, f"line {line} of distribution.csv breaks {broken}") from fault
        raise Refused(Reason.MALFORMED, f"commitment.json: {fault}") from fault
    except Malformed as fault:
        raise Refused(Reason.MALFORMED, f"commitment.json: {fault}") from fault
    if again.encode() != files["commitment.json"]:
        raise Refused(Reason.MALFORMED, "commitment.json is not in its one spelling")
    return commitment


def _instance(files: dict[str, bytes], terms: dict[str, Any]) -> Instance:
    lists = [terms["include"], terms["exclude"]]
    limit = terms["per_address"]
    if (
        type(terms["size"]) is not int
        or (limit is not None and type(limit) is not int)
        or not all(isinstance(one, list) and all(isinstance(own, str) for own in one) for one in lists)
    ):
        raise Refused(Reason.MALFORMED, "commitment.json: size and per_address are numbers, include and exclude lists")
    try:
        return read(
            files["pool.csv"],
            files["quotas.csv"],
            size=terms["size"],
            columns=Columns(address="address" if limit is not None else None),
            names=("pool.csv", "quotas.csv"),
            per_address=limit,
            include=lists[0],
            exclude=lists[1],
        )
    except BadFile as bad:
        first = bad.faults[0]
        raise Refused(Reason.MALFORMED, f"{first.file}:{first.line}:{first.column}: {first.code}") from bad
    except LotteryError as fault:
        raise Refused(Reason.MALFORMED, f"the instance: {fault}") from fault


# --- what followed -------------------------------------------------------------------------------------------------------------


def _judge_result(commitment: Commitment, result: dict[str, Any]) -> Drawn:
    given = result.get("given")
    try:
        drawn = commitment.draw(given if isinstance(given, str) else "")
    except LotteryError as fault:
        raise Refused(
            Reason.RANDOMNESS_CHANGED, f"{json.dumps(given)[:120]} is not what the source gives: {fault}"
        ) from fault
    right = drawn.result
    reasons: dict[str, Reason] = {
        "given": Reason.RANDOMNESS_CHANGED,
        "randomness": Reason.RANDOMNESS_CHANGED,
        "seed": Reason.SEED_CHANGED,
        "ticket": Reason.PANEL_CHANGED,
        "line": Reason.PANEL_CHANGED,
        "selected": Reason.PANEL_CHANGED,
        "odds": Reason.ODDS_CHANGED,
    }
    for key, reason in reasons.items():
        if result.get(key) != right[key]:
            raise Refused(
                reason, f"{key}: drawing gives {_short(right[key])}, the result says {_short(result.get(key))}"
            )
    told, found = result.get("reserve"), right["reserve"]
    if told != found:
        same = isinstance(told, list) and all(isinstance(one, str) for one in told) and sorted(told) == sorted(found)
        reason = Reason.RESERVE_REORDERED if same else Reason.RESERVE_CHANGED
        raise Refused(reason, f"reserve: drawing gives {_short(found)}, the result says {_short(told)}")
    if result != right:
        raise Refused(Reason.RESULT_CHANGED, "the result says more than drawing gives")
    return drawn


def _judge_files(derived: dict[str, bytes], files: dict[str, bytes]) -> None:
    reasons = {
        "odds.csv": Reason.ODDS_CHANGED,
        "redraw.py": Reason.REDRAW_REPLACED,
        "README.txt": Reason.README_REPLACED,
    }
    for entry in sorted(derived):
        if derived[entry] != files[entry]:
            reason = reasons.get(entry, Reason.MALFORMED)
            raise Refused(
                reason,
                f"{entry} is not what follows from the rest"
                if reason is Reason.ODDS_CHANGED
                else f"{entry} is not what it is in every bundle of this kind",
            )


def _short(value: object) -> str:
    return json.dumps(value)[:120]


def _text(files: dict[str, bytes], name: str) -> str:
    try:
        return files[name].decode()
    except UnicodeDecodeError as fault:
        raise Refused(Reason.MALFORMED, f"{name} is not UTF-8") from fault


def _object(files: dict[str, bytes], name: str) -> dict[str, Any]:
    try:
        found = loaded(files[name])
    except Malformed as fault:
        raise Refused(Reason.MALFORMED, f"{name}: {fault}") from fault
    if not isinstance(found, dict):
        raise Refused(Reason.MALFORMED, f"{name} is an object")
    return found
