from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .panel import MOST_CENTS, Panel, Seat


class Payout(models.Model):
    """What is paid for the meetings of some days, both included. Closed when it is made: what it pays does not change (migration 0002)."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="payouts")
    number = models.PositiveSmallIntegerField()
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed"))
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("list to pay")
        verbose_name_plural = _("lists to pay")
        ordering = ["panel_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="panel_payout_number_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="panel_payout_has_days"),
        ]

    def __str__(self) -> str:
        return gettext("List to pay %(number)s") % {"number": self.number}


class Attendance(models.Model):
    """Whether a seat was at one meeting, and what that is worth in cents: the allowance of the day it was taken, nothing for who was not there.

    Once `payout` pays it, it stands: a trigger of the database refuses every change (migration 0002).
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="panel_attendances")
    present = models.BooleanField(pgettext_lazy("panel", "present"))
    cents = models.PositiveIntegerField(_("allowance in cents"))
    taken_at = models.DateTimeField(_("taken"))
    payout = models.ForeignKey(Payout, null=True, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["meeting_id", "seat_id"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "meeting"], name="panel_attendance_once"),
            models.CheckConstraint(
                condition=Q(present=True, cents__lte=MOST_CENTS) | Q(present=False, cents=0),
                name="panel_attendance_pays_who_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.present}"
