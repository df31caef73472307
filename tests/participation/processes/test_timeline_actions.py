"""Phases and activities: order, windows, and what may change once something has opened."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.people.organisations.factories import member
from zenne.participation.processes import actions
from zenne.participation.processes.errors import (
    ClosesInThePast,
    EndsBeforeItBegins,
    HasOpened,
    NotLater,
    OutsideItsPhase,
    PartOfTheRecord,
    PhasesOutOfOrder,
    ReasonNeeded,
)
from zenne.participation.processes.models import Phase
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role

from .factories import AFTER, BEFORE, CLOSES, DURING, OPENS, activity, draft, only_activity, phase, published, texts

DAY = timedelta(days=1)
WHY = {"fr": "Plus de temps", "nl": "Meer tijd"}


def test_phases_stand_in_the_order_of_their_opening(jette):
    process = draft(jette)
    last = phase(process, opens_at=CLOSES, closes_at=None)
    first = phase(process)
    assert list(process.phases.values_list("pk", "position")) == [(first.pk, 1), (last.pk, 2)]


def test_a_phase_ends_after_it_begins(jette):
    with pytest.raises(EndsBeforeItBegins):
        phase(draft(jette), closes_at=OPENS)


def test_a_phase_does_not_jump_over_its_neighbour(jette, manager):
    process = draft(jette)
    first = phase(process)
    phase(process, opens_at=CLOSES, closes_at=None)
    with pytest.raises(PhasesOutOfOrder) as refused:
        actions.edit_phase(first, values={"opens_at": CLOSES + DAY, "closes_at": None}, by=manager, now=BEFORE)
    assert refused.value.field == "opens_at"


@pytest.mark.parametrize(
    ("window", "field"),
    [
        ({"opens_at": OPENS - DAY}, "opens_at"),
        ({"closes_at": CLOSES + DAY}, "closes_at"),
    ],
)
def test_an_activity_lies_within_its_phase(jette, window, field):
    with pytest.raises(OutsideItsPhase) as refused:
        activity(phase(draft(jette)), **window)
    assert refused.value.field == field


def test_a_phase_cannot_shrink_below_its_activities(jette, manager):
    one = phase(draft(jette))
    activity(one, closes_at=CLOSES)
    with pytest.raises(OutsideItsPhase):
        actions.edit_phase(one, values={"closes_at": CLOSES - DAY}, by=manager, now=BEFORE)


def test_editors_change_words_of_a_phase_and_not_its_dates(jette):
    one, editor = phase(draft(jette)), member(jette, Role.EDITOR)
    assert actions.edit_phase(one, values={"title_fr": "Appel"}, by=editor, now=BEFORE).title_fr == "Appel"
    with pytest.raises(NotAllowed):
        actions.edit_phase(one, values={"closes_at": CLOSES + DAY}, by=editor, now=BEFORE)


def test_what_has_opened_keeps_its_opening(jette, manager):
    one = only_activity(published(jette)).phase
    with pytest.raises(HasOpened):
        actions.edit_phase(one, values={"opens_at": OPENS + DAY}, by=manager, now=DURING, reason=WHY)


def test_nothing_is_closed_retroactively(jette, manager):
    one = only_activity(published(jette)).phase
    with pytest.raises(ClosesInThePast):
        actions.edit_phase(one, values={"closes_at": DURING - DAY}, by=manager, now=DURING, reason=WHY)


def test_before_opening_dates_move_freely(jette, manager):
    process = published(jette)
    one = only_activity(process).phase
    actions.edit_phase(one, values={"opens_at": OPENS + DAY}, by=manager, now=BEFORE)
    assert not process.changes.exists()


def test_shortening_after_opening_needs_a_reason_and_is_shown(jette, manager):
    process = published(jette)
    one = only_activity(process).phase
    with pytest.raises(ReasonNeeded):
        actions.edit_phase(one, values={"closes_at": CLOSES - DAY}, by=manager, now=DURING)
    assert Phase.objects.get(pk=one.pk).closes_at == CLOSES
    actions.edit_phase(one, values={"closes_at": CLOSES - DAY}, by=manager, now=DURING, reason=WHY)
    change = process.changes.get()
    assert (change.phase, change.subject, change.reason_fr, change.reason_nl) == (
        one,
        "window",
        "Plus de temps",
        "Meer tijd",
    )
    assert (change.before["closes_at"], change.after["closes_at"]) == ("2020-06-21T22:00:00Z", "2020-06-20T22:00:00Z")
    assert (change.changed_at, change.changed_by) == (DURING, manager)


def test_an_extension_takes_along_the_activities_that_ended_with_the_phase(jette, manager):
    process = draft(jette)
    one = phase(process)
    ends_with, ends_before = activity(one, closes_at=CLOSES), activity(one, closes_at=CLOSES - DAY)
    inherits = activity(one)
    actions.publish_process(process, by=manager, now=BEFORE)
    actions.extend_window(one, closes_at=CLOSES + DAY, reason=WHY, by=manager, now=DURING)
    for each, until in ((ends_with, CLOSES + DAY), (ends_before, CLOSES - DAY), (inherits, CLOSES + DAY)):
        each = type(each).objects.select_related("phase").get(pk=each.pk)
        assert each.window()[1] == until
    change = process.changes.get()
    assert set(change.rule_versions.values_list("activity_id", flat=True)) == {ends_with.pk, inherits.pk}


def test_an_extension_is_later_reasoned_and_within_the_phase(jette, manager):
    one = only_activity(published(jette))
    with pytest.raises(NotLater):
        actions.extend_window(one.phase, closes_at=CLOSES, reason=WHY, by=manager, now=DURING)
    with pytest.raises(ReasonNeeded):
        actions.extend_window(one.phase, closes_at=CLOSES + DAY, reason={"fr": " "}, by=manager, now=DURING)
    with pytest.raises(OutsideItsPhase):
        actions.extend_window(one, closes_at=CLOSES + DAY, reason=WHY, by=manager, now=DURING)


def test_what_has_opened_cannot_be_removed(jette, manager):
    process = published(jette)
    one = only_activity(process)
    for remove, thing in ((actions.delete_activity, one), (actions.delete_phase, one.phase)):
        with pytest.raises(PartOfTheRecord):
            remove(thing, by=manager, now=DURING)


def test_what_has_not_opened_can_be_removed(jette, manager):
    process = published(jette)
    later = phase(process, opens_at=CLOSES, closes_at=None)
    actions.delete_activity(activity(later), by=manager, now=DURING)
    actions.delete_phase(later, by=manager, now=DURING)
    assert process.phases.count() == 1


def test_activities_change_places(jette, manager):
    one = phase(draft(jette))
    first, second = activity(one), activity(one)
    actions.move_activity(second, up=True, by=manager, now=BEFORE)
    assert list(one.activities.values_list("pk", flat=True)) == [second.pk, first.pk]
    actions.move_activity(second, up=True, by=manager, now=BEFORE)
    assert list(one.activities.values_list("pk", flat=True)) == [second.pk, first.pk]


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2020, 6, 4, 21, 59, 59, tzinfo=UTC), False),  # 4 June, 23:59:59 in Brussels
        (datetime(2020, 6, 4, 22, 0, 0, tzinfo=UTC), True),  # 5 June, 00:00
        (datetime(2020, 6, 21, 21, 59, 59, 999999, tzinfo=UTC), True),  # 21 June, 23:59:59
        (datetime(2020, 6, 21, 22, 0, 0, tzinfo=UTC), False),  # 22 June, 00:00
    ],
)
def test_a_window_is_open_from_its_first_to_its_last_moment_in_brussels(jette, moment, is_open):
    assert (only_activity(published(jette)).state(moment) == "open") is is_open


def test_a_copy_keeps_its_hours_across_summer_time(jette, manager):
    process = published(jette)
    winter = date(2021, 1, 11)
    copy = actions.duplicate_process(process, slug="winter", begins=winter, by=manager, now=AFTER)
    one = copy.phases.get()
    assert one.opens_at == datetime(
        2021, 1, 10, 23, 0, tzinfo=UTC
    )  # 11 January, 00:00 in Brussels: one hour from UTC, not two
    assert one.closes_at == datetime(2021, 1, 27, 23, 0, tzinfo=UTC)


def test_a_copy_has_the_words_and_nothing_that_happened(jette, manager):
    process = published(jette, **texts(contact_text="Ask An"), contact_name="An")
    one = only_activity(process)
    actions.ensure_frozen(one, now=DURING)
    actions.follow(process, by=manager, now=DURING)
    copy = actions.duplicate_process(process, slug="again", begins=AFTER.date(), by=manager, now=AFTER)
    copy.refresh_from_db()
    assert (copy.state, copy.title_nl, copy.contact_name, copy.contact_text_nl) == ("draft", "Our squares nl", "", None)
    assert (copy.follows.count(), copy.news.count(), copy.changes.count(), copy.team.count()) == (0, 0, 0, 0)
    assert only_activity(copy).frozen_at is None
    assert copy.descriptions.count() == 2
    assert copy.preview_key != process.preview_key
