"""What people do at the same instant, on a real PostgreSQL with real threads."""

import pytest
from django.db import IntegrityError, transaction

from tests.participation.ideas.factories import resident
from tests.participation.meetings.factories import NOW, activity, manager, meeting, place
from tests.races import at_once
from zenne.participation.meetings import actions
from zenne.participation.meetings.enums import RegistrationState
from zenne.participation.meetings.models import Meeting, Registration
from zenne.people.access.enums import Level

pytestmark = pytest.mark.django_db(transaction=True)


def states(of: Meeting) -> tuple[int, int]:
    rows = of.registrations
    return (
        rows.filter(state=RegistrationState.REGISTERED).count(),
        rows.filter(state=RegistrationState.WAITING).count(),
    )


def test_thirty_two_registrations_at_once_for_five_places_leave_five():
    of = meeting(activity(level=Level.CONFIRMED), capacity=5)
    people = [resident(f"P{n}") for n in range(32)]
    at_once(*[lambda person=person: place(of, person) for person in people])
    of.refresh_from_db()
    assert (states(of), of.taken) == ((5, 27), 5)


def test_one_person_pressing_eight_times_has_one_place():
    of, person = meeting(capacity=5), resident()
    at_once(*[lambda: place(of, person) for _ in range(8)])
    of.refresh_from_db()
    assert (states(of), of.taken) == ((1, 0), 1)


def test_places_given_back_at_once_go_to_the_first_in_the_line_each_once():
    of = meeting(capacity=4)
    held = [place(of) for _ in range(4)]
    waiting = [place(of) for _ in range(6)]
    at_once(*[lambda each=each: actions.cancel_registration(each, now=NOW) for each in held])
    of.refresh_from_db()
    assert (states(of), of.taken) == ((4, 2), 4)
    now_in = set(Registration.objects.filter(state=RegistrationState.REGISTERED).values_list("pk", flat=True))
    assert now_in == {each.pk for each in waiting[:4]}


def test_fewer_places_while_people_register_never_leaves_more_than_there_are():
    of = meeting(capacity=10)
    by = manager(of)

    def fewer() -> object:
        try:
            return actions.change_meeting(of, values={"capacity": 3}, by=by, now=NOW)
        except actions.arranging.Unclear as refusal:
            return refusal

    at_once(fewer, *[lambda: place(of) for _ in range(6)])
    of.refresh_from_db()
    assert of.taken <= of.capacity


def test_database_itself_refuses_one_place_too_many():
    of = meeting(capacity=1)
    place(of)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(meeting=of, guest_name="X", state=RegistrationState.REGISTERED, created_at=NOW)


def test_nobody_writes_the_number_of_places_taken_by_hand():
    of = meeting(capacity=1)
    place(of)
    Meeting.objects.filter(pk=of.pk).update(taken=0)
    of.refresh_from_db()
    assert of.taken == 1
