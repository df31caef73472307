"""What keeps a plan of ten thousand projects as quick as one of ten: which index answers which question, and what a page does not read.

With so few rows PostgreSQL would read them all; told not to, it shows whether the index can be used for this question at all.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.strategy.indicators import factories as indicators
from tests.strategy.portfolio import factories as plans
from zenne.strategy.indicators import queries as indicator_queries
from zenne.strategy.indicators import shades
from zenne.strategy.indicators.enums import Light
from zenne.strategy.portfolio import actions, listing, measured, news
from zenne.strategy.portfolio.enums import ProjectState
from zenne.strategy.portfolio.listing import IN_ORDER, LATEST, Filters
from zenne.strategy.portfolio.models import Measure, Project
from zenne.strategy.portfolio.views.plan import DRAWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    """Three hundred projects, few enough to write and enough for the planner to see a difference."""
    plan = plans.plan()
    made = plans.rich(plan)
    Project.objects.bulk_create(
        Project(
            plan=plan,
            domain=made.domain,
            number=number,
            slug=f"copy-{number}",
            title="Un projet",
            state=ProjectState.SHORTLISTED,
            state_since=plans.TODAY,
            created_at=plans.NOW,
            changed_at=plans.NOW,
        )
        for number in range(1000, 1300)
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze portfolio_project")
    return plan


def plans_of(ask, without=("seqscan", "bitmapscan", "sort", "incremental_sort")):
    """How PostgreSQL would answer everything that `ask` asks, with neither whole tables nor sorting."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    lines = []
    with connection.cursor() as cursor:
        cursor.execute("; ".join(["select", *(f"set local enable_{way} = off" for way in without)]))
        for each in captured.captured_queries:
            cursor.execute(f"explain {each['sql']}")
            lines += [line for (line,) in cursor.fetchall()]
        cursor.execute("; ".join(["select", *(f"reset enable_{way}" for way in without)]))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("sort", "index"), [(IN_ORDER, "planned_project_number_once"), (LATEST, "planned_project_latest")]
)
def test_every_order_of_the_list_comes_from_its_index(plan, sort, index):
    found = plans_of(lambda: listing.page_of(listing.listed(plan, Filters()), sort, ""))
    assert f"using {index}" in found and "Sort" not in found


@pytest.mark.parametrize("cursor", ["1100", "2030-01-01T00:00:00+00:00~999999"])
def test_a_deep_page_begins_where_its_cursor_says(plan, cursor):
    """Nothing before it is read."""
    sort = LATEST if "~" in cursor else IN_ORDER
    found = plans_of(lambda: listing.page_of(listing.listed(plan, Filters()), sort, cursor))
    assert "Index Cond: ((plan_id =" in found and ("number > " in found or "changed_at" in found)


def test_what_changed_last_is_read_from_the_end_of_an_index(plan):
    found = plans_of(lambda: news.latest(plan, now=plans.NOW))
    for index in (
        "planned_project_moved",
        "planned_milestone_done",
        "budget_line_latest",
        "planned_project_news",
        "measurement_news",
    ):
        assert f"using {index}" in found


def test_the_last_values_of_the_whole_go_past_none_of_an_area(plan):
    made = indicators.indicator(plan.organisation)
    indicators.measured(made, 4)
    for ask in (
        lambda: indicator_queries.held([made.pk], now=plans.NOW, last=24),
        lambda: list(indicator_queries.last_values([made], 24)),
    ):
        assert "using measurement_of_the_whole" in plans_of(ask)


def test_a_domain_draws_its_first_indicators_and_leads_to_the_others(client, now):
    made = plans.project(state=ProjectState.SHORTLISTED)
    found = [plans.indicator(made.plan.organisation) for _each in range(DRAWN + 2)]
    for at, each in enumerate(found):
        actions.measure(made.domain if at < DRAWN else made, indicator=each, by=None, now=plans.NOW)
    address = reverse("portfolio:domain", args=[made.plan.slug, made.domain.slug])
    first = client.get(address).content.decode()
    assert [each.get_absolute_url() in first for each in found] == [True] * DRAWN + [False] * 2
    assert f"?from={DRAWN}#indicators" in first
    rest = client.get(f"{address}?from={DRAWN}").content.decode()
    assert [each.get_absolute_url() in rest for each in found] == [False] * DRAWN + [True] * 2


def test_a_domain_says_its_own_indicators_before_those_of_its_projects(now):
    made = plans.project(state=ProjectState.SHORTLISTED)
    later, own = (plans.indicator(made.plan.organisation) for _each in range(2))
    actions.measure(made, indicator=later, by=None, now=plans.NOW)
    actions.measure(made.domain, indicator=own, by=None, now=plans.NOW)
    assert measured.keys_of_domain(made.domain) == [own.pk, later.pk]


def test_a_plan_counts_each_indicator_where_it_says_something(now):
    made = plans.project(state=ProjectState.SHORTLISTED)
    hidden = plans.project(made.plan)
    for thing in (made, hidden):
        actions.measure(thing, indicator=plans.indicator(made.plan.organisation), by=None, now=plans.NOW)
    shown = Measure.objects.get(project=made).indicator_id
    assert measured.uses_of_plan(made.plan) == [(shown, made.domain_id)]


def test_the_light_of_many_is_that_of_each_and_turns_grey_on_its_day(plan):
    good = indicators.indicator(plan.organisation, frequency="year", direction="up", targets=[(plans.TODAY, 3)])
    none = indicators.indicator(plan.organisation)
    indicators.measured(good, 4)
    each = indicator_queries.lights([good, none], now=plans.NOW)
    assert shades.lights([good.pk, none.pk], now=plans.NOW) == {pk: found.light for pk, found in each.items()}
    assert shades.lights([good.pk], now=plans.NOW) == {good.pk: Light.GREEN}
    late = plans.NOW.replace(year=plans.NOW.year + 9)
    assert shades.lights([good.pk], now=late) == {good.pk: Light.GREY}
