from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .panel import Panel, Seat
from .talk import TITLE_LENGTH

FEWEST_OPTIONS, MOST_OPTIONS = 2, 12


class StrawPoll(models.Model):
    """A question to those who sit, to see where they stand; it decides nothing.

    `secret`: which answer is whose is never kept, so that nobody can change theirs; the result is shown once it is closed. Otherwise members
    see who said what, and may change their mind until it closes.
    """

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="polls")
    question = models.CharField(_("question"), max_length=300)
    several = models.BooleanField(_("several answers may be chosen"), default=False)
    secret = models.BooleanField(_("secret"), default=False)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="polls_asked")
    asked_at = models.DateTimeField(pgettext_lazy("panel", "asked"))
    closes_at = models.DateTimeField(_("open until"))

    class Meta:
        verbose_name = _("straw poll")
        verbose_name_plural = _("straw polls")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="panel_poll_asks"),
            models.CheckConstraint(condition=Q(closes_at__gte=models.F("asked_at")), name="panel_poll_has_time"),
        ]

    def __str__(self) -> str:
        return self.question


class StrawOption(models.Model):
    """One answer. `secret_tally` counts those given in secret, which are nowhere else."""

    poll = models.ForeignKey(StrawPoll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("answer"), max_length=TITLE_LENGTH)
    secret_tally = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["poll_id", "position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="panel_poll_option_once")]

    def __str__(self) -> str:
        return self.words


class StrawVoice(models.Model):
    """That a seat has answered; what, only in an open poll. It has no moment: in a secret poll that would tell too much."""

    poll = models.ForeignKey(StrawPoll, on_delete=models.CASCADE, related_name="voices")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="voices")
    options = models.ManyToManyField(StrawOption, blank=True, related_name="voices")

    class Meta:
        ordering = ["poll_id", "seat_id"]
        constraints = [models.UniqueConstraint(fields=["poll", "seat"], name="panel_poll_voice_once")]

    def __str__(self) -> str:
        return str(self.seat)
