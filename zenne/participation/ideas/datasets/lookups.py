"""What many rows share, read once and put into words; and what hangs on the ideas of one step."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse

from zenne.core.clock import in_brussels
from zenne.core.languages import DEFAULT, LANGUAGES, current
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.places.areas.models import Area

from ..enums import Channel, IdeaState
from ..models import Idea, OfficialAnswer, StatusChange, Tag

PLACE = 987_654_321


class Known:
    """The words that the rows of `ideas` share, in the language of the moment."""

    def __init__(self, ideas: QuerySet[Idea]) -> None:
        keys = ideas.order_by()
        processes = Process.objects.filter(pk__in=keys.values("process_id")).order_by("pk")
        self.processes = {process.pk: str(process) for process in processes}
        # an address is worked out once per process; only its number changes
        self._pages = {
            process.pk: reverse("ideas:page", args=[process.slug, PLACE]).split(str(PLACE)) for process in processes
        }
        activities = Activity.objects.filter(phase__process__in=list(self.processes), ideation__isnull=False)
        calls = list(activities.select_related("ideation").order_by("pk"))
        self.activities = {call.pk: str(call) for call in calls}
        self.promised = {call.pk: timedelta(days=call.ideation.answer_days) for call in calls}
        themes = Theme.objects.filter(process__in=list(self.processes)).order_by("pk")
        self.themes = {theme.pk: theme.title_i18n for theme in themes}
        self.communes = {
            area.pk: str(area) for area in Area.objects.filter(kind="commune").defer("outline").order_by("pk")
        }
        self.channels = {channel.value: str(channel.label) for channel in Channel}
        self.states = {state.value: str(state.label) for state in IdeaState}

    def page(self, process: int, pk: int) -> str:
        before, after = self._pages[process]
        return f"{before}{pk}{after}"


@lru_cache(maxsize=4096)
def moment(at: datetime | None) -> str | None:
    """As a spreadsheet sorts it, by the clock in Brussels."""
    return f"{in_brussels(at):%Y-%m-%d %H:%M}" if at else None


def said(field: str, text: str, i18n: dict[str, str] | None) -> str:
    """What a translated field says to this reader: their language, else the first that has words."""
    words = {DEFAULT: text, **{key.removeprefix(f"{field}_"): value for key, value in (i18n or {}).items()}}
    return next((words[code] for code in (current(), *LANGUAGES) if words.get(code)), "")


def reasons_of(ideas: Iterable[int]) -> dict[int, str]:
    """The public reason of the last step of each."""
    last = StatusChange.objects.filter(idea__in=ideas).order_by("idea_id", "-changed_at", "-id").distinct("idea_id")
    return {idea: said("reason", reason, i18n) for idea, reason, i18n in last.values_list("idea_id", "reason", "i18n")}


def answers_of(ideas: Iterable[int]) -> dict[int, str]:
    """The official answer in force of each."""
    last = OfficialAnswer.objects.filter(idea__in=ideas).order_by("idea_id", "-number").distinct("idea_id")
    return {idea: said("body", body, i18n) for idea, body, i18n in last.values_list("idea_id", "body", "i18n")}


def tags_of(ideas: Iterable[int]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for idea, name in Tag.objects.filter(ideas__in=ideas).order_by("name", "id").values_list("ideas", "name"):
        found.setdefault(idea, []).append(name)
    return {idea: ", ".join(names) for idea, names in found.items()}
