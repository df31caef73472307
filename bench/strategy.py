"""A strategy at full size, by itself: python -m bench.strategy [--projects N] [--measurements N] [--seconds S] [--rows N]

10,000 projects in eleven domains, 2,000,000 measurements of 4,000 indicators and 1,000 that are computed from them. The pages that people open most, over eight
connections; a day's data computed again; a file of 100,000 values read and written. Times are of the clock on the wall and of the processor (ours and the
database's are apart: the second is ours alone).
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from . import installation, load, run
from .strategy_volume import NOW, SLUG, fill, filled, given_of
from .tally import machine, put

PORT = 8192
LIMIT_MS, LIMIT_IMPORT, LIMIT_DAY = 80, 30, 10
LIMITED = ("project list", "project page", "domain page")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.strategy", description=__doc__)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--measurements", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each page is asked in each way")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file")
    parser.add_argument("--keep", action="store_true", help="write the table into docs/performance.md")
    options = parser.parse_args()
    environ, indicators = _prepare(options), given_of(options.measurements)
    with installation.serving(environ) as pid:
        if not filled():
            with _clock() as spent:
                fill(options.projects, options.measurements)
            installation.settle()
            print(f"Filled in {spent[0]:.0f} s.", file=sys.stderr, flush=True)
        what = f"{options.projects:,} projects, {_count():,} measurements, {load.CONCURRENCY} connections from the same machine"
        lines = [f"{machine('bench.strategy', what)} Load before the run: {os.getloadavg()[0]:.1f}.", ""]
        lines += [*_pages(options.projects, indicators, options.seconds), ""]
        lines += [*run.memory(pid), "", _day(), "", _file(options.rows, indicators)]
    text = "\n".join(lines)
    print(text)
    if options.keep:
        put("strategy", "A strategy at full size", text)
    return int("✗" in text)


def _prepare(options: argparse.Namespace) -> dict[str, str]:
    """An installation of its own, kept for the next run of the same size."""
    data = installation.ROOT / ".cache" / "bench" / f"strategy-{options.projects}-{options.measurements}"
    data.mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "ZENNE_DATA": str(data), "PORT": str(PORT), "PYTHONPATH": str(installation.ROOT)}
    environ.pop("DATABASE_URL", None)
    subprocess.run([*installation.ZENNE, "prepare"], env=environ, check=True, stdout=sys.stderr)
    return environ


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Seconds on the wall, and of our processor."""
    wall, own = time.monotonic(), time.process_time()
    spent: list[float] = []
    yield spent
    spent += [time.monotonic() - wall, time.process_time() - own]


def _count() -> int:
    from zenne.strategy.indicators.models import Measurement

    return Measurement.objects.count()


def _pages(projects: int, indicators: int, seconds: float) -> list[str]:
    """Each page over eight connections: as when a link spreads and all open the same, and drawn anew for each request, so that memory helps least."""
    chance = random.Random(6)  # noqa: S311 - which page is asked for decides nothing

    def any_of(*patterns: str, **most: int) -> Iterator[load.Request]:
        while True:
            numbers = {name: chance.randint(1, last) for name, last in most.items()}
            path = chance.choice(patterns).format(language=chance.choice(("fr", "nl", "en")), **numbers)
            yield load.Request(path)

    here = f"/{{language}}/plans/{SLUG}/"
    listed = (
        "",
        "?state=stopped",
        "?domain=domain-{d}",
        "?after={n}",
        "?sort=changed",
        "?q=project+{n}",
        "?health=at_risk",
    )
    addresses = [f"{here}projects/{query}" for query in listed]
    asked = {
        "plan": (any_of(here), any_of(here)),
        "project list": (any_of(addresses[0]), any_of(*addresses, n=projects, d=11)),
        "project page": (any_of(f"{here}projects/project-7/"), any_of(f"{here}projects/project-{{n}}/", n=projects)),
        "domain page": (any_of(f"{here}domains/domain-3/"), any_of(f"{here}domains/domain-{{d}}/", d=11)),
        "indicator page": (
            any_of("/{language}/indicators/figure-7/"),
            any_of("/{language}/indicators/figure-{i}/", i=indicators),
        ),
    }
    lines = ["| page | asked by | p50 ms | p95 ms | p99 ms | a second |", "|---|---|--:|--:|--:|--:|"]
    for name, ways in asked.items():
        for way, requests in zip(("visitors", "visitors, each another of its kind"), ways, strict=True):
            print(f"bench: {name}, {way} ...", file=sys.stderr, flush=True)
            load.drive(PORT, requests, seconds=min(3.0, seconds))  # warms what a running city has warm
            measured = load.drive(PORT, requests, seconds=seconds)
            late = measured.percentile(0.95)
            mark = " ✗" if (late > LIMIT_MS and name in LIMITED) or measured.wrong else ""
            wrong = f" ({measured.wrong})" if measured.wrong else ""
            lines.append(
                f"| {name} | {way}{wrong} | {measured.percentile(0.5):.1f} | {late:.1f}{mark} | {measured.percentile(0.99):.1f} "
                f"| {measured.per_second:.0f} |"
            )
    return lines


