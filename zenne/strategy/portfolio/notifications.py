"""What projects of a plan tell people, each in their own language: those who follow them, and those behind the ideas, votes and advices they answer.

One occasion, one message: whoever follows a project and wrote two of its ideas hears once. Each sort has its own rhythm, and each project its own too
(`portfolio.project`). A project that is not public says nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.kinds import Kind, Place, Scope, kinds, scopes
from zenne.people.accounts.models import Person
from zenne.strategy.indicators import phrasing
from zenne.strategy.indicators.kinds import listeners
from zenne.strategy.indicators.models import Measurement
from zenne.web.tags.words import day

from . import concerned
from .enums import PUBLIC, ProjectState
from .models import Follow, Milestone, Origin, Post, Project

SCOPE = "portfolio.project"
FIRST_PUBLIC = (ProjectState.SHORTLISTED, ProjectState.VALIDATED)
Fact = str | Mapping[str, str]

kinds.register(
    "portfolio.linked",
    Kind(
        gettext_lazy("What I wrote, support or follow is taken up by a planned project"),
        gettext_lazy("“%(origin)s” is taken up by a project of “%(plan)s”: %(project)s"),
    ),
)
kinds.register(
    "portfolio.state",
    Kind(
        gettext_lazy("How far a planned project is that I am behind or follow"),
        gettext_lazy("“%(project)s” is now: %(state)s"),
    ),
)
kinds.register(
    "portfolio.merged",
    Kind(
        gettext_lazy("A planned project that I am behind or follow goes on in another one"),
        gettext_lazy("“%(project)s” goes on in another project: %(into)s"),
    ),
)
kinds.register(
    "portfolio.split",
    Kind(
        gettext_lazy("A part of a planned project that I am behind or follow goes on by itself"),
        gettext_lazy("A part of “%(project)s” goes on as a project of its own: %(part)s"),
    ),
)
kinds.register(
    "portfolio.health",
    Kind(
        gettext_lazy("How a planned project does that I am behind or follow"),
        gettext_lazy("How “%(project)s” does: %(health)s"),
        default=Frequency.DAILY,
    ),
)
kinds.register(
    "portfolio.milestone",
    Kind(
        gettext_lazy("Steps of a planned project that I am behind or follow"),
        gettext_lazy("“%(project)s”, step “%(step)s”: %(what)s"),
        default=Frequency.DAILY,
    ),
)
kinds.register(
    "portfolio.measured",
    Kind(
        gettext_lazy("New figures of a planned project that I am behind or follow"),
        gettext_lazy("A new figure for “%(project)s”: %(indicator)s, %(value)s"),
        default=Frequency.WEEKLY,
    ),
)
kinds.register(
    "portfolio.news",
    Kind(
        gettext_lazy("News of a planned project that I am behind or follow"),
        gettext_lazy("News of “%(project)s”: %(title)s"),
        default=Frequency.DAILY,
        may_hide=True,
    ),
)


def _places(ids: Iterable[int]) -> dict[int, Place]:
    rows = Project.objects.filter(pk__in=ids, state__in=PUBLIC, plan__published_at__isnull=False)
    found = rows.select_related("plan__organisation")
    return {each.pk: Place(shown(each, "title")[0], each.get_absolute_url(), each.plan.organisation) for each in found}


def _followed(person: Person) -> list[int]:
    return list(Follow.objects.filter(person=person).order_by("-since", "-pk").values_list("project", flat=True))


scopes.register(SCOPE, Scope(_places, _followed))


def linked(origin: Origin, now: datetime) -> None:
    """Only those behind this one thing: who follows the project reads it there."""
    project = origin.project
    facts = {
        "origin": {origin.idea.language: origin.idea.title}
        if origin.idea
        else in_every_language(lambda: str(origin.thing)),
        "plan": in_every_language(lambda: shown(project.plan, "name")[0]),
    }
    excerpt = in_every_language(lambda: shown(origin, "reason")[0])
    _tell("portfolio.linked", project, f"linked:{origin.pk}", facts, now, to=concerned.behind(origin), excerpt=excerpt)


def moved(project: Project, now: datetime) -> None:
    """It is in another state. Where that makes it public, those behind it hear first that it takes something of theirs up: a sheet says nothing."""
    if project.state in FIRST_PUBLIC:
        for origin in project.origins.order_by("pk"):
            linked(origin, now)
    facts = {"state": in_every_language(project.get_state_display)}
    excerpt = in_every_language(lambda: shown(project, "state_reason")[0])
    _tell("portfolio.state", project, f"state:{project.state}:{project.state_since}", facts, now, excerpt=excerpt)


def merged(project: Project, now: datetime) -> None:
    """It goes on in another: whoever hears of either is led there. Where that one is not public, it has only ended."""
    into = project.merged_into
    if into is None or not into.is_public:
        moved(project, now)
        return
    facts = {"into": in_every_language(lambda: shown(into, "title")[0])}
    excerpt = in_every_language(lambda: shown(project, "state_reason")[0])
    both = concerned.people(project) | concerned.people(into)
    _tell("portfolio.merged", project, f"merged:{into.pk}", facts, now, to=both, excerpt=excerpt, at=into)


def split(part: Project, now: datetime) -> None:
    """A part of a project goes on by itself: whoever hears of the whole is led there."""
    whole = part.split_from
    if whole is None or not part.is_public:
        return
    facts = {"part": in_every_language(lambda: shown(part, "title")[0])}
    excerpt = in_every_language(lambda: shown(part, "state_reason")[0])
    _tell("portfolio.split", whole, f"split:{part.pk}", facts, now, excerpt=excerpt, at=part)


def health_said(project: Project, now: datetime) -> None:
    facts = {"health": in_every_language(project.get_health_display)}
    excerpt = in_every_language(lambda: shown(project, "health_reason")[0])
    _tell("portfolio.health", project, f"health:{project.health}:{project.health_on}", facts, now, excerpt=excerpt)


def milestone_done(milestone: Milestone, now: datetime) -> None:
    _step(milestone, in_every_language(lambda: _("done")), f"done:{milestone.done_on}", now)


def milestone_moved(milestone: Milestone, now: datetime) -> None:
    """Its day was moved; the reason goes along."""
    what = in_every_language(lambda: _("now due by %(day)s") % {"day": day(milestone.due_on)})
    excerpt = in_every_language(lambda: shown(milestone, "moved_reason")[0])
    _step(milestone, what, f"due:{milestone.due_on}", now, excerpt)


def _step(milestone: Milestone, what: Fact, occasion: str, now: datetime, excerpt: Fact = "") -> None:
    facts = {"step": in_every_language(lambda: shown(milestone, "title")[0]), "what": what}
    occasion = f"milestone:{milestone.pk}:{occasion}"
    _tell("portfolio.milestone", milestone.project, occasion, facts, now, excerpt=excerpt)


def measured(measurement: Measurement, now: datetime) -> None:
    """A figure of an indicator that measures projects is public, good or bad. Only of the whole: nobody wants a letter per district."""
    if measurement.area_id is not None:
        return
    indicator = measurement.indicator
    rows = Project.objects.filter(measures__indicator=indicator).select_related("plan__organisation").order_by("pk")
    facts = {
        "indicator": in_every_language(lambda: str(indicator)),
        "value": in_every_language(lambda: phrasing.value(indicator, measurement.value)),
    }
    for project in rows:
        _tell("portfolio.measured", project, f"measured:{measurement.pk}", facts, now)


listeners.register("portfolio", measured)


def posted(post: Post, now: datetime) -> None:
    facts = {"title": in_every_language(lambda: shown(post, "title")[0])}
    excerpt = in_every_language(lambda: shown(post, "text")[0])
    _tell("portfolio.news", post.project, f"post:{post.pk}", facts, now, excerpt=excerpt)


def _tell(
    kind: str,
    project: Project,
    occasion: str,
    facts: Mapping[str, Fact],
    now: datetime,
    *,
    to: QuerySet[Person] | None = None,
    excerpt: Fact = "",
    at: Project | None = None,
) -> None:
    """`at` is the project that the message leads to, where that is another."""
    if not project.is_public:
        return
    notify(
        kind,
        to=concerned.people(project) if to is None else to,
        key=f"planned-project:{project.pk}:{occasion}",
        scope=f"{SCOPE}:{project.pk}",
        facts={"project": in_every_language(lambda: shown(project, "title")[0]), **facts},
        excerpt=excerpt,
        url=(at or project).get_absolute_url(),
        now=now,
    )
