"""News: written, published in every promised language, corrected in the open, withdrawn."""

import pytest
from django.utils.translation import override

from tests.people.organisations.factories import member, person
from zenne.messaging.notifications.models import Notification
from zenne.participation.processes import actions
from zenne.participation.processes.errors import Incomplete, WrongState
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role

from .factories import AFTER, BEFORE, CLOSES, DURING, draft, news, only_activity, published, texts


def test_news_is_published_in_every_promised_language(jette, manager):
    post = actions.write_news(published(jette), values={"title_fr": "Oui", "body_fr": "Oui."}, by=manager, now=DURING)
    with pytest.raises(Incomplete):
        actions.publish_news(post, by=manager, now=DURING)
    post = actions.edit_news(post, values={"title_nl": "Ja", "body_nl": "Ja."}, by=manager, now=DURING)
    assert actions.publish_news(post, by=manager, now=DURING).published_at == DURING
    assert post.edited_at is None


def test_news_of_a_draft_waits(jette, manager):
    post = actions.write_news(draft(jette), values=texts(title="A", body="B"), by=manager, now=BEFORE)
    with pytest.raises(WrongState):
        actions.publish_news(post, by=manager, now=BEFORE)


def test_a_correction_is_dated_and_complete(jette, manager):
    post = news(published(jette))
    with pytest.raises(Incomplete):
        actions.edit_news(post, values={"body_nl": ""}, by=manager, now=AFTER)
    assert actions.edit_news(post, values={"body_nl": "Beter"}, by=manager, now=AFTER).edited_at == AFTER


def test_withdrawn_news_keeps_its_day_when_it_comes_back(jette, manager):
    post = actions.withdraw_news(news(published(jette)), by=manager, now=AFTER)
    with pytest.raises(WrongState):
        actions.withdraw_news(post, by=manager, now=AFTER)
    post = actions.publish_news(post, by=manager, now=AFTER)
    assert (post.published_at, post.withdrawn_at) == (DURING, None)


def test_only_news_that_nobody_read_is_thrown_away(jette, manager):
    process = published(jette)
    actions.delete_news(actions.write_news(process, values={}, by=manager, now=DURING), by=manager, now=DURING)
    with pytest.raises(WrongState):
        actions.delete_news(news(process), by=manager, now=DURING)


def test_editors_write_news_and_moderators_do_not(jette):
    process = published(jette)
    assert actions.write_news(process, values={}, by=member(jette, Role.EDITOR), now=DURING)
    with pytest.raises(NotAllowed):
        actions.write_news(process, values={}, by=member(jette, Role.MODERATOR), now=DURING)


def test_followers_hear_once_in_their_own_language(jette, manager, django_capture_on_commit_callbacks):
    process = published(jette)
    french, dutch = person(language="fr"), person(language="nl")
    for one in (french, dutch):
        actions.follow(process, by=one, now=DURING)
    with django_capture_on_commit_callbacks(execute=True):
        post = news(process)
        actions.publish_news(actions.withdraw_news(post, by=manager, now=AFTER), by=manager, now=AFTER)
    told = Notification.objects.order_by("id")
    assert set(told.values_list("person", flat=True)) == {french.pk, dutch.pk}
    for row in told:
        for language in ("fr", "nl"):
            with override(language):
                assert f"We are off {language}" in row.line and row.address.startswith(f"/{language}/")


def test_followers_hear_of_a_changed_date_with_its_reason(jette, manager, django_capture_on_commit_callbacks):
    process, resident = published(jette), person()
    actions.follow(process, by=resident, now=DURING)
    with django_capture_on_commit_callbacks(execute=True):
        actions.extend_window(
            only_activity(process).phase,
            closes_at=CLOSES.replace(day=28),
            reason={"fr": "Trop chaud"},
            by=manager,
            now=DURING,
        )
    row = Notification.objects.get()
    assert (row.kind, row.person, row.quote) == ("processes.changed", resident, "Trop chaud")
    assert row.url == f"/fr/processes/{process.slug}/changes/#change-{process.changes.get().pk}"
