from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .candidate import Candidate
from .jury import Jury
from .member import Member


class Session(models.Model):
    """One sitting of a jury. The first one ends the scoring. `reason` says why it opened while scores were missing, where some were."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    present = models.ManyToManyField(Member, blank=True, related_name="+", verbose_name=_("present"))
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("session of the jury")
        verbose_name_plural = _("sessions of the jury")
        ordering = ["jury_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["jury", "number"], name="jury_session_number_once"),
            models.UniqueConstraint(
                fields=["jury"], condition=Q(closed_at__isnull=True), name="jury_one_session_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Session %(number)s") % {"number": self.number}


class Move(models.Model):
    """A candidate that the jury moved in or out of what it keeps, and why, in the words of the sitting. Moves are added, never changed.

    What everybody reads is the reason of the candidate, in every promised language; this one is for the minutes.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="moves")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="moves")
    kept = models.BooleanField()
    reason = models.TextField(_("reason"), max_length=2000)
    moved_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["moved_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="jury_moved_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.kept}"
