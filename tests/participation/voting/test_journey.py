"""Somebody votes, in a real browser: with the script and without, on a phone and on a desk."""

import re

import pytest

from tests.browser import DESKTOP, PHONE
from zenne.participation.voting import queries
from zenne.participation.voting.enums import Count, Method

from .factories import cast, resident, vote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]


def budget_vote():
    made = vote(costs=(6_000_000, 4_000_000, 4_000_000, 2_000_000), count=Count.EQUAL_SHARES, max_choices=3)
    made.options.filter(number__lte=2).update(lon=4.33, lat=50.87)
    return made


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_voting_with_a_basket_from_the_page_to_the_receipt(live_server, page, sign_in, axe, screenshot, size):
    made, person = budget_vote(), resident()
    sign_in(page, person)
    page.set_viewport_size(size)
    page.goto(f"{live_server.url}/fr/processes/{made.process.slug}/votes/{made.pk}/")
    axe(page)
    screenshot(page, "vote")
    page.get_by_role("link", name=re.compile("^Voter")).first.click()
    for title in ("Option 1", "Option 2"):
        page.get_by_label(re.compile(f"Choisir\\s*:\\s*{title}")).check()
    assert page.locator("[data-purse] .meter-box p").inner_text().replace("\u202f", " ").startswith("Il reste 0")
    page.get_by_label(re.compile("Choisir\\s*:\\s*Option 4")).check()
    assert "de trop" in page.locator("[data-purse] .meter-box p").inner_text()
    page.get_by_role("button", name=re.compile("Retirer : Option 4")).click()
    assert page.locator("[data-basket] li").count() == 2
    axe(page)
    screenshot(page, "ballot")
    page.locator("button:visible", has_text="Relire mon bulletin").last.click()
    axe(page)
    page.get_by_role("button", name="Déposer mon bulletin").click()
    page.get_by_role("heading", name="Votre bulletin est dans l’urne").wait_for()
    axe(page)
    screenshot(page, "receipt")
    assert queries.ballot_of(made, person).content["choices"] == ["1", "2"]
    page.get_by_role("link", name="Vérifiez maintenant").click()
    page.get_by_role("heading", name="Oui, ce bulletin est dans l’urne").wait_for()
    axe(page)


def test_points_count_down_and_ranks_line_up(live_server, page, sign_in, axe):
    divided, ranked, person = vote(method=Method.POINTS), vote(method=Method.RANKING), resident()
    sign_in(page, person)
    page.goto(f"{live_server.url}/fr/processes/{divided.process.slug}/votes/{divided.pk}/ballot/")
    for _time in range(3):
        page.get_by_role("button", name=re.compile("Un point de plus : Option 1")).click()
    assert page.locator("[data-sum]").inner_text() == "Il reste 7 points"
    axe(page)
    page.goto(f"{live_server.url}/fr/processes/{ranked.process.slug}/votes/{ranked.pk}/ballot/")
    page.get_by_label(re.compile("Rang\\s*:\\s*Option 3")).select_option("1")
    page.get_by_label(re.compile("Rang\\s*:\\s*Option 1")).select_option("2")
    assert page.locator("[data-basket] a").all_inner_texts() == ["Option 3", "Option 1"]
    axe(page)


def test_without_a_script_the_next_page_adds_up(live_server, browser, client_for):
    made, person = budget_vote(), resident()
    context = browser.new_context(java_script_enabled=False, locale="fr-BE", viewport=PHONE)
    page = context.new_page()
    session = client_for(person).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/fr/processes/{made.process.slug}/votes/{made.pk}/ballot/")
    for title in ("Option 1", "Option 3", "Option 4"):
        page.get_by_label(re.compile(f"Choisir\\s*:\\s*{title}")).check()
    page.locator("button:visible", has_text="Relire mon bulletin").last.click()
    assert "le budget est de" in page.get_by_role("alert").inner_text()
    page.get_by_label(re.compile("Choisir\\s*:\\s*Option 4")).uncheck()
    page.locator("button:visible", has_text="Relire mon bulletin").last.click()
    page.get_by_role("button", name="Déposer mon bulletin").click()
    assert queries.ballot_of(made, person).content["choices"] == ["1", "3"]
    context.close()


def test_the_rule_the_comparison_and_the_proof_have_no_accessibility_fault(
    live_server, page, axe, screenshot, clock_shows
):
    from .factories import CLOSES

    made = budget_vote()
    code, *_others = [cast(made, None, 1).ballot.leaf for _time in range(5)]
    base = f"{live_server.url}/fr/processes/{made.process.slug}/votes/{made.pk}/"
    page.set_viewport_size(PHONE)
    for name, part in (
        ("rule", "rule/"),
        ("compare", "compare/?o=1&o=2"),
        ("turnout", "turnout/"),
        ("print", "print/"),
    ):
        page.goto(f"{base}{part}")
        axe(page)
        screenshot(page, f"vote-{name}")
    clock_shows(CLOSES + queries.PATIENCE)  # receipts that no worker sends here are waited for no longer
    page.goto(f"{base}receipts/{code}/")
    page.get_by_role("heading", name="Oui, ce bulletin est dans l’urne scellée").wait_for()
    axe(page)
    screenshot(page, "vote-proof")
