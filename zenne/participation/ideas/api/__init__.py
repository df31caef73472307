"""Ideas, their supports and their states, for other software."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from zenne.opendata.api.kinds import Resource, resources
from zenne.participation.processes.enums import ProcessState

from . import reading, writing
from .representation import FullIdea, full_idea_shown, rows


def represent(number: int, now: datetime) -> FullIdea | None:
    """One idea as everybody reads it; None while it is not public."""
    row = rows().exclude(process__state=ProcessState.DRAFT).filter(pk=number).first()
    return full_idea_shown(row) if row is not None and row.is_public else None


resources.register(
    "ideas",
    Resource(
        _("Ideas"),
        reading.router,
        scopes={
            writing.IDEAS: _("Send, correct and withdraw ideas in my name"),
            writing.SUPPORTS: _("Support ideas in my name"),
        },
        represent=represent,
        about=_("What residents propose, who stands behind it, and what becomes of it."),
    ),
)
resources.register(
    "statuses", Resource(_("States of an idea"), reading.statuses_router, about=_("Where an idea can stand."), order=60)
)
