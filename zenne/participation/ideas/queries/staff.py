"""What staff see: the ideas of the organisations they work for, and no other; how they look for them, and what waits for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Case, DateTimeField, F, Prefetch, Q, QuerySet, Value, When

from zenne.core.languages import LANGUAGES
from zenne.core.numbers import whole_number
from zenne.participation.processes.models import Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.queries import organisations_of

from ..enums import Channel, IdeaState
from ..models import Idea, StatusChange, Tag
from .clock import late, unanswered
from .searching import searched

PAGE = 50
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
SIGNER = Signer(salt="ideas.desk")

# The orders of the list: the column, and whether its highest value comes first.
ORDERS = {
    "newest": ("submitted_at", True),
    "oldest": ("submitted_at", False),
    "waiting": ("waits_since", False),
    "supported": ("support_count", True),
    "discussed": ("comment_count", True),
}


def manageable(person: Person) -> QuerySet[Idea]:
    """Every idea, in whatever state, of the organisations this person works for."""
    return within(organisations_of(person))


def within(organisations: Iterable[int] | QuerySet[Organisation]) -> QuerySet[Idea]:
    """Every idea of these organisations, with what a row of the list says of it; the newest first.

    The processes are looked up first: with their numbers in hand the database walks an index, with a join it reads every idea.
    """
    processes = list(Process.objects.filter(organisation__in=organisations).order_by("pk").values_list("pk", flat=True))
    return (
        Idea.objects.filter(process__in=processes)
        .select_related(
            "process__organisation",
            "activity__phase",
            "activity__ideation",
            "theme",
            "author",
            "assigned_to",
            "commune",
            "entered_by",
        )
        .defer("search", "commune__outline")
        .order_by("-submitted_at", "-id")
    )


def inbox(person: Person) -> QuerySet[Idea]:
    """What waits to be read before anybody else may."""
    return manageable(person).filter(state=IdeaState.SUBMITTED)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the ideas of their organisations; empty means all. Values that mean nothing are ignored.

    `assigned` is me, nobody, somebody or the number of a colleague; `answer` is none, late or given; `place` is a commune's code.
    """

    q: str = ""
    process: str = ""
    theme: str = ""
    state: str = ""
    assigned: str = ""
    answer: str = ""
    channel: str = ""
    language: str = ""
    tag: str = ""
    place: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Wanted":
        return cls(
            **{field.name: str(given.get(field.name) or "").replace("\x00", "")[:200].strip() for field in fields(cls)}
        )

    def plain(self) -> dict[str, str]:
        """What was asked, without what was not."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def wanted(ideas: QuerySet[Idea], asked: Wanted, *, person: Person, now: datetime) -> QuerySet[Idea]:
    """Those of `ideas` that were asked for."""
    for name, field in (("process", "process_id"), ("theme", "theme_id"), ("tag", "tags")):
        if key := whole_number(getattr(asked, name)):
            ideas = ideas.filter(**{field: key})
    for name, known in (("state", IdeaState.values), ("channel", Channel.values), ("language", LANGUAGES)):
        if (value := getattr(asked, name)) in known:
            ideas = ideas.filter(**{name: value})
    if asked.place:
        ideas = ideas.filter(commune__code=asked.place)
    ideas = _answered(_assigned(ideas, asked.assigned, person), asked.answer, now)
    if number := whole_number(asked.q.removeprefix("#")):
        return ideas.filter(pk=number)
    return searched(ideas, asked.q) if asked.q else ideas


def _assigned(ideas: QuerySet[Idea], to: str, person: Person) -> QuerySet[Idea]:
    known = {"me": Q(assigned_to=person), "nobody": Q(assigned_to=None), "somebody": Q(assigned_to__isnull=False)}
    if to in known:
        return ideas.filter(known[to])
    return ideas.filter(assigned_to_id=key) if (key := whole_number(to)) else ideas


def _answered(ideas: QuerySet[Idea], answer: str, now: datetime) -> QuerySet[Idea]:
    match answer:
        case "none":
            return unanswered(ideas)
        case "late":
            return late(ideas, now)
        case "given":
            return ideas.filter(answered_at__isnull=False)
    return ideas


@dataclass(frozen=True)
class DeskPage:
    """Some rows, and the cursors of the pages around them ("" where there is none)."""

    ideas: list[Idea]
    next: str
    previous: str


def desk_page(ideas: QuerySet[Idea], order: str = "newest", cursor: str = "", *, size: int = PAGE) -> DeskPage:
    """One page by key, so that the last page costs what the first does. What does not wait for an answer comes last when those that do come first."""
    order = order if order in ORDERS else "newest"
    key, falling = ORDERS[order]
    if key == "waits_since":
        waits = When(listed=True, answered_at__isnull=True, then=F("published_at"))
        ideas = ideas.annotate(waits_since=Case(waits, default=Value(NEVER), output_field=DateTimeField()))
    at = _read(cursor, order)
    backwards = bool(at and at[2])
    down = falling != backwards
    if at:
        side = "lt" if down else "gt"
        ideas = ideas.filter(
            Q(**{f"{key}__{side}e": at[0]}) & (Q(**{f"{key}__{side}": at[0]}) | Q(**{f"pk__{side}": at[1]}))
        )
    keys = list(ideas.order_by(*((f"-{key}", "-pk") if down else (key, "pk"))).values_list("pk", flat=True)[: size + 1])
    more, shown = len(keys) > size, _read_rows(ideas, keys[:size])
    if backwards:
        shown.reverse()
    if not shown:
        return DeskPage([], "", "")
    after, before = (True, more) if backwards else (more, at is not None)
    return DeskPage(
        shown,
        _write(order, key, shown[-1], False) if after else "",
        _write(order, key, shown[0], True) if before else "",
    )


def _read_rows(ideas: QuerySet[Idea], keys: list[int]) -> list[Idea]:
    """The rows of a page, in its order. Their keys were found without them: what a row says is read for fifty, not for all."""
    tags = Prefetch("tags", Tag.objects.order_by("name", "id"))
    rows = {idea.pk: idea for idea in ideas.prefetch_related(tags).filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys if key in rows]


def _write(order: str, key: str, idea: Idea, backwards: bool) -> str:
    value = getattr(idea, key)
    plain = value.isoformat() if isinstance(value, datetime) else value
    return SIGNER.sign_object([order, plain, idea.pk, backwards])


def _read(cursor: str, order: str) -> tuple[Any, int, bool] | None:
    try:
        its_order, value, pk, backwards = SIGNER.unsign_object(cursor)
    except (BadSignature, ValueError):
        return None
    if its_order != order:
        return None
    return datetime.fromisoformat(value) if isinstance(value, str) else value, pk, backwards


# What a form of the desk offers


def processes_of(person: Person) -> QuerySet[Process]:
    """The processes of the organisations this person works for, the newest first."""
    return Process.objects.filter(organisation__in=organisations_of(person)).order_by("-id")


def themes_of(processes: Iterable[int]) -> QuerySet[Theme]:
    return Theme.objects.filter(process__in=list(processes)).order_by("process_id", "position", "id")


def colleagues(organisations: Iterable[int] | QuerySet[Organisation]) -> QuerySet[Person]:
    """Whoever works for one of these organisations, by name."""
    return (
        Person.objects.filter(memberships__organisation__in=organisations, is_active=True)
        .order_by("name", "id")
        .distinct()
    )


def tags_of(organisations: Iterable[int] | QuerySet[Organisation]) -> QuerySet[Tag]:
    return Tag.objects.filter(organisation__in=organisations).order_by("name", "id")


def earlier_reasons(processes: Iterable[int], *, most: int = 6) -> list[StatusChange]:
    """The last different reasons that staff gave in these processes: to be said again in the same words."""
    given = (
        StatusChange.objects.filter(idea__process__in=list(processes), changed_by__isnull=False)
        .exclude(reason="", i18n={})
        .order_by("-id")[:200]
    )
    found: dict[tuple[str, ...], StatusChange] = {}
    for change in given:
        words = tuple(getattr(change, f"reason_{language}", None) or "" for language in LANGUAGES)
        if any(words):
            found.setdefault(words, change)
    return list(found.values())[:most]
