"""The whole circle: a neighbour is for it and says so, the administration answers in its back office, the author reads it in Dutch."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.participation.ideas.factories import call, idea, resident, staff
from tests.people.organisations.factories import organisation
from zenne.core import clock
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Phase
from zenne.people.organisations.enums import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ANSWER = {
    "fr": "Nous plantons douze tilleuls en mars.",
    "nl": "We planten twaalf linden in maart.",
    "en": "We plant twelve limes in March.",
}


@pytest.fixture
def jette():
    return organisation("Jette", languages=["fr", "nl", "en"])


@pytest.fixture
def proposed(jette):
    """An idea in a call that is open by the real clock: the browser's pages have no other."""
    activity = call(organisation=jette, stance=True)
    now = clock.now()
    Phase.objects.filter(pk=activity.phase_id).update(
        opens_at=now.replace(year=now.year - 1, day=1), closes_at=now.replace(year=now.year + 1, day=1)
    )
    activity.refresh_from_db()
    words = {"title": "Bomen op het Spiegelplein", "text": "Meer schaduw op het plein.", "language": "nl"}
    return idea(activity, author=resident("Nele", language="nl"), now=now, **words)


def address(thing: Idea, language: str) -> str:
    with override(language):
        return thing.get_absolute_url()


def come_in(page, email: str, mailbox) -> None:
    """Through the page that asks for an address and the code that arrives by mail."""
    page.locator("input[name=email]").fill(email)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/code/**")
    page.locator("input[name=code]").fill(re.search(r"\d{4}-\d{4}", mailbox[-1]["Subject"])[0])
    page.locator("main form button[type=submit]").first.click()


def test_from_a_neighbours_support_to_an_answer_that_the_author_reads(
    browser, live_server, jette, proposed, mailbox, sign_in, axe, screenshot
):
    neighbour, manager = resident("Bart", language="nl"), staff(jette, Role.MANAGER, name="Véronique")

    page = browser.new_context(viewport=PHONE, locale="nl-BE").new_page()
    page.goto(live_server.url + address(proposed, "nl"))
    page.locator("#voices button").first.click()
    come_in(page, neighbour.email, mailbox)
    page.wait_for_url(re.compile(rf"/nl/processes/.+/ideas/{proposed.pk}/"))
    expect(page.locator("#voices button").first).to_have_attribute("aria-pressed", "true")
    page.locator("#new-comment textarea[name=text]").fill("Graag, en een bank erbij.")
    page.locator("#new-comment label:has(input[name=stance][value=for])").click()
    page.locator("#new-comment button[type=submit]").click()
    expect(page.locator("#comments")).to_contain_text("Graag, en een bank erbij.")
    screenshot(page, "journey-idea-supported")
    axe(page)
    proposed.refresh_from_db()
    assert (proposed.support_count, proposed.comment_count) == (1, 1)

    office = browser.new_context(locale="fr-BE").new_page()
    sign_in(office, manager)
    office.goto(f"{live_server.url}{reverse('idea:index')}")
    office.get_by_role("link", name=proposed.title).click()
    answer = office.locator("details#answer")
    if answer.get_attribute("open") is None:
        answer.locator("summary").click()
    for language, text in ANSWER.items():
        answer.locator(f"textarea[name$=body_{language}]").fill(text)
    screenshot(office, "journey-office-answer")
    answer.locator("button.button:not([name=preview])").click()
    expect(office.locator(".zenne-idea-words .zenne-answer").first).to_contain_text(ANSWER["fr"])
    assert proposed.answers.get().author == manager

    author = browser.new_context(viewport=PHONE, locale="nl-BE").new_page()
    author.goto(f"{live_server.url}/nl/account/login/")
    come_in(author, proposed.author.email, mailbox)
    with override("nl"):
        author.goto(live_server.url + reverse("notifications:inbox"))
    expect(author.locator("main")).to_contain_text(proposed.title)
    author.locator(f"main a[href*='/ideas/{proposed.pk}/']").first.click()
    author.wait_for_url(re.compile(rf"/nl/processes/.+/ideas/{proposed.pk}/"))
    author.wait_for_load_state("networkidle")
    expect(author.locator("main")).to_contain_text(ANSWER["nl"])
    screenshot(author, "journey-author-reads")
    axe(author)
