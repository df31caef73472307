"""A resident finds an evening in the calendar and registers; at the door a volunteer ticks without a network, and what was ticked arrives later."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas.factories import resident
from tests.participation.meetings.factories import activity, manager, meeting, place
from zenne.core import clock
from zenne.participation.meetings import actions
from zenne.participation.meetings.models import Meeting, Registration
from zenne.participation.processes.models import Phase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def made() -> Meeting:
    """An evening that begins in an hour by the real clock: the browser's pages have no other."""
    of = activity()
    now = clock.now()
    Phase.objects.filter(pk=of.phase_id).update(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=60))
    of = type(of).objects.get(pk=of.pk)
    words = {
        "text_fr": "On parle des bancs et de l’ombre.\n\nAvec une soupe.",
        "needs_offered": ["sign", "childcare", "wheelchair"],
    }
    when = {"starts_at": now + timedelta(hours=1), "ends_at": now + timedelta(hours=3)}
    found = meeting(
        of,
        now=now,
        lon=4.3265,
        lat=50.8787,
        capacity=30,
        online_url="https://video.example.org/x",
        languages=["fr", "nl"],
        **words,
        **when,
    )
    by = manager(of)
    agenda = [{"title_fr": "Accueil", "minutes": 10}, {"title_fr": "Les bancs", "minutes": 45}]
    actions.set_agenda(found, agenda=agenda, by=by, now=now)
    meeting(
        of,
        by=by,
        now=now,
        starts_at=now + timedelta(days=7),
        ends_at=now + timedelta(days=7, hours=2),
        title_fr="Marche dans le quartier",
    )
    gone = meeting(of, by=by, now=now, starts_at=now + timedelta(days=9), ends_at=now + timedelta(days=9, hours=2))
    actions.cancel_meeting(gone, reason={"fr": "La salle est inondée."}, by=by, now=now)
    return Meeting.objects.get(pk=found.pk)


def pictures(page, screenshot, axe, name: str) -> None:
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        screenshot(page, f"meetings-{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
        axe(page)


def test_from_the_calendar_to_a_place(browser, live_server, made, axe, screenshot, sign_in):
    page = browser.new_context(viewport=PHONE, locale="fr-BE").new_page()
    amina = resident("Amina")
    sign_in(page, amina)
    for view in ("month", "map", "list"):
        page.goto(f"{live_server.url}/fr/meetings/?view={view}")
        pictures(page, screenshot, axe, f"calendar-{view}")
    page.get_by_role("link", name="Soirée de quartier").first.click()
    expect(page.locator("h1")).to_have_text("Soirée de quartier")
    pictures(page, screenshot, axe, "page")
    page.get_by_label("Interprétation en langue des signes").check()
    page.get_by_role("button", name="S’inscrire").click()
    kept = Registration.objects.get(person=amina)
    expect(page.locator("main")).to_contain_text(kept.code)
    pictures(page, screenshot, axe, "place")
    page.goto(f"{live_server.url}/fr/meetings/mine/")
    page.get_by_role("button", name="Créer l’adresse").click()
    pictures(page, screenshot, axe, "mine")


def test_at_the_door_without_a_network(browser, live_server, made, axe, screenshot, sign_in):
    one, two, _three = (place(made, resident(name), now=clock.now()) for name in ("Amina", "Bram", "Chloé"))
    context = browser.new_context(viewport=PHONE, locale="fr-BE")
    page = context.new_page()
    sign_in(page, manager(made))
    address = f"{live_server.url}/fr/meetings/{made.pk}/door/"
    page.goto(address)
    expect(page.locator("[data-state]")).to_have_text("Tout est envoyé")
    page.locator("zenne-door[data-kept]").wait_for()  # opened once, and never again before the network goes
    pictures(page, screenshot, axe, "door")
    page.set_viewport_size(PHONE)

    context.set_offline(True)
    page.get_by_label("Amina").check()
    page.get_by_label("Code", exact=True).fill(f"https://x.example/fr/meetings/check/{two.code.lower()}/")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Bram est là")
    expect(page.locator("[data-state]")).to_contain_text("2 pas encore")
    assert not Registration.objects.filter(present=True).exists()
    screenshot(page, "meetings-door-offline")
    page.reload()
    expect(page.locator("[data-state]")).to_contain_text("2 pas encore")
    expect(page.get_by_label("Amina")).to_be_checked()

    context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text("Tout est envoyé", timeout=20_000)
    assert set(Registration.objects.filter(present=True)) == {one, two}
    page.get_by_label("Chercher un nom").fill("chloe")
    expect(page.get_by_label("Chloé")).to_be_visible()
    expect(page.get_by_label("Amina")).to_be_hidden()
    page.get_by_role("button", name="Terminé").click()
    page.wait_for_url("**/manage/meetings/**")


def test_the_desk(browser, live_server, made, screenshot, sign_in):
    place(
        made,
        resident("Amina"),
        now=clock.now(),
        needs=["sign", "interpretation"],
        interpretation="arabe",
        words="Une rampe",
    )
    page = browser.new_context(viewport=DESKTOP, locale="fr-BE").new_page()
    by = manager(made)
    sign_in(page, by)
    for name, address in (
        ("staff-list", "/manage/meetings/"),
        ("staff-desk", f"/manage/meetings/meeting/{made.pk}/"),
        ("staff-form", f"/manage/meetings/meeting/{made.pk}/change/"),
    ):
        page.goto(f"{live_server.url}{address}")
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            screenshot(page, f"meetings-{name}")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
