"""How a plan and each of its projects were on any day: what changed between two days, and a day as a file."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zenne.core.clock import FIRST_DAY, LAST_DAY, in_brussels
from zenne.core.errors import NotFound
from zenne.people.history.kinds import in_words as event_in_words
from zenne.web.shared import shared

from .. import queries
from ..differing import compared, in_words, title_of
from ..enums import PUBLIC
from ..forms import BetweenForm
from ..models import Plan, Project, Version
from ..past import TYPES, end_of, file_of
from ..versions import Data, differences
from .finding import plan_at, project_at
from .project import around

A_MONTH = timedelta(days=30)
LATEST = 30


@require_safe
@shared
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """A whole plan: two days compared, project by project."""
    found = plan_at(request, plan)
    form, asked = _between(request)
    changes: dict[str, Any] | None = None
    if form.is_valid():
        states = [queries.state_at(found, end_of(form.cleaned_data[name])) for name in ("before", "after")]
        result = compared(*states)
        changes = {
            "missing": states[0] is None,
            "nothing": result.nothing,
            "frame": result.frame,
            "came": [_named(found, data) for data in result.came],
            "went": [_named(found, data) for data in result.went],
            "changed": [{**_named(found, data), "rows": rows} for data, rows in result.changed],
        }
    context = {
        "plan": found,
        "form": form,
        "changes": changes,
        "files": _files(found, form, ""),
        "address": reverse("portfolio:past", args=[found.slug]),
    }
    return render(
        request, "strategy/portfolio/past.html", context, status=422 if asked and not form.is_valid() else 200
    )


@require_safe
@shared
def project(request: HttpRequest, plan: str, slug: str) -> HttpResponse:
    """One project: its latest changes, each with what differs; two days compared."""
    found = project_at(request, plan, slug)
    form, asked = _between(request)
    changes: dict[str, Any] | None = None
    if asked and form.is_valid():
        before, after = (_on(found, form.cleaned_data[name]) for name in ("before", "after"))
        rows = in_words(differences(before.data, after.data)) if before and after else []
        changes = {"missing": before is None, "nothing": not rows, "frame": rows}
    kept = list(_public(found).order_by("-number")[: LATEST + 1])
    steps = [
        {
            "number": version.number,
            "at": version.at,
            "what": event_in_words(version.event),
            "rows": in_words(differences(earlier.data, version.data)) if earlier else [],
        }
        for version, earlier in zip(kept, [*kept[1:], None], strict=True)
    ]
    context = around(found) | {
        "form": form,
        "changes": changes,
        "steps": steps[:LATEST],
        "more": len(kept) > LATEST,
        "files": _files(found.plan, form, found.slug),
        "address": reverse("portfolio:versions", args=[found.plan.slug, found.slug]),
    }
    status = 422 if asked and not form.is_valid() else 200
    return render(request, "strategy/portfolio/versions.html", context, status=status)


@require_safe
def file(request: HttpRequest, plan: str, form: str) -> HttpResponse:
    """The plan at the end of a day (`?on=`), or one project of it (`?project=`), as json, csv or xlsx."""
    if form not in TYPES:
        raise Http404
    found = plan_at(request, plan)
    day = _day_in(request)
    state = queries.state_at(found, end_of(day))
    if state is None:
        raise NotFound(_("This plan did not exist yet on that day."))
    slug = request.GET.get("project", "")
    if slug:
        state = {"plan": state["plan"], "projects": [each for each in state["projects"] if each["slug"] == slug]}
        if not state["projects"]:
            raise NotFound(_("Nobody could read this project yet on that day."))
    return file_of(state, form, f"{found.slug}{'-' if slug else ''}{slug}-{day.isoformat()}")


def _day_in(request: HttpRequest) -> date:
    """The day that the address names, else today. Raises NotFound for what is no day that anybody may mean."""
    said = request.GET.get("on", "")
    try:
        day = date.fromisoformat(said) if said else in_brussels(request.now).date()  # type: ignore[attr-defined]
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise NotFound(_("Nobody kept anything on that day."))
    return day


def _between(request: HttpRequest) -> tuple[BetweenForm, bool]:
    """The two days asked for, else the last month."""
    today = in_brussels(request.now).date()  # type: ignore[attr-defined]
    asked = bool({"before", "after"} & set(request.GET))
    usual = {"before": (today - A_MONTH).isoformat(), "after": today.isoformat()}
    return BetweenForm(request.GET if asked else usual), asked


def _files(plan: Plan, form: BetweenForm, project: str) -> list[dict[str, str]]:
    """Where the second day can be fetched, in each form."""
    if not form.is_valid():
        return []
    asked = {"on": form.cleaned_data["after"].isoformat()} | ({"project": project} if project else {})
    query = urlencode(asked)
    return [
        {"label": each.upper(), "url": f"{reverse('portfolio:past_file', args=[plan.slug, each])}?{query}"}
        for each in TYPES
    ]


def _named(plan: Plan, data: Data) -> dict[str, str]:
    return {"title": title_of(data), "url": reverse("portfolio:project", args=[plan.slug, data["slug"]])}


def _public(project: Project) -> Any:
    """What everyone could read when it was kept; while a sheet is being written it is its writers'."""
    return project.versions.filter(data__state__in=[state.value for state in PUBLIC])


def _on(project: Project, day: date) -> Version | None:
    found: Version | None = _public(project).filter(at__lte=end_of(day)).order_by("-at", "-number").first()
    return found
