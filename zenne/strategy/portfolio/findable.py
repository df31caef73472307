"""How plans and their projects are found by the one search box: by their titles and summaries, in whatever language."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.core.search import Hit, Source, asked, findable, says

from . import queries
from .enums import ProjectState
from .models import Plan, Project


def _plans(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Plan]:
    found = queries.public_plans().order_by("pk")
    if organisation_id:
        found = found.filter(organisation=organisation_id)
    for word in asked(words):
        found = found.filter(says(word, "name", "summary"))
    return found if asked(words) else found.none()


def _plan(plan: Plan, now: datetime) -> Hit:
    name, language = shown(plan, "name")
    return Hit(name, plan.get_absolute_url(), shown(plan, "summary")[0][:160], language, note=str(plan.organisation))


def _projects(words: str, organisation_id: int | None, now: datetime) -> QuerySet[Project]:
    """The last changed first."""
    found = queries.public_projects().order_by("-changed_at", "-pk")
    if organisation_id:
        found = found.filter(plan__organisation=organisation_id)
    for word in asked(words):
        found = found.filter(says(word, "title", "summary"))
    return found if asked(words) else found.none()


def _project(project: Project, now: datetime) -> Hit:
    title, language = shown(project, "title")
    note = f"{shown(project.plan, 'name')[0]} · {ProjectState(project.state).label}"
    return Hit(title, project.get_absolute_url(), shown(project, "summary")[0][:160], language, note=note)


findable.register("portfolio.plans", Source(_("Plans"), _plans, _plan))
findable.register("portfolio.projects", Source(_("Projects of plans"), _projects, _project))
