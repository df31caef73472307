from datetime import datetime, timedelta

from zenne.opendata.webhooks import actions as webhooks

from ..models import Phase
from ..queries import public

LATEST = timedelta(days=1)


def announce_phases(*, now: datetime) -> int:
    """Tell who listens of the public phases that opened or closed since yesterday, each once; how many were told. Safe to repeat."""
    told = 0
    for event, field in (("phase.opened", "opens_at"), ("phase.closed", "closes_at")):
        passed = Phase.objects.filter(process__in=public(), **{f"{field}__gt": now - LATEST, f"{field}__lte": now})
        for phase in passed.select_related("process").order_by(field, "id"):
            organisation, at = phase.process.organisation_id, getattr(phase, field)
            told += webhooks.announce_once(event, phase.pk, organisation=organisation, at=at)
    return told
