"""What travels for a first visit: the page and all it needs before it is read. A phone on a slow line waits for each of these kilobytes."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.portal.conftest import LOADED_AT, city  # noqa: F401 - the fixture
from zenne.config.static import QuickCompressor

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
NEEDED = re.compile(
    r'<(?:link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*|script[^>]+src[^>]*|img(?![^>]+loading="lazy")[^>]+src[^>]*|use[^>]+)>'
)
ADDRESS = re.compile(r'(?:href|src)="([^"#]+)')
HEAD = 800  # bytes of headers, about, with each answer
#: Kilobytes, for each page. Where one is exceeded, see what became heavy before it is raised.
MOST = {
    "/fr/": 140,
    "/fr/plans/": 120,
    "/fr/processes/brussels-hacks-the-crisis/": 120,
    "/fr/plans/smart-city-2030/": 125,
}


def weight(client, path):
    page = client.get(path, headers={"Accept-Encoding": "identity"}).text
    needed = {unescape(ADDRESS.search(tag)[1]) for tag in NEEDED.findall(page) if ADDRESS.search(tag)}
    return {address: sent(client, address) + HEAD for address in {path, *needed}}


def sent(client, address):
    if not address.startswith(settings.STATIC_URL):
        return len(client.get(address, headers={"Accept-Encoding": "br"}).content)
    content = Path(finders.find(address.removeprefix(settings.STATIC_URL))).read_bytes()
    return len(content) if address.endswith(".woff2") else len(QuickCompressor.compress_brotli(content))


@pytest.mark.parametrize(("path", "most"), MOST.items())
def test_a_first_visit_is_light(client, clock_shows, path, most):
    clock_shows(LOADED_AT)
    found = weight(client, path)
    heaviest = sorted(found.items(), key=lambda row: -row[1])
    assert sum(found.values()) < most * 1024, heaviest
    assert len(found) > 6, "fonts, style sheet, script, icons: what is not found is not weighed"


def test_the_style_sheet_is_light(client):
    page = client.get("/fr/").text
    address = re.search(r'href="([^"]+/app-[^"]+\.css)"', page)[1]
    assert sent(client, address) <= 11.25 * 1024
