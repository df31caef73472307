"""From a draft to letters in mailboxes, and everything that keeps somebody from getting one."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.messaging.campaigns.factories import NOW, campaign
from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.messaging.campaigns import actions, queries, tasks
from zenne.messaging.campaigns.enums import CampaignState
from zenne.messaging.campaigns.errors import Incomplete, Nobody, TooEarly, WrongState
from zenne.messaging.campaigns.models import Campaign
from zenne.messaging.notifications.actions import pause
from zenne.messaging.outbox.models import Letter, Unreachable
from zenne.messaging.outbox.tasks import send_due
from zenne.participation.ideas.actions import support
from zenne.participation.processes.actions import follow
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.actions import give_consent, withdraw_consent
from zenne.people.accounts.enums import Purpose
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(jette):
    group = organisations.group(jette, name="Conseil")
    group.members.set([ideas.resident("Amina"), ideas.resident("Bart", language="nl")])
    return group


def sent(found: Campaign, by) -> Campaign:
    """Scheduled, started, handed over and delivered, as the clock and the workers do it."""
    actions.schedule(found, due_at=NOW, by=by, now=NOW)
    actions.start(found, now=NOW)
    tasks.hand_over(found.pk)
    send_due()
    actions.settle(now=NOW)
    return Campaign.objects.get(pk=found.pk)


def test_each_recipient_gets_the_letter_once_in_their_language(jette, manager, council, mailbox):
    found = sent(campaign(jette, thing=council.pk), manager)
    tasks.hand_over(found.pk)
    send_due()
    subjects = {str(message["To"]): str(message["Subject"]) for message in mailbox}
    amina, bart = council.members.order_by("name")
    assert subjects == {amina.email: "Rendez-vous jeudi", bart.email: "Afspraak donderdag"}
    assert len(mailbox) == 2
    assert found.state == CampaignState.SENT
    reach = queries.reach(found)
    assert (reach.chosen, reach.left_out, reach.sent, reach.percent) == (2, 0, 2, 100)


def test_button_leads_to_the_page_in_the_readers_language(jette, council, settings):
    settings.BASE_URL = "https://participate.example.org"
    found = campaign(jette, thing=council.pk, button_fr="Voir", button_nl="Bekijken")
    for url, of_bart in (
        ("https://participate.example.org/fr/processes/bancs/", "https://participate.example.org/nl/processes/bancs/"),
        ("https://participate.example.org/france/", "https://participate.example.org/france/"),
        ("https://elsewhere.example.org/fr/page", "https://elsewhere.example.org/fr/page"),
    ):
        found.url = url
        assert tasks.words_of(found, council.members.get(language="nl"), "nl").context["url"] == of_bart


def test_one_click_in_a_letter_stops_those_of_the_organisation(jette, manager, council, mailbox):
    sent(campaign(jette, thing=council.pk), manager)
    first = mailbox[0]
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = first["List-Unsubscribe"].strip().strip("<>")
    assert Client().post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mailbox.clear()
    found = sent(campaign(jette, thing=council.pk), manager)
    assert [str(message["To"]) for message in mailbox] != [str(first["To"])]
    assert len(mailbox) == 1
    assert found.left_out == 1


def test_who_stops_while_letters_wait_gets_none(jette, manager, council, mailbox):
    found = campaign(jette, thing=council.pk)
    actions.schedule(found, due_at=NOW, by=manager, now=NOW)
    actions.start(found, now=NOW)
    tasks.hand_over(found.pk)
    amina = council.members.get(name="Amina")
    actions.refuse(amina, jette, now=NOW)
    send_due()
    assert mailbox.to(amina.email) == []
    assert queries.reach(found).not_sent == 1


@pytest.mark.parametrize("agrees", [True, False])
def test_authors_are_written_to_only_with_their_consent(jette, manager, mailbox, agrees):
    author = ideas.resident("Amina")
    idea = ideas.idea(ideas.call(organisation=jette), author=author)
    give_consent(by=author, purpose=Purpose.CONTACT, now=NOW)
    if not agrees:
        withdraw_consent(by=author, purpose=Purpose.CONTACT, now=NOW)
    sent(campaign(jette, "ideas.authors", idea.process_id), manager)
    assert len(mailbox) == agrees


def test_followers_of_a_process_asked_to_hear_of_it(jette, manager, mailbox):
    process = ideas.call(organisation=jette).process
    amina = ideas.resident("Amina")
    follow(process, by=amina, now=NOW)
    sent(campaign(jette, "processes.followers", process.pk), manager)
    assert [str(message["To"]) for message in mailbox] == [amina.email]


def test_supporters_of_a_theme_are_those_of_its_ideas(jette):
    idea = ideas.idea(ideas.call(organisation=jette))
    theme = idea.process.themes.create(slug="arbres", title_fr="Arbres", position=9)
    idea.theme = theme
    idea.save(update_fields=["theme"])
    amina = ideas.resident("Amina")
    give_consent(by=amina, purpose=Purpose.NEWS, now=NOW)
    support(idea, by=amina, now=ideas.NOW)
    assert list(queries.recipients(campaign(jette, "ideas.theme", theme.pk), NOW)) == [amina]


def test_an_address_that_came_back_too_often_is_left_out(jette, council):
    amina = council.members.get(name="Amina")
    Unreachable.objects.create(person=amina, address=amina.email, since=NOW)
    assert amina not in queries.recipients(campaign(jette, thing=council.pk), NOW)


def test_a_pause_holds_for_campaigns_too(jette, council):
    amina = council.members.get(name="Amina")
    pause(amina, until=NOW + timedelta(days=7), now=NOW)
    assert amina not in queries.recipients(campaign(jette, thing=council.pk), NOW)


def test_audience_of_another_organisation_is_nobody_and_cannot_be_chosen(council, manager):
    ixelles = organisations.organisation("Ixelles")
    theirs = campaign(ixelles, thing=council.pk)
    assert not queries.everyone_in(theirs).exists()
    with pytest.raises(Incomplete):
        actions.write(campaign=theirs, by=organisations.member(ixelles, Role.MANAGER), now=NOW)


def test_promised_language_that_is_missing_keeps_it_here(jette, manager, council):
    found = campaign(jette, thing=council.pk, body_nl="")
    assert queries.gaps(found) == [("body", "nl")]
    with pytest.raises(Incomplete):
        actions.schedule(found, due_at=NOW, by=manager, now=NOW)


def test_moment_that_has_passed_is_refused(jette, manager, council):
    with pytest.raises(TooEarly):
        actions.schedule(campaign(jette, thing=council.pk), due_at=NOW - timedelta(minutes=1), by=manager, now=NOW)


def test_what_is_sent_now_can_be_taken_back_for_two_minutes(jette, manager, council):
    found = actions.schedule(campaign(jette, thing=council.pk), by=manager, now=NOW)
    actions.start(found, now=NOW + timedelta(seconds=119))
    assert actions.unschedule(found, by=manager, now=NOW + timedelta(seconds=119)).state == CampaignState.DRAFT
    actions.schedule(found, by=manager, now=NOW)
    actions.start(found, now=NOW + timedelta(minutes=2))
    assert Campaign.objects.get(pk=found.pk).state == CampaignState.SENDING


def test_what_is_scheduled_gets_another_moment(jette, manager, council):
    found = campaign(jette, thing=council.pk)
    for hours in (1, 5):
        found = actions.schedule(found, due_at=NOW + timedelta(hours=hours), by=manager, now=NOW)
    assert (found.state, found.due_at) == (CampaignState.SCHEDULED, NOW + timedelta(hours=5))


def test_nothing_is_sent_now_to_nobody(jette, manager):
    with pytest.raises(Nobody):
        actions.schedule(campaign(jette), by=manager, now=NOW)


def test_it_leaves_when_its_moment_comes_and_not_before(jette, manager, council):
    found = campaign(jette, thing=council.pk)
    actions.schedule(found, due_at=NOW + timedelta(hours=1), by=manager, now=NOW)
    assert not queries.due(NOW).exists()
    actions.start(found, now=NOW)
    assert Campaign.objects.get(pk=found.pk).state == CampaignState.SCHEDULED
    actions.start(found, now=NOW + timedelta(hours=1))
    assert Campaign.objects.get(pk=found.pk).state == CampaignState.SENDING


def test_scheduled_campaign_can_be_taken_back_and_is_not_written_meanwhile(jette, manager, council):
    found = campaign(jette, thing=council.pk)
    actions.schedule(found, due_at=NOW + timedelta(hours=1), by=manager, now=NOW)
    with pytest.raises(WrongState):
        actions.write(campaign=found, by=manager, now=NOW)
    assert actions.unschedule(found, by=manager, now=NOW).state == CampaignState.DRAFT


def test_stopped_campaign_sends_no_more(jette, manager, council, mailbox):
    found = campaign(jette, thing=council.pk)
    actions.schedule(found, due_at=NOW, by=manager, now=NOW)
    actions.start(found, now=NOW)
    tasks.hand_over(found.pk)
    actions.stop(found, by=manager, now=NOW)
    tasks.hand_over(found.pk)
    send_due()
    assert len(mailbox) == 0
    assert set(Letter.objects.values_list("state", flat=True)) == {"cancelled"}


def test_killed_hand_over_begins_again_without_second_letters(jette, manager, council, mailbox):
    found = campaign(jette, thing=council.pk)
    actions.schedule(found, due_at=NOW, by=manager, now=NOW)
    actions.start(found, now=NOW)
    Letter.objects.create(
        person=council.members.get(name="Amina"),
        source=tasks.SOURCE,
        key=found.key,
        context={"campaign": found.pk},
        created_at=NOW,
        due_at=NOW,
    )
    tasks.hand_over(found.pk)
    send_due()
    assert len(mailbox) == 2


def test_trial_goes_to_whoever_asks_and_says_so(jette, manager, council, mailbox):
    actions.send_test(campaign(jette, thing=council.pk), language="nl", by=manager, now=NOW)
    assert [str(message["To"]) for message in mailbox] == [manager.email]
    assert "Proef" in str(mailbox[0]["Subject"])
    assert not Letter.objects.exists()


def test_editor_writes_but_does_not_send(jette, council):
    editor = organisations.member(jette, Role.EDITOR, name="Éditrice")
    found = actions.copy(campaign(jette, thing=council.pk), by=editor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.schedule(found, by=editor, now=NOW)


def test_hostile_words_are_text_in_the_letter(jette, manager, council, mailbox):
    sent(
        campaign(
            jette,
            thing=council.pk,
            subject_fr="Jeudi\r\nBcc: all@example.org",
            body_fr="<script>alert(1)</script> https://jette.example.org/fr/",
        ),
        manager,
    )
    message = mailbox.to(council.members.get(name="Amina").email)[0]
    assert message["Bcc"] is None
    html = message.get_body(("html",)).get_content()
    assert "<script>" not in html
    assert '<a href="https://jette.example.org/fr/"' in html
