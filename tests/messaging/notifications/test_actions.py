"""Telling people something, and how often they want to hear of it."""

from datetime import timedelta

import pytest

from tests.messaging.notifications.telling import KIND, post_leaves, tell
from tests.participation.ideas.factories import NOW, process, resident
from zenne.core import mail
from zenne.core.errors import Invalid
from zenne.messaging.notifications import actions, queries
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.models import Notification
from zenne.messaging.outbox.models import Letter
from zenne.people.accounts.models import Person

pytestmark = pytest.mark.django_db
NEWS = "processes.news"


def how_mailed(person):
    return list(Notification.objects.filter(person=person).order_by("id").values_list("mail", flat=True))


def test_notify_tells_each_person_of_an_occasion_once():
    amina, bob = resident("Amina"), resident("Bob")
    tell(amina)
    tell(amina, bob)
    assert Notification.objects.count() == 2


def test_notify_of_a_kind_that_no_app_declared_fails():
    with pytest.raises(KeyError):
        tell(resident(), kind="nobody.knows")


def test_notify_streams_a_queryset_of_people_and_leaves_out_closed_accounts():
    amina, gone = resident("Amina"), resident("Gone")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    actions.notify(KIND, to=Person.objects.all(), key="k", facts={}, url="/fr/", now=NOW)
    assert list(Notification.objects.values_list("person", flat=True)) == [amina.pk]


def test_message_speaks_the_language_of_the_reader_in_every_fact(mailbox, clock_shows):
    facts = {"process": {"fr": "Le canal", "nl": "Het kanaal"}, "title": {"fr": "Un pont", "nl": "Een brug"}}
    reader = resident("An", language="nl")
    actions.prefer(reader, NEWS, Frequency.IMMEDIATE)
    tell(reader, kind=NEWS, facts=facts)
    post_leaves(clock_shows)
    assert mailbox[0]["Subject"] == "Nieuws over “Het kanaal”: Een brug"
    assert mailbox[0]["Content-Language"] == "nl"


def test_message_whose_fact_is_missing_is_still_shown():
    tell(person := resident(), kind="ideas.status", facts={"title": "Des bancs"})
    assert "Des bancs" in queries.inbox(person).get().line


def test_message_leads_to_the_page_in_the_language_of_the_reader(mailbox, client_for, clock_shows):
    person = resident("An", language="nl")
    tell(person)
    post_leaves(clock_shows)
    assert any(link.endswith("/nl/comments/1/") for link in mailbox.links())


def test_message_told_while_letters_are_withheld_is_kept_but_never_mailed(mailbox, clock_shows):
    person = resident()
    with mail.withheld():
        tell(person)
    post_leaves(clock_shows)
    assert len(mailbox) == 0
    assert how_mailed(person) == [Frequency.NEVER]


# --- how often ---------------------------------------------------------------------------------------------------------------


def test_person_who_never_chose_hears_as_often_as_the_kind_suggests():
    tell(person := resident())
    tell(person, kind=NEWS, key="news")
    assert how_mailed(person) == [Frequency.IMMEDIATE, Frequency.DAILY]


@pytest.mark.parametrize(
    ("of_kind", "of_process", "expected"),
    [
        (Frequency.DAILY, None, Frequency.DAILY),
        (Frequency.DAILY, Frequency.IMMEDIATE, Frequency.IMMEDIATE),
        (Frequency.IMMEDIATE, Frequency.NEVER, Frequency.NEVER),
        (Frequency.NEVER, Frequency.WEEKLY, Frequency.NEVER),
    ],
)
def test_choice_for_a_process_goes_before_that_for_the_kind_and_never_wins(of_kind, of_process, expected):
    person, about = resident(), process()
    scope = f"processes.process:{about.pk}"
    actions.prefer(person, KIND, of_kind)
    actions.prefer_for(person, scope, of_process)
    tell(person, scope=scope)
    assert how_mailed(person) == [expected]
    tell(person, scope=f"processes.process:{about.pk + 1}", key="another process")
    assert how_mailed(person)[-1] == of_kind


def test_prefer_never_still_keeps_the_message_on_the_platform(mailbox, clock_shows):
    person = resident()
    actions.prefer(person, KIND, Frequency.NEVER)
    tell(person)
    post_leaves(clock_shows)
    assert len(mailbox) == 0
    assert queries.unread_count(person) == 1


def test_prefer_takes_along_what_waits(mailbox, clock_shows):
    person = resident()
    tell(person)
    actions.prefer(person, KIND, Frequency.NEVER)
    post_leaves(clock_shows)
    assert len(mailbox) == 0


def test_kind_that_may_be_hidden_is_only_mailed_or_not_told_at_all():
    person = resident()
    actions.prefer(person, NEWS, Frequency.DAILY, in_app=False)
    tell(person, kind=NEWS)
    assert (queries.unread_count(person), how_mailed(person)) == (0, [Frequency.DAILY])
    actions.prefer(person, NEWS, Frequency.NEVER, in_app=False)
    tell(person, kind=NEWS, key="second")
    assert len(how_mailed(person)) == 1


def test_kind_that_may_not_be_hidden_stays_on_the_platform():
    person = resident()
    actions.prefer(person, KIND, Frequency.NEVER, in_app=False)
    tell(person)
    assert queries.unread_count(person) == 1


def test_pause_stops_what_waits_and_what_comes_until_its_day(mailbox, clock_shows):
    person = resident()
    tell(person)
    actions.pause(person, until=NOW + timedelta(days=7), now=NOW)
    tell(person, key="meanwhile")
    post_leaves(clock_shows)
    assert len(mailbox) == 0
    tell(person, key="afterwards", now=NOW + timedelta(days=7))
    assert how_mailed(person) == [Frequency.NEVER, Frequency.NEVER, Frequency.IMMEDIATE]


def test_pause_until_a_day_that_is_past_is_refused():
    with pytest.raises(Invalid):
        actions.pause(resident(), until=NOW, now=NOW)


# --- many at once -------------------------------------------------------------------------------------------------------------


def test_thirty_comments_in_ten_minutes_become_one_letter(mailbox, clock_shows):
    person = resident()
    for at in range(30):
        moment = NOW + timedelta(seconds=20 * at)
        tell(person, key=f"comment:{at}", now=moment)
        post_leaves(clock_shows, moment, timedelta())
    post_leaves(clock_shows, moment)
    assert len(mailbox) == 1
    assert "29" in mailbox[0]["Subject"]


def test_letters_at_once_keep_ten_minutes_between_them(mailbox, clock_shows):
    person = resident()
    tell(person)
    post_leaves(clock_shows)
    tell(person, key="soon after", now=NOW + timedelta(minutes=3))
    post_leaves(clock_shows, NOW, timedelta(minutes=11))
    assert len(mailbox) == 1
    post_leaves(clock_shows, NOW, timedelta(minutes=12))
    assert len(mailbox) == 2


def test_message_read_on_the_platform_is_not_mailed_any_more(mailbox, clock_shows):
    person = resident()
    tell(person)
    actions.mark_read(person, now=NOW)
    post_leaves(clock_shows)
    assert len(mailbox) == 0
    assert Letter.objects.get().state == "cancelled"
