"""Which plans, domains and projects search engines are told of."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from zenne.people.organisations.queries import listed
from zenne.web.sitemaps import Page, Section, sitemaps

from .models import Domain
from .queries import public_plans, public_projects


def last_plan(request: HttpRequest) -> int:
    found = public_plans().filter(organisation__in=listed(request))
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0


def plans(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    """Each plan with its domains."""
    if after == 0:
        yield Page(reverse("portfolio:plans"))
        yield Page(reverse("portfolio:money_and_change"))
    found = public_plans().filter(organisation__in=listed(request), pk__gt=after, pk__lte=up_to).order_by("pk")
    for plan in found:
        yield Page(reverse("portfolio:plan", args=[plan.slug]), plan.changed_at)
        yield Page(reverse("portfolio:projects", args=[plan.slug]), plan.changed_at)
    for plan_slug, slug in Domain.objects.filter(plan__in=found).order_by("pk").values_list("plan__slug", "slug"):
        yield Page(reverse("portfolio:domain", args=[plan_slug, slug]))


def last_project(request: HttpRequest) -> int:
    found = public_projects().filter(plan__organisation__in=listed(request))
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0


def projects(request: HttpRequest, after: int, up_to: int) -> Iterator[Page]:
    found = public_projects().filter(plan__organisation__in=listed(request), pk__gt=after, pk__lte=up_to)
    for plan, slug, changed in found.order_by("pk").values_list("plan__slug", "slug", "changed_at"):
        yield Page(reverse("portfolio:project", args=[plan, slug]), changed)


sitemaps.register("plans", Section(last_plan, plans))
sitemaps.register("planned-projects", Section(last_project, projects))
