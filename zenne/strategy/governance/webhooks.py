"""What other software hears of bodies: that they are called, what they resolved, that their minutes are there, and how far the review of a plan is."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from . import queries


def sitting_data(key: int, facts: Facts) -> dict[str, Any] | None:
    found = queries.sittings().filter(pk=key).select_related("body__organisation").first()
    if found is None:
        return None
    with override(DEFAULT):
        address = absolute(found.get_absolute_url())
    return {
        "sitting": {
            "id": found.pk,
            "body": words(found.body, "name").model_dump(),
            "starts_at": found.starts_at.isoformat(),
            "place": found.place,
            "state": found.state,
            "url": address,
            "api": at(f"/sittings/{found.pk}"),
            "organisation": found.body.organisation.slug,
        },
        **{name: facts[name] for name in ("outcome", "reference", "decision") if name in facts},
    }


def review_data(key: int, facts: Facts) -> dict[str, Any] | None:
    """From its report on: before it nobody else reads of it."""
    found = queries.reviews().filter(pk=key).select_related("plan__organisation").first()
    if found is None:
        return None
    with override(DEFAULT):
        address = absolute(found.get_absolute_url())
    return {
        "review": {
            "id": found.pk,
            "plan": found.plan.slug,
            "starts_on": found.starts_on.isoformat(),
            "ends_on": found.ends_on.isoformat(),
            "step": found.state,
            "digest": found.digest,
            "url": address,
            "api": at(f"/reviews/{found.pk}"),
            "organisation": found.plan.organisation.slug,
        },
        **{name: facts[name] for name in ("before", "after") if name in facts},
    }


webhooks.register("sitting.called", Event(_("A body is called to a sitting"), sitting_data))
webhooks.register("sitting.cancelled", Event(_("A sitting is cancelled"), sitting_data))
webhooks.register("sitting.resolved", Event(_("A body resolves an item in public"), sitting_data))
webhooks.register("sitting.published", Event(_("The minutes of a sitting are published"), sitting_data))
webhooks.register("review.step", Event(_("The review of a plan takes a step"), review_data))
