from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from zenne.core.errors import NotFound
from zenne.people.access import slots
from zenne.people.access.answers import NotAllowed, Reason, Refused

OPENS = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
CLOSED_AT_MIDNIGHT = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (Refused(Reason.NOT_YET_OPEN, (("opens_at", OPENS),)), "1er\u00a0juillet\u00a02026 à 9h00"),
        (Refused(Reason.CLOSED, (("closes_at", CLOSED_AT_MIDNIGHT),)), "30\u00a0juin\u00a02026"),
        (Refused(Reason.TOO_YOUNG, (("minimum_age", 16),)), "16 ans"),
        (Refused(Reason.OUTSIDE_AREA, (("area", "Jette"),)), "Jette"),
    ],
)
def test_a_refusal_says_its_facts(refused, words):
    with override("fr"):
        assert words in slots.fact_in_words(refused)


@pytest.mark.parametrize(
    ("reason", "address"),
    [
        (Reason.NOT_SIGNED_IN, "/fr/account/login/?next=%2Ffr%2Fidea%2F"),
        (Reason.EMAIL_UNCONFIRMED, "/fr/account/confirm/?next="),
        (Reason.NOT_VERIFIED, "/fr/account/verify/?next="),
        (Reason.BLOCKED, "/fr/organisations/"),
    ],
)
def test_a_refusal_leads_to_its_remedy_and_back(rf, reason, address):
    with override("fr"):
        request = rf.post("/fr/idea/support/", headers={"referer": "http://testserver/fr/idea/"})
        assert f'href="{address}' in slots.remedies(request, NotAllowed(Refused(reason)))


def test_missing_answers_are_asked_by_name(rf):
    error = NotAllowed(Refused(Reason.MISSING_ANSWERS, (("questions", ("residence", "birth-year")),)))
    with override("fr"):
        assert "ask=residence&amp;ask=birth-year&amp;next=" in slots.remedies(rf.get("/fr/"), error)


@pytest.mark.parametrize("error", [NotFound(), NotAllowed(Refused(Reason.NOT_YOURS))])
def test_what_nothing_helps_offers_nothing(rf, error):
    assert slots.remedies(rf.get("/fr/"), error) == ""
    assert slots.facts(rf.get("/fr/"), error) == ""


def test_a_closed_door_leads_to_signing_in_and_to_whom_to_write(rf):
    with override("fr"):
        led = slots.onward(rf.get("/fr/jury/?page=2"))
        assert 'href="/fr/account/login/?next=%2Ffr%2Fjury%2F%3Fpage%3D2"' in led
        assert 'href="/fr/organisations/"' in led
        assert slots.onward(rf.get("/fr/jury/"), NotAllowed(Refused(Reason.NOT_SIGNED_IN))).count("<a ") == 1
    assert slots.onward(None) == ""
