"""A letter is answered on a phone in Dutch, without a script; and the day of a draw is looked at, on a phone and on a wall."""

import re

import pytest

from tests.browser import DESKTOP, PHONE
from zenne.participation.sortition import codes
from zenne.participation.sortition.enums import Says
from zenne.participation.sortition.models import Answer, Category, Feature

from .factories import CHANCE, committed, drawn, invitation, lottery, pool, yes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]


def in_dutch(of):
    Category.objects.filter(lottery=of, key="gender").update(
        i18n={"name_nl": "Geslacht", "question_nl": "Wat is uw geslacht?"}
    )
    Category.objects.filter(lottery=of, key="age").update(
        i18n={"name_nl": "Leeftijd", "question_nl": "Hoe oud bent u?"}
    )
    for key, name in (("w", "vrouw"), ("m", "man"), ("young", "16 tot 39 jaar"), ("old", "40 jaar of ouder")):
        Feature.objects.filter(category__lottery=of, key=key).update(i18n={"name_nl": name})
    return of


def test_a_letter_is_answered_on_a_phone_in_dutch_without_a_script(live_server, browser, axe, screenshot):
    of = in_dutch(lottery(phone="02 536 02 11", reply_to="Gemeente\n1060 Sint-Gillis", email="lot@example.org"))
    letter = invitation(of, language="nl")
    with_script = browser.new_context(locale="nl-BE", viewport=PHONE)
    look = with_script.new_page()
    look.goto(f"{live_server.url}/nl/lots/{of.pk}/")
    axe(look)
    screenshot(look, "lot-code")
    look.set_viewport_size({"width": 320, "height": 700})
    assert look.evaluate("document.documentElement.scrollWidth") <= 320
    context = browser.new_context(java_script_enabled=False, locale="nl-BE", viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/nl/lots/{of.pk}/")
    page.get_by_label("De code op uw brief").fill("AAAAA 00000")
    page.get_by_role("button", name="Mijn brief openen").click()
    assert page.get_by_role("alert").count() == 1
    page.get_by_label("De code op uw brief").fill(codes.code_of(letter).lower().replace("-", " "))
    page.get_by_role("button", name="Mijn brief openen").click()
    screenshot(page, "lot-form")
    page.get_by_label("Ja, ik wil meedoen aan de loting").check()
    page.get_by_label("vrouw").check()
    page.get_by_role("button", name="Mijn antwoord versturen").click()
    assert page.locator("[data-error-summary] li").count() == 4
    screenshot(page, "lot-faults")
    page.get_by_label("40 jaar of ouder").check()
    page.get_by_label("Naam").fill("Noor Peeters")
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label(re.compile("^Ik ga ermee akkoord")).check()
    page.get_by_role("button", name="Mijn antwoord versturen").click()
    page.get_by_role("heading", name="U doet mee aan de loting").wait_for()
    screenshot(page, "lot-done")
    given = Answer.objects.get()
    assert (given.says, given.features, given.language) == (Says.YES, {"gender": "w", "age": "old"}, "nl")


def test_what_cannot_be_undone_is_asked_before_it_is_done(live_server, page):
    given = yes(lottery())
    page.goto(f"{live_server.url}/en/lots/{given.lottery_id}/?code={codes.code_of(given.invitation)}")
    page.get_by_role("button", name="Take my yes back").click()
    page.get_by_role("dialog", name="Take your yes back?").get_by_role("button", name="Cancel").click()
    given.refresh_from_db()
    assert given.in_pool
    page.get_by_text("Erase my data").click()
    page.get_by_role("button", name="Erase everything about me").click()
    page.get_by_role("dialog").get_by_role("button", name="Yes, erase it").click()
    page.get_by_text("Everything that led to you is erased").wait_for()
    given.refresh_from_db()
    assert given.erased_at and given.name == ""


def test_the_page_of_a_lottery_and_the_day_of_its_draw_on_a_phone_and_on_a_wall(
    live_server, browser, page, axe, screenshot, clock_shows
):
    draw = drawn()
    of = draw.lottery
    clock_shows(CHANCE)
    page.set_viewport_size(PHONE)
    base = f"{live_server.url}/fr/processes/{of.process.slug}/lots/{of.pk}/"
    page.goto(base)
    axe(page)
    screenshot(page, "lot-page")
    page.goto(f"{base}draws/1/")
    axe(page)
    screenshot(page, "lot-draw")
    assert page.locator("[data-lot]").count() == 4
    page.locator("[data-play]").click()
    assert page.locator(".lots .is-waiting").count() > 0
    page.locator("[data-play]").click()
    assert page.locator(".lots .is-waiting").count() == 0
    page.set_viewport_size(DESKTOP)
    screenshot(page, "lot-draw")
    page.goto(f"{base}draws/1/commitment/")
    axe(page)
    screenshot(page, "lot-commitment")
    calm = browser.new_context(reduced_motion="reduce", viewport={"width": 1920, "height": 1080}).new_page()
    calm.goto(f"{base}draws/1/hall/")
    assert calm.locator("[data-play]").is_hidden()
    assert calm.locator(".lots .is-waiting").count() == 0
    axe(calm)
    screenshot(calm, "lot-hall")


def test_before_the_draw_the_page_counts_down(live_server, page, axe, screenshot):
    draw = committed()
    of = draw.lottery
    page.goto(f"{live_server.url}/en/processes/{of.process.slug}/lots/{of.pk}/draws/1/")
    page.locator("zenne-countdown b", has_not_text="–").first.wait_for()
    axe(page)
    screenshot(page, "lot-countdown")


def test_the_page_while_answers_come_in(live_server, page, axe, screenshot):
    of = lottery(phone="02 536 02 11", reply_to="Commune\n1060 Saint-Gilles", email="lot@example.org")
    pool(of, 30)
    page.goto(f"{live_server.url}/fr/processes/{of.process.slug}/lots/{of.pk}/")
    axe(page)
    screenshot(page, "lot-open")
