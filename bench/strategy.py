"""A strategy at full size, by itself: python -m bench.strategy [--projects N] [--measurements N] [--seconds S] [--rows N]

10,000 projects in eleven domains, 2,000,000 measurements of 4,000 indicators and 1,000 that are computed from them. The pages that people open most, over eight
connections; a day's data computed again; a file of 100,000 values read and written. Times are of the clock on the wall and of the processor (ours and the
database's are apart: the second is ours alone).
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from . import installation, load

PORT = 8192
EACH, OWN = 500, 24  # values of an indicator, over its months and areas; indicators of a domain, as many small drawings
MONTHS = 120
LIMIT_MS, LIMIT_IMPORT, LIMIT_DAY = 80, 30, 10
NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
SLUG = "bench-strategy"

PROJECTS = """
insert into portfolio_project (plan_id, domain_id, number, slug, title, summary, why, text, state, state_reason, state_since, health, health_reason, source,
    source_note, created_at, changed_at, version, comment_count, i18n, starts_on, ends_on)
select %(plan)s, (%(domains)s::bigint[])[1 + n %% cardinality(%(domains)s::bigint[])], n, 'project-' || n, 'Projet numéro ' || n,
    'Ce que la ville fait ici, en une phrase ou deux, pour que tout le monde le comprenne.', repeat('Parce que les habitants l’ont demandé. ', 12),
    repeat('Ce qui sera fait, étape par étape. ', 20), (array['shortlisted', 'shortlisted', 'shortlisted', 'stopped'])[1 + n %% 4], '', date '2026-01-01',
    'unknown', '', '', '', %(now)s, %(now)s, 0, 0, jsonb_build_object('title_nl', 'Project nummer ' || n, 'title_en', 'Project number ' || n,
    'summary_nl', 'Wat de stad hier doet.', 'summary_en', 'What the city does here.'), date '2024-01-01', date '2030-12-31'
from generate_series(1, %(count)s) as n
"""
INDICATOR = """
insert into indicators_indicator (organisation_id, slug, name, meaning, nature, unit, decimals, direction, tolerance, frequency, owner, source, source_url,
    evidence, expression, series, series_of, baseline_value, baseline_on, baseline_evidence, state, retired_because, version, created_at, changed_at, i18n)
select %(organisation)s, %(prefix)s || '-' || n, 'Indicateur ' || n, 'Compté chaque mois par le service.', 'quantitative', %(unit)s, 1,
    (array['up', 'down'])[1 + n %% 2], 10, 'month', 'Le service', 'Ses registres', '', 'measured',
    case when %(formula)s = '' then '' else replace(replace(%(formula)s, '$1', n::text), '$2', (n + 1)::text) end, '', '', 100, date '2015-12-31', 'measured', 'active', '', 1,
    %(now)s, %(now)s, jsonb_build_object('name_nl', 'Indicator ' || n, 'name_en', 'Indicator ' || n, 'meaning_nl', 'Elke maand geteld.', 'meaning_en', 'Counted each month.')
from generate_series(1, %(count)s) as n
"""
TARGETS = """
insert into indicators_target (indicator_id, day, value) select id, date '2030-12-31', 200 from indicators_indicator where organisation_id = %(organisation)s
"""
WHOLE = """
insert into indicators_measurement (indicator_id, area_id, start, "end", value, low, high, evidence, state, note, because, revision, entered_at, published_at)
select indicator.id, null, month::date, (month + interval '1 month - 1 day')::date, 100 + (indicator.id * 7 + extract(month from month)::int * 13) %% 50, null, null,
    'measured', 'published', '', '', 0, %(now)s, %(now)s
from indicators_indicator as indicator
cross join generate_series(%(first)s::date, %(last)s::date, interval '1 month') as month
where indicator.organisation_id = %(organisation)s and indicator.expression = ''
"""
BY_AREA = """
insert into indicators_measurement (indicator_id, area_id, start, "end", value, low, high, evidence, state, note, because, revision, entered_at, published_at)
select indicator.id, area.id, month::date, (month + interval '1 month - 1 day')::date, 5 + (indicator.id + area.id * 3 + extract(month from month)::int) %% 9, null, null,
    'measured', 'published', '', '', 0, %(now)s, %(now)s
