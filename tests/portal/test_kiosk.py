"""The touch table: one page with every screen, which goes on without a network and goes home by itself."""

import pytest
from django.urls import reverse

from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from zenne.participation.ideas.actions import Place
from zenne.places.areas.actions import load_brussels

HALLES = {"lon": 4.3405, "lat": 50.8497}
KIOSK = 10


@pytest.fixture
def region(now, db):
    load_brussels(now=now)
    return organisation("Region", languages=["fr", "nl", "en"])


def decided(region, title="Une fontaine place Sainte-Catherine"):
    idea = ideas.idea(ideas.call(organisation=region), title=title, place=Place(**HALLES))
    decisions.published([idea])
    return idea


@pytest.mark.parametrize("count", [1, 3])
def test_every_screen_is_in_one_page_in_as_many_queries_for_one_as_for_three(
    count, region, client, now, django_assert_num_queries
):
    made = [decided(region, f"Idée {number}") for number in range(count)]
    client.get(reverse("portal:kiosk"))
    with django_assert_num_queries(KIOSK):
        page = client.get(reverse("portal:kiosk")).content.decode()
    assert all(f'id="decision-{idea.pk}"' in page for idea in made)
    assert 'id="commune-21004"' in page


def test_the_worker_answers_for_the_table_only_and_is_asked_for_anew_each_time(client, region):
    answer = client.get(reverse("portal:kiosk-worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer


def test_it_returns_to_the_language_in_which_it_was_opened_unless_another_is_asked(client, region):
    assert client.get("/nl/kiosk/").context["foreign"] == ""
    assert client.get("/fr/kiosk/", {"home": "nl"}).context["foreign"].startswith("/nl/kiosk/")
    assert "home=nl" in client.get("/nl/kiosk/").context["pages"]


@pytest.mark.parametrize("to", ["//example.org/", "https://example.org/", "/nothing-here/", "/fr/" + "x" * 400])
def test_a_code_leads_to_pages_of_ours_only(to, client, region):
    assert client.get(reverse("portal:kiosk-code"), {"to": to}).status_code == 404
    assert client.get(reverse("portal:kiosk-code"), {"to": "/fr/near/"})["Content-Type"] == "image/svg+xml"


KEPT = "async () => Boolean(await (await caches.open('zenne-kiosk')).match(location.href.split('#')[0]))"
"""Whether the page itself is there to start again without a network."""
CODES = """async () => {
    const kept = (await (await caches.open('zenne-kiosk')).keys()).map(({ url }) => url);
    return ['fr', 'nl', 'en'].every((language) => kept.some((url) => url.includes(`/${language}/kiosk/code.svg`)));
}"""
"""Whether the codes to take along are there in every language, not only in the one that was opened."""


@pytest.mark.django_db(transaction=True)
def test_the_table_works_by_touch_and_keyboard_without_a_network_and_goes_home_when_it_is_left(
    page, live_server, axe, screenshot, region
):
    idea = decided(region)
    page.clock.install()
    page.goto(f"{live_server.url}/fr/kiosk/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    axe(page)
    page.get_by_role("link", name="Décisions").click()
    page.get_by_role("link", name=idea.title).click()
    assert page.get_by_role("heading", name=idea.title).evaluate("each => each === document.activeElement")
    axe(page)
    sizes = page.locator(".kiosk-bar a:visible, .kiosk-bar button:visible").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 64
    page.wait_for_function(KEPT)
    page.wait_for_function(CODES)
    page.context.set_offline(True)
    page.keyboard.press("Escape")
    assert page.url.endswith("#home")
    page.get_by_role("link", name="Décisions").click()
    page.clock.run_for(91_000)
    assert page.get_by_role("dialog").is_visible()
    page.clock.run_for(21_000)
    assert page.url.endswith("#home")
    page.reload()
    assert page.get_by_role("link", name="Décisions").is_visible()
    page.context.set_offline(False)


@pytest.mark.django_db(transaction=True)
def test_the_map_of_what_is_near_shows_the_circle_that_was_asked_for_and_what_lies_in_it(page, live_server, region):
    decided(region)
    page.goto(f"{live_server.url}/fr/near/?lat={HALLES['lat']}&lon={HALLES['lon']}")
    page.locator("zenne-map").scroll_into_view_if_needed()
    page.locator(".map-canvas .map-circle").wait_for(state="attached")
    page.locator(".map-canvas .pin").wait_for()
