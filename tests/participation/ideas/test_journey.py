"""Somebody proposes an idea on a telephone, in Dutch, with no account at the beginning and a public idea at the end."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.participation.ideas.factories import call, idea, resident
from tests.people.uploads import given
from zenne.core import clock
from zenne.participation.ideas.models import Draft, Idea
from zenne.participation.processes.models import Phase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def activity():
    """A call that is open today, by the real clock: the browser's pages have no other."""
    made = call()
    now = clock.now()
    Phase.objects.filter(pk=made.phase_id).update(
        opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1, day=1)
    )
    made.refresh_from_db()
    return made


def test_from_nobody_to_a_public_idea_on_a_telephone(browser, live_server, activity, mailbox, axe, screenshot):
    idea(activity, title="Bomen op het Spiegelplein", text="Meer schaduw op het plein.", language="nl", now=clock.now())
    page = browser.new_context(viewport=PHONE, locale="nl-BE").new_page()
    page.goto(f"{live_server.url}/nl/processes/{activity.process.slug}/ideas/")
    screenshot(page, "ideas-list")
    axe(page)
    page.locator("a[href$='/ideas/new/']").first.click()
    page.locator("#id_title").fill("Meer bomen op het Spiegelplein")
    page.locator("#id_text").fill("Het wordt in de zomer veel te warm, en er is nergens schaduw om even te zitten.")
    expect(page.locator("#similar")).to_contain_text("Bomen op het Spiegelplein")
    expect(page.locator("[data-saved]")).not_to_be_empty(timeout=8000)
    assert Draft.objects.get().data["title"] == "Meer bomen op het Spiegelplein"
    screenshot(page, "ideas-write-words")
    axe(page)
    page.locator("label.choice").first.click()
    page.locator(".form-end button").click()

    page.wait_for_url("**/new/place/")
    page.locator("zenne-map .leaflet-container").scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    screenshot(page, "ideas-write-place")
    axe(page)
    page.locator("zenne-map .leaflet-container").click(position={"x": 150, "y": 110})
    expect(page.locator("#id_lat")).to_have_value(re.compile(r"50\.\d+"))
    page.locator(".form-end button").click()

    page.wait_for_url("**/new/files/")
    page.locator("#id_given").set_input_files(
        [{"name": "plein.jpg", "mimeType": "image/jpeg", "buffer": given.picture(size=(800, 500))}]
    )
    page.locator("button[name=add]").click()
    expect(page.locator("text=plein.jpg").first).to_be_visible()
    screenshot(page, "ideas-write-files")
    axe(page)
    page.locator(".form-end button").click()

    page.wait_for_url("**/new/check/")
    expect(page.locator("#id_language")).to_have_value("nl")
    screenshot(page, "ideas-write-check")
    axe(page)
    page.locator(".form-end button").click()

    page.wait_for_url("**/account/login/**")
    page.locator("input[name=email]").fill("nele@example.org")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/code/**")
    page.locator("input[name=code]").fill(re.search(r"\d{4}-\d{4}", mailbox[-1]["Subject"])[0])
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=name]").fill("Nele V.")
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url(re.compile(r"/ideas/\d+/$"))
    made = Idea.objects.get(title="Meer bomen op het Spiegelplein")
    assert (made.author.name, made.language, made.state) == ("Nele V.", "nl", "published")
    assert (made.lat is not None, made.attachments.count(), Draft.objects.count()) == (True, 1, 0)
    expect(page.locator("#idea-title")).to_have_text(made.title)
    screenshot(page, "ideas-page")
    axe(page)


def test_supporting_swaps_the_button_and_says_so(page, live_server, activity, sign_in):
    made = idea(activity, now=clock.now())
    sign_in(page, resident())
    page.goto(live_server.url + made.get_absolute_url())
    page.locator("#voices button").click()
    expect(page.locator("#voices button")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#voices b")).to_have_text("1")
    page.locator("#voices button").click()
    expect(page.locator("#voices b")).to_have_text("0")


def test_everything_works_without_a_script(browser, live_server, activity, sign_in):
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    sign_in(page, resident())
    page.goto(f"{live_server.url}/fr/processes/{activity.process.slug}/ideas/new/")
    page.locator("#id_title").fill("Un abri pour vélos")
    page.locator("#id_text").fill("Près de la gare, pour laisser son vélo au sec toute la journée.")
    page.locator("label.choice").first.click()
    page.locator(".form-end button").click()
    page.locator("button[name=nowhere]").click()
    page.locator(".form-end button").click()
    page.locator(".form-end button").click()
    page.wait_for_url(re.compile(r"/ideas/\d+/$"))
    page.locator("#voices button").click()
    expect(page.locator("#voices button")).to_have_attribute("aria-pressed", "true")


def test_filters_swap_the_list_and_keep_the_address_true(page, live_server, activity):
    author = resident()
    idea(activity, author=author, title="Un jardin de pluie", now=clock.now())
    idea(activity, author=author, title="Une piste cyclable", now=clock.now())
    page.goto(f"{live_server.url}/fr/processes/{activity.process.slug}/ideas/")
    page.locator("#id_q").fill("jardins")
    expect(page.locator("#results .card")).to_have_count(1)
    page.wait_for_url("**q=jardins**")
    swapped = page.locator("#results").inner_text()
    page.reload()
    assert page.locator("#results").inner_text() == swapped
