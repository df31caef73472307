"""An idea goes to a service, its author adapts it on a telephone, the service finds it feasible, and everyone reads at what cost."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.ideas import factories as ideas
from zenne.core import clock
from zenne.participation.feasibility.models import Study
from zenne.participation.processes.models import Phase

from . import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_from_the_desk_to_the_service_to_the_author_and_back(browser, live_server, sign_in, axe, screenshot):
    idea = ideas.idea(title="Un banc à l'ombre", author=ideas.resident("Nadia"))
    now = clock.now()
    Phase.objects.update(opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1, day=1))
    of, organisation = make.activity(idea.activity), idea.process.organisation
    service = make.service(organisation)

    desk = browser.new_context(viewport=DESKTOP, locale="fr-BE").new_page()
    sign_in(desk, ideas.staff(organisation))
    desk.goto(f"{live_server.url}/manage/feasibility/send/{of.pk}/")
    desk.locator("input[name=ideas]").check()
    desk.locator("select[name=service]").select_option(str(service.pk))
    screenshot(desk, "feasibility-send")
    axe(desk, within="#main")
    desk.locator("main form button.button").last.click()
    desk.wait_for_load_state()
    study = Study.objects.get()

    bench = browser.new_context(viewport=DESKTOP, locale="fr-BE").new_page()
    sign_in(bench, service.members.get())
    bench.goto(f"{live_server.url}/manage/study/study/{study.pk}/")
    bench.locator("input[value=adaptation]").check()
    bench.locator("textarea[name=reason_fr]").fill("Deux mètres plus loin, c'est possible.")
    axe(bench, within="#main")
    bench.locator("input[value=answer] ~ p button").click()
    bench.wait_for_load_state()
    screenshot(bench, "feasibility-study")

    phone = browser.new_context(viewport=PHONE, locale="fr-BE").new_page()
    sign_in(phone, idea.author)
    phone.goto(live_server.url + idea.get_absolute_url())
    screenshot(phone, "feasibility-idea-adapt")
    phone.locator("a[href*='/studies/adapt/']").click()
    phone.locator("#id_text").fill("Deux mètres plus loin, sous le tilleul.")
    screenshot(phone, "feasibility-adapt")
    axe(phone)
    phone.locator(".form-end button").click()
    phone.wait_for_url(f"**{idea.get_absolute_url()}")

    bench.goto(f"{live_server.url}/manage/study/study/{study.pk}/")
    bench.locator("input[value=feasible]").check()
    bench.locator("input[name=cost]").fill("1250.50")
    bench.locator("input[name=delay_months]").fill("6")
    bench.locator("input[value=answer] ~ p button").click()
    bench.wait_for_load_state()
    bench.goto(f"{live_server.url}/manage/study/")
    screenshot(bench, "feasibility-overview")
    axe(bench, within="#main")

    desk.goto(f"{live_server.url}/manage/feasibility/list/{of.pk}/")
    desk.locator("input[name=title_fr]").fill("La liste finale")
    screenshot(desk, "feasibility-final")
    axe(desk, within="#main")
    desk.locator("main form button.button").last.click()
    desk.wait_for_url("**/selections/1/")
    expect(desk.locator("#kept")).to_contain_text("Un banc à l'ombre")

    phone.goto(f"{live_server.url}/fr/processes/{idea.process.slug}/studies/{of.pk}/")
    expect(phone.locator("main")).to_contain_text("6 mois")
    screenshot(phone, "feasibility-list")
    axe(phone)
    phone.set_viewport_size(DESKTOP)
    screenshot(phone, "feasibility-list")
    phone.goto(live_server.url + idea.get_absolute_url())
    screenshot(phone, "feasibility-idea")
    axe(phone)
