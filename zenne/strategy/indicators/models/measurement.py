from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person
from zenne.places.areas.models import Area

from ..enums import Evidence, MeasurementState
from .indicator import DIGITS, PLACES, Indicator


class Measurement(models.Model):
    """A value of an indicator, for a period (first and last day) and an area; without an area it is of the whole.

    `low` and `high` are its interval, where one is known. Once published it is never changed: a revision is a row of its own that supersedes it, says
    why, and the old value stays readable. One row stands for each indicator, area and period.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements", db_index=False)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("area"), db_index=False
    )
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=PLACES)
    low = models.DecimalField(_("at least"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    high = models.DecimalField(_("at most"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence)
    state = models.CharField(_("state"), max_length=11, choices=MeasurementState, default=MeasurementState.PROVISIONAL)
    note = models.TextField(pgettext_lazy("of a measurement", "note"), max_length=2000, blank=True)
    because = models.TextField(_("why it was revised"), max_length=2000, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    supersedes = models.OneToOneField(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="superseded_by"
    )
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    i18n = TranslationField(fields=("note", "because"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["indicator_id", "area_id", "-end", "-start", "-revision"]
        indexes = [
            models.Index(fields=["indicator", "-end", "-start", "-id"], name="measurement_of"),
            models.Index(
                fields=["indicator", "-end", "-start", "-id"],
                condition=Q(area__isnull=True, state="published"),
                name="measurement_of_the_whole",
            ),
            models.Index(
                fields=["indicator", "-published_at", "-id"], condition=Q(state="published"), name="measurement_news"
            ),
            models.Index(fields=["entered_by"], condition=Q(entered_by__isnull=False), name="measurement_who"),
            models.Index(fields=["area"], condition=Q(area__isnull=False), name="measurement_where"),
            models.Index(
                fields=["indicator"],
                condition=Q(state__in=("provisional", "validated")),
                name="measurement_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "start", "end"],
                condition=~Q(state="revised"),
                nulls_distinct=False,
                name="measurement_one_stands",
            ),
            models.CheckConstraint(condition=Q(state__in=MeasurementState.values), name="measurement_state_exists"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="measurement_period_in_order"),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("value")))
                & (Q(high__isnull=True) | Q(high__gte=F("value"))),
                name="measurement_within_its_interval",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, state__in=("provisional", "validated"))
                | Q(published_at__isnull=False, state__in=("published", "revised")),
                name="measurement_published_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(revision=0, supersedes__isnull=True) | Q(revision__gt=0, supersedes__isnull=False),
                name="measurement_revision_supersedes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.start:%Y-%m-%d}/{self.end:%Y-%m-%d}: {self.value.normalize():f}"


class Latest(models.Model):
    """The published measurement with the latest period of an indicator and an area, kept beside it so that a page of many lights asks one question."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="latest", db_index=False)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    measurement = models.OneToOneField(Measurement, on_delete=models.CASCADE, related_name="+")
    end = models.DateField()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        ordering = ["indicator_id", "area_id"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "area"], nulls_distinct=False, name="latest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.end:%Y-%m-%d}: {self.value.normalize():f}"


class Touched(models.Model):
    """A published value that computed indicators have not looked at yet: what makes computing again incremental."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+", db_index=False)
    area = models.ForeignKey(Area, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    start = models.DateField()
    end = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.start:%Y-%m-%d}/{self.end:%Y-%m-%d}"
