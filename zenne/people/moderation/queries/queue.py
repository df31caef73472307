"""The queue of an organisation: what waits for its moderators, the oldest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet

from zenne.core.numbers import key_of, whole_number
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of

from ..enums import CaseState, Ground, Source
from ..kinds import contributions
from ..models import Appeal, Case, Decision

PAGE = 40
AGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to, as its address says it; every word that is not known is passed over."""

    state: str = ""
    source: str = ""
    kind: str = ""
    ground: str = ""
    age: str = ""
    organisation: str = ""
    process: str = ""

    @classmethod
    def read(cls, given: Mapping[str, object]) -> "Wanted":
        return cls(**{field.name: str(given.get(field.name) or "")[:60].strip() for field in fields(cls)})

    def plain(self) -> dict[str, str]:
        """What was asked, without what was not."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


@dataclass(frozen=True)
class Page:
    """Some cases, and the cursor of those that follow ("" at the end)."""

    cases: list[Case]
    next: str


def cases_for(person: Person) -> QuerySet[Case]:
    """The cases of the organisations this person moderates."""
    return Case.objects.filter(organisation__in=organisations_of(person, Role.MODERATOR).order_by().values("pk"))


def wanted(cases: QuerySet[Case], asked: Wanted, now: datetime) -> QuerySet[Case]:
    """Those that were asked for; what waits, unless another state is named."""
    if asked.state != "all":
        cases = cases.filter(state=asked.state if asked.state in CaseState.values else CaseState.OPEN)
    if asked.source in Source.values:
        cases = cases.filter(sources__contains=[asked.source])
    if asked.ground in Ground.values:
        cases = cases.filter(grounds__contains=[asked.ground])
    if asked.kind in contributions:
        app, model = asked.kind.split(".")
        cases = cases.filter(about_type=ContentType.objects.get_by_natural_key(app, model))
    if asked.age in AGES:
        cases = cases.filter(opened_at__lte=now - AGES[asked.age])
    for name in ("organisation", "process"):
        if number := whole_number(getattr(asked, name)):
            cases = cases.filter(**{f"{name}_id" if name == "organisation" else name: number})
    return cases


def page_of(cases: QuerySet[Case], cursor: str = "", *, size: int = PAGE) -> Page:
    """One page by key: the last one costs what the first does. A number of queries that does not grow with the cases."""
    if after := _read(cursor):
        cases = cases.filter(Q(opened_at__gt=after[0]) | Q(opened_at=after[0], pk__gt=after[1]))
    rows = list(
        cases.select_related("organisation", "author", "claimed_by", "about_type")
        .prefetch_related(
            "about",
            "reports",
            "flags",
            Prefetch("decisions", Decision.objects.select_related("moderator").order_by("-decided_at", "-id")),
        )
        .order_by("opened_at", "pk")[: size + 1]
    )
    shown = rows[:size]
    return Page(shown, f"{shown[-1].opened_at.isoformat()}_{shown[-1].pk}" if len(rows) > size else "")


def appeals_for(person: Person) -> QuerySet[Appeal]:
    """The appeals this person may read: those their organisations handle, those about their organisations, and all for the platform's administrators."""
    rows = Appeal.objects.select_related("organisation", "handled_by", "decision__case__about_type", "block", "first")
    if not person.is_superuser:
        mine = organisations_of(person, Role.MODERATOR).order_by().values("pk")
        rows = rows.filter(Q(handled_by__in=mine) | Q(organisation__in=mine))
    return rows.order_by("decided_at", "appealed_at", "pk")


def appeals_to_judge(person: Person) -> QuerySet[Appeal]:
    """Those that wait and that this person may decide about: never one against their own decision."""
    rows = (
        Appeal.objects.filter(outcome="")
        .exclude(first__isnull=False, first=person)
        .exclude(author__isnull=False, author=person)
    )
    if person.is_superuser:
        return rows
    return rows.filter(handled_by__in=organisations_of(person, Role.MODERATOR).order_by().values("pk"))


def _read(cursor: str) -> tuple[datetime, int] | None:
    moment, _mark, number = cursor.partition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, key_of(number)) if at.tzinfo else None
