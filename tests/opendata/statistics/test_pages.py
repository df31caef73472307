"""The pages of numbers: public ones, the back office, files, the API; seen in a real browser."""

from datetime import timedelta

import pytest

from tests.browser import DESKTOP, PHONE
from tests.opendata.statistics.factories import crowd, region
from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW
from tests.people.organisations.factories import member, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(clock_shows):
    """A call in which enough people took part for everything to have something to show, small groups included."""
    region()
    made = ideas.call(answer_days=1)
    idea = ideas.idea(made)
    crowd(15, idea, born=2000, gender="woman")
    crowd(60, idea, born=1980, gender="man", now=NOW + timedelta(days=1))
    crowd(3, idea, born=1940, gender="other")
    clock_shows(NOW + timedelta(days=4))
    return made


def test_page_of_a_process_says_the_gap_and_hides_small_groups(client, call):
    page = client.get(f"/en/processes/{call.process.slug}/numbers/").content.decode()
    assert "of the inhabitants and" in page and "points more" in page
    assert "Hidden: fewer than 10 people" in page and "1 is waiting for longer than was promised" in page


def test_page_is_linked_from_the_process_and_from_its_organisation(client, call):
    address = f"/en/processes/{call.process.slug}/numbers/"
    assert address in client.get(f"/en/processes/{call.process.slug}/").content.decode()
    house = call.process.organisation
    assert f"/en/organisations/{house.slug}/numbers/" in client.get(f"/en/organisations/{house.slug}/").content.decode()


def test_process_without_participation_says_so(client, now):
    page = client.get(f"/en/processes/{ideas.call().process.slug}/numbers/").content.decode()
    assert "Nothing to count yet" in page


@pytest.mark.parametrize("query", ["?period=week", "?period=", "?period=forever", "?period=%00", "?page=1"])
def test_period_that_is_none_is_the_beginning_or_refused(client, call, query):
    assert client.get(f"/en/processes/{call.process.slug}/numbers/{query}").status_code in (200, 400)


def test_draft_has_numbers_for_its_staff_only(client, client_for, now):
    process = ideas.call(ideas.process(state="draft", published_at=None)).process
    address = f"/en/processes/{process.slug}/numbers/"
    assert client.get(address).status_code == 404
    assert client_for(ideas.staff(process.organisation)).get(address).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_every_table_of_the_page_is_a_file(client, call, kind):
    base = f"/en/processes/{call.process.slug}/numbers/all"
    for table in ("time", "language", "people-age", "people-gender"):
        response = client.get(f"{base}/{table}.{kind}")
        assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    assert client.get(f"{base}/nothing.{kind}").status_code == 404
    assert client.get(f"/en/processes/{call.process.slug}/numbers/never/time.{kind}").status_code == 404


def test_staff_board_is_of_ones_own_organisations_only(client_for, call):
    house, elsewhere = call.process.organisation, organisation("Uccle")
    insider, outsider = member(house), member(elsewhere)
    address = f"/manage/numbers/?organisation={house.pk}"
    mine = client_for(insider).get(address)
    assert mine.status_code == 200 and "Personnes ayant participé" in mine.content.decode()
    assert client_for(outsider).get(address).status_code == 404
    assert client_for(outsider).get("/manage/numbers/?organisation=abc").status_code == 404
    assert client_for(ideas.resident()).get(address).status_code != 200


def test_api_hides_what_the_page_hides(client, call):
    found = client.get(f"/api/v1/processes/{call.process.slug}/statistics?language=en").json()
    gender = next(table for table in found["tables"] if table["key"] == "people-gender")
    assert {row["label"]: row["values"][0] for row in gender["rows"]}["Another answer"] is None
    assert found["totals"][0]["number"] == 79 and found["clocks"][0]["overdue"] == 1
    assert client.get("/api/v1/processes/nothing/statistics").status_code == 404
    assert (
        client.get(f"/api/v1/organisations/{call.process.organisation.slug}/statistics?period=week").status_code == 200
    )
    assert client.get(f"/api/v1/processes/{call.process.slug}/statistics?period=day").status_code == 422


@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 320, "height": 640}], ids=["phone", "desktop", "narrow"])
def test_numbers_read_well_without_a_mouse_a_colour_or_room(live_server, page, axe, screenshot, call, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark" if size == PHONE else "light")
    page.goto(f"{live_server.url}/fr/processes/{call.process.slug}/numbers/")
    screenshot(page, "numbers")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    pictures = page.locator("figure.chart [role=img]")
    assert all(len(picture.get_attribute("aria-label") or "") > 20 for picture in pictures.all())
    assert page.locator("figure.chart").count() == page.locator("figure.chart details table").count() > 5


def test_on_paper_every_table_is_open(live_server, page, call):
    page.goto(f"{live_server.url}/fr/processes/{call.process.slug}/numbers/")
    table = page.locator("figure.chart details table").first
    assert not table.is_visible()
    page.emulate_media(media="print")
    assert table.is_visible()
