"""How far a report is, as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(TextChoices):
    DRAFT = "draft", _("Being prepared")
    MAKING = "making", _("Being made")
    FAILED = "failed", _("Did not work")
    READY = "ready", _("To be read before it is published")
    PUBLISHED = "published", pgettext_lazy("report", "Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ReportState

TRANSITIONS: dict[ReportState, tuple[ReportState, ...]] = {
    S.DRAFT: (S.MAKING,),
    S.MAKING: (S.READY, S.FAILED),
    S.FAILED: (S.MAKING, S.DRAFT),
    S.READY: (S.PUBLISHED, S.MAKING, S.DRAFT),
    S.PUBLISHED: (S.WITHDRAWN,),
    S.WITHDRAWN: (S.PUBLISHED,),
}

# What was never public can still be changed and thrown away.
CHANGEABLE = frozenset({S.DRAFT, S.FAILED, S.READY})
# What everyone was once given a number for.
NUMBERED = frozenset({S.PUBLISHED, S.WITHDRAWN})


class Failure(TextChoices):
    """Why a report could not be made, as staff read it."""

    NO_ROOM = (
        "no-room",
        _("There was no room left on the disk. Whoever runs the platform has to make some; then make it again."),
    )
    INTERRUPTED = "interrupted", _("The making was interrupted several times. Please make it again.")
    PRESS = "press", _("The PDF could not be set. It was noted for whoever runs the platform.")
    BROKEN = (
        "broken",
        _("Something went wrong while the figures were read. It was noted for whoever runs the platform."),
    )
