"""The College accepts an idea; months later somebody reads on a telephone how far the promise is."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas import factories as ideas
from zenne.core import clock
from zenne.participation.decisions import actions

from . import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_from_the_minutes_to_the_promise(browser, live_server, sign_in, axe, screenshot):
    call = ideas.call()
    decision = make.published(
        [ideas.idea(call, title="Des bancs à l'ombre")], [ideas.idea(call, title="Un téléphérique")]
    )
    commitment, staff = decision.commitments.get(), ideas.staff(decision.process.organisation)
    now = clock.now()
    late, soon = now.date() - timedelta(days=20), now.date() + timedelta(days=20)
    for title, day in (("Choix des lieux", late), ("Pose des bancs", soon)):
        actions.add_milestone(commitment, title={"fr": title}, due_on=day, by=staff, now=now)

    desk = browser.new_context(viewport=DESKTOP, locale="fr-BE").new_page()
    sign_in(desk, staff)
    desk.goto(f"{live_server.url}/manage/commitment/promise/{commitment.pk}/")
    desk.locator('button:has-text("C’est fait")').first.click()
    desk.wait_for_load_state()
    screenshot(desk, "decisions-promise-desk")
    desk.reload()  # the word of success fades in, and is half transparent while it does
    axe(desk, within="#main")

    phone = browser.new_context(viewport=PHONE, locale="fr-BE").new_page()
    phone.goto(live_server.url + commitment.idea.get_absolute_url())
    expect(phone.locator("#commitments")).to_contain_text("Pose des bancs")
    screenshot(phone, "decisions-idea")
    axe(phone)
    phone.locator("#commitments h3 a").click()
    phone.wait_for_url(f"**{decision.get_absolute_url()}")
    expect(phone.locator("article")).to_contain_text(make.NO["fr"])
    screenshot(phone, "decisions-page")
    axe(phone)
    phone.set_viewport_size(DESKTOP)
    screenshot(phone, "decisions-page")
    phone.goto(f"{live_server.url}/fr/processes/{decision.process.slug}/decisions/")
    screenshot(phone, "decisions-list")
    axe(phone)
    phone.goto(f"{live_server.url}/fr/processes/{decision.process.slug}/")
    screenshot(phone, "decisions-process")
