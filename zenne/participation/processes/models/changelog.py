from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person

from ..enums import Subject
from .process import Process
from .timeline import Activity, Phase


class Change(models.Model):
    """An entry of the public changelog: what rule or date changed after it had opened, from what to what, why and when.

    `before` and `after` are plain data: the rule of the activity, or the window of the phase.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="changes")
    phase = models.ForeignKey(Phase, null=True, on_delete=models.RESTRICT, related_name="changes")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.RESTRICT, related_name="changes")
    subject = models.CharField(max_length=20, choices=Subject)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__isnull=False, activity__isnull=True) | Q(phase__isnull=True, activity__isnull=False),
                name="change_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.changed_at:%Y-%m-%d} {self.get_subject_display()}"


class RuleVersion(models.Model):
    """The rule of an activity exactly as it was frozen, and its SHA-256: number 1 when it opened, one more for every Change.

    `text` is kept as text, not as JSON, because the digest is of these very characters.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="rule_versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    change = models.ForeignKey(Change, null=True, on_delete=models.RESTRICT, related_name="rule_versions")

    class Meta:
        ordering = ["activity_id", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.activity} {self.number}"
