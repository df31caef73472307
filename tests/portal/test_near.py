"""Near me: an address, a district or a commune, and what is decided and done there."""

import pytest
from django.urls import reverse

from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from tests.places.areas.conftest import brussels, loaded_once  # noqa: F401 - the fixtures
from zenne.participation.ideas.actions import Place
from zenne.places.areas.queries import area_at
from zenne.portal import nearby
from zenne.portal.enums import Sort

pytestmark = pytest.mark.django_db
NEAR = 8
HALLES = {"lon": 4.3405, "lat": 50.8497}  # in Brussels, 300 m from
BOURSE = {"lon": 4.3447, "lat": 50.8483}
JETTE = {"lon": 4.3270, "lat": 50.8800}


@pytest.fixture
def region(brussels):  # noqa: F811
    return organisation("Region", languages=["fr", "nl", "en"])


def decided(region, title, place):
    """An idea with a point that a College accepted."""
    idea = ideas.idea(ideas.call(organisation=region), title=title, place=Place(**place))
    decisions.published([idea])
    idea.refresh_from_db()
    return idea


def near(client, query):
    return client.get(reverse("portal:near") + query).content.decode()


def test_metres_between_two_points_of_a_city_are_those_of_a_tape():
    assert 320 < nearby.metres_between(HALLES["lon"], HALLES["lat"], BOURSE["lon"], BOURSE["lat"]) < 345


def test_around_a_point_stands_what_lies_within_the_radius_the_nearest_first(region, now):
    far, close = decided(region, "Loin", BOURSE), decided(region, "Tout près", HALLES)
    decided(region, "Ailleurs", JETTE)
    found = nearby.near(nearby.spot_at(**HALLES, radius=500), organisation=None, now=now)
    assert [(thing.pk, thing.metres) for thing in found[Sort.DECISION]] == [
        (close.pk, 0),
        (far.pk, pytest.approx(334, abs=12)),
    ]


def test_a_commune_has_what_was_decided_in_it_and_no_other_has(region, client, now):
    decided(region, "Une fontaine", HALLES)
    commune = area_at(**HALLES)
    assert "Une fontaine" in near(client, f"?area={commune.code}")
    assert "Une fontaine" not in near(client, f"?area={area_at(**JETTE).code}")


def test_a_process_for_a_commune_is_near_in_each_of_its_districts_and_nowhere_else(region, client, now):
    call = ideas.call(organisation=region)
    call.process.area = area_at(**HALLES)
    call.process.save()
    district = area_at(**HALLES, kind="district")
    assert call.process.title in near(client, f"?area={district.code}")
    assert call.process.title not in near(client, f"?area={area_at(**JETTE).code}")


def test_words_are_an_address_without_any_script(region, client, now):
    decided(region, "Une fontaine", BOURSE)
    page = near(client, "?q=Bourse&radius=2000")
    assert "Autour de" in page or "Une fontaine" in page


@pytest.mark.parametrize(
    "query", ["?q=zzzzqqqq", "?area=99999", "?lat=abc&lon=4", "?lat=50.85", "?radius=-3", "?lat=nan&lon=inf"]
)
def test_what_means_no_place_is_said_and_is_no_fault(query, region, client, now):
    answer = client.get(reverse("portal:near") + query)
    assert answer.status_code == 200
    assert "Nous ne connaissons pas ce lieu" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_near_is_asked_in_as_many_queries_for_one_as_for_three(
    count, region, client, now, django_assert_num_queries
):
    made = [decided(region, f"Idée {number}", HALLES) for number in range(count)]
    address = reverse("portal:near") + f"?lat={HALLES['lat']}&lon={HALLES['lon']}"
    client.get(address)
    with django_assert_num_queries(NEAR):
        page = client.get(address).content.decode()
    assert all(idea.title in page for idea in made)
