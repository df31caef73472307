"""Which ideas a list shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from zenne.core.memory import Remembered
from zenne.participation.processes.models import Activity, Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.uploads.enums import UploadKind
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from ..enums import LISTED, IdeaState
from ..models import Idea, IdeaUpload
from .clock import late
from .searching import searched

_themes: Remembered[list[int]] = Remembered()
_places: Remembered[list[tuple[str, int]]] = Remembered()


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for; empty means all. Values that mean nothing are ignored, so that no address breaks.

    `place` is the official code of a commune or a district; `answered` is yes, no or late; `mine` needs a person; `box` is a piece of the
    map (west, south, east, north).
    """

    text: str = ""
    theme: str = ""
    status: str = ""
    place: str = ""
    answered: str = ""
    mine: bool = False
    box: tuple[float, float, float, float] | None = None

    @property
    def some(self) -> bool:
        return any((self.text, self.theme, self.status, self.place, self.answered, self.mine, self.box))


def hidden(numbers: Iterable[int]) -> QuerySet[Idea]:
    """Those of these ideas that nobody may read any more: refused, hidden or withdrawn."""
    return Idea.objects.filter(pk__in=set(numbers)).exclude(state__in=[*LISTED, IdeaState.MERGED])


def listed(
    of: Process | Activity, filters: Filters | None = None, *, person: Person | None = None, now: datetime
) -> QuerySet[Idea]:
    """The public ideas of a process or of one activity, filtered; with `mine`, one's own in whatever state. Not in any order yet."""
    filters = filters or Filters()
    ideas = (
        Idea.objects.filter(process=of)
        if isinstance(of, Process)
        else Idea.objects.filter(process=of.process, activity=of)
    )
    if filters.mine:
        ideas = ideas.filter(author=person) if person else ideas.none()
    elif filters.status == IdeaState.MERGED:
        ideas = ideas.filter(state=IdeaState.MERGED)
    else:
        ideas = ideas.filter(listed=True)
    if filters.status in LISTED or (filters.mine and filters.status in IdeaState.values):
        ideas = ideas.filter(state=filters.status)
    if filters.theme:
        ideas = ideas.filter(theme__in=_themes_of(of if isinstance(of, Process) else of.process, filters.theme))
    if filters.place:
        ideas = ideas.filter(_within(filters.place))
    if filters.box:
        west, south, east, north = filters.box
        ideas = ideas.filter(lon__range=(west, east), lat__range=(south, north))
    match filters.answered:
        case "yes":
            ideas = ideas.filter(answered_at__isnull=False)
        case "no":
            ideas = ideas.filter(answered_at__isnull=True)
        case "late":
            ideas = late(ideas, now)
    return searched(ideas, filters.text) if filters.text.strip() else ideas


def _themes_of(process: Process, slug: str) -> list[int]:
    """Keys instead of a join: PostgreSQL knows how many ideas a key has, and chooses its way by that."""
    rows = Theme.objects.filter(process=process, slug=slug).order_by("pk").values_list("pk", flat=True)
    return _themes.get((process.pk, slug), lambda: list(rows))


def _within(code: str) -> Q:
    rows = Area.objects.filter(code=code, kind__in=[AreaKind.COMMUNE, AreaKind.DISTRICT]).order_by("pk")
    found = _places.get(code, lambda: list(rows.values_list("kind", "pk")))
    communes, districts = (
        [pk for kind, pk in found if kind == wanted] for wanted in (AreaKind.COMMUNE, AreaKind.DISTRICT)
    )
    return Q(district__in=districts) if districts and not communes else Q(commune__in=communes)


def for_cards(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """With what a card shows: theme, commune, and the first pictures. One query more, however many ideas."""
    pictures = (
        IdeaUpload.objects.filter(upload__kind=UploadKind.IMAGE).select_related("upload").order_by("position", "id")
    )
    return (
        ideas.select_related("theme", "commune")
        .prefetch_related(Prefetch("attachments", queryset=pictures, to_attr="pictures"))
        .defer("search", "commune__outline")
    )
