"""What other software hears of processes."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT, LANGUAGES, text_in
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from .models import Phase, Process
from .queries import public


def in_languages(thing: Any, field: str) -> dict[str, str]:
    """Every language in which `field` says something."""
    return {code: text for code in LANGUAGES if (text := text_in(thing, field, code))}


def told_of(process: Process) -> dict[str, Any]:
    with override(DEFAULT):
        address = urljoin(settings.BASE_URL, process.get_absolute_url())
    return {
        "id": process.pk,
        "slug": process.slug,
        "organisation": process.organisation.slug,
        "title": in_languages(process, "title"),
        "state": process.state,
        "url": address,
    }


def process_data(key: int, facts: Facts) -> dict[str, Any] | None:
    process = public().select_related("organisation").filter(pk=key).first()
    return {"process": {**told_of(process), "summary": in_languages(process, "summary")}} if process else None


def phase_data(key: int, facts: Facts) -> dict[str, Any] | None:
    rows = Phase.objects.select_related("process__organisation").filter(process__in=public())
    phase = rows.filter(pk=key).first()
    if phase is None:
        return None
    return {
        "phase": {
            "id": phase.pk,
            "title": in_languages(phase, "title"),
            "opens_at": phase.opens_at.isoformat(),
            "closes_at": phase.closes_at.isoformat() if phase.closes_at else None,
        },
        "process": told_of(phase.process),
    }


webhooks.register("process.published", Event(_("A process is published"), process_data))
webhooks.register("phase.opened", Event(_("A phase opens"), phase_data))
webhooks.register("phase.closed", Event(_("A phase closes"), phase_data))
