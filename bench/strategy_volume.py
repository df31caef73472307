"""A strategy at full size, put into the database: projects with their whole sheets, indicators, and their values."""

from datetime import UTC, date, datetime
from typing import Any

SLUG = "bench-strategy"
NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
EACH, OWN = 500, 24  # values of an indicator, over its months and areas; indicators of a domain, as many small drawings
MONTHS = 120
OBJECTIVES, DEPARTMENTS, PARTNERS, SHEETS = 40, 20, 60, 2000

PROJECTS = """
insert into portfolio_project (plan_id, domain_id, number, slug, title, summary, why, text, state, state_reason, state_since, health, health_reason, source,
    source_note, carrier_id, created_at, changed_at, version, comment_count, i18n, starts_on, ends_on)
select %(plan)s, (%(domains)s::bigint[])[1 + n %% cardinality(%(domains)s::bigint[])], n, 'project-' || n, 'Projet numéro ' || n,
    'Ce que la ville fait ici, en une phrase ou deux, pour que tout le monde le comprenne.', repeat('Parce que les habitants l’ont demandé. ', 12),
    repeat('Ce qui sera fait, étape par étape. ', 20), (array['shortlisted', 'shortlisted', 'shortlisted', 'stopped'])[1 + n %% 4], '', date '2026-06-14' - n %% 900,
    'unknown', '', '', '', (%(carriers)s::bigint[])[1 + n %% cardinality(%(carriers)s::bigint[])], %(now)s, %(now)s - make_interval(mins => n), 0, 0, jsonb_build_object('title_nl', 'Project nummer ' || n, 'title_en', 'Project number ' || n,
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
DECIDE = """
update portfolio_project set validated_by_id = %(revision)s, state = (array['validated', 'scheduled', 'ongoing', 'achieved'])[1 + number %% 4],
    health = (array['on_track', 'at_risk', 'off_track'])[1 + number %% 3], health_reason = 'Le chantier avance comme prévu, à une étape près.', health_on = date '2026-05-01'
