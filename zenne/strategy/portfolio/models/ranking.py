from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.juries.models import Jury

from .plan import REASON_LENGTH
from .project import Project


class Ranking(models.Model):
    """What a jury said of a sheet: its place, its exact score (a fraction such as "35/8"), whether it comes on the shortlist, and why.

    It repeats what the jury's stored points give: `scoring.places` computes it anew. `kept` is null for a sheet that was taken back while the jury was
    at work.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="rankings")
    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="rankings")
    rank = models.PositiveSmallIntegerField(_("place"), null=True)
    score = models.CharField(_("score"), max_length=60, blank=True)
    kept = models.BooleanField(_("on the shortlist"), null=True)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    ranked_at = models.DateTimeField(_("published"))
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("place in a ranking")
        verbose_name_plural = _("places in rankings")
        ordering = ["-ranked_at", "rank", "project_id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "jury"], name="ranked_once_by_a_jury"),
            models.CheckConstraint(condition=Q(rank__isnull=True) | Q(rank__gte=1), name="ranked_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank or '–'} · {self.project}"
