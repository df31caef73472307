"""States and their transitions, each as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProcessState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


TRANSITIONS: dict[ProcessState, tuple[ProcessState, ...]] = {
    ProcessState.DRAFT: (ProcessState.PUBLISHED,),
    ProcessState.PUBLISHED: (ProcessState.ARCHIVED,),
    ProcessState.ARCHIVED: (ProcessState.PUBLISHED,),
}


class WindowState(TextChoices):
    """Where a phase or an activity stands at a moment; derived from its window, never stored."""

    UPCOMING = "upcoming", _("To come")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Action(TextChoices):
    """What people do in activities; each kind of activity names the ones it offers."""

    PROPOSE = "propose", _("Propose an idea")
    COMMENT = "comment", _("Comment")
    SUPPORT = "support", _("Support")
