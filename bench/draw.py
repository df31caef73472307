"""Fair lotteries: against sortition-algorithms in the same run.

python -m bench.draw [--oracle PYTHON] [--limit SECONDS] [--only NAME]

`--oracle` names a Python that has sortition-algorithms (its own environment: it is GPL and 423 MB large; its LEXIMIN needs a proprietary solver, so its maximin
stands beside ours). Pools are made up from a seed, the same each time: people answer unevenly, quotas are the population's shares, give or take a tenth. All times are
processor time of one process, so other work on the machine moves them little; memory is the peak of that process. A run is ended at
the limit. The table goes into docs/performance.md.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.tally import machine, put

ROOT = Path(__file__).resolve().parents[1]
ORACLE = ROOT / "tests" / "methods" / "lottery" / "oracle.py"
#: share of the population, and how readily they answer
CATEGORIES = {
    "gender": {"f": (0.51, 1.0), "m": (0.48, 1.1), "x": (0.01, 1.5)},
    "age": {"16-24": (0.14, 0.6), "25-39": (0.26, 0.9), "40-54": (0.24, 1.0), "55-69": (0.21, 1.4), "70+": (0.15, 0.8)},
    "education": {"low": (0.33, 0.4), "mid": (0.34, 0.9), "high": (0.33, 1.8)},
    "area": {f"d{at}": (share, 0.0) for at, share in enumerate((0.22, 0.18, 0.15, 0.13, 0.11, 0.09, 0.07, 0.05))},
    "lang": {"fr": (0.55, 1.1), "nl": (0.25, 1.0), "other": (0.2, 0.5)},
}
ALGORITHMS = ("leximin", "maximin", "nash", "legacy")


@dataclass(frozen=True)
class Size:
    pool: int
    panel: int
    categories: int

    def __str__(self) -> str:
        return f"{self.pool:,} / {self.panel}, {self.categories} categories"


SIZES = {"wide": Size(2_000, 200, 2), "small": Size(400, 35, 5), "large": Size(2_000, 110, 5)}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.draw")
    parser.add_argument("--oracle", help="a Python that has sortition-algorithms")
    parser.add_argument("--limit", type=int, default=600, help="processor seconds after which a run is ended")
    parser.add_argument("--only", choices=SIZES, help="one size")
    parser.add_argument("--one", nargs=2, metavar=("SIZE", "ALGORITHM"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(*options.one)))
        return 0
    lines = [
        machine("bench.draw"),
        "",
        "| pool / panel | algorithm | types | here s | MB | least odds | proven | sortition-algorithms s | MB | least odds | times |",
        "|---|---|--:|--:|--:|--:|---|--:|--:|--:|--:|",
    ]
    for name in [options.only] if options.only else SIZES:
        lines += [row(name, algorithm, options) for algorithm in ALGORITHMS]
    print("\n".join(lines))
    if not options.only:
        put("draw", "Drawing by lot", "\n".join(lines))
    return 0


def one(name: str, algorithm: str) -> dict[str, object]:
    """One algorithm in this process: processor seconds, peak of memory, and what came out."""
    from zenne.methods.lottery.legacy import legacy
    from zenne.methods.lottery.leximin import leximin
    from zenne.methods.lottery.maximin import maximin
    from zenne.methods.lottery.nash import nash
    from zenne.methods.lottery.types import grouped

    instance = made(SIZES[name])
    began = time.process_time()
    found: dict[str, object] = {"types": len(grouped(instance))}
    if algorithm == "legacy":
        legacy(instance, "bench")
    else:
        fair = {"leximin": leximin, "maximin": maximin, "nash": nash}[algorithm](instance)
        found |= {"minimum": fair.minimum, "proven": fair.certified, "gap": fair.gap, "panels": len(fair.panels)}
    found["seconds"] = time.process_time() - began
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def row(name: str, algorithm: str, options: argparse.Namespace) -> str:
    print(f"bench: {SIZES[name]}, {algorithm} ...", file=sys.stderr, flush=True)
    ours = asked([sys.executable, "-m", "bench.draw", "--one", name, algorithm], options.limit * 2)
    cells = [str(SIZES[name]), algorithm]
    if ours is None:
        cells += ["", f"> {options.limit * 2}", "", "", ""]
    else:
        proven = "" if "proven" not in ours else "yes" if ours["proven"] else f"within {ours['gap']:.2%}"
        cells += [str(ours["types"]), f"{ours['seconds']:.2f}", f"{ours['peak']:.0f}", odds(ours), proven]
    if not options.oracle:
        return f"| {' | '.join([*cells, '', '', '', ''])} |"
    rival = "maximin" if algorithm == "leximin" else algorithm
    theirs = asked([options.oracle, ORACLE, rival], options.limit, made(SIZES[name]).canonical)
    label = "maximin: " if algorithm == "leximin" else ""
    if theirs is None:
        times = "" if ours is None else f"> {options.limit / ours['seconds']:,.0f}"
        cells += [f"{label}> {options.limit}", "", "", times]
    else:
        times = "" if ours is None else f"{theirs['seconds'] / ours['seconds']:,.1f}"
        cells += [f"{label}{theirs['seconds']:.2f}", f"{theirs['peak']:.0f}", odds(theirs), times]
    return f"| {' | '.join(cells)} |"


def odds(found: dict[str, float]) -> str:
    return f"{found['minimum']:.3%}" if "minimum" in found else ""


def asked(command: list[object], limit: int, given: str = "") -> dict[str, float] | None:
    """What a process says in JSON on its last line; None if it used up its processor seconds."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

    done = subprocess.run(
        [str(part) for part in command],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        preexec_fn=bounded,
    )
    if done.returncode < 0:
        return None
    done.check_returncode()
    return dict(json.loads(done.stdout.splitlines()[-1]))


def made(size: Size):
    """A pool of any size: who answers is left to a chance that is the same each time."""
    from zenne.methods.lottery import Entry, Instance, Quota

    chance = random.Random(size.pool * 7 + size.panel)  # noqa: S311 - made up, and the same each time
    shares = {category: dict(values) for category, values in CATEGORIES.items()}
    shares["area"] = {value: (share, chance.uniform(0.6, 1.4)) for value, (share, _) in shares["area"].items()}
    kept = dict(list(shares.items())[: size.categories])
    quotas = [
        Quota(category, value, max(0, int(share * size.panel * 0.9 - 0.5)), int(share * size.panel * 1.1 + 1.5))
        for category, values in kept.items()
        for value, (share, _ready) in values.items()
    ]
    people = [
        Entry(
            f"p{at:05}",
            {
                category: chance.choices(list(values), [share * ready for share, ready in values.values()])[0]
                for category, values in kept.items()
            },
        )
        for at in range(size.pool)
    ]
    return Instance(tuple(people), tuple(quotas), size.panel)


if __name__ == "__main__":
    sys.exit(main())
