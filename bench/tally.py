"""Counting budgets: against pabutools in the same run, and a million ballots.

python -m bench.tally [--data FOLDER] [--oracle PYTHON] [--ballots N]

`--oracle` names a Python that has pabutools (its own environment: it is GPL and pulls a proprietary solver). All times are processor time of
one process, so other work on the machine moves them little; memory is the peak of that process. The table goes into docs/performance.md.
"""

import argparse
import gc
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".cache" / "bench"
RESULT = ROOT / "docs" / "performance.md"
ORACLE = ROOT / "tests" / "methods" / "budgets" / "oracle.py"
LARGEST = ("Poland_Lodz_2022.pb.gz", "Poland_Wroclaw_2015_150_-_500.pb.gz")
PROJECTS = 500
APPROVALS = 8
COUNTS = {
    "greedy": ["--rule", "greedy"],
    "equal-shares": ["--rule", "equal-shares", "--utility", "cost"],
    "equal-shares count": ["--rule", "equal-shares", "--utility", "count"],
    "add1u": ["--rule", "equal-shares", "--utility", "cost", "--completion", "add1u"],
    "phragmen": ["--rule", "phragmen"],
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.tally")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "elections")
    parser.add_argument("--oracle", help="a Python that has pabutools")
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--one", nargs=2, metavar=("FILE", "COUNT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(*options.one)))
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    lines = [machine("bench.tally"), ""]
    files = [options.data / name for name in LARGEST if (options.data / name).exists()]
    lines += [*rivals(files, options.oracle), "", *million(options.ballots)]
    print("\n".join(lines))
    put("tally", "Counting budgets", "\n".join(lines))
    return 0


def one(file: str, name: str) -> dict[str, float]:
    """One count in this process: seconds of reading, of the rule alone, and the peak of memory."""
    from zenne.config.installation import unpacked
    from zenne.config.verbs import tally
    from zenne.methods import pabulib

    gc.disable()  # as the verb does
    parser = argparse.ArgumentParser()
    tally.arguments(parser)
    options = parser.parse_args([file, *COUNTS[name]])
    began = time.process_time()
    election = pabulib.read(unpacked(Path(file)))
    read = time.process_time()
    outcome = tally.count(election, options)
    ended = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "read": read - began,
        "rule": ended - read,
        "peak": peak,
        "won": len(outcome.selected),
        "ballots": len(election.votes),
    }


def measured(file: Path, name: str) -> dict[str, float]:
    print(f"bench: {file.name}, {name} ...", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "bench.tally", "--one", file, name], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return dict(json.loads(done.stdout))


def rivals(files: list[Path], oracle: str | None) -> list[str]:
    """pabutools is asked twice: with the ballots as it reads them, and with like ballots put together beforehand, as we have them, for the rule alone."""
    lines = [
        "| largest real elections | rule | ballots | here s | pabutools s | times | the same, ballots grouped s | times | reading here s | pabutools s | file to winners, times |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for file in files:
        for name in ("equal-shares", "equal-shares count", "phragmen"):
            ours = measured(file, name)
            cells = theirs(oracle, file, name, ours) if oracle else [""] * 7
            election = file.name.split(".")[0].replace("_", " ")
            lines.append(f"| {election} | {name} | {ours['ballots']:,} | {ours['rule']:.3f} | {' | '.join(cells)} |")
    return lines


def theirs(oracle: str, file: Path, name: str, ours: dict[str, float]) -> list[str]:
    """What pabutools takes for the rule, with ballots one by one and grouped, and for reading the file; each beside ours."""

    def asked(*more: str) -> dict[str, dict[str, float]]:
        done = subprocess.run([oracle, ORACLE, file, name, *more], capture_output=True, text=True, check=True)
        return dict(json.loads(done.stdout))

    plain, grouped = asked("--plain"), asked()[name]["seconds"]
    rule, read = plain[name]["seconds"], plain["read"]["seconds"]
    whole = (read + min(rule, grouped)) / (ours["read"] + ours["rule"])
    cells = [f"{rule:.2f}", f"{rule / ours['rule']:,.0f}", f"{grouped:.2f}", f"{grouped / ours['rule']:,.0f}"]
    return [*cells, f"{ours['read']:.2f}", f"{read:.2f}", f"{whole:,.0f}"]


def million(ballots: int) -> list[str]:
    """Up to so many ballots on 500 projects: the whole of `zenne tally`, and what doubling costs."""
    lines = [
        f"| made up, {PROJECTS} projects, {APPROVALS} approvals | ballots | reading s | rule s | whole s | peak MB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for number in (ballots // 4, ballots // 2, ballots):
        file = made(number)
        for name in ("greedy", "equal-shares", "phragmen"):
            took = measured(file, name)
            whole = took["read"] + took["rule"]
            lines.append(
                f"| {name} | {number:,} | {took['read']:.1f} | {took['rule']:.1f} | {whole:.1f} | {took['peak']:.0f} |"
            )
    return lines


def made(ballots: int) -> Path:
    """An election of any size, the same each time: unequal costs and unequal liking."""
    path = WORK / f"tally-{ballots}.pb"
    if path.exists():
        return path
    rng = random.Random(1)  # noqa: S311 - made up, and the same each time
    cost = [rng.randint(5, 100) * 1000 for _project in range(PROJECTS)]
    liking = [1 / (place + 3) ** 0.7 for place in range(PROJECTS)]
    rng.shuffle(liking)
    with path.open("w") as out:
        out.write(
            f"META\nkey;value\nnum_projects;{PROJECTS}\nnum_votes;{ballots}\nbudget;{sum(cost) * 3 // 10}\nvote_type;approval\n"
        )
        out.write("PROJECTS\nproject_id;cost\n" + "".join(f"p{at};{one}\n" for at, one in enumerate(cost)))
        out.write("VOTES\nvoter_id;vote\n")
        for voter in range(ballots):
            chosen = dict.fromkeys(rng.choices(range(PROJECTS), liking, k=APPROVALS + 2))
            out.write(f"{voter};{','.join(f'p{at}' for at in list(chosen)[:APPROVALS])}\n")
    return path


def machine(bench: str, what: str = "processor seconds of one process") -> str:
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    asked = ["git", "rev-parse", "--short", "HEAD"]
    revision = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT)
    return f"`python -m {bench}`, {what}. {cpu[1] if cpu else os.uname().machine}. Revision {revision.stdout.strip()}."


def put(name: str, heading: str, text: str) -> None:
    """Put the table between its marks in docs/performance.md."""
    begin, end = f"<!-- bench {name} -->", "<!-- end -->"
    page = RESULT.read_text()
    if begin not in page:
        page += f"\n## {heading}\n\n{begin}\n{end}\n"
    before, rest = page.split(begin, 1)
    _old, after = rest.split(end, 1)
    RESULT.write_text(f"{before}{begin}\n{text}\n{end}{after}")


if __name__ == "__main__":
    sys.exit(main())
