"""The reads worth a name. All of them are public, or limited to what a person may see; the back office scopes by its own policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import BoolOr
from django.db.models import (
    Case,
    CharField,
    F,
    Func,
    Max,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KT

from zenne.core.clock import in_brussels
from zenne.core.languages import DEFAULT, LANGUAGES
from zenne.core.together import ask, hang
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Membership, Organisation

from .enums import ProcessState, Stage, WindowState
from .models import (
    Activity,
    Change,
    Description,
    Document,
    Folder,
    FrequentQuestion,
    News,
    Permission,
    Phase,
    Process,
    RuleVersion,
    TeamMember,
)

PUBLIC_NEWS = Q(published_at__isnull=False, withdrawn_at__isnull=True)
#: What staff write about a process, each by the name under which it hangs on it.
WORDS: dict[str, Any] = {
    "descriptions": Description,
    "questions": FrequentQuestion,
    "team": TeamMember,
    "documents": Document,
}
NEWS_FIRST = ("-published_at", "-id")
MOST_NEWS = 3


def public() -> QuerySet[Process]:
    """Everything anybody may read: published or archived, newest first."""
    return Process.objects.exclude(state=ProcessState.DRAFT).order_by("-published_at", "-id")


def visible_to(person: Person | AnonymousUser | None) -> QuerySet[Process]:
    """What is public, and the drafts of the organisations a person works for."""
    if not isinstance(person, Person):
        return public()
    if person.is_superuser:
        return Process.objects.order_by("-published_at", "-id")
    mine = Membership.objects.filter(person_id=person.pk).values("organisation_id")
    return Process.objects.filter(~Q(state=ProcessState.DRAFT) | Q(organisation_id__in=mine)).order_by(
        "-published_at", "-id"
    )


def with_stage(processes: QuerySet[Process], now: datetime) -> QuerySet[Process]:
    """Annotated with `stage`, by the windows of their phases (enums.Stage)."""
    return processes.annotate(
        first_opens_at=Min("phases__opens_at"),
        last_closes_at=Max("phases__closes_at"),
        endless=BoolOr(Q(phases__closes_at__isnull=True), default=False),
        stage=Case(
            When(state=ProcessState.ARCHIVED, then=Value(Stage.ARCHIVED)),
            When(first_opens_at__gt=now, then=Value(Stage.UPCOMING)),
            When(Q(endless=False) & Q(last_closes_at__lte=now), then=Value(Stage.PAST)),
            default=Value(Stage.OPEN),
            output_field=CharField(),
        ),
    )


def listed(
    now: datetime,
    *,
    organisations: Iterable[int] | QuerySet[Organisation] | None = None,
    stage: Stage | None = None,
    words: str = "",
) -> QuerySet[Process]:
    """Public processes for a list: with stage, organisation, cover and phases; narrowed by organisation, stage and words."""
    found = with_stage(public(), now).select_related("organisation", "cover")
    if organisations is not None:
        found = found.filter(organisation__in=organisations)
    if stage:
        found = found.filter(stage=stage)  # type: ignore[misc]  # annotated by with_stage
    for word in words.split()[:8]:
        found = found.alias(said=_sort_key(_all_words())).filter(said__contains=_sort_key(Value(word)))
    return found.prefetch_related("phases")


def listed_now(now: datetime, *, organisation: Organisation | None = None, most: int = 6) -> list[Process]:
    """What is under way or comes soon, for a front page: open first."""
    found = listed(now, organisations=[organisation.pk] if organisation else None)
    found = found.filter(stage__in=[Stage.OPEN, Stage.UPCOMING])  # type: ignore[misc]  # annotated by with_stage
    return list(found.order_by("stage", "-published_at", "-id")[:most])  # type: ignore[misc]


def followed_by(person: Person) -> QuerySet[Process]:
    """The public processes a person follows, the last followed first."""
    return public().filter(follows__person_id=person.pk).order_by("-follows__since", "-id")


def after(processes: QuerySet[Process], last: Process) -> QuerySet[Process]:
    """What follows `last` in the order of `public`: the next page, however many there are."""
    return processes.filter(Q(published_at__lt=last.published_at) | Q(published_at=last.published_at, id__lt=last.pk))


def alone() -> QuerySet[Process]:
    """A process with what every page under it needs: whose it is, where it stands and lies."""
    return Process.objects.select_related("organisation", "folder", "cover", "area").defer("area__outline")


def with_themes() -> QuerySet[Process]:
    return alone().prefetch_related("themes")


def permissions() -> QuerySet[Permission]:
    """What staff set for the actions of activities, with what the rules ask of them: to be read along with activities."""
    return Permission.objects.select_related("area", "group").defer("area__outline").order_by("action", "id")


def with_timeline(slug: str, *along: QuerySet[Any]) -> Process | None:
    """The process at an address with its phases, their activities, and who may do what in each: one statement, in which `along` is read too."""
    found = alone().filter(slug=slug)
    phases = Phase.objects.filter(process__slug=slug)
    activities = Activity.objects.filter(phase__process__slug=slug).order_by("position", "id")
    allowed = permissions().filter(activity__phase__process__slug=slug)
    ask([found, phases, activities, allowed, *along])
    hang(found, "phases", phases)
    hang(phases, "activities", activities)
    hang(activities, "permissions", allowed)
    return next(iter(found), None)


@dataclass(frozen=True)
class Told:
    """What the page of a process shows: itself with all that hangs on it, its latest news, and whether there is a changelog."""

    process: Process
    news: list[News]
    changed: bool


def with_words(slug: str) -> Told | None:
    """The process at an address with its timeline, what staff wrote about it, and what else its page shows: one statement, however much that is."""
    words: dict[str, QuerySet[Any]] = {name: model.objects.filter(process__slug=slug) for name, model in WORDS.items()}
    words["documents"] = words["documents"].select_related("file")
    news = News.objects.filter(PUBLIC_NEWS, process__slug=slug).order_by(*NEWS_FIRST)[:MOST_NEWS]
    changes = Change.objects.filter(process__slug=slug).values("pk")[:1]
    process = with_timeline(slug, *words.values(), news, changes)
    if process is None:
        return None
    for name, rows in words.items():
        hang([process], name, rows)
    for each in news:
        each.process = process
    return Told(process, list(news), bool(changes))


def activities_of(process: Process) -> list[Activity]:
    """The activities of a process read `with_timeline`, in the order of its timeline, each knowing its phase without a query."""
    found = []
    for phase in process.phases.all():
        phase.process = process
        for activity in phase.activities.all():
            activity.phase = phase
            found.append(activity)
    return found


def published_news(process: Process) -> QuerySet[News]:
    return process.news.filter(PUBLIC_NEWS).select_related("author").order_by(*NEWS_FIRST)


def changes(process: Process) -> QuerySet[Change]:
    """The public changelog, newest first."""
    found = process.changes.select_related("phase", "activity").prefetch_related("rule_versions__activity")
    return found.order_by("-changed_at", "-id")


def rule_versions(process: Process) -> QuerySet[RuleVersion]:
    """Every rule that was ever frozen in a process, activity by activity, the newest first."""
    found = RuleVersion.objects.filter(activity__phase__process=process).select_related("activity", "change")
    return found.order_by("activity__phase__position", "activity__position", "activity_id", "-number")


def in_folder(folder: Folder, now: datetime) -> QuerySet[Process]:
    return listed(now).filter(folder=folder)


def followers(process: Process) -> QuerySet[Person]:
    """The people who want to hear of a process and still have an account."""
    return Person.objects.filter(follows__process=process, is_active=True).order_by("id")


def follows(person: Person | AnonymousUser | None, process: Process) -> bool:
    return isinstance(person, Person) and process.follows.filter(person_id=person.pk).exists()


@dataclass(frozen=True)
class Stop:
    """A phase as a stop of the tram line. `days_left` is set while it is open and has an end: 0 is the last day."""

    phase: Phase
    state: WindowState
    days_left: int | None


def timeline(process: Process, now: datetime) -> list[Stop]:
    """The phases in order, each with where it stands."""
    return [_stop(phase, now) for phase in process.phases.all()]


def current(process: Process, now: datetime) -> Stop | None:
    """The stop a resident wants to know of: the last one open, else the next to come, else the last."""
    stops = timeline(process, now)
    opened = [stop for stop in stops if stop.state == WindowState.OPEN]
    coming = [stop for stop in stops if stop.state == WindowState.UPCOMING]
    return next(iter(opened[-1:] or coming[:1] or stops[-1:]), None)


def days_left(closes_at: datetime | None, now: datetime) -> int | None:
    """Nights until the last day, by the calendar in Brussels. What closes at midnight had the day before as its last."""
    if closes_at is None or closes_at <= now:
        return None
    last_day = in_brussels(closes_at - timedelta(microseconds=1)).date()
    return (last_day - in_brussels(now).date()).days


def _stop(phase: Phase, now: datetime) -> Stop:
    state = phase.state(now)
    return Stop(phase, state, days_left(phase.closes_at, now) if state == WindowState.OPEN else None)


def _all_words() -> Func:
    """Title and summary in every language, in one text."""
    others = [code for code in LANGUAGES if code != DEFAULT]
    parts = [
        each for field in ("title", "summary") for each in (F(field), *(KT(f"i18n__{field}_{code}") for code in others))
    ]
    return Func(Value(" "), *parts, function="concat_ws", output_field=TextField())


def _sort_key(words: object) -> Func:
    """Lower case without accents, as the database spells it on both sides of a comparison."""
    return Func(words, function="sort_key", output_field=TextField())
