"""What processes bring to the numbers: who follows them, and where they lie."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.statistics.enums import ScopeKind, Split
from zenne.opendata.statistics.kinds import Ground, Measure, Name, Scope, grounds, measures

from .models import Follow, Process
from .queries import public

OF = {ScopeKind.PROCESS: "process_id", ScopeKind.ORGANISATION: "process__organisation_id"}


def _followers(scope: Scope) -> QuerySet[Follow]:
    return Follow.objects.filter(**{OF[scope.kind]: scope.key})


def _names(keys: Collection[str]) -> Mapping[str, Name]:
    return {str(process.pk): Name(str(process)) for process in Process.objects.filter(pk__in=keys).order_by("pk")}


def _areas(scope: Scope) -> QuerySet[Any]:
    """The area of a process; of an organisation, the one that all its public processes share."""
    if scope.kind == ScopeKind.PROCESS:
        return Process.objects.filter(pk=scope.key).values("area_id")
    theirs = public().filter(organisation_id=scope.key).order_by().values("organisation_id")
    without = Count("pk", filter=Q(area__isnull=True))
    shared = theirs.annotate(one=Min("area_id"), other=Max("area_id"), without=without)
    return shared.filter(one=F("other"), without=0).values("one")


def _numbered(slug: str) -> int | None:
    return public().filter(slug=slug).values_list("pk", flat=True).first()


measures.register(
    "followers",
    Measure(
        _("Followers"),
        "bell",
        rows=_followers,
        moment="since",
        person="person_id",
        splits={Split.PROCESS: "process_id"},
        names={Split.PROCESS: _names},
        takes_part=False,
        order=40,
    ),
)
grounds.register("processes", Ground(_areas, _numbered))
