"""What other software hears of processes."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from .models import Phase, Process
from .queries import public


def told_of(process: Process) -> dict[str, Any]:
    with override(DEFAULT):
        address = absolute(process.get_absolute_url())
    return {
        "id": process.pk,
        "slug": process.slug,
        "organisation": process.organisation.slug,
        "title": words(process, "title").model_dump(),
        "state": process.state,
        "url": address,
        "api": at(f"/processes/{process.slug}"),
    }


def process_data(key: int, facts: Facts) -> dict[str, Any] | None:
    process = public().select_related("organisation").filter(pk=key).first()
    return {"process": {**told_of(process), "summary": words(process, "summary").model_dump()}} if process else None


def phase_data(key: int, facts: Facts) -> dict[str, Any] | None:
    rows = Phase.objects.select_related("process__organisation").filter(process__in=public())
    phase = rows.filter(pk=key).first()
    if phase is None:
        return None
    return {
        "phase": {
            "id": phase.pk,
            "title": words(phase, "title").model_dump(),
            "opens_at": phase.opens_at.isoformat(),
            "closes_at": phase.closes_at.isoformat() if phase.closes_at else None,
        },
        "process": told_of(phase.process),
    }


webhooks.register("process.published", Event(_("A process is published"), process_data))
webhooks.register("phase.opened", Event(_("A phase opens"), phase_data))
webhooks.register("phase.closed", Event(_("A phase closes"), phase_data))
