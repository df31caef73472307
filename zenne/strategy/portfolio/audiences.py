"""Whom a campaign may reach because of a plan: those who follow one of its projects."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.messaging.campaigns.kinds import Audience, audiences
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import PUBLIC
from .models import Follow, Plan, Project


def _plans(organisation: Organisation) -> list[tuple[int, str]]:
    public = Plan.objects.filter(organisation=organisation, published_at__isnull=False).order_by("-pk")
    return [(plan.pk, str(plan)) for plan in public]


def _projects(organisation: Organisation) -> list[tuple[int, str]]:
    public = Project.objects.filter(plan__organisation=organisation, plan__published_at__isnull=False, state__in=PUBLIC)
    followed = public.filter(follows__isnull=False).distinct().select_related("plan").order_by("-plan_id", "number")
    return [(project.pk, f"{project.plan} · {project}") for project in followed]


def _of_plan(organisation: Organisation, number: int) -> QuerySet[Person]:
    follows = Follow.objects.filter(project__plan=number, project__plan__organisation=organisation)
    return Person.objects.filter(pk__in=follows.order_by().values("person"))


def _of_project(organisation: Organisation, number: int) -> QuerySet[Person]:
    follows = Follow.objects.filter(project=number, project__plan__organisation=organisation)
    return Person.objects.filter(pk__in=follows.order_by().values("person"))


audiences.register(
    "portfolio.plan", Audience(_("Followers of the projects of a plan"), things=_plans, people=_of_plan, order=12)
)
audiences.register(
    "portfolio.project", Audience(_("Followers of a planned project"), things=_projects, people=_of_project, order=14)
)
