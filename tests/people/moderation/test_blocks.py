from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.people.moderation import factories as make
from zenne.core.errors import Conflict, Invalid
from zenne.participation.comments.rules import may_comment, may_react
from zenne.participation.ideas.rules import may_edit, may_propose, may_support
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email
from zenne.people.moderation import actions
from zenne.people.moderation.enums import Ground
from zenne.people.moderation.models import Block
from zenne.people.moderation.queries import blocked, who_asks

NOW = make.NOW
MIDNIGHT = datetime(2026, 6, 20, 22, tzinfo=UTC)  # as the twentieth of June ends in Brussels
pytestmark = pytest.mark.django_db


def again(person):
    """The same person as the next request knows them."""
    return Person.objects.get(pk=person.pk)


def test_blocked_person_writes_nothing_in_that_organisation_and_everything_elsewhere():
    mine = ideas.resident("Troll")
    idea = ideas.idea(author=mine)
    other, written = ideas.idea(idea.activity), comment(idea)
    make.blocked(idea.process.organisation, mine, days=3)
    person = again(mine)
    answers = [
        may_propose(person, idea.activity, NOW),
        may_comment(person, idea, NOW),
        may_support(person, other, NOW),
        may_edit(person, idea, NOW),
        may_react(person, written, NOW),
    ]
    assert {answer.reason for answer in answers} == {Reason.BLOCKED}
    assert dict(answers[0].details)["until"] == NOW + timedelta(days=3)
    assert may_comment(person, ideas.idea(), NOW)
    assert may_comment(person, idea, NOW + timedelta(days=3))


def test_asking_often_whether_somebody_is_blocked_is_one_query(django_assert_num_queries):
    organisation = make.house_of(comment())
    person = again(ideas.resident("Bob"))
    with django_assert_num_queries(1):
        assert all(blocked(person, organisation, NOW) for _time in range(5))


@pytest.mark.django_db(transaction=True)
def test_who_asks_for_a_page_is_read_with_the_block_and_the_confirmed_address(django_assert_num_queries):
    organisation, whom = make.house_of(comment()), ideas.resident("Troll")
    with django_assert_num_queries(1):
        reader = who_asks(whom.pk, NOW)
        assert reader == whom and blocked(reader, organisation, NOW) and has_confirmed_email(reader)
    make.blocked(organisation, whom)
    assert not blocked(who_asks(whom.pk, NOW), organisation, NOW)
    with transaction.atomic():
        assert not blocked(reader, organisation, NOW), "a verb never relies on what a page was told"
    assert who_asks(0, NOW) is None


def test_the_person_is_told_in_their_language_with_the_way_to_appeal(mailbox, django_capture_on_commit_callbacks):
    whom = ideas.resident("Troll", language="nl")
    with django_capture_on_commit_callbacks(execute=True):
        made = make.blocked(make.house_of(comment()), whom)
    [letter] = mailbox.to(whom.email)
    words = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "U kunt tijdelijk niet deelnemen"
    assert f"/nl/moderation/blocks/{made.public_id}/" in words
    assert "Toujours la même publicité." in words


def test_a_block_speaks_of_its_last_day_and_its_page_says_when_it_is_over(client_for, clock_shows):
    organisation, whom = make.house_of(comment()), ideas.resident("Troll")
    made = actions.block(
        whom,
        organisation=organisation,
        ground=Ground.HATE,
        text="Non.",
        until=MIDNIGHT,
        by=make.moderator_of(organisation),
        now=NOW,
    )
    clock_shows(NOW)
    page = client_for(whom).get(made.get_absolute_url()).content.decode()
    assert "20\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2026 inclus" in page and "21\N{NO-BREAK SPACE}juin" not in page
    clock_shows(MIDNIGHT)
    assert "vous ne pouviez" in client_for(whom).get(made.get_absolute_url()).content.decode()


def test_who_is_refused_is_led_to_the_block_and_writes_again_when_it_has_ended(client_for, clock_shows):
    written = comment()
    idea, whom = written.about, ideas.resident("Troll")
    made = make.blocked(idea.process.organisation, whom, days=3)
    discussion = reverse("comments:discussion", args=["ideas.idea", idea.pk])
    clock_shows(NOW + timedelta(days=1))
    client = client_for(whom)
    refused = client.post(discussion, {"text": "Encore moi, avec une remarque."})
    assert refused.status_code == 403
    assert made.get_absolute_url() in refused.content.decode()
    page = client.get(idea.get_absolute_url()).content.decode()
    assert page.count(made.get_absolute_url()) == 2, "beside the supports and below the comments"
    reactions = page[page.index(reverse("comments:react", args=[written.pk])) :]
    assert reactions[: reactions.index("</form>")].count(" disabled") == 2
    clock_shows(NOW + timedelta(days=3))
    assert client.post(discussion, {"text": "Me revoici, poliment."}).status_code == 302


def test_lifting_lets_the_person_in_again():
    organisation, whom = make.house_of(comment()), ideas.resident("Troll")
    made = make.blocked(organisation, whom)
    actions.lift(made, reason="Excuses reçues.", by=make.moderator_of(organisation), now=NOW)
    assert blocked(again(whom), organisation, NOW)
    with pytest.raises(NotAllowed):
        actions.lift(made, reason="Encore.", by=make.moderator_of(organisation), now=NOW)


@pytest.mark.parametrize("days", [0, 400])
def test_a_block_ends_within_a_year(days):
    with pytest.raises(Invalid):
        make.blocked(make.house_of(comment()), days=days)


def test_the_database_knows_no_block_without_an_end():
    made = make.blocked(make.house_of(comment()))
    with pytest.raises(IntegrityError, match="block_ends"), transaction.atomic():
        Block.objects.filter(pk=made.pk).update(ends_at=NOW + timedelta(days=367))


def test_colleagues_and_people_blocked_already_are_not_blocked():
    organisation, whom = make.house_of(comment()), ideas.resident("Troll")
    with pytest.raises(NotAllowed):
        make.blocked(organisation, make.moderator_of(organisation, "Colleague"))
    make.blocked(organisation, whom)
    with pytest.raises(Conflict):
        make.blocked(organisation, whom)


def test_staff_of_another_organisation_blocks_nobody_here():
    organisation, elsewhere = make.house_of(comment()), make.house_of(comment())
    with pytest.raises(NotAllowed):
        actions.block(
            ideas.resident(),
            organisation=organisation,
            ground=Ground.HATE,
            text="Non.",
            until=NOW + timedelta(days=1),
            by=make.moderator_of(elsewhere),
            now=NOW,
        )
