"""What happens to meetings and to places at them."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import resident
from tests.participation.meetings.factories import (
    NOW,
    SOON,
    WHY,
    activity,
    draft,
    for_group,
    guest,
    manager,
    meeting,
    place,
    values,
)
from zenne.core.clock import at_brussels, in_brussels
from zenne.core.errors import Invalid, TooMany
from zenne.messaging.notifications.models import Notification
from zenne.participation.ideas.enums import Channel
from zenne.participation.meetings import actions, queries
from zenne.participation.meetings.actions import Tick, Wishes
from zenne.participation.meetings.activity import duplicate
from zenne.participation.meetings.enums import MeetingState, RegistrationState, Rhythm
from zenne.participation.meetings.errors import ConsentMissing, NotNow, Unclear
from zenne.participation.meetings.models import Meeting, Needs, Registration
from zenne.participation.meetings.rules import may_see
from zenne.participation.meetings.tasks import write_to_guest
from zenne.participation.processes.models import Activity, Phase
from zenne.people.access.answers import NotAllowed, Reason
from zenne.people.access.enums import Level
from zenne.people.accounts import personal_data
from zenne.people.history.models import Entry

pytestmark = pytest.mark.django_db

AFTER = SOON + timedelta(hours=3)


def again(row):
    return type(row).objects.get(pk=row.pk)


# writing


def test_a_weekly_series_over_the_end_of_summer_time_keeps_its_hour_on_the_wall():
    of = activity()
    starts = at_brussels(date(2026, 10, 20), in_brussels(datetime(2026, 10, 20, 17, 0, tzinfo=UTC)).time())
    made = actions.write_series(
        of,
        values=values(starts_at=starts, ends_at=starts + timedelta(hours=2)),
        rhythm=Rhythm.WEEKLY,
        until=date(2026, 11, 3),
        by=manager(of),
        now=NOW,
    )
    assert [each.starts_at.hour for each in made] == [17, 18, 18]
    assert {in_brussels(each.starts_at).hour for each in made} == {19}
    assert {in_brussels(each.ends_at).hour for each in made} == {21}


def test_a_monthly_series_falls_on_the_same_weekday_of_the_month_and_a_list_on_its_days():
    of = activity()
    by = manager(of)
    monthly = actions.write_series(of, values=values(), rhythm=Rhythm.MONTHLY, until=date(2026, 9, 30), by=by, now=NOW)
    assert [in_brussels(each.starts_at).date() for each in monthly] == [
        date(2026, 6, 22),
        date(2026, 7, 27),
        date(2026, 8, 24),
        date(2026, 9, 28),
    ]
    listed = actions.write_series(
        of, values=values(), rhythm=Rhythm.LIST, dates=[date(2026, 7, 1), date(2026, 7, 1)], by=by, now=NOW
    )
    assert [in_brussels(each.starts_at).date() for each in listed] == [date(2026, 6, 22), date(2026, 7, 1)]


def test_a_series_changed_together_leaves_alone_the_date_that_was_changed_apart():
    of = activity()
    by = manager(of)
    first, second, third = actions.write_series(
        of, values=values(), rhythm=Rhythm.WEEKLY, until=date(2026, 7, 6), by=by, now=NOW
    )
    actions.change_meeting(second, values={"venue_fr": "Ailleurs"}, by=by, now=NOW)
    later = {"starts_at": SOON + timedelta(hours=1), "ends_at": SOON + timedelta(hours=3), "venue_fr": "Salle 2"}
    actions.change_meeting(first, values=later, whole_series=True, by=by, now=NOW)
    rows = [again(each) for each in (first, second, third)]
    assert [row.venue for row in rows] == ["Salle 2", "Ailleurs", "Salle 2"]
    assert rows[2].starts_at == third.starts_at + timedelta(hours=1)
    assert rows[1].apart and not rows[2].apart


def test_a_series_goes_on_by_its_rule_with_the_words_of_its_last_date_that_kept_to_it():
    of = activity()
    by = manager(of)
    gap = timedelta(hours=20)
    first, _second = actions.write_series(
        of,
        values=values(register_until=SOON - gap, venue_fr="Salle 1"),
        agenda=[{"title_fr": "Accueil", "minutes": 10}],
        rhythm=Rhythm.WEEKLY,
        every=2,
        until=date(2026, 7, 10),
        by=by,
        now=NOW,
    )
    actions.change_meeting(first, values={"venue_fr": "Ailleurs"}, by=by, now=NOW)
    added = actions.lengthen_series(first.series, until=date(2026, 8, 3), by=by, now=NOW)
    assert [in_brussels(each.starts_at).date() for each in added] == [date(2026, 7, 20), date(2026, 8, 3)]
    one = again(added[0])
    assert (one.venue, one.agenda.get().title, one.starts_at - one.register_until) == ("Salle 1", "Accueil", gap)
    assert (one.state, one.series_id, again(first.series).until) == (
        MeetingState.DRAFT,
        first.series_id,
        date(2026, 8, 3),
    )
    for wrong in (None, date(2026, 8, 3), date(2026, 8, 4)):
        with pytest.raises(Unclear):
            actions.lengthen_series(first.series, until=wrong, by=by, now=NOW)
    with pytest.raises(Unclear):
        actions.lengthen_series(first.series, until=date(2030, 1, 1), by=by, now=NOW)
    with pytest.raises(NotAllowed):
        actions.lengthen_series(first.series, until=date(2026, 9, 3), by=resident(), now=NOW)


def test_a_list_of_days_gets_the_days_it_does_not_have_yet():
    of = activity()
    by = manager(of)
    made = actions.write_series(of, values=values(), rhythm=Rhythm.LIST, dates=[date(2026, 7, 1)], by=by, now=NOW)
    series = made[0].series
    added = actions.lengthen_series(series, dates=[date(2026, 7, 1), date(2026, 7, 9)], by=by, now=NOW)
    assert [in_brussels(each.starts_at).date() for each in added] == [date(2026, 7, 9)]
    with pytest.raises(Unclear):
        actions.lengthen_series(series, dates=[date(2026, 7, 9)], by=by, now=NOW)


def test_the_drafts_of_a_series_are_announced_together_or_none_is():
    of = activity()
    by = manager(of)
    made = actions.write_series(of, values=values(), rhythm=Rhythm.WEEKLY, until=date(2026, 7, 10), by=by, now=NOW)
    actions.announce(made[0], by=by, now=NOW)
    Meeting.objects.filter(pk=made[2].pk).update(venue="", address="")
    with pytest.raises(Invalid):
        actions.announce_series(made[0].series, by=by, now=NOW)
    assert again(made[1]).state == MeetingState.DRAFT
    actions.delete_draft(made[2], by=by, now=NOW)
    assert actions.announce_series(made[0].series, by=by, now=NOW) == 1
    with pytest.raises(NotNow):
        actions.announce_series(made[0].series, by=by, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": SOON},
        {"ends_at": SOON + timedelta(days=40)},
        {"starts_at": datetime(1066, 10, 14, tzinfo=UTC)},
        {"capacity": 0},
        {"register_until": SOON + timedelta(days=1)},
        {"lon": 150.0, "lat": 50.8},
        {"online_url": "javascript:alert(1)"},
        {"online_url": "https://example.org/\r\nX: 1"},
        {"title_fr": "x" * 200},
    ],
)
def test_what_makes_no_meeting_is_said_and_nothing_is_kept(wrong):
    of = activity()
    with pytest.raises(Unclear):
        draft(of, **wrong)
    assert not Meeting.objects.exists()


def test_announcing_needs_the_promised_languages_a_place_and_a_moment_to_come():
    of = activity()
    by = manager(of)
    of.process.organisation.languages = ["fr", "nl"]
    of.process.organisation.save()
    for wrong in ({"title_nl": ""}, {"address": "", "venue_fr": ""}):
        with pytest.raises(Invalid):
            actions.announce(draft(of, by=by, **wrong), by=by, now=NOW)
    with pytest.raises(NotNow):
        actions.announce(draft(of, by=by), by=by, now=AFTER)


def test_only_staff_of_the_organisation_arrange():
    of = activity()
    stranger = manager(activity())
    for attempt in (
        lambda: draft(of, by=stranger),
        lambda: actions.cancel_meeting(meeting(of), reason=WHY, by=stranger, now=NOW),
        lambda: actions.tick(meeting(of), ticks=[], by=stranger, now=SOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_cancelled_meeting_tells_everybody_why_and_stays(django_capture_on_commit_callbacks, mailbox):
    of = meeting(capacity=1)
    coming, waiting = place(of, needs=["sign"]), place(of)
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel_meeting(of, reason=WHY, by=manager(of), now=NOW)
    told = Notification.objects.filter(kind="meetings.cancelled")
    assert set(told.values_list("person_id", flat=True)) == {coming.person_id, waiting.person_id}
    assert told.first().excerpt["nl"] == WHY["nl"]
    assert (again(of).state, again(of).sequence, Needs.objects.count()) == (MeetingState.CANCELLED, 1, 0)
    with pytest.raises(NotNow):
        actions.change_meeting(of, values={"capacity": 9}, by=manager(of), now=NOW)


def test_a_meeting_is_not_cancelled_without_a_reason():
    of = meeting()
    with pytest.raises(Unclear):
        actions.cancel_meeting(of, reason={"fr": "  ", "xx": "no"}, by=manager(of), now=NOW)


# places


def test_who_gives_a_place_back_lets_the_first_in_the_line_in(django_capture_on_commit_callbacks):
    of = meeting(capacity=1)
    first, second, third = place(of), place(of), place(of)
    assert [each.state for each in (first, second, third)] == ["registered", "waiting", "waiting"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel_registration(first, now=NOW)
    assert [again(each).state for each in (first, second, third)] == ["cancelled", "registered", "waiting"]
    assert Notification.objects.get(kind="meetings.let_in").person_id == second.person_id


def test_more_places_let_in_who_waits_and_fewer_than_taken_are_refused():
    of = meeting(capacity=1)
    by = manager(of)
    place(of)
    waits = place(of)
    actions.change_meeting(of, values={"capacity": 2}, by=by, now=NOW)
    assert again(waits).state == RegistrationState.REGISTERED
    with pytest.raises(Unclear):
        actions.change_meeting(of, values={"capacity": 1}, by=by, now=NOW)


def test_registration_ends_when_the_meeting_begins_or_earlier_where_staff_say_so():
    for given, late in (({}, SOON), ({"register_until": SOON - timedelta(days=2)}, SOON - timedelta(days=1))):
        with pytest.raises(NotAllowed) as refusal:
            place(meeting(**given), now=late)
        assert refusal.value.refused.reason == Reason.TOO_LATE


def test_who_comes_back_after_giving_the_place_back_is_at_the_end_of_the_line():
    of = meeting(capacity=1)
    first, _second = place(of), place(of)
    actions.cancel_registration(first, now=NOW)
    back = place(of, first.person, now=NOW + timedelta(hours=1))
    assert (back.pk, back.state) == (first.pk, RegistrationState.WAITING)


def test_needs_are_deleted_once_the_meeting_is_over_and_guests_a_month_later():
    of = meeting()
    one = guest(of, needs=["childcare"], words="Deux enfants")
    assert Needs.objects.get().needs == ["childcare"]
    actions.sweep(now=of.ends_at - timedelta(minutes=1))
    assert Needs.objects.exists()
    actions.sweep(now=of.ends_at)
    assert not Needs.objects.exists()
    actions.sweep(now=of.ends_at + timedelta(days=31))
    kept = again(one)
    assert (kept.guest_name, kept.guest_email, kept.forgotten_at is not None) == ("", "", True)
    assert queries.place_by_key(one.key) is None


def test_a_guest_has_a_place_only_once_the_letter_is_answered(django_capture_on_commit_callbacks, mailbox):
    of = meeting(capacity=1)
    with django_capture_on_commit_callbacks(execute=True):
        asked = actions.register_guest(
            of, name="Léa\r\nBcc: all@example.org", email="lea@example.org", language="nl", now=NOW
        )
    assert (asked.state, again(of).taken) == (RegistrationState.UNCONFIRMED, 0)
    letter = mailbox[0]
    assert letter["Bcc"] is None and "\n" not in letter["Subject"]
    assert f"/nl/meetings/place/{asked.key}/" in " ".join(mailbox.links())
    actions.confirm_guest(asked, now=NOW)
    actions.confirm_guest(asked, now=NOW)
    assert again(of).taken == 1


def test_a_guest_who_never_answers_is_forgotten_in_two_days():
    actions.register_guest(meeting(), name="Léa", email="lea@example.org", now=NOW)
    actions.sweep(now=NOW + timedelta(days=2, seconds=1))
    assert not Registration.objects.exists()


def test_a_guest_writing_twice_in_another_case_is_one_guest():
    of = meeting()
    guest(of, "lea@example.org")
    actions.register_guest(of, name="Autre", email="LEA@example.org", now=NOW)
    assert Registration.objects.get().guest_name == "Léa"


@pytest.mark.parametrize("email", ["", "no", "a@b", "a@example.org\nBcc: x@example.org", "x" * 300 + "@example.org"])
def test_a_guest_without_an_address_that_exists_is_refused(email):
    with pytest.raises(Unclear):
        actions.register_guest(meeting(), name="Léa", email=email, now=NOW)


def test_an_address_is_not_written_to_without_end():
    of = meeting()
    for _each in range(10):
        actions.register_guest(of, name="Léa", email="lea@example.org", now=NOW)
    with pytest.raises(TooMany):
        actions.register_guest(of, name="Léa", email="Lea@example.org", now=NOW)


def test_guests_are_taken_only_where_everyone_may_come():
    with pytest.raises(NotAllowed):
        guest(meeting(activity(level=Level.CONFIRMED)))


# private


def test_a_private_meeting_is_seen_by_its_group_and_staff_and_by_nobody_else():
    member, other = resident(), resident()
    of = for_group(member)
    by = manager(of)
    made = meeting(of, by=by, private=True)
    assert [may_see(who, made) for who in (member, by, other, None)] == [True, True, False, False]
    assert not queries.public().exists()
    assert place(made, member).state == RegistrationState.REGISTERED
    with pytest.raises(NotAllowed):
        place(made, other)


# the door


def test_ticks_sent_twice_or_out_of_order_leave_the_same():
    of = meeting()
    one = place(of)
    by = manager(of)
    ticks = [Tick(one.code, True, SOON), Tick(one.code, False, SOON + timedelta(minutes=5))]
    for sent in (ticks, ticks, ticks[:1], reversed(ticks)):
        actions.tick(of, ticks=list(sent), by=by, now=SOON + timedelta(minutes=10))
    assert again(one).present is False
    actions.tick(of, ticks=[Tick(one.code, True, SOON + timedelta(minutes=7))], by=by, now=SOON + timedelta(minutes=10))
    assert again(one).present is True
    assert queries.attendance([of]) == {of.pk: {one.person_id}}
    assert Entry.objects.filter(event="meeting.ticked").count() == 2


def test_a_clock_that_runs_ahead_counts_as_now_and_unknown_codes_are_passed_over():
    of = meeting()
    one = place(of)
    by = manager(of)
    far = Tick(one.code, True, SOON + timedelta(days=400))
    assert actions.tick(of, ticks=[far, Tick("XXXXXXXX", True, SOON)], by=by, now=SOON) == [one]
    actions.tick(of, ticks=[Tick(one.code, False, SOON + timedelta(minutes=1))], by=by, now=SOON + timedelta(minutes=2))
    assert again(one).present is False


def test_the_door_is_closed_long_before_the_meeting():
    of = meeting()
    with pytest.raises(NotNow):
        actions.tick(of, ticks=[], by=manager(of), now=NOW)


# reminders


@pytest.mark.parametrize(
    ("starts", "too_early", "due"),
    [
        # the evening before the clocks go back: 25 October 2026
        (
            datetime(2026, 10, 25, 22, 30, tzinfo=UTC),
            datetime(2026, 10, 23, 21, 59, tzinfo=UTC),
            datetime(2026, 10, 23, 22, 0, tzinfo=UTC),
        ),
        # the day after they go forward: 28 March 2027 begins at 23:00 UTC
        (
            datetime(2027, 3, 28, 21, 30, tzinfo=UTC),
            datetime(2027, 3, 26, 22, 59, tzinfo=UTC),
            datetime(2027, 3, 26, 23, 0, tzinfo=UTC),
        ),
    ],
)
def test_a_reminder_leaves_once_the_day_before_by_the_days_of_brussels(
    starts, too_early, due, django_capture_on_commit_callbacks
):
    of = activity()
    Phase.objects.filter(pk=of.phase_id).update(closes_at=None)
    made = meeting(Activity.objects.get(pk=of.pk), starts_at=starts, ends_at=starts + timedelta(hours=1))
    place(made)
    assert actions.remind_due(now=too_early) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remind_due(now=due) == 1
    assert actions.remind_due(now=due + timedelta(hours=1)) == 0
    assert Notification.objects.filter(kind="meetings.reminder").count() == 1


def test_a_meeting_moved_to_another_day_reminds_again():
    of = meeting()
    actions.remind_due(now=SOON - timedelta(days=1))
    actions.change_meeting(
        of,
        values={"starts_at": SOON + timedelta(days=3), "ends_at": SOON + timedelta(days=3, hours=1)},
        by=manager(of),
        now=SOON - timedelta(hours=20),
    )
    assert actions.remind_due(now=SOON + timedelta(days=2)) == 1


def test_a_guest_is_written_to_once_even_when_the_worker_is_killed_at_the_letter(mailbox):
    of = meeting()
    registration = guest(of)
    actions.cancel_meeting(of, reason=WHY, by=manager(of), now=NOW)
    [job] = ProcrastinateJob.objects.filter(task_name="meetings.write_to_guest").values_list("args", flat=True)
    assert job == {"registration": registration.pk, "what": "cancelled"}  # there with the cancellation, or neither
    for taken_up_before in (0, 1):
        write_to_guest.func(SimpleNamespace(job=SimpleNamespace(attempts=taken_up_before)), **job)
    assert len(mailbox) == 1


# what stays


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    return SimpleUploadedFile("salle.png", drawn.getvalue(), content_type="image/png")


def test_a_picture_shows_only_who_agreed_and_is_hidden_when_one_no_longer_does():
    of = meeting()
    agreed, silent = place(of, pictures=True), place(of)
    by = manager(of)
    for people, nobody in (([silent], False), ([], False), ([agreed], True)):
        with pytest.raises(ConsentMissing):
            actions.add_picture(of, data=picture(), alt="La salle", people=people, nobody=nobody, by=by, now=AFTER)
    shown = actions.add_picture(of, data=picture(), alt="La salle", people=[agreed], by=by, now=AFTER)
    assert shown.upload.published_at is not None or again(shown.upload).published_at is not None
    actions.change_registration(agreed, wishes=Wishes(pictures=False), now=AFTER)
    assert (again(shown).hidden_at, again(shown.upload).published_at) == (AFTER, None)


def test_minutes_in_one_language_are_enough_and_who_was_there_hears_of_them(django_capture_on_commit_callbacks):
    of = meeting()
    one = place(of)
    by = manager(of)
    actions.write_minutes(of, text={"nl": "Er werd gesproken."}, by=by, now=AFTER)
    with django_capture_on_commit_callbacks(execute=True):
        minutes = actions.publish_minutes(of, by=by, now=AFTER)
    assert minutes.published_at == AFTER
    assert Notification.objects.get(kind="meetings.minutes").person_id == one.person_id
    with pytest.raises(Unclear):
        actions.write_minutes(of, text={"nl": ""}, by=by, now=AFTER)


def test_what_is_said_in_the_room_is_an_idea_like_any_other():
    call = ideas.call()
    of = meeting(activity(call.process))
    by = manager(of)
    with pytest.raises(NotNow):
        actions.enter_contribution(
            of, call=call, title="Un banc", text="Devant la poste, à l’ombre.", author_name="Omar", by=by, now=NOW
        )
    made = actions.enter_contribution(
        of, call=call, title="Un banc", text="Devant la poste, à l’ombre.", author_name="Omar", by=by, now=SOON
    )
    assert (made.idea.channel, made.idea.listed or again(made.idea).listed, made.idea.byline) == (
        Channel.MEETING,
        True,
        "Omar",
    )
    with pytest.raises(Unclear):
        actions.enter_contribution(
            of, call=ideas.call(), title="Un banc", text="Devant la poste.", author_name="Omar", by=by, now=SOON
        )


# people who leave


def test_an_erased_account_gives_its_place_to_the_next_and_leaves_a_number():
    of = meeting(capacity=1)
    first, second = place(of, needs=["sign"]), place(of)
    actions.renew_calendar_key(first.person, now=NOW)
    personal_data.personal_data["meetings"].erase(first.person, NOW)
    gone = again(first)
    assert (gone.person, gone.state, again(second).state) == (None, "cancelled", "registered")
    assert not Needs.objects.exists()


def test_a_duplicated_activity_takes_its_meetings_along_as_drafts_without_anybody():
    of = meeting()
    actions.set_agenda(of, agenda=[{"title_fr": "Accueil", "minutes": 10}], by=manager(of), now=NOW)
    place(of)
    new = activity(of.process)
    Phase.objects.filter(pk=new.phase_id).update(opens_at=NOW + timedelta(days=23), closes_at=None)
    duplicate(of.activity, Activity.objects.get(pk=new.pk))
    copy = Meeting.objects.get(activity=new)
    assert (copy.state, copy.starts_at - of.starts_at, copy.taken) == (MeetingState.DRAFT, timedelta(days=30), 0)
    assert copy.agenda.get().title == "Accueil"
