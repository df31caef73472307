"""Draw a panel from two files, without a database: so that anyone can rehearse a draw, or check the fairness of another's."""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zenne.config.installation import Fault
from zenne.config.lots import lines
from zenne.methods.lottery import Fair, Instance, LotteryError
from zenne.methods.lottery.solving import ALGORITHMS

if TYPE_CHECKING:
    from zenne.methods.lottery.commitment import Drawn
    from zenne.methods.lottery.relaxations import Relaxation

SUMMARY = "draw a panel by lot from a pool and quotas (two CSV files)"
#: exit codes beside 0; 2 is argparse's, for words that are no options
BAD_FILE = 3
INFEASIBLE = 4
WAYS = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("pool", type=Path, help="who can be drawn: a column `id`, and one for each category")
    add("categories", type=Path, help="the quotas: `category,feature,min,max` or `feature,value,min,max`")
    add("--size", type=int, required=True, metavar="N", help="how many are drawn")
    add("--algorithm", choices=ALGORITHMS, default="leximin")
    add("--seed", required=True, metavar="S", help="equal seeds give equal panels")
    add("--id-column", default="id", metavar="NAME", help="(default: id)")
    add("--per-address", type=int, metavar="N", help="at most N of those who share an address")
    add("--address-column", metavar="NAME", help="where --per-address finds the address (default: address)")
    add("--include", action="append", default=[], metavar="ID", help="must be on the panel; can be repeated")
    add("--exclude", action="append", default=[], metavar="ID", help="cannot be on the panel; can be repeated")
    add("--relax", action="store_true", help="where no panel meets the quotas, relax them as little as possible")
    add(
        "--deadline",
        type=float,
        metavar="SECONDS",
        help="give the best odds found by then, and say how far they may be from the best there are",
    )
    add("--bundle", type=Path, metavar="FILE", help="write all that `zenne verify` needs; must not exist yet")
    add("--json", action="store_true", help="one JSON object instead of a table")


def run(options: argparse.Namespace) -> int:
    from zenne.methods.lottery.bundle import Bundle

    began = time.perf_counter()
    if options.address_column is not None and options.per_address is None:
        raise Fault("--address-column says where addresses stand; --per-address N, how many of one may be drawn")
    if options.bundle is not None and options.bundle.exists():
        raise Fault(f"{options.bundle}: exists already; nothing was drawn")
    try:
        given = instance(options)
        fair, changes = solved(given, options, began)
        if fair is None:
            return INFEASIBLE
        drawn = draw(given, changes, fair, options)
    except LotteryError as fault:
        tell(lines(fault))
        return BAD_FILE
    if options.bundle is not None:
        try:
            Bundle(drawn).write(options.bundle)
        except OSError as fault:
            raise Fault(f"{options.bundle}: {fault.strerror}") from None
    odds = drawn.commitment.odds
    answer: dict[str, object] = {
        "selected": list(drawn.outcome.selected),
        "quotas": "relaxed" if changes else "met",
        "probabilities": {"min": float(odds.smallest), "max": float(odds.largest)},
        "seconds": round(time.perf_counter() - began, 3),
    }
    if changes:
        answer["relaxed"] = [
            {"category": one.category, "feature": one.value, "min": one.minimum, "max": one.maximum} for one in changes
        ]
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(table(drawn, fair)))
    return 0


def instance(options: argparse.Namespace) -> Instance:
    """What the files say. Raises LotteryError, Fault."""
    from zenne.methods.lottery.reading import Columns, read

    address = (options.address_column or "address") if options.per_address is not None else None
    return read(
        content(options.pool),
        content(options.categories),
        size=options.size,
        columns=Columns(options.id_column, address),
        names=(str(options.pool), str(options.categories)),
        per_address=options.per_address,
        include=options.include,
        exclude=options.exclude,
    )


def content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Fault(f"{path}: {fault.strerror}") from None


def solved(given: Instance, options: argparse.Namespace, began: float) -> "tuple[Fair | None, tuple[Relaxation, ...]]":
    """The odds, and how the quotas were relaxed for it; no odds where they would have to be, and nobody said so."""
    from zenne.methods.lottery.relaxations import relaxations, relaxed
    from zenne.methods.lottery.solving import solve

    def left() -> float:
        return float("inf") if options.deadline is None else options.deadline - (time.perf_counter() - began)

    try:
        return solve(given, options.algorithm, deadline=left), ()
    except LotteryError as fault:
        if fault.code != "infeasible":
            raise
    ways = relaxations(given, WAYS)
    if not options.relax:
        tell(["no panel meets these quotas; --relax would change as little as can be:", *said(ways[0])])
        for way in ways[1:]:
            tell(["or, as small:", *said(way)])
        return None, ()
    tell(["no panel meets these quotas; they were relaxed:", *said(ways[0])])
    return solve(relaxed(given, ways[0]), options.algorithm, deadline=left), ways[0]


def said(changes: "Iterable[Relaxation]") -> list[str]:
    """Each relaxed limit in words."""
    told = []
    for one in changes:
        if one.minimum != one.old_minimum:
            told.append(f"  {one.category}, {one.value}: minimum {one.old_minimum} -> {one.minimum}")
        if one.maximum != one.old_maximum:
            told.append(f"  {one.category}, {one.value}: maximum {one.old_maximum} -> {one.maximum}")
    return told


def draw(given: Instance, changes: "tuple[Relaxation, ...]", fair: Fair, options: argparse.Namespace) -> "Drawn":
    from zenne.methods.lottery.commitment import Commitment
    from zenne.methods.lottery.distribution import Distribution
    from zenne.methods.lottery.randomness import Typed
    from zenne.methods.lottery.relaxations import relaxed

    distribution = Distribution.of(fair.panels, fair.weights)
    final = relaxed(given, changes) if changes else given
    commitment = Commitment.of(final, distribution, algorithm=options.algorithm, source=Typed())
    return commitment.draw(options.seed)


def table(drawn: "Drawn", fair: Fair) -> list[str]:
    commitment, outcome = drawn.commitment, drawn.outcome
    pool, categories = commitment.instance, commitment.instance.categories
    told = [[one, *pool.profile(pool.by_id[one])] for one in outcome.selected]
    rows = [["id", *categories], *told]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    odds = commitment.odds
    near = "the best of its kind" if fair.certified else f"at most {fair.gap:.2%} from the best of its kind"
    if fair.algorithm == "legacy":
        near = "estimated from repetitions"
    return [
        *("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows),
        f"{len(told)} of {len(commitment.eligible)}, odds from {float(odds.smallest):.4%} to {float(odds.largest):.4%}"
        f" ({commitment.algorithm}, {len(commitment.distribution.panels)} panels, {near})",
        f"ticket {outcome.ticket} of the seed {outcome.seed}",
        f"commitment {commitment.digest}",
    ]


def tell(words: Iterable[str]) -> None:
    for line in words:
        print(f"zenne: {line}", file=sys.stderr)
