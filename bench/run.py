"""One run: the installation, every page asked in three ways, writes, sizes, queries, memory, the rival; then the table.

python -m bench.run [--ideas N] [--seconds S]
"""

import argparse
import os
import platform
import re
import sys
from pathlib import Path
from subprocess import run as command

from . import installation, load, pages, queries, rival, shares, sizes, writes

PORT = 8190
PEOPLE = 64
WRITERS = 1200
RESULT = installation.ROOT / "docs" / "performance.md"
LIMITS = {"visitors": 50, "signed in": 120}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--ideas", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each page is asked in each way")
    options = parser.parse_args()
    environ = installation.prepare(installation.Volume(options.ideas), PORT)
    with installation.serving(environ) as pid:
        lines = [*_machine(options.ideas, installation.seconds_to_fill(environ)), ""]
        asked, sessions = pages.pages(), pages.sessions(PEOPLE)
        lines += [*_pages(asked, sessions, options.seconds), "", *_shares(asked, sessions[0]), ""]
        lines += [*_writes(), "", *memory(pid), ""]
        lines += _rival(environ, options.seconds)
    text = "\n".join(lines)
    print(text)
    _keep(options.ideas, text)
    return 0


def _machine(ideas: int, seconds: int) -> list[str]:
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024**2
    revision = ["git", "rev-parse", "--short", "HEAD"]
    commit = command(revision, capture_output=True, text=True, check=False).stdout.strip()
    cores = len(os.sched_getaffinity(0))
    return [
        f"{ideas:,} ideas. {cpu[1] if cpu else platform.machine()}, {cores} cores, {memory:.0f} GB; generator on the same machine, "
        f"{load.CONCURRENCY} connections. Load before the run: {os.getloadavg()[0]:.1f}. Revision {commit}. Filled in {seconds} s.",
    ]


def _pages(asked: list[pages.Page], sessions: list[str], seconds: float) -> list[str]:
    lines = [
        "| page | asked by | p50 ms | p95 ms | p99 ms | a second | queries | first KB | later KB | scripts KB |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for page in asked:
        print(f"bench: {page.name} ...", file=sys.stderr, flush=True)
        count = queries.asked_by(page, sessions[0])
        size = sizes.size_of(PORT, page.path.replace("{word}", "arbres"))
        ways = (
            ("visitors", pages.visitors(page), f"{count.visitor} or 0"),
            ("visitors, each page new", pages.curious(page), f"{count.visitor}"),
            ("signed in", pages.people(page, sessions), f"{count.person_warm}–{count.person_cold}"),
        )
        for way, requests, number in ways:
            load.drive(PORT, requests, seconds=1)  # warm: the first of each process reads templates and catalogues
            measured = load.drive(PORT, requests, seconds=seconds)
            late = measured.percentile(0.95)
            mark = " ✗" if late > LIMITS.get(way, 1e9) else ""
            kilobytes = (
                f"{size.first / 1024:.0f} | {size.later / 1024:.1f} | {size.scripts / 1024:.1f}"
                if way == "visitors"
                else " | | "
            )
            wrong = f" ({measured.wrong})" if measured.wrong else ""
            lines.append(
                f"| {page.name} | {way}{wrong} | {measured.percentile(0.5):.1f} | {late:.1f}{mark} | {measured.percentile(0.99):.1f} "
                f"| {measured.per_second:.0f} | {number} | {kilobytes} |"
            )
    return lines


def _shares(asked: list[pages.Page], session: str) -> list[str]:
    """The profile that explains the rows of those signed in."""
    parts = [*shares.PARTS, "the rest of Python"]
    lines = [f"| signed in, processor | ms | {' | '.join(parts)} |", f"|---|{'--:|' * (len(parts) + 1)}"]
    for page in asked:
        found = shares.shares_of(page, session)
        cells = " | ".join(f"{found.percent[part]} %" for part in parts)
        lines.append(f"| {page.name} | {found.milliseconds:.1f} | {cells} |")
    return lines


def _writes() -> list[str]:
    lines = ["| written | a second | p50 ms | p95 ms | exactly once |", "|---|--:|--:|--:|---|"]
    sessions = pages.sessions(WRITERS)
    for write in (writes.supports(PORT, sessions), writes.comments(PORT, sessions)):
        measured = write.measured
        wrong = f", refused: {measured.wrong}" if measured.wrong else ""
        lines.append(
            f"| {write.name} | {measured.per_second:.0f} | {measured.percentile(0.5):.1f} | {measured.percentile(0.95):.1f} "
            f"| {'yes' if write.exact else 'NO'} ({write.note}{wrong}) |"
        )
    return lines


def memory(pid: int) -> list[str]:
    """Of the web processes, after the run."""
    workers = installation.web_workers(pid)
    told = ", ".join(f"{pss / 1024:.0f} MB (resident {rss / 1024:.0f})" for pss, rss in workers)
    return [f"Memory of each web worker after the run, proportional: {told}."]


def _rival(environ: dict[str, str], seconds: float) -> list[str]:
    with rival.serving(environ, PORT + 1):
        bare = pages.Page("rival", "/")
        load.drive(PORT + 1, pages.visitors(bare), seconds=1)
        measured = load.drive(PORT + 1, pages.visitors(bare), seconds=seconds)
    return [
        f"Beside it, in the same run: a bare Django page of 24 ideas (`bench/rival.py`): p50 {measured.percentile(0.5):.1f} ms, "
        f"p95 {measured.percentile(0.95):.1f} ms, {measured.per_second:.0f} a second."
    ]


def _keep(ideas: int, text: str) -> None:
    """Put the table between its marks in docs/performance.md."""
    begin, end = f"<!-- bench {ideas} -->", "<!-- end -->"
    page = RESULT.read_text() if RESULT.exists() else "# Performance\n"
    if begin not in page:
        page += f"\n## {ideas:,} ideas\n\n{begin}\n{end}\n"
    before, rest = page.split(begin, 1)
    _old, after = rest.split(end, 1)
    RESULT.write_text(f"{before}{begin}\n{text}\n{end}{after}")


if __name__ == "__main__":
    sys.exit(main())
