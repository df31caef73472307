"""What votes bring to the numbers: the ballots of sealed boxes. They have no moment of their own and no person: they count on the day of the sealing."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.statistics.enums import ScopeKind, Split
from zenne.opendata.statistics.kinds import Measure, Name, Scope, measures
from zenne.participation.processes.enums import ProcessState

from .enums import Channel
from .models import SealedBallot

PROCESS = "vote__activity__phase__process"


def _ballots(scope: Scope) -> QuerySet[SealedBallot]:
    path = {ScopeKind.PROCESS: f"{PROCESS}_id", ScopeKind.ORGANISATION: f"{PROCESS}__organisation_id"}[scope.kind]
    return SealedBallot.objects.filter(**{path: scope.key}).exclude(**{f"{PROCESS}__state": ProcessState.DRAFT})


def _channels(keys: Collection[str]) -> Mapping[str, Name]:
    return {channel.value: Name(channel.label) for channel in Channel}


measures.register(
    "ballots",
    Measure(
        _("Ballots counted"),
        "ticket",
        rows=_ballots,
        moment="vote__sealed_at",
        splits={Split.PROCESS: f"{PROCESS}_id", Split.CHANNEL: "channel"},
        names={Split.CHANNEL: _channels},
        takes_part=False,
        optional=True,
        order=40,
    ),
)