where id = any(%(decided)s)
"""


def given_of(measurements: int) -> int:
    """How many indicators have values of their own; a quarter as many again is computed from them."""
    return max(40, measurements // EACH)


def filled() -> bool:
    """Whether it is there: as a whole, or not at all."""
    from zenne.people.organisations.models import Organisation

    return Organisation.objects.filter(slug=SLUG).exists()


def fill(projects: int, measurements: int) -> None:
    from django.db import connection, transaction

    from zenne.people.organisations.models import Organisation

    with transaction.atomic():
        house = Organisation.objects.create(
            languages=["fr", "nl", "en"], kind="region", slug=SLUG, name="Ville", created_at=NOW, opened_at=NOW
        )
        keys, domains = _projects(house, projects)
        _sheets(house, keys)
        _values(house, measurements)
        _measures(house, keys, domains)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def _projects(house: Any, count: int) -> tuple[list[int], list[Any]]:
    """A plan in force, its domains, and projects in every public state; the numbers of these, in order."""
    from django.db import connection

    from zenne.participation.decisions.models import Body
    from zenne.strategy.portfolio.models import Department, Domain, Objective, Plan, Revision

    named = {"name": "Stratégie", "name_nl": "Strategie", "name_en": "Strategy"}
    plan = Plan.objects.create(organisation=house, slug=SLUG, published_at=NOW, created_at=NOW, changed_at=NOW, **named)
    domains = [
        Domain.objects.create(
            plan=plan, kind="domain" if at < 8 else "foundation", number=at, slug=f"domain-{at}", name=f"Domaine {at}"
        )
        for at in range(1, 12)
    ]
    carriers = [
        Department.objects.create(organisation=house, slug=f"department-{at}", name=f"Service {at}")
        for at in range(DEPARTMENTS)
    ]
    for at in range(OBJECTIVES):
        made = Objective.objects.create(plan=plan, number=at + 1, slug=f"objective-{at}", title=f"Objectif numéro {at}")
        made.domains.set([domains[at % 11], domains[at * 7 % 11]])
    asked = {"plan": plan.pk, "domains": [each.pk for each in domains], "carriers": [each.pk for each in carriers]}
    with connection.cursor() as cursor:
        cursor.execute(PROJECTS, {**asked, "now": NOW, "count": count})
        keys = list(plan.projects.order_by("number").values_list("pk", flat=True))
        college = Body.objects.create(organisation=house, role="college", name="Collège")
        revision = Revision.objects.create(
            plan=plan, number=1, digest="0" * 64, named=[pk for at, pk in enumerate(keys) if at % 3], proposed_at=NOW
        )
        decided = {"body": college, "reference": "2026/1", "decided_on": date(2026, 5, 1), "decided_at": NOW}
        Revision.objects.filter(pk=revision.pk).update(state="valid", **decided)
        Plan.objects.filter(pk=plan.pk).update(state="valid")
        cursor.execute(DECIDE, {"revision": revision.pk, "decided": revision.named})
    return keys, domains


def _sheets(house: Any, keys: list[int]) -> None:
    """What hangs on a project: where, who, money, steps, risks, and for some news."""
    from zenne.places.areas.models import Area
    from zenne.strategy.portfolio import models

    areas = list(
        Area.objects.filter(kind__in=["commune", "district"]).order_by("kind", "code").values_list("pk", flat=True)
    )
    objectives = list(models.Objective.objects.filter(plan__slug=SLUG).order_by("pk").values_list("pk", flat=True))
    departments = list(models.Department.objects.filter(organisation=house).order_by("pk").values_list("pk", flat=True))
    partners = [
        models.Partner.objects.create(organisation=house, slug=f"partner-{at}", name=f"Partenaire {at}").pk
        for at in range(PARTNERS)
    ]
    rows: dict[Any, list[Any]] = {}

    def put(model: Any, **values: Any) -> None:
        rows.setdefault(model, []).append(model(**values))

    for at, pk in enumerate(keys):
        put(models.Project.areas.through, project_id=pk, area_id=areas[at % len(areas)])
        put(models.Project.areas.through, project_id=pk, area_id=areas[(at * 31 + 1) % len(areas)])
        put(models.Project.objectives.through, project_id=pk, objective_id=objectives[at % len(objectives)])
        put(models.Site, project_id=pk, name=f"Place {at}", lon=4.3 + at % 997 / 9000, lat=50.8 + at % 883 / 9000)
        put(models.Involvement, project_id=pk, department_id=departments[(at + 7) % len(departments)])
        put(models.Involvement, project_id=pk, partner_id=partners[at % len(partners)], part="funds")
        money = {"planned_cents": 5_000_000 + at * 100, "spent_cents": 1_000_000}
        committed = {"committed_cents": 4_000_000, "reference": "2026/1", "decided_on": date(2026, 5, 1)}
        put(models.BudgetLine, project_id=pk, source="own", year=2026, **money, **(committed if at % 2 else {}))
        put(models.BudgetLine, project_id=pk, source="european", funder="FEDER", year=2027, planned_cents=9_000_000)
        for step in range(3):
            due = date(2025 + step, 1 + at % 12, 15)
            done = due if due < NOW.date() else None
            put(models.Milestone, project_id=pk, title=f"Étape {step}", first_due_on=due, due_on=due, done_on=done)
        put(models.Risk, project_id=pk, title="Le marché public prend du retard", answer="Un lot est prêt.")
        if at % 5 == 0:
            put(
                models.Post, project_id=pk, title="Des nouvelles", text="Le chantier a commencé. " * 6, published_at=NOW
            )
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=SHEETS)


def _values(house: Any, measurements: int) -> None:
    from django.db import connection

    from zenne.places.areas.models import Area

    given = given_of(measurements)
    base = {"organisation": house.pk, "now": NOW}
    kinds = [("figure", given, "person", ""), ("saving", given // 8, "%", "change(figure_$1, year)")]
    kinds.append(("rate", given // 8, "person", "per(figure_$1, figure_$2, 1000)"))
    first, last = date(2016, 6, 1), date(2026, 5, 1)
    with connection.cursor() as cursor:
        for prefix, count, unit, formula in kinds:
            cursor.execute(INDICATOR, {**base, "prefix": prefix, "count": count, "unit": unit, "formula": formula})
        cursor.execute(TARGETS, base)
        cursor.execute(WHOLE, {**base, "first": first, "last": last})
        months = max(1, round((measurements - given * MONTHS) / (given * 19)))
        by_area = BY_AREA.replace("places_area_table", Area._meta.db_table)
        cursor.execute(by_area, {**base, "last": last, "months": months})
        cursor.execute(LATEST, base)


def _measures(house: Any, keys: list[int], domains: list[Any]) -> None:
    """Each domain is measured by as many indicators as its page draws, and each project by one."""
    from zenne.strategy.indicators.models import Indicator
    from zenne.strategy.portfolio.models import Measure

    found = list(Indicator.objects.filter(organisation=house).order_by("pk"))
    links = [
        Measure(domain=domain, indicator=found[(at * OWN + place) % len(found)], position=place + 1)
        for at, domain in enumerate(domains)
        for place in range(OWN)
    ]
    links += [Measure(project_id=pk, indicator=found[at % len(found)], position=1) for at, pk in enumerate(keys)]
    Measure.objects.bulk_create(links, batch_size=SHEETS)
