"""What pages ask of the database when nobody read them lately: somebody signed in, and a web process that remembers nothing at all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.conftest import LOADED_AT, city  # noqa: F401 - the fixture
from zenne.core import memory
from zenne.people.accounts.models import Person

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db(transaction=True)]
CALL = "/fr/processes/brussels-hacks-the-crisis/"
PLAN = "/fr/plans/smart-city-2030/"
#: How many questions, session and person included. What is never asked again while it is remembered is asked here.
ASKED = {
    "home": 11,
    "process": 12,
    "ideas": 11,
    "ideas, searched": 9,
    "idea with comments": 14,
    "search": 11,
    "numbers": 13,
    "vote": 11,
    "meetings": 7,
    "meeting": 11,
    "plans": 6,
    "plan": 12,
    "project": 10,
}


def first(client, address, pattern):
    return re.search(rf'href="({pattern})"', client.get(address).text)[1]


def test_no_page_asks_more_than_it_did(client_for, clock_shows, settings):
    clock_shows(LOADED_AT)
    settings.PAGE_CACHE = True
    visitor, reader = client_for(None), client_for(Person.objects.get(email="amina.bensaid@example.org"))
    pages = {
        "home": "/fr/",
        "process": CALL,
        "ideas": f"{CALL}ideas/",
        "ideas, searched": f"{CALL}ideas/?q=masques",
        "idea with comments": first(visitor, f"{CALL}ideas/?sort=discussed", rf"{CALL}ideas/\d+/"),
        "search": "/fr/search/?q=velo",
        "numbers": f"{CALL}numbers/",
        "vote": first(visitor, CALL, rf"{CALL}votes/\d+/"),
        "meetings": "/fr/meetings/",
        "meeting": first(visitor, "/fr/meetings/", r"/fr/(?:processes/[^/]+/)?meetings/\d+/"),
        "plans": "/fr/plans/",
        "plan": PLAN,
        "project": first(visitor, f"{PLAN}projects/", rf"{PLAN}projects/[^/]+/"),
    }
    asked = {}
    for name, address in pages.items():
        memory.forget_everything()
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).status_code == 200, address
        asked[name] = sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in queries)
    assert asked == ASKED
