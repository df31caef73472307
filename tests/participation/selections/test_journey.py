"""Somebody reads, on a telephone, why one idea was kept and another was not."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas.factories import call, idea, resident

from . import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_from_an_idea_to_the_decision_and_back(browser, live_server, axe, screenshot):
    of = call()
    titles = ["Des bancs à l'ombre", "Une fontaine place du Miroir", "Un téléphérique vers le Heysel"]
    kept, second, dropped = (idea(of, title=title, author=resident("Nadia B.")) for title in titles)
    selection = make.published([kept, second], [dropped])
    page = browser.new_context(viewport=PHONE, locale="fr-BE").new_page()
    page.goto(live_server.url + kept.get_absolute_url())
    page.locator("#decisions a").first.click()
    page.wait_for_url(f"**{selection.get_absolute_url()}**")
    expect(page.locator("#kept")).to_contain_text(titles[1])
    expect(page.locator("#not_kept")).to_contain_text(make.NO["fr"])
    screenshot(page, "selections-page")
    axe(page)
    page.set_viewport_size(DESKTOP)
    screenshot(page, "selections-page")
    page.emulate_media(media="print")
    screenshot(page, "selections-print")
    page.emulate_media(media="screen")
    page.goto(f"{live_server.url}/fr/processes/{of.process.slug}/selections/")
    axe(page)
    screenshot(page, "selections-list")
    page.goto(live_server.url + kept.get_absolute_url())
    screenshot(page, "selections-idea")
    axe(page)
