"""Writing and sending in the back office, and the page where a resident takes a refusal back."""

import pytest
from django.urls import reverse

from tests.messaging.campaigns.factories import NOW, campaign
from tests.people.organisations import factories as organisations
from zenne.messaging.campaigns import actions
from zenne.messaging.campaigns.enums import CampaignState
from zenne.messaging.campaigns.models import Campaign, Refusal

pytestmark = pytest.mark.django_db


def typed(group, **changed):
    values = {
        "to": f"people.group:{group.pk}",
        "url": "",
        "subject_fr": "Jeudi",
        "body_fr": "Venez.",
        "subject_nl": "Donderdag",
    }
    return {**values, "body_nl": "Kom.", **changed}


def test_campaign_is_written_looked_at_and_scheduled(jette, manager, client_for):
    client, group = client_for(manager), organisations.group(jette)
    answer = client.post(reverse("campaign:add"), typed(group))
    found = Campaign.objects.get()
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.status_code == 200
    for language in ("fr", "nl"):
        shown = client.get(reverse("campaign:preview", args=[found.pk, language]))
        assert shown.status_code == 200
        policy = shown["Content-Security-Policy"]
        assert (
            policy.endswith("sandbox allow-same-origin")
            and "script-src" not in policy
            and "default-src 'none'" in policy
        )
    client.post(answer["Location"], {"verb": "schedule", "day": "2099-01-01", "hour": "09:00"})
    found.refresh_from_db()
    assert found.state == CampaignState.SCHEDULED
    assert found.due_at.isoformat() == "2099-01-01T08:00:00+00:00"


def test_sending_now_asks_first_and_says_how_many_people(jette, manager, client_for):
    group = organisations.group(jette)
    group.members.set([organisations.person("Amina"), organisations.person("Bob")])
    found, client = campaign(jette, thing=group.pk), client_for(manager)
    address = reverse("campaign:edit", args=[found.pk])
    assert b'value="now"' not in client.get(address).content
    asked = client.get(address, {"ask": "now"}).content.decode()
    assert 'value="now"' in asked and "envoyer à 2 personnes" in asked
    client.post(address, {"verb": "now"})
    found.refresh_from_db()
    assert found.state == CampaignState.SCHEDULED
    assert b'value="unschedule"' in client.get(address).content


def test_fault_keeps_what_was_typed(jette, manager, client_for):
    group = organisations.group(jette)
    answer = client_for(manager).post(
        reverse("campaign:add"), typed(group, to="people.group:999", subject_fr="Un objet")
    )
    assert answer.status_code == 422
    assert "Un objet" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_day_that_is_none_is_said_beside_the_field(jette, manager, client_for):
    found = campaign(jette)
    answer = client_for(manager).post(
        reverse("campaign:edit", args=[found.pk]), {"verb": "schedule", "day": "31/02/2099"}
    )
    assert answer.status_code == 422
    assert Campaign.objects.get().state == CampaignState.DRAFT


def test_list_asks_as_much_for_three_as_for_one(jette, manager, client_for, django_assert_num_queries):
    client = client_for(manager)
    campaign(jette)
    client.get(reverse("campaign:index"))
    with django_assert_num_queries(15):
        client.get(reverse("campaign:index"))
    campaign(jette)
    campaign(jette)
    with django_assert_num_queries(15):
        client.get(reverse("campaign:index"))


def test_resident_takes_a_refusal_back_and_nobody_elses(jette, client_for):
    amina, bob = organisations.person("Amina"), organisations.person("Bob")
    actions.refuse(amina, jette, now=NOW)
    address = reverse("campaigns:choices")
    assert client_for(bob).post(address, {"refusal": Refusal.objects.get().pk}).status_code == 404
    assert "Jette" in client_for(amina).get(address).content.decode()
    assert client_for(amina).post(address, {"refusal": Refusal.objects.get().pk}).status_code == 302
    assert not Refusal.objects.exists()
