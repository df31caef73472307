"""Plans and projects as public pages show them: questions are answered here once, not in templates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.languages import shown
from zenne.web.tags.words import amount, day

from .enums import ENDED, PUBLIC, DomainKind, Funding, Health, PlanState, ProjectState
from .looks import HEALTHS, STATES
from .models import BudgetLine, Domain, Milestone, Plan, Project

#: The colour of each state wherever states are drawn side by side (zenne.web.theme.CATEGORY_HUES).
HUES: dict[str, int] = {
    ProjectState.SHORTLISTED: 6,
    ProjectState.VALIDATED: 4,
    ProjectState.SCHEDULED: 8,
    ProjectState.ONGOING: 2,
    ProjectState.ACHIEVED: 1,
    ProjectState.STOPPED: 9,
    ProjectState.TERMINATED: 3,
}
#: Achieved first: what is done, what is being done, what is to come, what will not be.
IN_A_ROW: tuple[ProjectState, ...] = (
    ProjectState.ACHIEVED,
    ProjectState.ONGOING,
    ProjectState.SCHEDULED,
    ProjectState.VALIDATED,
    ProjectState.SHORTLISTED,
    ProjectState.STOPPED,
    ProjectState.TERMINATED,
)
WAY: tuple[ProjectState, ...] = (
    ProjectState.SHORTLISTED,
    ProjectState.VALIDATED,
    ProjectState.SCHEDULED,
    ProjectState.ONGOING,
    ProjectState.ACHIEVED,
)


@dataclass(frozen=True)
class Badge:
    label: str
    kind: str
    icon: str


def state_badge(project: Project) -> Badge:
    return Badge(str(ProjectState(project.state).label), *STATES[project.state])


def health_badge(project: Project) -> Badge | None:
    """How it does, while it runs and somebody said so."""
    if not project.runs or project.health == Health.UNKNOWN:
        return None
    return Badge(str(Health(project.health).label), *HEALTHS[project.health])


def years(start: date | None, end: date | None) -> str:
    """`2023–2030`, `until 2030`, `from 2023`."""
    if start and end:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if end:
        return _("until %(year)d") % {"year": end.year}
    return _("from %(year)d") % {"year": start.year} if start else ""


@dataclass(frozen=True)
class Line:
    """A project in a list."""

    title: str
    language: str
    summary: str
    url: str
    carrier: str
    domain: str
    domain_icon: str
    hue: int
    state: Badge
    health: Badge | None
    when: str
    money: str


def line(project: Project) -> Line:
    title, language = shown(project, "title")
    committed = getattr(project, "committed", None)
    return Line(
        title=title,
        language=language,
        summary=shown(project, "summary")[0],
        url=project.get_absolute_url(),
        carrier=str(project.carrier) if project.carrier else "",
        domain=shown(project.domain, "name")[0],
        domain_icon=project.domain.icon,
        hue=project.domain.hue,
        state=state_badge(project),
        health=health_badge(project),
        when=years(project.starts_on, project.ends_on),
        money=amount(committed) if committed else "",
    )


@dataclass(frozen=True)
class States:
    """How many projects stand in each state: for a bar in parts, its words, and a key that leads to the lists."""

    total: int
    parts: list[dict[str, Any]]
    key: list[dict[str, Any]]
    text: str

    @property
    def achieved(self) -> int:
        return next((each["count"] for each in self.key if each["state"] == ProjectState.ACHIEVED), 0)


def states(counts: dict[str, int], plan: Plan, domain: str = "") -> States:
    address = reverse("portfolio:projects", args=[plan.slug])
    narrowed = f"&domain={domain}" if domain else ""
    key = [
        {
            "state": state.value,
            "label": str(state.label),
            "count": counts[state],
            "hue": HUES[state],
            "icon": STATES[state][1],
            "url": f"{address}?state={state.value}{narrowed}",
        }
        for state in IN_A_ROW
        if counts.get(state)
    ]
    return States(
        total=sum(each["count"] for each in key),
        parts=[{"value": each["count"], "category": each["hue"]} for each in key],
        key=key,
        text=", ".join(f"{each['label']}: {each['count']}" for each in key),
    )


def way(project: Project) -> list[dict[str, str]]:
    """The way of a project as a tram line: where it is now, what lies behind and before it."""
    state = ProjectState(project.state)
    if state in ENDED and state != ProjectState.ACHIEVED:
        return [_stop(state, "now", project)]
    if state not in WAY:  # still being written
        return []
    here = WAY.index(state)
    return [
        _stop(
            each,
            "done" if at < here or each == ProjectState.ACHIEVED == state else "now" if at == here else "next",
            project,
        )
        for at, each in enumerate(WAY)
    ]


def _stop(state: ProjectState, at: str, project: Project) -> dict[str, str]:
    since = _("since %(year)d") % {"year": project.state_since.year} if project.state == state else ""
    return {"title": str(state.label), "state": at, "when": since}


def milestones(found: Iterable[Milestone], project: Project, today: date) -> list[dict[str, Any]]:
    """The steps of a project with their days; a day that was moved says so."""
    rows = []
    for each in found:
        each.project = project
        title, language = shown(each, "title")
        reason, reason_language = shown(each, "moved_reason")
        late = each.late(today)
        rows.append(
            {
                "title": title,
                "language": language,
                "when": _("done on %(day)s") % {"day": day(each.done_on)}
                if each.done_on
                else _("due by %(day)s") % {"day": day(each.due_on)},
                "moved": _("first promised for %(day)s") % {"day": day(each.first_due_on)}
                if each.due_on != each.first_due_on
                else "",
                "reason": reason,
                "reason_language": reason_language,
                "done": each.done_on is not None,
                "late": late,
            }
        )
    return rows


MONEY = ("planned_cents", "committed_cents", "spent_cents")


def money(lines: Sequence[BudgetLine]) -> dict[str, Any] | None:
    """By source and as a whole; None where no amount is known."""
    if not lines:
        return None
    by_source = []
    for source in Funding:
        own = [each for each in lines if each.source == source]
        if own:
            funders = ", ".join(dict.fromkeys(each.funder for each in own if each.funder))
            sums = {name: sum(getattr(each, name) for each in own) for name in MONEY}
            by_source.append({"source": str(source.label), "funders": funders, **sums})
    whole = {name: sum(getattr(each, name) for each in lines) for name in MONEY}
    most = max(whole.values())
    bars = [
        {"label": label, "value": whole[name], "text": amount(whole[name]), "category": hue}
        for name, label, hue in (
            ("planned_cents", pgettext("money", "Planned"), 8),
            ("committed_cents", pgettext("money", "Committed"), 2),
            ("spent_cents", pgettext("money", "Spent"), 1),
        )
    ]
    decisions = [
        {
            "reference": each.reference,
            "day": each.decided_on,
            "cents": each.committed_cents,
            "year": each.year,
            "decision": each.decision,
        }
        for each in lines
        if each.committed_cents
    ]
    over = sum(each.overspent_cents for each in lines)
    return {"rows": by_source, "whole": whole, "bars": bars, "most": most, "decisions": decisions, "over": over}


IN_FORCE_FIRST = {PlanState.VALID: 0, PlanState.DRAFT: 1, PlanState.REPLACED: 2, PlanState.ARCHIVED: 3}


def in_force_first(plans: Iterable[Plan]) -> list[Plan]:
    return sorted(plans, key=lambda plan: (IN_FORCE_FIRST[PlanState(plan.state)], plan.pk))


@dataclass(frozen=True)
class PlanCard:
    """A plan beside others."""

    plan: Plan
    name: str
    language: str
    summary: str
    when: str
    states: States
    domains: int


def plan_cards(plans: Sequence[Plan]) -> list[PlanCard]:
    """Two questions, however many."""
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Project.objects.filter(plan__in=plans, state__in=PUBLIC).order_by("plan_id", "state")
    for pk, state, number in rows.values_list("plan_id", "state").annotate(number=Count("pk")):
        counted[pk][state] = number
    fields = Domain.objects.filter(plan__in=plans, kind=DomainKind.DOMAIN).order_by("plan_id").values_list("plan_id")
    domains = dict(fields.annotate(number=Count("pk")))
    return [
        PlanCard(
            plan=plan,
            name=shown(plan, "name")[0],
            language=shown(plan, "name")[1],
            summary=shown(plan, "summary")[0],
            when=years(plan.starts_on, plan.ends_on),
            states=states(counted[plan.pk], plan),
            domains=domains.get(plan.pk, 0),
        )
        for plan in plans
    ]


@dataclass(frozen=True)
class DomainCard:
    """A domain or a foundation on the page of its plan."""

    domain: Domain
    name: str
    language: str
    text: str
    url: str
    states: States
    lights: list[dict[str, Any]]
