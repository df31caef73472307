"""A member on a telephone, in French: reads the agenda, says where they stand, proposes an amendment."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas import factories as ideas
from tests.participation.panels.factories import MANDATE, NAME, manager
from tests.people.organisations import factories as organisations
from zenne.core import clock
from zenne.participation.meetings.enums import MeetingState
from zenne.participation.meetings.models import Meeting
from zenne.participation.panels import actions
from zenne.participation.panels.enums import DraftState
from zenne.participation.panels.models import Amendment, Panel, StrawVoice
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Activity, Permission, Phase
from zenne.people.access.enums import Level

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def made() -> Panel:
    """A panel at work today, by the real clock: the browser's pages have no other."""
    now = clock.now()
    today = now.date()
    process = ideas.process(organisations.organisation(languages=["fr", "nl", "en"]))
    terms = [(today - timedelta(days=30), today + timedelta(days=60))]
    panel = actions.form(process, name=NAME, mandate=MANDATE, size=5, terms=terms, allowance=5000, by=None, now=now)
    phase = Phase.objects.create(process=process, position=1, title="Réunions", opens_at=now - timedelta(days=30))
    activity = Activity.objects.create(phase=phase, kind="meetings", title="Réunions")
    Permission.objects.create(activity=activity, action=Action.ATTEND, level=Level.GROUP, group=panel.group)
    for days, private in ((-10, False), (10, True)):
        starts = now + timedelta(days=days)
        Meeting.objects.create(
            activity=activity,
            process=process,
            private=private,
            title="Première séance" if days < 0 else "Deuxième séance",
            state=MeetingState.ANNOUNCED,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            created_at=now,
            changed_at=now,
            announced_at=now,
        )
    return panel


def pictures(page, screenshot, axe, name: str) -> None:
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
        screenshot(page, f"panels-{name}")
        axe(page)
    page.set_viewport_size(PHONE)


def test_a_member_reads_the_agenda_answers_a_poll_and_proposes_an_amendment(
    browser, live_server, made, axe, screenshot, sign_in
):
    now, boss = clock.now(), manager(made)
    nele = actions.seat(made, person=ideas.resident("Nele"), by=None, now=now)
    actions.introduce(nele, name="Nele", district="", by=nele.person, now=now)
    actions.seat(made, person=ideas.resident("Bo"), by=None, now=now)
    actions.ask(
        made,
        question="Par où commencer ?",
        options=["Nord", "Sud"],
        closes_at=now + timedelta(days=2),
        by=boss,
        now=now,
    )
    text = actions.begin_draft(made, title="De l’ombre", language="fr", by=boss, now=now)
    actions.add_paragraph(text, after="", title="Des arbres", text="Dix arbres.", asks=True, by=boss, now=now)
    actions.set_draft_state(text, to=DraftState.AMENDING, by=boss, now=now)

    page = browser.new_context(viewport=PHONE, locale="fr-BE").new_page()
    page.goto(f"{live_server.url}/fr/processes/{made.process.slug}/panels/{made.pk}/")
    expect(page.locator("h1")).to_have_text("Conseil citoyen")
    expect(page.locator("main")).to_contain_text("Siège 2")
    pictures(page, screenshot, axe, "page")

    sign_in(page, nele.person)
    page.goto(f"{live_server.url}/fr/processes/{made.process.slug}/panels/{made.pk}/room/")
    expect(page.locator("h1")).to_have_text("Espace du panel")
    pictures(page, screenshot, axe, "room")
    page.get_by_role("link", name="Agenda", exact=True).click()
    expect(page.locator("main")).to_contain_text("Deuxième séance")
    pictures(page, screenshot, axe, "agenda")

    page.get_by_role("link", name="Aperçu").click()
    page.get_by_role("link", name="Par où commencer ?").click()
    page.get_by_label("Sud").check()
    page.get_by_role("button", name="Répondre").click()
    expect(page.locator("figure.chart")).to_contain_text("1 (100 %)")
    pictures(page, screenshot, axe, "poll")
    assert StrawVoice.objects.get().seat == nele

    page.get_by_role("link", name="Textes", exact=True).click()
    page.get_by_role("link", name="De l’ombre").click()
    pictures(page, screenshot, axe, "text")
    page.get_by_role("link", name="Proposer un amendement").click()
    page.get_by_label("Texte tel que vous le voulez").fill("Vingt arbres.")
    page.get_by_label("Pourquoi").fill("Dix ne suffisent pas.")
    pictures(page, screenshot, axe, "propose")
    page.get_by_role("button", name="Proposer").click()
    expect(page.locator("del")).to_have_text("Dix")
    expect(page.locator("ins")).to_have_text("Vingt")
    pictures(page, screenshot, axe, "amendment")
    assert Amendment.objects.get().seat == nele
