from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Sort(TextChoices):
    """What is shown of a place: what a strategy does there, what was decided about it, where one can take part."""

    PROJECT = "project", pgettext_lazy("near me", "Projects")
    DECISION = "decision", pgettext_lazy("near me", "Decisions")
    PROCESS = "process", pgettext_lazy("near me", "Taking part")
