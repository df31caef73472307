from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.people.accounts.models import Person
from zenne.strategy.indicators.models import Definition, Indicator

from ..enums import Verdict
from .origin import exactly_one
from .plan import REASON_LENGTH, TITLE_LENGTH, Domain, Objective
from .project import Project

MEASURED = ("project", "objective", "domain")


class Measure(models.Model):
    """An indicator by which a project, an objective or a domain is measured; several to several."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="measures", verbose_name=_("indicator")
    )
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="measures")
    objective = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.CASCADE, related_name="measures")
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = pgettext_lazy("use of an indicator", "measure")
        verbose_name_plural = pgettext_lazy("use of an indicator", "measures")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*MEASURED), name="measure_of_one_thing"),
            *(
                models.UniqueConstraint(
                    fields=[name, "indicator"], condition=Q(**{f"{name}__isnull": False}), name=f"measure_{name}_once"
                )
                for name in MEASURED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} ← {self.thing}"

    @property
    def thing(self) -> Project | Objective | Domain:
        found: Project | Objective | Domain = next(
            getattr(self, name) for name in MEASURED if getattr(self, f"{name}_id") is not None
        )
        return found


class Pilot(models.Model):
    """A trial within a project: what it should show (`hypothesis`, measured by `indicator` as it was defined when the trial began), and the
    verdict on it with a reason for everyone. The database keeps no verdict without them, and lets nobody change one (migration 0002)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="pilots")
    key = models.SlugField(max_length=80, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    hypothesis = models.TextField(_("hypothesis"), max_length=REASON_LENGTH, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="pilots", verbose_name=_("indicator")
    )
    definition = models.ForeignKey(
        Definition, null=True, editable=False, on_delete=models.PROTECT, related_name="pilots"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    concluded_on = models.DateField(_("day of the verdict"), null=True, blank=True)
    concluded_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("title", "hypothesis", "reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ["project_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], condition=~Q(key=""), name="pilot_key_once"),
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="pilot_verdict_exists"),
            models.CheckConstraint(
                condition=Q(verdict="", concluded_on__isnull=True)
                | ~Q(verdict="") & Q(concluded_on__isnull=False, definition__isnull=False),
                name="pilot_verdict_on_what_was_frozen",
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or str(self.indicator)
