from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import Ground, Verdict


class Report(models.Model):
    """Somebody says that a contribution breaks the house rules. Open until a Decision answers it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="reports", verbose_name=_("organisation")
    )
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    ground = models.CharField(_("reason"), max_length=20, choices=Ground)
    text = models.TextField(_("explanation"), max_length=1000, blank=True)
    reporter = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported"))
    decision = models.ForeignKey(
        "Decision", null=True, blank=True, on_delete=models.SET_NULL, related_name="reports", verbose_name=_("decision")
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["reported_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id", "reporter"],
                condition=Q(decision__isnull=True),
                name="report_once_while_open",
            )
        ]
        indexes = [models.Index(fields=["organisation", "decision", "reported_at"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} ({self.reported_at:%Y-%m-%d})"


class Decision(models.Model):
    """What a moderator decided about a contribution, on which ground and why. Decisions are added, never changed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("organisation")
    )
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    ground = models.CharField(_("reason"), max_length=20, choices=Ground, blank=True)
    text = models.TextField(_("explanation"), max_length=1000, blank=True)
    moderator = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("moderator")
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.HIDDEN) | ~Q(ground=""), name="decision_to_hide_has_a_ground"
            )
        ]
        indexes = [models.Index(fields=["about_type", "about_id", "-decided_at"], name="decision_about")]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.decided_at:%Y-%m-%d})"
