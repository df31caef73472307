"""Money voted against change measured, by commune and by district: the sums, the sides, and the three ways out."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.people.organisations.factories import organisation
from tests.places.areas.conftest import brussels, loaded_once  # noqa: F401 - the fixtures
from tests.strategy.indicators import factories as indicators
from tests.strategy.portfolio import factories as plans
from tests.visitors import streamed
from zenne.people.organisations.models import Organisation
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState
from zenne.strategy.portfolio.money_and_change import Asked, answer, equally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("brussels")]


def commune(code):
    return Area.objects.get(kind=AreaKind.COMMUNE, code=code)


def funded(plan, cents, *areas):
    """A public project in these areas, with money that a decision gave."""
    made = plans.project(plan, state=ProjectState.SHORTLISTED)
    made.areas.set(areas)
    actions.commit_money(
        plans.line(made, cents), cents=cents, reference="1", decided_on=plans.TODAY, by=None, now=plans.NOW
    )
    return made


def found(plan=None, level=AreaKind.COMMUNE):
    return answer(Asked(Organisation.objects.all(), plan, level))


def test_money_is_divided_equally_to_the_cent():
    assert equally(100, 3) == [34, 33, 33]
    assert sum(equally(1_000_000_07, 19)) == 1_000_000_07
    assert equally(0, 2) == [0, 0]


def test_a_project_in_two_communes_gives_each_its_half_and_one_in_none_stands_apart(now):
    plan = plans.plan()
    jette, brussels_city = commune("21010"), commune("21004")
    funded(plan, 101, jette, brussels_city)
    funded(plan, 7)
    money = found(plan).money
    assert sorted((money[jette.pk].committed_cents, money[brussels_city.pk].committed_cents)) == [50, 51]
    assert money[None].committed_cents == 7


def test_a_district_stands_for_its_commune_and_a_commune_for_no_district(now):
    plan = plans.plan()
    district = Area.objects.filter(kind=AreaKind.DISTRICT, parent__code="21004").first()
    funded(plan, 500, district)
    funded(plan, 300, commune("21010"))
    assert found(plan).money[district.parent_id].committed_cents == 500
    by_district = found(plan, AreaKind.DISTRICT).money
    assert by_district[district.pk].committed_cents == 500
    assert by_district[None].committed_cents == 300


@pytest.mark.parametrize(("direction", "good"), [("up", False), ("down", True)])
def test_change_is_the_first_value_beside_the_latest_and_says_whether_that_is_good(direction, good, now):
    plan = plans.plan()
    made, jette = funded(plan, 100, commune("21010")), commune("21010")
    water = indicators.indicator(plan.organisation, unit="m3", direction=direction)
    for year, value in ((2020, 100), (2023, 90), (2025, 77)):
        indicators.measured(water, value, indicators.year(year), area=jette)
    actions.measure(made, indicator=water, by=None, now=plans.NOW)
    change = found(plan).changes[water.pk, jette.pk]
    assert (change.first, change.latest, change.change, change.good) == (100, 77, Decimal(-23), good)
    assert change.latest_on == date(2025, 12, 31)


def test_page_table_and_api_say_the_same(client, now):
    plan = plans.plan()
    made, jette = funded(plan, 123_456_78, commune("21010")), commune("21010")
    water = indicators.indicator(plan.organisation, unit="m3")
    for year, value in ((2020, 100), (2025, 77)):
        indicators.measured(water, value, indicators.year(year), area=jette)
    actions.measure(made, indicator=water, by=None, now=plans.NOW)
    page = client.get(reverse("portfolio:money_and_change") + f"?plan={plan.slug}").content.decode()
    table = streamed(client.get(reverse("portfolio:money_and_change_table")))
    told = client.get(f"/api/v1/money-and-change?plan={plan.slug}").json()
    assert "123\u202f456,78\u00a0€" in page
    assert "123456.78" in table
    assert ",-23,no" in table
    assert told["items"][0]["area"] == "21010"
    assert told["items"][0]["committed_cents"] == 123_456_78
    assert told["items"][0]["changes"][0]["change"] in (-23, "-23", "-23.000000")
    assert told["items"][0]["changes"][0]["good"] is False


def test_another_organisations_plan_that_is_not_public_counts_nowhere(client, now):
    hidden = plans.plan(organisation("Hidden"), published=False)
    funded(hidden, 100, commune("21010"))
    assert found().money == {}
    assert client.get(f"/api/v1/money-and-change?plan={hidden.slug}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_one_as_for_three(count, client, now, django_assert_num_queries):
    plan = plans.plan()
    for code in ("21010", "21004", "21001")[:count]:
        made = funded(plan, 100, commune(code))
        water = indicators.indicator(plan.organisation)
        for year in (2020, 2025):
            indicators.measured(water, year, indicators.year(year), area=commune(code))
        actions.measure(made, indicator=water, by=None, now=plans.NOW)
    address = reverse("portfolio:money_and_change")
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
