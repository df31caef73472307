"""What juries know of a person: the seats they took, what they scored and declared, and what they did as staff."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .enums import SCORED, MemberState
from .models import Assessment, Member, Move, Score, Session, Unlocking


def _seats(person: Person) -> Any:
    return Member.objects.filter(Q(person=person) | Q(person=None, email__iexact=person.email)).order_by("id")


def _export(person: Person) -> dict[str, Any]:
    mine = Assessment.objects.filter(member__person=person).order_by("id")
    scores = Score.objects.filter(assessment__member__person=person).order_by("id")
    return {
        "seats": list(
            _seats(person).values("jury_id", "email", "name", "capacity", "i18n", "state", "invited_at", "answered_at")
        ),
        "assessments": list(
            mine.values("candidate__idea_id", "candidate__key", "state", "comment", "tie", "begun_at", "submitted_at")
        ),
        "scores": list(
            scores.values("assessment__candidate__idea_id", "assessment__candidate__key", "criterion__title", "value")
        ),
        "moves_recorded": list(
            Move.objects.filter(moved_by=person)
            .order_by("id")
            .values("candidate__idea_id", "candidate__key", "kept", "reason", "moved_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    """What was handed in stays and counts, without a name. What was begun and never handed in goes."""
    Assessment.objects.filter(member__person=person).exclude(state__in=SCORED).delete()
    seats = _seats(person)
    seats.filter(state=MemberState.INVITED).update(state=MemberState.WITHDRAWN, answered_at=now)
    seats.filter(state=MemberState.ACCEPTED).update(state=MemberState.RESIGNED, answered_at=now)
    seats.update(person=None, email="", name="", capacity="", i18n={})
    Member.objects.filter(invited_by=person).update(invited_by=None)
    Session.objects.filter(opened_by=person).update(opened_by=None)
    Move.objects.filter(moved_by=person).update(moved_by=None)
    Unlocking.objects.filter(unlocked_by=person).update(unlocked_by=None)


personal_data.register(
    "juries",
    PersonalData(
        _("My seats in juries"),
        covers=("juries.Member", "juries.Session", "juries.Move", "juries.Unlocking"),
        export=_export,
        erase=_erase,
        keeps=_("What you scored in a jury and handed in stays, without your name, because the result rests on it."),
    ),
)
