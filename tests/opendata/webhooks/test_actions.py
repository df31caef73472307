"""From what happens to what other software hears of it."""

import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.opendata.webhooks.factories import NOW, receiving, subscription
from tests.participation.ideas import factories as ideas
from tests.participation.processes import factories as processes
from tests.participation.reporting import factories as reports
from tests.people.organisations import factories as organisations
from zenne.config.environment import ROOT
from zenne.core.errors import Invalid
from zenne.opendata.webhooks import actions, delivering, queries, signing, tasks
from zenne.opendata.webhooks.enums import LEASE, WAITS, DeliveryState, SubscriptionState
from zenne.opendata.webhooks.kinds import webhooks
from zenne.opendata.webhooks.models import Attempt, Delivery, Subscription
from zenne.participation.comments import actions as comments
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment
from zenne.participation.ideas import actions as ideas_actions
from zenne.participation.ideas.enums import IdeaState, Moderation
from zenne.participation.processes import actions as process_actions
from zenne.participation.reporting import actions as report_actions
from zenne.people.access.answers import NotAllowed
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db
EARLY = ideas.NOW - timedelta(days=365)


@pytest.fixture
def there():
    with receiving() as receiver:
        yield receiver


def work():
    """What the worker would do with everything that waits in its queue, in order."""
    while jobs := list(ProcrastinateJob.objects.filter(queue_name="webhooks", status="todo").order_by("id")):
        for job in jobs:
            {"webhooks.tell": tasks.tell, "webhooks.deliver": tasks.deliver}[job.task_name].func(**job.args)
        _done(jobs)


def _done(jobs):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where id = any(%s)", [[job.pk for job in jobs]])


def told(event):
    return [json.loads(one.body)["data"] for one in Delivery.objects.filter(event=event).order_by("id")]


# What is told


def test_an_idea_that_is_published_is_told_with_its_words_and_not_with_its_author(jette, there, clock_shows):
    clock_shows(ideas.NOW)
    subscription(jette, address=there.address, now=EARLY)
    author = ideas.resident("Amina")
    idea = ideas.idea(ideas.call(organisation=jette), author=author, title="Un banc")
    work()
    headers, body = there.arrived[0]
    message = json.loads(body)
    assert message["type"] == "idea.published"
    assert message["timestamp"] == ideas.NOW.isoformat()
    assert message["data"]["idea"]["title"] == "Un banc"
    assert message["data"]["idea"]["url"].endswith(f"/{idea.pk}/")
    assert b"Amina" not in body and author.email.encode() not in body
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert Delivery.objects.get().state == DeliveryState.DELIVERED
    attempt = Attempt.objects.get()
    assert (attempt.number, attempt.code, attempt.answer) == (1, 200, "thank you")


def test_what_waits_for_moderation_is_not_told(jette, clock_shows):
    clock_shows(ideas.NOW)
    subscription(jette, now=EARLY)
    ideas.idea(ideas.call(organisation=jette, moderation=Moderation.BEFORE))
    work()
    assert not Delivery.objects.exists()


def test_an_idea_taken_off_the_page_before_the_worker_came_is_not_told(jette, clock_shows):
    clock_shows(ideas.NOW)
    subscription(jette, now=EARLY)
    idea = ideas.idea(ideas.call(organisation=jette))
    ideas_actions.reject_idea(idea, reason=ideas.NO, by=ideas.staff(jette), now=ideas.NOW)
    work()
    assert told("idea.published") == []
    step = told("idea.status_changed")[0]
    assert step["after"] == "rejected" and step["reason"]["nl"] == "Daarom niet."
    assert "title" not in step["idea"] and "text" not in step["idea"]


