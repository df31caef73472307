"""What other software hears of advices: that one is issued, answered or withdrawn, and where it stands."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import DEFAULT
from zenne.opendata.api.representations import absolute, at, words
from zenne.opendata.webhooks.kinds import Event, Facts, webhooks

from .queries import public


def advice_data(key: int, facts: Facts) -> dict[str, Any] | None:
    found = public().filter(pk=key).first()
    if found is None:
        return None
    with override(DEFAULT):
        address = absolute(found.get_absolute_url())
    return {
        "advice": {
            "id": found.pk,
            "number": found.number,
            "title": words(found, "title").model_dump(),
            "issuer": words(found, "issuer").model_dump(),
            "state": found.state,
            "due_on": found.due_on.isoformat(),
            "answered_at": found.answered_at.isoformat() if found.answered_at else None,
            "url": address,
            "api": at(f"/advices/{found.pk}"),
            "process": found.process.slug,
            "organisation": found.process.organisation.slug,
        }
    }


webhooks.register("advice.issued", Event(_("An advice is issued"), advice_data))
webhooks.register("advice.answered", Event(_("An advice is answered"), advice_data))
webhooks.register("advice.withdrawn", Event(_("An advice is withdrawn"), advice_data))
