"""Decisions and indicators by plan: `?plan=smart-city-2030` of lists that lie below."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.api.kinds import Narrowing, narrowings

from .models import BudgetLine, Measure, Origin, Project, Revision
from .queries import public_plans, public_projects


def decisions_of(rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """Decisions about the plan, those that its projects take up, and those that committed their money."""
    plans = public_plans().filter(slug=slug).values("pk")
    projects = public_projects().filter(plan__slug=slug).values("pk")
    return rows.filter(
        Q(pk__in=Revision.objects.filter(plan__in=plans, decision__isnull=False).values("decision"))
        | Q(pk__in=Origin.objects.filter(project__in=projects, decision__isnull=False).values("decision"))
        | Q(pk__in=BudgetLine.objects.filter(project__in=projects, decision__isnull=False).values("decision"))
    )


def indicators_of(rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """Indicators by which the plan's domains, objectives or public projects are measured."""
    plans = public_plans().filter(slug=slug).values("pk")
    projects: QuerySet[Project] = public_projects().filter(plan__slug=slug).values("pk")
    used = Measure.objects.filter(
        Q(domain__plan__in=plans) | Q(objective__plan__in=plans) | Q(project__in=projects)
    ).values("indicator")
    return rows.filter(pk__in=used)


narrowings.register("decisions.plan", Narrowing(decisions_of, _("Only those that have to do with this plan.")))
narrowings.register("indicators.plan", Narrowing(indicators_of, _("Only those by which this plan is measured.")))
