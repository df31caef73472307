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


class Stage(TextChoices):
    """Where a published process stands at a moment, by its timeline; derived, never stored. Archived is a decision of staff."""

    UPCOMING = "upcoming", _("To come")
    OPEN = "open", _("Under way")
    PAST = "past", _("Finished")
    ARCHIVED = "archived", _("Archived")


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
    VOTE = "vote", _("Vote")
    ATTEND = "attend", _("Register for a meeting")


class Subject(TextChoices):
    """What an entry of the public changelog is about."""

    WINDOW = "window", _("Dates")
    PERMISSIONS = "permissions", _("Who may take part")
    RULE = "rule", _("Rule of the activity")


class Motif(TextChoices):
    """The cement tiles that `zenne.web.art` can draw."""

    LEAF = "leaf", _("Petals")
    WAVE = "wave", _("Scales")
    WHEEL = "wheel", _("Rings")
    STAR = "star", _("Stars")
    STEPS = "steps", _("Steps")
    DIAMOND = "diamond", _("Diamonds")
