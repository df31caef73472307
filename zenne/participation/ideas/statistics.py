"""What ideas bring to the numbers: ideas, voices for and against them, and the clock on the administration."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.statistics.enums import ScopeKind, Split
from zenne.opendata.statistics.kinds import Clock, Measure, Name, Scope, clocks, measures
from zenne.participation.processes.models import Theme

from .enums import Channel
from .models import Idea, Support


def _of(scope: Scope, prefix: str = "") -> dict[str, object]:
    """The filter that keeps to the public ideas of a scope."""
    path = {ScopeKind.PROCESS: "process_id", ScopeKind.ORGANISATION: "process__organisation_id"}[scope.kind]
    return {f"{prefix}listed": True, f"{prefix}{path}": scope.key}


def _ideas(scope: Scope) -> QuerySet[Idea]:
    return Idea.objects.filter(**_of(scope))


def _supports(scope: Scope) -> QuerySet[Support]:
    return Support.objects.filter(**_of(scope, "idea__"), value=1)


def _oppositions(scope: Scope) -> QuerySet[Support]:
    return Support.objects.filter(**_of(scope, "idea__"), value=-1)


def _themes(keys: Collection[str]) -> Mapping[str, Name]:
    return {str(theme.pk): Name(str(theme), theme.hue) for theme in Theme.objects.filter(pk__in=keys).order_by("pk")}


def _channels(keys: Collection[str]) -> Mapping[str, Name]:
    return {channel.value: Name(channel.label) for channel in Channel}


OF_ITS_IDEA = {
    Split.PROCESS: "idea__process_id",
    Split.THEME: "idea__theme_id",
    Split.COMMUNE: "idea__commune_id",
    Split.DISTRICT: "idea__district_id",
}
measures.register(
    "ideas",
    Measure(
        _("Ideas"),
        "bulb",
        rows=_ideas,
        moment="published_at",
        person="author_id",
        splits={
            Split.PROCESS: "process_id",
            Split.THEME: "theme_id",
            Split.COMMUNE: "commune_id",
            Split.DISTRICT: "district_id",
            Split.CHANNEL: "channel",
            Split.LANGUAGE: "language",
        },
        names={Split.THEME: _themes, Split.CHANNEL: _channels},
        order=10,
    ),
)
measures.register(
    "supports",
    Measure(
        _("Supports"), "heart", rows=_supports, moment="given_at", person="person_id", splits=OF_ITS_IDEA, order=30
    ),
)
measures.register(
    "oppositions",
    Measure(
        _("Oppositions"),
        "thumb-down",
        rows=_oppositions,
        moment="given_at",
        person="person_id",
        splits=OF_ITS_IDEA,
        optional=True,
        order=31,
    ),
)
clocks.register(
    "ideas",
    Clock(
        _("Answers to ideas"),
        rows=lambda scope: _ideas(scope).select_related("process").defer("text", "search"),
        begun="published_at",
        ended="answered_at",
        days="activity__ideation__answer_days",
        title=str,
        url=Idea.get_absolute_url,
    ),
)