def test_steps_answers_and_comments_are_told(jette, clock_shows):
    clock_shows(ideas.NOW)
    idea = ideas.idea(ideas.call(organisation=jette))
    subscription(jette, now=EARLY)
    manager = ideas.staff(jette)
    ideas_actions.change_status(idea, to=IdeaState.ADMISSIBLE, by=manager, now=ideas.NOW)
    ideas_actions.answer_idea(idea, body={"fr": "Oui", "nl": "Ja", "en": "Yes"}, by=manager, now=ideas.NOW)
    idea.refresh_from_db()
    comments.comment(idea, text="Très bien", language="fr", by=ideas.resident("Karim"), now=ideas.NOW)
    work()
    assert told("idea.status_changed")[0]["after"] == "admissible"
    assert told("idea.answered")[0]["answer"]["body"] == {"fr": "Oui", "nl": "Ja", "en": "Yes"}
    comment = told("comment.published")[0]["comment"]
    assert comment["text"] == "Très bien" and "author" not in comment


def test_a_hidden_comment_is_not_told(jette, clock_shows):
    clock_shows(ideas.NOW)
    idea = ideas.idea(ideas.call(organisation=jette))
    subscription(jette, now=EARLY, events=["comment.published"])
    written = comments.comment(idea, text="Très bien", language="fr", by=ideas.resident(), now=ideas.NOW)
    Comment.objects.filter(pk=written.pk).update(state=CommentState.HIDDEN, ended_at=ideas.NOW)
    work()
    assert not Delivery.objects.exists()


def test_many_supports_of_one_idea_are_one_message_with_their_number(
    jette, clock_shows, django_capture_on_commit_callbacks
):
    clock_shows(ideas.NOW)
    idea = ideas.idea(ideas.call(organisation=jette))
    subscription(jette, now=EARLY, events=["idea.supports"])
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            ideas_actions.support(idea, by=ideas.resident(f"P{number}"), now=ideas.NOW)
    work()
    assert [(data["idea"]["id"], data["supports"]) for data in told("idea.supports")] == [(idea.pk, 3)]
    assert "text" not in json.dumps(told("idea.supports"))


def test_a_merge_is_told_with_where_it_leads(jette, clock_shows):
    clock_shows(ideas.NOW)
    call = ideas.call(organisation=jette)
    author = ideas.resident()
    source, target = ideas.idea(call, author=author), ideas.idea(call, author=author)
    subscription(jette, now=EARLY, events=["idea.merged"])
    manager = ideas.staff(jette)
    source.merged_into = target
    from zenne.participation.ideas.actions.way import step

    step(source, IdeaState.MERGED, reason=ideas.NO, by=manager, now=ideas.NOW)
    work()
    assert told("idea.merged")[0]["into"] == target.pk


def test_a_published_process_and_its_phases_are_told_once(jette, clock_shows):
    subscription(jette, now=processes.BEFORE - timedelta(days=1))
    clock_shows(processes.BEFORE)
    process = processes.published(jette)
    opened = processes.OPENS + timedelta(minutes=1)
    for _minute in range(3):
        process_actions.announce_phases(now=opened)
        work()
    process_actions.announce_phases(now=processes.CLOSES)
    work()
    assert told("process.published")[0]["process"]["slug"] == process.slug
    assert [data["phase"]["title"]["nl"] for data in told("phase.opened")] == ["Call nl"]
    assert len(told("phase.closed")) == 1


def test_a_published_report_is_told_with_its_addresses_and_its_fingerprints(jette, clock_shows):
    clock_shows(reports.NOW + timedelta(minutes=4))
    subscription(jette, now=EARLY, events=["report.published"])
    manager = ideas.staff(jette)
    ready = reports.made(ideas.call(organisation=jette).process, by=manager)
    work()
    assert told("report.published") == []
    report_actions.publish_report(ready, by=manager, now=reports.NOW + timedelta(minutes=3))
    work()
    report = told("report.published")[0]["report"]
    assert report["number"] == 1 and report["title"]["nl"] == "Rapport nl"
    assert [report[name].rpartition("/reports/1/")[2] for name in ("url", "pdf", "data")] == [
        "",
        "report.pdf",
        "report.json",
    ]
    assert report["sha256"] == {edition.language: edition.digest for edition in ready.editions.all()}


