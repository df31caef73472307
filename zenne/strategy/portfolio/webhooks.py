"""What other software hears of plans: that something of one changed, that it was decided, that a project took a step."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from .queries import public_plans, public_projects


def plan_data(key: int, facts: Facts) -> dict[str, Any] | None:
    found = public_plans().filter(pk=key).first()
    if found is None:
        return None
    with override(DEFAULT):
        address = absolute(found.get_absolute_url())
    return {
        "plan": {
            "slug": found.slug,
            "name": words(found, "name").model_dump(),
            "state": found.state,
            "version": found.version,
            "url": address,
            "api": at(f"/plans/{found.slug}"),
            "organisation": found.organisation.slug,
        },
        **_facts(facts),
    }


def project_data(key: int, facts: Facts) -> dict[str, Any] | None:
    found = public_projects().filter(pk=key).first()
    if found is None:
        return None
    with override(DEFAULT):
        address = absolute(found.get_absolute_url())
    return {
        "project": {
            "id": found.pk,
            "title": words(found, "title").model_dump(),
            "state": found.state,
            "state_reason": words(found, "state_reason").model_dump(),
            "health": found.health,
            "version": found.version,
            "url": address,
            "api": at(f"/projects/{found.pk}"),
            "plan": found.plan.slug,
            "organisation": found.plan.organisation.slug,
        },
        **_facts(facts),
    }


def _facts(facts: Facts) -> dict[str, Any]:
    return {name: facts[name] for name in ("what", "before", "after", "revision") if name in facts}


webhooks.register("plan.changed", Event(_("A plan changes"), plan_data))
webhooks.register("plan.decided", Event(_("A plan is decided by a College or a council"), plan_data))
webhooks.register("planned_project.changed", Event(_("A project of a plan changes"), project_data))
webhooks.register("planned_project.state", Event(_("A project of a plan takes a step"), project_data))
