"""What a lottery knows of a person: that they answered a letter, their groups, and the seat they were offered. And what they did as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from . import queries
from .actions import erase_answer
from .models import Answer, DiceReading, Draw, Import, Offer, Printing, Relaxation


def _export(person: Person) -> dict[str, Any]:
    return {
        "lottery_answers": [
            {
                "lottery": answer.lottery_id,
                "number": answer.number,
                "says": answer.says,
                "groups": answer.features,
                "name": answer.name,
                "email": answer.email,
                "phone": answer.phone,
                "answered_at": answer.answered_at.isoformat(),
            }
            for answer in queries.answers_of(person)
        ],
        "seats_offered": list(
            Offer.objects.filter(answer__person=person)
            .order_by("id")
            .values("draw__lottery_id", "place", "state", "sent_at", "until", "answered_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    for answer in queries.answers_of(person):
        erase_answer(answer, by=None, now=now)
    for model, fields in (
        (Answer, ("entered_by",)),
        (Import, ("made_by",)),
        (Printing, ("made_by",)),
        (Relaxation, ("decided_by",)),
        (Draw, ("made_by", "committed_by", "drawn_by", "annulled_by")),
        (DiceReading, ("read_by",)),
    ):
        for field in fields:
            model._default_manager.filter(**{field: person}).update(**{field: None})


personal_data.register(
    "sortition",
    PersonalData(
        _("My letters and seats drawn by lot"),
        covers=(
            "sortition.Answer",
            "sortition.Import",
            "sortition.Printing",
            "sortition.Relaxation",
            "sortition.Draw",
            "sortition.DiceReading",
        ),
        export=_export,
        erase=_erase,
        keeps=_(
            "Your number and your groups stay in a draw that was committed, so that everybody can still check it; nothing ties them to you. A seat goes to somebody else."
        ),
    ),
)