def test_a_report_withdrawn_before_the_worker_came_is_not_told(jette, clock_shows):
    clock_shows(reports.NOW + timedelta(minutes=4))
    subscription(jette, now=EARLY, events=["report.published"])
    manager = ideas.staff(jette)
    public = reports.published(ideas.call(organisation=jette).process, by=manager)
    report_actions.withdraw_report(public, reason=ideas.NO, by=manager, now=reports.NOW + timedelta(minutes=4))
    work()
    assert not Delivery.objects.exists()


def test_a_draft_is_never_told(jette, clock_shows):
    subscription(jette, now=processes.BEFORE - timedelta(days=1))
    clock_shows(processes.OPENS)
    processes.phase(processes.draft(jette))
    process_actions.announce_phases(now=processes.OPENS)
    work()
    assert not Delivery.objects.exists()


def test_another_organisation_hears_nothing(jette, clock_shows):
    clock_shows(ideas.NOW)
    subscription(organisations.organisation("Ixelles"), now=EARLY)
    ideas.idea(ideas.call(organisation=jette))
    work()
    assert not Delivery.objects.exists()


def test_what_happened_before_somebody_subscribed_is_not_told_to_them(jette, clock_shows):
    clock_shows(ideas.NOW)
    subscription(jette, now=EARLY, events=["idea.published"])
    idea = ideas.idea(ideas.call(organisation=jette))
    subscription(jette, now=ideas.NOW + timedelta(seconds=1), events=["idea.published"])
    work()
    assert Delivery.objects.count() == 1 and told("idea.published")[0]["idea"]["id"] == idea.pk


def test_where_nobody_listens_an_announcement_costs_no_query(jette, django_assert_num_queries):
    queries.is_wanted("idea.supports", jette.pk)
    with django_assert_num_queries(0):
        actions.announce("comment.published", 1, organisation=jette.pk, now=NOW)
        actions.announce_count("idea.supports", 1, organisation=jette.pk, now=NOW)
        actions.announce_once("phase.opened", 1, organisation=jette.pk, at=NOW)


def test_an_announcement_is_one_insert_in_the_transaction_it_tells_of(jette, django_assert_num_queries):
    subscription(jette)
    queries.is_wanted("comment.published", jette.pk)
    with django_assert_num_queries(1):
        actions.announce("comment.published", 1, organisation=jette.pk, now=NOW)


# Bringing it


def test_the_manual_names_every_event():
    page = (ROOT / "docs/manual/webhooks.md").read_text()
    assert [name for name in webhooks if f"`{name}`" not in page] == []


def test_the_example_of_the_manual_verifies_what_arrives_and_nothing_else(jette, there):
    made = subscription(jette, address=there.address)
    secret = actions.reveal(made, by=None, now=NOW)
    actions.ping(made, by=None, now=NOW)
    delivering.bring(Delivery.objects.get().pk, now=NOW)
    headers, body = there.arrived[0]
    page = (ROOT / "docs/manual/webhooks.md").read_text()
    example = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    names = {}
    exec(compile(example, "webhooks.md", "exec"), names)  # noqa: S102 - the example is what is tested
    verified = names["verified"]
    at = NOW.timestamp()
    assert verified(secret, headers, body, at)
    assert not verified(secret, headers, body + b" ", at)
    assert not verified(secret, {**headers, "webhook-id": "msg_other"}, body, at)
    assert not verified(signing.PREFIX + "AAAA", headers, body, at)
    assert not verified(secret, headers, body, at + 3600)


