"""A council's advice: the College's staff answer it at their desk; somebody reads on a telephone what came of each recommendation."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas import factories as ideas
from zenne.core import clock

from . import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_from_a_late_advice_to_its_answer(browser, live_server, sign_in, axe, screenshot):
    now = clock.now()
    issued = now - timedelta(days=100)
    advice = make.issued(now=issued, due_on=clock.in_brussels(now).date() - timedelta(days=12))
    process, staff = advice.process, ideas.staff(advice.process.organisation)

    phone = browser.new_context(viewport=PHONE, locale="fr-BE").new_page()
    phone.goto(f"{live_server.url}/fr/processes/{process.slug}/")
    phone.locator("#advices .rows a").click()
    expect(phone.locator("article")).to_contain_text("12 jours de retard")
    screenshot(phone, "advices-late")
    axe(phone)

    desk = browser.new_context(viewport=DESKTOP, locale="fr-BE").new_page()
    sign_in(desk, staff)
    desk.goto(f"{live_server.url}/manage/advice/desk/{advice.pk}/")
    for each, verdict in zip(advice.recommendations.all(), ("partly", "refused"), strict=True):
        desk.locator(f'input[name="answer-{each.pk}-verdict"][value="{verdict}"]').check()
        for code in process.organisation.languages:
            desk.locator(f'[name="answer-{each.pk}-reason_{code}"]').fill("Selon le budget.")
    axe(desk, within="#main")
    screenshot(desk, "advices-desk")
    desk.locator('button[value="publish"]').click()
    desk.wait_for_load_state()
    expect(desk.locator("#main")).to_contain_text("Suivre l’engagement")

    phone.goto(
        f"{live_server.url}{advice.get_absolute_url()}?answered"
    )  # another address: the last page is kept for a moment
    expect(phone.locator("#recommendation-1")).to_contain_text("Selon le budget.")
    expect(phone.locator("#recommendation-1")).to_contain_text("Un engagement, suivi en public")
    screenshot(phone, "advices-answered")
    axe(phone)
    phone.set_viewport_size(DESKTOP)
    screenshot(phone, "advices-answered")
    for name, address in (
        ("list", f"/fr/processes/{process.slug}/advices/"),
        ("body", f"/fr/organisations/{process.organisation.slug}/bodies/{advice.body_id}/"),
    ):
        phone.goto(live_server.url + address)
        axe(phone)
        screenshot(phone, f"advices-{name}")
