from collections.abc import Mapping
from datetime import datetime

from zenne.participation.processes.actions import changing_settings
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from ..models import Ideation
from .way import Words

FIELDS = frozenset(
    {
        "moderation",
        "place",
        "max_photos",
        "max_files",
        "comments",
        "comment_moderation",
        "stance",
        "oppose",
        "ideas_per_person",
        "supports_per_person",
        "answer_days",
        "edit_minutes",
    }
)


def change_call(
    call: Ideation, *, values: Mapping[str, object], reason: Words | None = None, by: Person, now: datetime
) -> Ideation:
    """Change how a call collects ideas. Once it has opened the change is public, and needs its reason."""
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a call for ideas has no {', '.join(sorted(unknown))}")
    with changing_settings(call.activity, by=by, now=now, reason=reason):
        call = Ideation.objects.select_related("activity__phase__process__organisation").get(pk=call.pk)
        changed = sorted(name for name, value in values.items() if getattr(call, name) != value)
        for name in changed:
            setattr(call, name, values[name])
        if changed:
            call.save(update_fields=changed)
            history.record(
                "ideation.changed",
                by=by,
                now=now,
                about=call.activity,
                organisation=call.activity.process.organisation,
                details={"fields": changed},
            )
    return call
