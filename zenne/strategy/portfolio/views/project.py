"""The page of one project, at one address for life: why, where, who, money, steps, indicators, the ideas behind it, news."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.web.sending import sent_from
from zenne.web.shared import own, shared
from zenne.web.tags import labels

from .. import actions, measured, news, origins_shown, reading, showing
from ..discussions import debate_of
from ..enums import PUBLIC
from ..models import Follow, Involvement, Project
from ..rules import may_follow
from .finding import project_at

MOST_RELATED = 8


@require_safe
@shared
def project(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    found = project_at(request, plan, slug)
    return render(request, "strategy/portfolio/project.html", page_of(request, found))


def page_of(request: HttpRequest, project: Project) -> dict[str, Any]:
    """Everything the page says; as many questions whatever there is to say."""
    now = request.now  # type: ignore[attr-defined]
    today = in_brussels(now).date()
    sheet = reading.sheet(project)
    areas, sites = sheet["areas"], sheet["sites"]
    return (
        around(project)
        | _what_hangs(project, sheet)
        | {
            "stops": showing.way(project),
            "state_reason": shown(project, "state_reason"),
            "health_reason": shown(project, "health_reason"),
            "why": shown(project, "why"),
            "text": shown(project, "text"),
            "source_note": shown(project, "source_note"),
            "merged_into": _public(project.merged_into, project),
            "split_from": _public(project.split_from, project),
            "objectives": [shown(each, "title") for each in sheet["objectives"]],
            "areas": areas,
            "pins": [
                {
                    "number": number,
                    "lat": each.lat,
                    "lon": each.lon,
                    "title": shown(each, "name")[0] or str(project),
                    "url": "#where",
                    "category": project.domain.hue,
                }
                for number, each in enumerate(sites, 1)
            ],
            "mapped": bool(sites) or any(area.is_outlined for area in areas),
            "involved": involved(sheet["involved"]),
            "money": showing.money(sheet["lines"]),
            "milestones": showing.milestones(sheet["milestones"], project, today),
            "risks": sheet["risks"],
            "posts": news.written(sheet["posts"], project),
            "indicators": measured.of_project(project),
            "follow": own(request, follow_button, project),
        }
    )


def _what_hangs(project: Project, there: dict[str, Any]) -> dict[str, Any]:
    """What hangs on few projects: asked for only where there may be any of it."""
    parts: dict[str, Callable[[], Any]] = {
        "pilots": lambda: list(project.pilots.select_related("indicator").order_by("pk")),
        "origins": lambda: origins_shown.of_project(project),
        "files": lambda: list(project.attachments.select_related("file").order_by("position", "pk")),
        "waits_for": lambda: _related(project, needed_by__project=project),
        "awaited_by": lambda: _related(project, needed__on=project),
        "parts": lambda: _related(project, split_from=project),
        "merged": lambda: _related(project, merged_into=project),
        "debated": lambda: debate_of(project) is not None,
    }
    return {name: read() if there[name] else () for name, read in parts.items()}


def around(project: Project) -> dict[str, Any]:
    """What every page of a project begins with."""
    return {
        "project": project,
        "plan": project.plan,
        "domain": shown(project.domain, "name")[0],
        "title": shown(project, "title"),
        "summary": shown(project, "summary"),
        "state": showing.state_badge(project),
        "health": showing.health_badge(project),
        "when": showing.years(project.starts_on, project.ends_on),
    }


def _public(other: Project | None, project: Project) -> Project | None:
    """The other one of the same plan, where everyone may read it."""
    if other is not None:
        other.plan = project.plan
    return other if other is not None and other.is_public else None


def _related(project: Project, **link: Project) -> list[Project]:
    """Public projects of the plan that hang together with this one."""
    found = list(Project.objects.filter(plan=project.plan, state__in=PUBLIC, **link).order_by("number")[:MOST_RELATED])
    for each in found:
        each.plan = project.plan
    return found


def involved(rows: Iterable[Involvement]) -> list[dict[str, Any]]:
    """Departments and partners with what they do."""
    return [
        {
            "name": str(each.department or each.partner),
            "url": each.partner.url if each.partner else "",
            "part": shown(each, "words")[0] or each.get_part_display(),
            "helix": each.partner.get_helix_display() if each.partner else "",
        }
        for each in rows
    ]


@sent_from("portfolio:project", "plan", "slug", anchor="follow")
def follow(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """Follow, or stop. Who is not signed in is led there and back; it is done on return."""
    found = project_at(request, plan, slug)
    if request.POST.get("stop"):
        if isinstance(request.user, Person):
            actions.unfollow(found, by=request.user)
    else:
        require(may_follow(request.user, found))
        actions.follow(found, by=request.user, now=request.now)  # type: ignore[arg-type, attr-defined]
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(follow_button(request, found))
    return HttpResponseRedirect(f"{found.get_absolute_url()}#follow")


def follow_button(request: HttpRequest, project: Project) -> SafeString:
    url, user = reverse("portfolio:follow", args=[project.plan.slug, project.slug]), request.user
    follows = isinstance(user, Person) and Follow.objects.filter(project=project, person=user).exists()
    return labels.follow_button(request, url, follows, str(project))
