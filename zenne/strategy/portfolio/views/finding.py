"""What every public page of a plan begins with."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zenne.core.errors import NotFound
from zenne.people.organisations.queries import wear

from .. import reading
from ..models import Domain, Plan, Project
from ..rules import may_see, may_see_project


def plan_at(request: HttpRequest, slug: str) -> Plan:
    """The plan at this address in its organisation's look; one that is not published only for its staff."""
    found = Plan.objects.select_related("organisation").filter(slug=slug).first()
    if found is None or not may_see(request.user, found) or (found.is_public and found.organisation.opened_at is None):
        raise NotFound(_("There is no plan at this address."))
    wear(request, found.organisation)
    return found


def domain_at(request: HttpRequest, plan: str, slug: str) -> Domain:
    found = Domain.objects.select_related("plan__organisation").filter(plan__slug=plan, slug=slug).first()
    if found is None or not may_see(request.user, found.plan):
        raise NotFound(_("There is no domain at this address."))
    wear(request, found.plan.organisation)
    return found


def project_at(request: HttpRequest, plan: str, slug: str) -> Project:
    found = reading.at(plan, slug)
    if found is None or not may_see_project(request.user, found):
        raise NotFound(_("There is no project at this address."))
    wear(request, found.plan.organisation)
    return found


def public_project_at(request: HttpRequest, plan: str, slug: str) -> Project:
    """For what leaves the house: the same for everybody."""
    found = reading.at(plan, slug)
    if found is None or not found.is_public or found.plan.organisation.opened_at is None:
        raise NotFound(_("There is no project at this address."))
    wear(request, found.plan.organisation)
    return found
