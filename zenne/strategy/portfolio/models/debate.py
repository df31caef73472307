from django.db import models
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.models import Activity

from .plan import Plan


class Debate(models.Model):
    """The settings of an activity in which the projects of a plan are talked about: its window, its permissions and its house rules are those of the
    activity. A plan has one at most."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="debate")
    plan = models.OneToOneField(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="debate", verbose_name=_("plan")
    )
    reads_first = models.BooleanField(_("comments are read before they are public"), default=False)

    class Meta:
        verbose_name = _("discussion of a plan")
        verbose_name_plural = _("discussions of plans")
        ordering = ["activity_id"]

    def __str__(self) -> str:
        return str(self.activity)
