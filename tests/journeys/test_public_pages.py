"""The demonstration city, walked through link by link, in three languages; its main pages on a phone, read by axe."""

import re
from collections import Counter, deque
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.browser import PHONE
from tests.journeys.reading import Page, untranslated
from tests.portal.conftest import LOADED_AT, city  # noqa: F401 - the fixture
from zenne.core.languages import LANGUAGES

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.slow]
ELSEWHERE = re.compile(r"^/(manage|documents|media|files|static|mark|share)/|/account/|/feed")
ONE_IDEA = re.compile(r"/ideas/\d+/")
OF_EACH_KIND = 3  # addresses that one view answers show the same page with other words


def walk(language):
    """Every page one reaches from the home page by links, without leaving the language: three of each kind of page."""
    client = Client(headers={"accept": "text/html"})
    waiting, seen, kinds, pages = deque([f"/{language}/"]), set(), Counter(), {}
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if address in seen or kinds[kind] == OF_EACH_KIND:
            continue
        seen.add(address)
        kinds[kind] += 1
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address}, linked from {pages_with(pages, address)}"
        if not response["Content-Type"].startswith("text/html"):
            continue
        pages[address] = page = Page(response.content.decode())
        waiting.extend(sorted(target for link in page.links if (target := ours(language, urljoin(address, link)))))
    return pages


def kind_of(address):
    """The view that answers, and what it is asked; the address itself where no view is known, so that it is tried."""
    path, _question, query = address.partition("?")
    try:
        return resolve(path).view_name or path, query.partition("=")[0]
    except Resolver404:
        return address, ""


def ours(language, link):
    """The address to walk on to, or "" for what leads elsewhere: another site, another language, the back office, a file."""
    address = urldefrag(link)[0]
    path, _question, query = address.partition("?")
    walked = path.startswith(f"/{language}/") and not ELSEWHERE.search(path) and not query.count("&")
    return address if walked else ""


def pages_with(pages, address):
    return [here for here, page in pages.items() if any(urljoin(here, link) == address for link in page.links)][:3]


def faults(address, page, language, forgotten):
    """What is wrong with a page, in words."""
    if page.headings != 1:
        yield f"{page.headings} main headings"
    if page.language != language:
        yield f"says it is in {page.language!r}"
    if not page.title.strip():
        yield "no title"
    if page.indexed and not page.meta.get("description"):
        yield "no description"
    if page.indexed and set(page.alternates) != set(LANGUAGES):
        yield f"names only {sorted(page.alternates)} as its languages"
    if page.indexed and not all(page.meta.get(f"og:{name}") for name in ("title", "description", "image", "url")):
        yield "a shared link has no title, words, picture or address"
    yield from (f"two elements are called #{name}" for name, count in Counter(page.ids).items() if count > 1)
    for link in page.links:
        here, fragment = urldefrag(link)
        if fragment and not here and fragment not in page.ids:
            yield f"{link} leads nowhere"
    yield from (f"{text!r} is not translated" for text, said in page.texts if said == language and text in forgotten)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_answers_and_every_page_is_whole(language, clock_shows):
    clock_shows(LOADED_AT)
    forgotten = untranslated(language)
    pages = walk(language)
    assert len(pages) > 80
    found = [
        f"{address}: {fault}" for address, page in pages.items() for fault in faults(address, page, language, forgotten)
    ]
    assert not found, "\n".join(found[:20])


MAIN_PAGES = [
    "/fr/",
    "/nl/processes/",
    "/fr/processes/jette-en-transition-2030/",
    "/fr/processes/brussels-hacks-the-crisis/ideas/",
    "/nl/processes/carte-de-la-fraicheur/ideas/?view=list",
    "/fr/processes/jette-en-transition-2030/changes/",
    "/en/organisations/",
    "/fr/organisations/jette/",
    "/fr/search/?q=velo",
    "/fr/plans/",
    "/nl/near/?area=21010",
    "/fr/money-and-change/",
    "/en/kiosk/",
    "/nl/how-it-works/",
    "/fr/account/login/",
    "/fr/processes/jette-en-transition-2030/ideas/new/idea/",
]


@pytest.mark.django_db(transaction=True)
def test_the_main_pages_have_no_accessibility_fault_on_a_phone(page, live_server, axe, clock_shows):
    """One test for all pages: what it leaves of the city is swept away with it."""
    clock_shows(LOADED_AT)
    page.set_viewport_size(PHONE)
    for address in MAIN_PAGES:
        assert page.goto(live_server.url + address).status == 200, address
        axe(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, address
    page.goto(live_server.url + MAIN_PAGES[3])
    page.locator("main .card a").first.click()
    page.wait_for_url(ONE_IDEA)
    axe(page)