def test_the_signature_is_the_published_test_vector_of_standard_webhooks():
    """From the specification's own libraries: secret, id, timestamp and body in, signature out."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # pragma: allowlist secret
    number = "msg_p5jXN8AQM9LWM0D4loKWxJek"  # pragma: allowlist secret
    made = signing.sign(secret, number, 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_for_a_day_after_a_new_secret_both_sign(jette):
    made = subscription(jette)
    old = actions.reveal(made, by=None, now=NOW)
    new = actions.rotate(made, by=None, now=NOW)
    made.refresh_from_db()
    assert old != new
    both = signing.headers(made, "msg_1", b"{}", now=NOW + timedelta(hours=23))["webhook-signature"].split()
    stamp = int((NOW + timedelta(hours=23)).timestamp())
    assert both == [signing.sign(new, "msg_1", stamp, b"{}"), signing.sign(old, "msg_1", stamp, b"{}")]
    assert len(signing.headers(made, "msg_1", b"{}", now=NOW + timedelta(hours=24))["webhook-signature"].split()) == 1


def test_the_secret_is_shown_once_and_is_not_in_the_database(jette):
    made = subscription(jette)
    secret = actions.reveal(made, by=None, now=NOW)
    with pytest.raises(NotAllowed):
        actions.reveal(made, by=None, now=NOW)
    kept = Subscription.objects.filter(pk=made.pk).values().get()
    assert secret not in str(kept) and secret.removeprefix("whsec_") not in str(kept)


def test_a_failure_is_tried_again_with_longer_and_longer_waits_and_given_up_after_two_days(jette, there, mailbox):
    admin = organisations.member(jette, Role.ADMIN)
    made = subscription(jette, address=there.address)
    delivery = _one(made)
    there.codes = [500] * 20
    moment, moments = NOW, []
    while delivery.state == DeliveryState.WAITING:
        moment = delivery.next_try_at
        moments.append(moment)
        assert delivering.bring(delivery.pk, now=moment - timedelta(seconds=1)) is None
        delivering.bring(delivery.pk, now=moment)
        delivery.refresh_from_db()
    assert [after - before for before, after in pairwise(moments)] == list(WAITS)
    assert timedelta(days=2) <= moments[-1] - NOW < timedelta(days=2, hours=4)
    assert delivery.state == DeliveryState.DEAD and delivery.attempts.count() == 9
    assert len({headers["webhook-id"] for headers, _body in there.arrived}) == 1
    made.refresh_from_db()
    assert made.state == SubscriptionState.STOPPED
    assert Entry.objects.filter(event="webhook.stopped", scope=jette.pk).count() == 1
    assert admin.is_active


def test_the_administrators_get_a_letter_when_it_was_stopped(
    jette, there, mailbox, clock_shows, django_capture_on_commit_callbacks
):
    clock_shows(NOW)
    admin = organisations.member(jette, Role.ADMIN)
    organisations.member(jette, Role.EDITOR)
    made = subscription(jette, address=there.address)
    there.codes = [410]
    with django_capture_on_commit_callbacks(execute=True):
        delivering.bring(_one(made).pk, now=NOW)
    letters = delivering.queries.administrators(made)
    assert [person.email for person in letters] == [admin.email]
    made.refresh_from_db()
    assert made.state == SubscriptionState.STOPPED


def test_one_success_in_between_keeps_it_alive(jette, there):
    made = subscription(jette, address=there.address)
    lost = _one(made)
    there.codes = [500]
    delivering.bring(lost.pk, now=NOW)
    delivering.bring(_one(made).pk, now=NOW + timedelta(hours=1))
    there.codes = [500] * 20
    while (lost := Delivery.objects.get(pk=lost.pk)).state == DeliveryState.WAITING:
        delivering.bring(lost.pk, now=lost.next_try_at)
    assert lost.state == DeliveryState.DEAD
    made.refresh_from_db()
    assert made.state == SubscriptionState.ACTIVE


def test_what_a_killed_worker_held_is_tried_again_under_the_same_id(jette, there):
    made = subscription(jette, address=there.address)
    delivery = _one(made)
    assert queries.due(NOW).filter(pk=delivery.pk).update(next_try_at=NOW + LEASE) == 1  # claimed, then killed
    assert delivering.bring(delivery.pk, now=NOW + timedelta(seconds=30)) is None
    assert actions.try_again(now=NOW + timedelta(seconds=30)) == 0
    assert actions.try_again(now=NOW + LEASE) == 1
    delivering.bring(delivery.pk, now=NOW + LEASE)
    assert [headers["webhook-id"] for headers, _body in there.arrived] == [f"msg_{delivery.message.hex}"]


def test_a_task_done_twice_writes_and_brings_a_message_once(jette, there, clock_shows):
    clock_shows(ideas.NOW)
    subscription(jette, address=there.address, now=EARLY, events=["idea.published"])
    ideas.idea(ideas.call(organisation=jette))
    job = ProcrastinateJob.objects.get(task_name="webhooks.tell")
    tasks.tell.func(**job.args)
    tasks.tell.func(**job.args)
    work()
    assert Delivery.objects.count() == 1 and len(there.arrived) == 1


def test_a_pause_sends_nothing_and_resuming_sends_what_waited(jette, there, clock_shows):
    clock_shows(NOW)
    made = subscription(jette, address=there.address)
    delivery = _one(made)
    actions.pause(made, by=None, now=NOW)
    assert delivering.bring(delivery.pk, now=NOW) is None
    assert not queries.is_wanted("idea.published", jette.pk)
    actions.resume(made, by=None, now=NOW)
    actions.try_again(now=NOW)
    work()
    assert len(there.arrived) == 1
    with pytest.raises(NotAllowed):
        actions.resume(made, by=None, now=NOW)


def test_sending_again_keeps_the_id(jette, there):
    made = subscription(jette, address=there.address)
    delivery = _one(made)
    delivering.bring(delivery.pk, now=NOW)
    delivery.refresh_from_db()
    actions.redeliver(delivery, by=None, now=NOW + timedelta(hours=1))
    delivering.bring(delivery.pk, now=NOW + timedelta(hours=1))
    assert len(there.arrived) == 2 and len({headers["webhook-id"] for headers, _body in there.arrived}) == 1
    assert list(delivery.attempts.values_list("number", flat=True)) == [1, 2]


def test_what_is_in_somebodys_hands_is_not_sent_again(jette):
    with pytest.raises(NotAllowed):
        actions.redeliver(_one(subscription(jette)), by=None, now=NOW)


def test_a_test_message_is_tried_once_and_also_while_paused(jette, there):
    made = subscription(jette, address=there.address)
    actions.pause(made, by=None, now=NOW)
    there.codes = [500]
    delivery = actions.ping(made, by=None, now=NOW)
    delivering.bring(delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DEAD and len(there.arrived) == 1


def test_old_messages_are_forgotten_and_waiting_ones_kept(jette):
    made = subscription(jette)
    old, waiting = _one(made), _one(made)
    Delivery.objects.filter(pk=old.pk).update(state=DeliveryState.DEAD, next_try_at=None)
    assert actions.prune(now=NOW + timedelta(days=29)) == 0
    assert actions.prune(now=NOW + timedelta(days=31)) == 1
    assert list(Delivery.objects.values_list("pk", flat=True)) == [waiting.pk]


# Who may


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MODERATOR, Role.EDITOR])
def test_only_administrators_of_the_organisation_decide(jette, role):
    made = subscription(jette)
    elsewhere = organisations.member(organisations.organisation("Ixelles"), Role.ADMIN)
    for person in (organisations.member(jette, role), elsewhere):
        for verb in (actions.pause, actions.reveal, actions.rotate, actions.ping, actions.unsubscribe):
            with pytest.raises(NotAllowed):
                verb(made, by=person, now=NOW)
        with pytest.raises(NotAllowed):
            actions.subscribe(
                organisation=jette,
                name="x",
                address="https://93.184.215.14/",
                events=["idea.published"],
                by=person,
                now=NOW,
            )


@pytest.mark.parametrize(
    "given",
    [
        {"address": "http://93.184.215.14/"},
        {"address": "https://10.0.0.1/"},
        {"address": "https://localhost/"},
        {"events": []},
        {"events": ["idea.thought"]},
        {"name": " "},
    ],
)
def test_what_cannot_be_told_is_refused_in_words(jette, given):
    with pytest.raises(Invalid):
        subscription(jette, **given)
    assert not Subscription.objects.exists()


def _one(made):
    delivery = delivering.write_ping(made, now=NOW)
    delivery.event = "idea.published"
    delivery.save()
    return delivery
