"""What other software hears of selections: that one is published or annulled, and where it stands."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from .queries import public


def selection_data(key: int, facts: Facts) -> dict[str, Any] | None:
    found = public().filter(pk=key).first()
    if found is None or found.published_at is None:
        return None
    with override(DEFAULT):
        address = absolute(found.get_absolute_url())
    return {
        "selection": {
            "id": found.pk,
            "number": found.number,
            "title": words(found, "title").model_dump(),
            "state": found.state,
            "published_at": found.published_at.isoformat(),
            "annulled_at": found.annulled_at.isoformat() if found.annulled_at else None,
            "reason": words(found, "annulment").model_dump() if found.annulled_at else None,
            "url": address,
            "api": at(f"/selections/{found.pk}"),
            "process": found.process.slug,
            "organisation": found.process.organisation.slug,
        }
    }


webhooks.register("selection.published", Event(_("A selection is published"), selection_data))
webhooks.register("selection.annulled", Event(_("A selection is annulled"), selection_data))
