"""What votes know of a person: while one is open, that they voted, found by their mark; never for what. And what they did as staff."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import PaperBatch, PaperEntry, Result, Vote
from .queries import voter_of


def _export(person: Person) -> dict[str, Any]:
    unsealed = Vote.objects.filter(sealed_at__isnull=True).order_by("activity_id")
    lines = [(vote, voter_of(vote, person)) for vote in unsealed]
    return {"voted_in_open_votes": [{"vote": vote.pk, "channel": voter.channel} for vote, voter in lines if voter]}


def _erase(person: Person, now: datetime) -> None:
    for model, fields in (
        (Vote, ("annulled_by",)),
        (PaperBatch, ("made_by", "settled_by")),
        (PaperEntry, ("keyed_by",)),
        (Result, ("made_by", "published_by")),
    ):
        for field in fields:
            model._default_manager.filter(**{field: person}).update(**{field: None})


personal_data.register(
    "voting",
    PersonalData(
        _("My votes"),
        covers=("voting.Vote", "voting.PaperBatch", "voting.PaperEntry", "voting.Result"),
        export=_export,
        erase=_erase,
        keeps=_(
            "Ballots stay in the box: they carry no name, and after the end of a vote nobody can find out which one was yours."
        ),
    ),
)