from indicators_indicator as indicator
cross join (select id from places_area_table where kind = 'commune' order by code limit 19) as area
cross join generate_series(%(last)s::date - make_interval(months => %(months)s - 1), %(last)s::date, interval '1 month') as month
where indicator.organisation_id = %(organisation)s and indicator.expression = ''
"""
LATEST = """
insert into indicators_latest (indicator_id, area_id, measurement_id, "end", value)
select distinct on (indicator_id, area_id) indicator_id, area_id, id, "end", value from indicators_measurement
where indicator_id in (select id from indicators_indicator where organisation_id = %(organisation)s)
order by indicator_id, area_id, "end" desc
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.strategy", description=__doc__)
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--measurements", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each page is asked")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file")
    options = parser.parse_args()
    environ, fresh = _prepare(options)
    with installation.serving(environ):
        os.environ |= {**environ, "DJANGO_SETTINGS_MODULE": "zenne.config.settings"}
        import django

        django.setup()
        if fresh:
            with _clock() as spent:
                _fill(options.projects, options.measurements)
            print(f"Filled in {spent[0]:.0f} s.", flush=True)
            (Path(environ["ZENNE_DATA"]) / "filled").write_text(f"{spent[0]:.0f}")
        print(f"{options.projects:,} projects, {_count():,} measurements. {load.CONCURRENCY} connections.\n")
        good = _pages(options.projects, _given(options.measurements), options.seconds)
        good &= _day()
        good &= _file(options.rows, _given(options.measurements))
    return 0 if good else 1