def _day() -> str:
    """A day's data: one new value of every indicator that is given; what is computed from them, until nothing waits."""
    from django.db import connection, transaction

    from zenne.strategy.indicators import computing, graph, keeping
    from zenne.strategy.indicators.models import Indicator, Measurement, Touched

    Touched.objects.all().delete()
    rows = Indicator.objects.filter(organisation__slug=SLUG, expression="").order_by("pk")
    last = Measurement.objects.filter(indicator=rows.first(), area__isnull=True).order_by("-end").first()
    assert last is not None  # filled above
    first = last.end + timedelta(days=1)
    until = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    with transaction.atomic():
        made = Measurement.objects.bulk_create(
            Measurement(
                indicator_id=pk,
                start=first,
                end=until,
                value=100 + pk % 60,
                evidence="measured",
                state="published",
                entered_at=NOW,
                published_at=NOW,
            )
            for pk in rows.values_list("pk", flat=True)
        )
        keeping.published([each.pk for each in made], used=graph.used([each.indicator_id for each in made]))
    now = datetime.combine(until, datetime.min.time(), UTC) + timedelta(days=2)
    looked = new = 0
    with _clock() as spent:
        while (done := computing.run(now=now)).touched:
            looked, new = looked + done.looked_at, new + done.new
    with connection.cursor() as cursor:
        cursor.execute("analyze indicators_measurement")
    late = " ✗" if spent[0] > LIMIT_DAY else ""
    return f"A day's data: {len(made):,} values, {looked:,} computed values looked at, {new:,} new: {spent[0]:.1f} s{late} ({spent[1]:.1f} s of our processor)."


def _file(count: int, indicators: int) -> str:
    """A file of as many rows, a tenth of them revisions: read with its preview, then written."""
    from django.core.files.base import ContentFile

    from zenne.core import clock
    from zenne.people.organisations.models import Organisation
    from zenne.strategy.indicators import filing
    from zenne.strategy.indicators.models import Import

    months = [f"{1990 + at // 12}-{at % 12 + 1:02}" for at in range(312)] + [f"2025-{at:02}" for at in range(1, 13)]
    again = max(1, count // 10 // indicators)
    fresh = min(312, -(-count // indicators) - again)
    periods = [*months[-again:], *random.Random(time.monotonic_ns()).sample(months[:312], fresh)]  # noqa: S311
    lines = ["indicator;period;value;evidence"]
    lines += [
        f"figure-{n};{period};{n % 90},{time.monotonic_ns() % 10};measured"
        for period in periods
        for n in range(1, indicators + 1)
    ]
    content = "\n".join(lines[: count + 1]).encode()
    house = Organisation.objects.get(slug=SLUG)
    file = Import.objects.create(
        organisation=house,
        enters_as="published",
        because="Essai",
        name="bench.csv",
        sha256="0" * 64,
        made_at=clock.now(),
    )
    file.file.save(f"measurements/bench-{file.pk}", ContentFile(content), save=True)
    with _clock() as reading:
        filing.read(file.pk)
    Import.objects.filter(pk=file.pk).update(state="writing")
    with _clock() as writing:
        filing.write(file.pk)
    file.refresh_from_db()
    late = " ✗" if reading[0] + writing[0] > LIMIT_IMPORT or file.state != "written" else ""
    counts = ", ".join(f"{number:,} {kind}" for kind, number in file.outcome.items())
    return (
        f"A file of {count:,} rows: read and shown in {reading[0]:.1f} s ({reading[1]:.1f} s of our processor), written in {writing[0]:.1f} s{late} "
        f"({writing[1]:.1f} s): {counts}."
    )


if __name__ == "__main__":
    sys.exit(main())
