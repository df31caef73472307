"""What changed in a plan: projects that moved, steps that were done, values that were published, money that was decided, and what staff wrote."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.core.together import ask
from zenne.strategy.indicators import phrasing
from zenne.strategy.indicators import queries as indicators
from zenne.strategy.indicators.enums import Evidence
from zenne.strategy.indicators.models import Measurement
from zenne.web.tags.words import amount

from .enums import PUBLIC, ProjectState
from .looks import STATES
from .measured import of_plan
from .models import BudgetLine, Milestone, Plan, Post, Project

A_MONTH = timedelta(days=31)
MOST = 12


@dataclass(frozen=True)
class Change:
    """One thing that changed, with the day it did. `words` say what, `title` of what."""

    day: date
    at: datetime | None
    key: str
    icon: str
    kind: str
    words: str
    title: str
    language: str
    url: str
    more: str = ""
    more_language: str = ""


def latest(plan: Plan, *, now: datetime, measured_by: Collection[int] | None = None, most: int = MOST) -> list[Change]:
    """The latest changes, the newest first: a fixed number of questions, however long the plan has run. `measured_by`: the keys of its indicators, where
    they were read already."""
    today = in_brussels(now).date()
    moves, steps = _moves(plan, today)[:most], _steps(plan, today)[:most]
    decisions, posts = _decisions(plan, today)[:most], _posts(plan, now)[:most]
    ask([moves, steps, decisions, posts])
    keys = set(of_plan(plan).order_by().values_list("indicator", flat=True)) if measured_by is None else measured_by
    found = [
        *_moved(plan, moves),
        *_done(plan, steps),
        *_measured(keys, most),
        *_decided(plan, decisions),
        *_written(plan, posts),
    ]
    return sorted(found, key=lambda each: (each.day, each.key), reverse=True)[:most]


def of_project(project: Project) -> list[Change]:
    """What staff wrote about one project."""
    rows = project.posts.filter(withdrawn_at__isnull=True).order_by("-published_at", "-pk")
    return written(rows[:MOST], project)


def written(rows: Iterable[Post], project: Project) -> list[Change]:
    return [_post(each, project) for each in rows]


def this_month(changes: list[Change], now: datetime) -> list[Change]:
    since = in_brussels(now - A_MONTH).date()
    return [each for each in changes if each.day >= since]


def _moves(plan: Plan, today: date) -> QuerySet[Project]:
    return plan.projects.filter(state__in=PUBLIC, state_since__lte=today).order_by("-state_since", "-pk")


def _steps(plan: Plan, today: date) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(project__plan=plan, project__state__in=PUBLIC, done_on__lte=today)
    return rows.select_related("project").order_by("-done_on", "-pk")


def _decisions(plan: Plan, today: date) -> QuerySet[BudgetLine]:
    rows = BudgetLine.objects.filter(project__plan=plan, project__state__in=PUBLIC)
    rows = rows.filter(committed_cents__gt=0, decided_on__lte=today)
    return rows.select_related("project").order_by("-decided_on", "-pk")


def _posts(plan: Plan, now: datetime) -> QuerySet[Post]:
    rows = Post.objects.filter(project__plan=plan, project__state__in=PUBLIC)
    rows = rows.filter(withdrawn_at__isnull=True, published_at__lte=now)
    return rows.select_related("project").order_by("-published_at", "-pk")


def _moved(plan: Plan, rows: Iterable[Project]) -> list[Change]:
    found = []
    for each in rows:
        each.plan = plan
        title, language = shown(each, "title")
        reason, reason_language = shown(each, "state_reason")
        kind, icon = STATES[each.state]
        words = str(ProjectState(each.state).label)
        found.append(
            Change(
                each.state_since,
                None,
                f"state/{each.pk}/{each.state}/{each.state_since}",
                icon,
                kind,
                words,
                title,
                language,
                each.get_absolute_url(),
                reason,
                reason_language,
            )
        )
    return found


def _done(plan: Plan, rows: Iterable[Milestone]) -> list[Change]:
    found = []
    for each in rows:
        each.project.plan = plan
        title, language = shown(each.project, "title")
        step, step_language = shown(each, "title")
        assert each.done_on is not None
        found.append(
            Change(
                each.done_on,
                None,
                f"milestone/{each.pk}",
                "flag",
                "ok",
                _("Step done"),
                title,
                language,
                each.project.get_absolute_url(),
                step,
                step_language,
            )
        )
    return found


def _measured(keys: Collection[int], most: int) -> list[Change]:
    """The last value of each indicator: one of many places and periods is told once."""
    if not keys:
        return []
    found = []
    for each in indicators.news(keys, most):
        title, language = shown(each.indicator, "name")
        assert each.published_at is not None
        found.append(
            Change(
                in_brussels(each.published_at).date(),
                each.published_at,
                f"measurement/{each.pk}",
                "chart-bar",
                "info",
                _("New value"),
                title,
                language,
                each.indicator.get_absolute_url(),
                f"{_valued(each)} · {Evidence(each.evidence).label}",
            )
        )
    return found


def _valued(each: Measurement) -> str:
    """How much, where and when: `46 % · Laeken · 2021`."""
    parts = (phrasing.value(each.indicator, each.value), each.area, phrasing.period(each.start, each.end))
    return " · ".join(str(part) for part in parts if part)


def _decided(plan: Plan, rows: Iterable[BudgetLine]) -> list[Change]:
    found = []
    for each in rows:
        each.project.plan = plan
        title, language = shown(each.project, "title")
        words = _("%(amount)s decided") % {"amount": amount(each.committed_cents)}
        assert each.decided_on is not None
        found.append(
            Change(
                each.decided_on,
                None,
                f"money/{each.pk}",
                "coins",
                "info",
                words,
                title,
                language,
                each.project.get_absolute_url(),
                each.reference,
            )
        )
    return found


def _written(plan: Plan, rows: Iterable[Post]) -> list[Change]:
    found = []
    for each in rows:
        each.project.plan = plan
        found.append(_post(each, each.project))
    return found


def _post(post: Post, project: Project) -> Change:
    title, language = shown(post, "title")
    text, text_language = shown(post, "text")
    return Change(
        in_brussels(post.published_at).date(),
        post.published_at,
        f"post/{post.pk}",
        "message-circle",
        "info",
        _("News"),
        title,
        language,
        f"{project.get_absolute_url()}#news-{post.pk}",
        text,
        text_language,
    )
