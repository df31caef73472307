"""An expert without an account sits in a jury on a telephone, in Dutch; the chair leads it to its end; a visitor reads why."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.juries.factories import candidates, each, jury, manager, member, points
from zenne.core import clock
from zenne.messaging.outbox.tasks import send_due
from zenne.participation.juries import actions
from zenne.participation.juries.enums import AssessmentState
from zenne.participation.juries.models import Assessment, Jury
from zenne.participation.processes.models import Phase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def made() -> Jury:
    """A jury that scores today, by the real clock: the browser's pages have no other."""
    found = jury(entries=3, keep=1)
    now = clock.now()
    Phase.objects.filter(process=found.process).update(
        opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9)
    )
    return Jury.objects.select_related("activity__phase__process__organisation").get(pk=found.pk)


def pictures(page, screenshot, axe, name: str) -> None:
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
        screenshot(page, f"juries-{name}")
        axe(page)


def test_from_an_invitation_to_reasons_that_everybody_reads(
    browser, live_server, made, mailbox, axe, screenshot, sign_in, settings
):
    settings.BASE_URL = live_server.url
    now, boss = clock.now(), manager(made)
    one, two, three = candidates(made)
    chair = member(made, "Chantal", person=boss, chair=True)
    for candidate, values in ((one, (5, 4)), (two, (4, 5)), (three, (1, 2))):
        actions.submit(chair, candidate, points=points(made, *values), by=boss, now=now)
    actions.invite(
        made, email="nele@example.org", name="Nele Peeters", capacity={"nl": "VUB"}, language="nl", by=boss, now=now
    )
    send_due()

    page = browser.new_context(viewport=PHONE, locale="nl-BE", java_script_enabled=True).new_page()
    page.goto(next(link for link in mailbox.links() if "/invitation/" in link))
    expect(page.locator("h1")).to_have_text("De jury")
    pictures(page, screenshot, axe, "invitation")
    page.set_viewport_size(PHONE)
    page.locator("main a.button").click()
    page.locator("input[name=email]").fill("nele@example.org")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/code/**")
    page.locator("input[name=code]").fill(re.search(r"\d{4}-\d{4}", mailbox[-1]["Subject"])[0])
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=name]").fill("Nele Peeters")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/invitation/**")
    page.locator("button[name=accept]").click()
    page.wait_for_url("**/work/")
    pictures(page, screenshot, axe, "work")

    page.goto(f"{live_server.url}/nl/processes/{made.process.slug}/juries/{made.pk}/work/{three.pk}/conflict/")
    page.locator("textarea").fill("Mijn zus heeft het ingediend.")
    page.locator(".form-end button").click()
    page.wait_for_url("**/work/")
    for candidate, value in ((one, 5), (two, 3)):
        page.goto(f"{live_server.url}/nl/processes/{made.process.slug}/juries/{made.pk}/work/{candidate.pk}/")
        for criterion in made.criteria.order_by("position"):
            page.locator(f"input[name=criterion-{criterion.pk}][value='{value}']").check()
        page.locator("textarea").fill("Helder en haalbaar.")
        if candidate == one:
            expect(page.locator("[data-saved]")).not_to_be_empty(timeout=8000)
            assert Assessment.objects.get(member__person__email="nele@example.org", candidate=one).comment
            pictures(page, screenshot, axe, "assess")
            page.set_viewport_size(PHONE)
        page.locator("button[name=submit]").click()
        page.wait_for_url("**/work/")
    page.goto(f"{live_server.url}/nl/processes/{made.process.slug}/juries/{made.pk}/work/{one.pk}/")
    expect(page.locator("#others")).to_contain_text("Chantal")
    pictures(page, screenshot, axe, "submitted")
    assert Assessment.objects.filter(state=AssessmentState.SUBMITTED).count() == 5

    lead = browser.new_context(viewport=DESKTOP, locale="fr-BE").new_page()
    sign_in(lead, boss)
    desk = f"{live_server.url}/fr/processes/{made.process.slug}/juries/{made.pk}/deliberation/"
    lead.goto(desk)
    pictures(lead, screenshot, axe, "lead")
    for box in lead.locator("input[name=present]").all():
        box.check()
    lead.locator("button[name=open]").click()
    expect(lead.locator("ol > li.panel")).to_have_count(3)
    pictures(lead, screenshot, axe, "deliberation")
    lead.goto(f"{desk}{two.pk}/")
    lead.locator("#id_move-reason").fill("Plus urgent pour les riverains.")
    pictures(lead, screenshot, axe, "candidate")
    for candidate in candidates(made):
        actions.word_reason(candidate, reason=each(f"Raison de {candidate.title}"), by=boss, now=clock.now())
    lead.goto(f"{desk}statement/")
    for code in ("fr", "nl", "en"):
        lead.locator(f"#id_statement_{code}").fill(f"Trois idées, une retenue ({code}).")
    lead.locator(".form-end button").click()
    lead.locator("button[name=publish]").click()
    lead.wait_for_url("**/selections/1/")

    visitor = browser.new_context(viewport=PHONE, locale="nl-BE").new_page()
    visitor.goto(f"{live_server.url}/nl/processes/{made.process.slug}/juries/{made.pk}/")
    pictures(visitor, screenshot, axe, "page")
    visitor.set_viewport_size(PHONE)
    visitor.locator("#result a.button").click()
    expect(visitor.locator("main")).to_contain_text("Raison de Idée A nl")
    expect(visitor.locator("main")).to_contain_text("4,88")
    pictures(visitor, screenshot, axe, "reasons")
