"""Which projects of a plan a list shows, page by page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import QueryDict

from zenne.core.numbers import whole_number
from zenne.core.search import says
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from .enums import PUBLIC, Funding, Health
from .models import BudgetLine, Plan, Project

SIZE = 24
MOST_WORDS = 6
LONGEST = 120
IN_ORDER, LATEST = "", "changed"
NOT_LISTED = ("why", "text", "source_note", "domain__text")  # long, and of no use in a list


@dataclass(frozen=True)
class Filters:
    """What a reader asked for; empty means all. Values that mean nothing are left aside, so that no address breaks. `area` is the code of a
    commune or a district."""

    words: str = ""
    domain: str = ""
    state: str = ""
    health: str = ""
    source: str = ""
    area: str = ""
    sort: str = IN_ORDER

    @property
    def some(self) -> bool:
        return any((self.words, self.domain, self.state, self.health, self.source, self.area))


def filters_from(query: QueryDict) -> Filters:
    def one_of(name: str, known: list[str]) -> str:
        return query.get(name, "") if query.get(name, "") in known else ""

    words = " ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST]
    return Filters(
        words=words,
        domain=query.get("domain", "").replace("\x00", "")[:60],
        state=one_of("state", [state.value for state in PUBLIC]),
        health=one_of("health", Health.values),
        source=one_of("source", Funding.values),
        area=query.get("area", "").replace("\x00", "")[:12],
        sort=one_of("sort", [LATEST]),
    )


def listed(plan: Plan, filters: Filters) -> QuerySet[Project]:
    """What everyone reads of a plan, narrowed. Not in any order yet."""
    found = plan.projects.filter(state__in=PUBLIC)
    if filters.domain:
        found = found.filter(domain__slug=filters.domain)
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.health:
        found = found.filter(health=filters.health)
    if filters.source:
        found = found.filter(Exists(BudgetLine.objects.filter(project=OuterRef("pk"), source=filters.source)))
    if filters.area:
        named = Q(code=filters.area) | Q(parent__code=filters.area)
        here = Area.objects.filter(named, kind__in=(AreaKind.COMMUNE, AreaKind.DISTRICT)).values("pk")
        found = found.filter(pk__in=Project.areas.through.objects.filter(area__in=here).values("project"))
    for word in filters.words.split()[:MOST_WORDS]:
        found = found.filter(says(word, "title", "summary"))
    return found


@dataclass(frozen=True)
class Page:
    projects: list[Project]
    next: str
    later: bool


def page_of(projects: QuerySet[Project], sort: str, cursor: str) -> Page:
    """What follows the project that `cursor` names; one that means nothing begins at the beginning. Whoever shows them knows their plan."""
    rows = with_money(projects).select_related("domain", "carrier").defer(*NOT_LISTED)
    at = _read(cursor, sort)
    if sort == LATEST:
        rows = rows.order_by("-changed_at", "-pk")
        if at:
            moment, pk = at
            rows = rows.filter(Q(changed_at__lt=moment) | Q(changed_at=moment, pk__lt=pk), changed_at__lte=moment)
    else:
        rows = rows.order_by("number")
        if at:
            rows = rows.filter(number__gt=at[1])
    found = list(rows[: SIZE + 1])
    more, shown = len(found) > SIZE, found[:SIZE]
    return Page(shown, _write(shown[-1], sort) if more else "", at is not None)


def _write(last: Project, sort: str) -> str:
    return f"{last.changed_at.isoformat()}~{last.pk}" if sort == LATEST else str(last.number)


def _read(cursor: str, sort: str) -> tuple[datetime | None, int] | None:
    moment, _tilde, last = cursor.rpartition("~")
    number = whole_number(last, 9)
    if number is None:
        return None
    if sort != LATEST:
        return None, number
    try:
        read = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError:
        return None
    return (read, int(number)) if read.tzinfo else None


def with_money(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Annotated with `committed`: what was decided for each, in cents."""
    lines = BudgetLine.objects.filter(project=OuterRef("pk")).order_by().values("project")
    return projects.annotate(committed=Subquery(lines.annotate(all=Sum("committed_cents")).values("all")))


def states_of(projects: QuerySet[Project]) -> dict[str, int]:
    """How many stand in each state that everyone reads, in the order of the way."""
    found = dict(projects.order_by("state").values_list("state").annotate(number=Count("pk")))
    return {state.value: found[state.value] for state in PUBLIC if found.get(state.value)}
