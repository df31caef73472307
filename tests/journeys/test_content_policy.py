"""A real browser, page by page, keeps to the strict policy and has nothing to complain about: no refusal, no fault in its console."""

import re

import pytest
from django.urls import reverse

from tests.browser import DESKTOP
from tests.portal.conftest import LOADED_AT, city  # noqa: F401 - the fixture
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CALL = "/fr/processes/brussels-hacks-the-crisis"
JETTE = "/nl/processes/jette-en-transition-2030"
PUBLIC = [
    "/fr/",
    f"{CALL}/",
    f"{CALL}/ideas/?view=list",
    f"{CALL}/ideas/?view=map",
    f"{CALL}/numbers/",
    f"{CALL}/moderation/",
    f"{CALL}/reports/",
    f"{CALL}/reports/1/",
    f"{CALL}/data/",
    f"{CALL}/embed/",
    "/fr/embed/processes/brussels-hacks-the-crisis/",
    f"{JETTE}/",
    f"{JETTE}/poster/",
    "/nl/organisations/jette/numbers/",
    "/en/developers/",
    "/fr/search/?q=velo",
    "/fr/near/?area=21010",
    "/nl/kiosk/",
    "/fr/plans/",
    "/fr/account/login/",
    f"{JETTE}/ideas/new/idea/",
    "/nl/nothing-here/",
]
BACK_OFFICE = [
    "/manage/",
    "/manage/process/",
    "/manage/process_phase/",
    "/manage/campaigns/new/",
    "/manage/images/multiple/add/",
    "/manage/pages/",
    "/manage/moderation/",
]
SIGNED_IN = ["/nl/messages/choices/", "/nl/messages/", "/nl/me/", "/nl/account/security/"]
LISTEN = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""


def complaints(page):
    """Everything the browser says from now on, with the page it says it about."""
    found: list[str] = []
    page.add_init_script(LISTEN)
    page.on(
        "console",
        lambda said: said.type in ("error", "warning") and found.append(f"{page.url}: {said.text} {said.location}"),
    )
    page.on("pageerror", lambda fault: found.append(f"{page.url}: {fault}"))
    return found


def test_a_browser_refuses_nothing_of_ours(page, live_server, sign_in, clock_shows):
    """One test for all pages: what it leaves of the city is swept away with it."""
    clock_shows(LOADED_AT)
    page.set_viewport_size(DESKTOP)
    page.route(lambda address: not address.startswith((live_server.url, "data:", "blob:")), lambda route: route.abort())
    found = complaints(page)
    page.goto(f"{live_server.url}{CALL}/ideas/?view=list")
    idea = re.search(rf'href="{CALL}/ideas/(\d+)/"', page.content())[1]
    ideas = [f"{CALL}/ideas/{idea}/", f"{CALL}/ideas/{idea}/embed/", f"/fr/embed/ideas/{idea}/"]
    for address in [*PUBLIC, *ideas]:
        wanted = 404 if "nothing-here" in address else 200
        assert page.goto(live_server.url + address, wait_until="load").status == wanted, address
    sign_in(page, Person.objects.get(email="amina.bensaid@example.org"))
    for address in SIGNED_IN:
        assert page.goto(live_server.url + address, wait_until="load").status == 200, address
    sign_in(page, Person.objects.get(email="admin@example.org"))
    for address in BACK_OFFICE:
        assert page.goto(live_server.url + address, wait_until="load").status == 200, address
    choose_a_picture_and_a_day(page, live_server)
    assert not unexpected(found), "\n".join(unexpected(found))


def choose_a_picture_and_a_day(page, live_server):
    """The fields that Wagtail starts inline: the chooser of pictures opens, the calendar of a date too."""
    process = Process.objects.get(slug="brussels-hacks-the-crisis")
    page.goto(live_server.url + reverse("process:edit", args=[process.pk]))
    page.locator("[data-chooser-action-choose]:visible").first.click()
    page.locator(".modal-body").wait_for()
    page.goto(f"{live_server.url}{reverse('process_phase:add')}?process={process.pk}")
    page.locator("input[placeholder='jj/mm/aaaa'], input[placeholder='dd/mm/yyyy']").first.click()
    page.locator(".xdsoft_datetimepicker:visible").first.wait_for()


def test_what_the_policy_forbids_is_noticed(page, live_server, clock_shows):
    """The listening works: a script and a style that stand in the page are refused, and heard of."""
    clock_shows(LOADED_AT)
    found = complaints(page)
    page.goto(f"{live_server.url}/fr/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\" onclick=\"alert(1)\">x</p>')")
    page.wait_for_function("true")
    assert any("refused: style-src" in one for one in found) and any("refused: script-src" in one for one in found)


def unexpected(found):
    """Without what was asked for: the page that does not exist, and the map's tiles from elsewhere, which the test keeps away."""
    return sorted({one for one in found if "/nothing-here/" not in one and "net::ERR_FAILED" not in one})
