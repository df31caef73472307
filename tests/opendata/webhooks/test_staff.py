"""The screens of webhooks in the back office."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.opendata.webhooks.factories import NOW, receiving, subscription
from tests.people.organisations import factories as organisations
from zenne.opendata.webhooks import actions, delivering, signing
from zenne.opendata.webhooks.enums import SubscriptionState
from zenne.opendata.webhooks.models import Delivery, Subscription
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client_for, jette):
    return client_for(organisations.member(jette, Role.ADMIN))


def page_of(made):
    return reverse("webhook:page", args=[made.pk])


def test_an_administrator_subscribes_an_address_and_is_led_to_its_page(admin, jette):
    given = {"organisation": jette.pk, "name": "Site", "events": ["idea.published", "idea.answered"]}
    with receiving() as there:
        answer = admin.post(reverse("webhook:add"), {**given, "address": there.address})
    made = Subscription.objects.get()
    assert answer.url == page_of(made)
    assert made.events == ["idea.answered", "idea.published"]
    assert there.address in unescape(admin.get(page_of(made)).text)


def test_an_address_inside_a_network_is_refused_beside_the_form(admin, jette):
    given = {"organisation": jette.pk, "name": "Site", "events": ["idea.published"], "address": "https://10.0.0.1/"}
    answer = admin.post(reverse("webhook:add"), given)
    assert "réseau privé" in answer.text
    assert not Subscription.objects.exists()


def test_the_secret_is_on_the_page_once_and_never_stored_by_a_browser(admin, jette):
    made = subscription(jette)
    shown = admin.post(page_of(made), {"verb": "reveal"})
    secret = signing.secret(made)
    assert secret in unescape(shown.text) and "no-store" in shown["Cache-Control"]
    assert secret not in unescape(admin.get(page_of(made)).text)
    assert admin.post(page_of(made), {"verb": "reveal"}).status_code == 302
    renewed = admin.post(page_of(made), {"verb": "rotate"})
    made.refresh_from_db()
    assert signing.secret(made) in unescape(renewed.text) and signing.secret(made) != secret


def test_the_page_lists_what_was_sent_and_what_was_answered_and_sends_it_again(admin, jette):
    with receiving() as there:
        made = subscription(jette, address=there.address)
        there.codes, there.answer = [503], b"<b>later</b>"
        delivery = actions.ping(made, by=None, now=NOW)
        delivering.bring(delivery.pk, now=NOW)
    page = admin.get(page_of(made)).text
    assert "503" in page and "&lt;b&gt;later&lt;/b&gt;" in page and "<b>later</b>" not in page
    assert f"msg_{delivery.message.hex}" in page
    assert admin.post(page_of(made), {"verb": "redeliver", "item": str(delivery.pk)}).status_code == 302
    assert Delivery.objects.get().next_try_at is not None


@pytest.mark.parametrize("item", ["", "x", "²", "999999", "9" * 30])
def test_a_message_that_is_not_of_this_webhook_is_not_sent_again(admin, jette, item):
    assert admin.post(page_of(subscription(jette)), {"verb": "redeliver", "item": item}).status_code in (302, 404)


def test_pausing_and_resuming_are_buttons(admin, jette):
    made = subscription(jette)
    admin.post(page_of(made), {"verb": "pause"})
    assert Subscription.objects.get().state == SubscriptionState.PAUSED
    admin.post(page_of(made), {"verb": "resume"})
    assert Subscription.objects.get().state == SubscriptionState.ACTIVE
    admin.post(page_of(made), {"verb": "explode"})
    assert Subscription.objects.get().state == SubscriptionState.ACTIVE


def test_the_page_costs_the_same_for_one_message_and_for_three(admin, jette):
    made = subscription(jette)
    counts = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _time in range(2):
        actions.ping(made, by=None, now=NOW)
        admin.get(page_of(made))
        with CaptureQueriesContext(connection) as asked:
            admin.get(f"{page_of(made)}?before=99999")
        counts.append(len(asked))
        actions.ping(made, by=None, now=NOW)
    assert counts[0] == counts[1]


def test_an_editor_has_no_such_menu(client_for, jette):
    client = client_for(organisations.member(jette, Role.EDITOR))
    assert client.get(reverse("webhook:index")).status_code == 302
    assert not re.search("/manage/webhook/", client.get(reverse("wagtailadmin_home")).text)