def _prepare(options: argparse.Namespace) -> tuple[dict[str, str], bool]:
    """An installation of its own, kept for the next run of the same size."""
    data = installation.ROOT / ".cache" / "bench" / f"strategy-{options.projects}-{options.measurements}"
    environ = {**os.environ, "ZENNE_DATA": str(data), "PORT": str(PORT), "PYTHONPATH": str(installation.ROOT)}
    environ.pop("DATABASE_URL", None)
    fresh = not (data / "filled").exists()
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
    subprocess.run([*installation.ZENNE, "prepare"], env=environ, check=True, stdout=sys.stderr)
    return environ, fresh


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Seconds on the wall, and of our processor."""
    wall, own = time.monotonic(), time.process_time()
    spent: list[float] = []
    yield spent
    spent += [time.monotonic() - wall, time.process_time() - own]


def _given(measurements: int) -> int:
    """How many indicators have values of their own; a quarter as many again is computed from them."""
    return max(40, measurements // EACH)


def _count() -> int:
    from zenne.strategy.indicators.models import Measurement

    return Measurement.objects.count()


def _fill(projects: int, measurements: int) -> None:
    from django.db import connection, transaction

    from zenne.people.organisations.models import Organisation
    from zenne.places.areas.models import Area
    from zenne.strategy.indicators.models import Indicator
    from zenne.strategy.portfolio.models import Domain, Measure, Plan

    with transaction.atomic():
        house = Organisation.objects.create(
            languages=["fr", "nl", "en"], kind="region", slug=SLUG, name="Ville", created_at=NOW, opened_at=NOW
        )
        named = {"name": "Stratégie", "name_nl": "Strategie", "name_en": "Strategy"}
        plan = Plan.objects.create(
            organisation=house, slug=SLUG, published_at=NOW, created_at=NOW, changed_at=NOW, **named
        )
        domains = [
            Domain.objects.create(
                plan=plan,
                kind="domain" if at < 8 else "foundation",
                number=at,
                slug=f"domain-{at}",
                name=f"Domaine {at}",
            )
            for at in range(1, 12)
        ]
        base = {"organisation": house.pk, "now": NOW}
        with connection.cursor() as cursor:
            cursor.execute(
                PROJECTS, {**base, "plan": plan.pk, "domains": [each.pk for each in domains], "count": projects}
            )
            given = _given(measurements)
            kinds = [("figure", given, "person", ""), ("saving", given // 8, "%", "change(figure_$1, year)")]
            kinds.append(("rate", given // 8, "person", "per(figure_$1, figure_$2, 1000)"))
            for prefix, count, unit, formula in kinds:
                facts = {"prefix": prefix, "count": count, "unit": unit, "formula": formula}
                cursor.execute(INDICATOR, {**base, **facts})
            cursor.execute(TARGETS, base)
            first, last = date(2016, 6, 1), date(2026, 5, 1)
            cursor.execute(WHOLE, {**base, "first": first, "last": last})
            table = Area._meta.db_table
            months = max(1, round((measurements - given * MONTHS) / (given * 19)))
            cursor.execute(BY_AREA.replace("places_area_table", table), {**base, "last": last, "months": months})
            cursor.execute(LATEST, base)
        found = list(Indicator.objects.filter(organisation=house).order_by("pk"))
        links = [
            Measure(domain=domain, indicator=found[(at * OWN + place) % len(found)], position=place + 1)
            for at, domain in enumerate(domains)
            for place in range(OWN)
        ]
        keys = plan.projects.order_by("number").values_list("pk", flat=True)
        links += [Measure(project_id=key, indicator=found[at % len(found)], position=1) for at, key in enumerate(keys)]
        Measure.objects.bulk_create(links, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _pages(projects: int, indicators: int, seconds: float) -> bool:
    """Each page over eight connections; projects and indicators are drawn anew for each request, so that memory helps nobody."""
    chance = random.Random(6)  # noqa: S311 - which page is asked for decides nothing

    def any_of(*patterns: str) -> Iterator[load.Request]:
        while True:
            path = chance.choice(patterns)
            numbers = {"n": chance.randint(1, projects), "d": chance.randint(1, 11), "i": chance.randint(1, indicators)}
            yield load.Request(path.format(language=chance.choice(("fr", "nl", "en")), **numbers))

    here = f"/{{language}}/plans/{SLUG}/"
    asked = {
        "project list": any_of(
            f"{here}projects/", f"{here}projects/?state=stopped", f"{here}projects/?domain=domain-{{d}}"
        ),
        "project page": any_of(f"{here}projects/project-{{n}}/"),
        "domain page": any_of(f"{here}domains/domain-{{d}}/"),
        "indicator page": any_of("/{language}/indicators/figure-{i}/"),
    }
    print("| page | a second | p50 ms | p95 ms | p99 ms | |\n|---|--:|--:|--:|--:|---|")
    good = True
    for name, requests in asked.items():
        load.drive(PORT, requests, seconds=min(3.0, seconds))  # warms what a running city has warm
        measured = load.drive(PORT, requests, seconds=seconds)
        late, wrong = measured.percentile(0.95), sum(measured.wrong.values())
        fits = late < LIMIT_MS and not wrong
        good &= fits or name == "indicator page"
        figures = (
            f"{measured.per_second:.0f} | {measured.percentile(0.5):.1f} | {late:.1f} | {measured.percentile(0.99):.1f}"
        )
        print(
            f"| {name} | {figures} | {'' if fits else f'over {LIMIT_MS} ms' if not wrong else measured.wrong} |",
            flush=True,
        )
    return good


def _day() -> bool:
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
    print(
        f"\nA day's data: {len(made):,} values, {looked:,} computed values looked at, {new:,} new: {spent[0]:.1f} s ({spent[1]:.1f} s of our processor)."
    )
    return spent[0] < LIMIT_DAY


def _file(count: int, indicators: int) -> bool:
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
    whole = reading[0] + writing[0]
    print(
        f"\nA file of {count:,} rows: read and shown in {reading[0]:.1f} s ({reading[1]:.1f} s of our processor), written in {writing[0]:.1f} s ({writing[1]:.1f} s): {file.outcome}."
    )
    return whole < LIMIT_IMPORT and file.state == "written"


if __name__ == "__main__":
    sys.exit(main())
