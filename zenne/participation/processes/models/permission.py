from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.access.enums import Level, Question
from zenne.people.access.models import Group
from zenne.places.areas.models import Area

from ..enums import Action
from .timeline import Activity


class Permission(models.Model):
    """Who may do one action in one activity. Without a row, the kind's own default holds."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="permissions")
    action = models.CharField(_("action"), max_length=20, choices=Action)
    level = models.CharField(_("who"), max_length=20, choices=Level, default=Level.CONFIRMED)
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("group")
    )
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lives in")
    )
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    questions = ArrayField(
        models.CharField(max_length=20, choices=Question),
        default=list,
        blank=True,
        verbose_name=_("answers needed first"),
    )

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ["activity_id", "action", "id"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "action"], name="permission_once_per_action"),
            models.CheckConstraint(
                condition=~Q(level=Level.GROUP) | Q(group__isnull=False), name="permission_group_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.get_level_display()}"
