from decimal import Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from ..enums import Direction, Evidence, Frequency, IndicatorState, Nature

SLUG = RegexValidator(
    r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z", _("Small letters, digits and hyphens, beginning with a letter: water-use.")
)
DIGITS, PLACES = 24, 6  # of every value: up to 18 figures before the point


class Indicator(models.Model):
    """Something that is measured: what it means, in which unit, how often, by whom and from where, and which way is good.

    Its values are typed in or imported, computed from others (`expression`, see docs/methods/indicators.md), or read from a series (`series`,
    of what `series_of` names; `kinds.series`): one of the three. `tolerance` is how far behind its target path it may be, in percent of the way from
    the baseline to the last target, before the light goes from amber to red.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("organisation")
    )
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[SLUG])
    name = models.CharField(pgettext_lazy("of an indicator", "name"), max_length=160, blank=True)
    meaning = models.TextField(
        pgettext_lazy("of an indicator", "meaning"),
        max_length=4000,
        blank=True,
        help_text=_("What is counted, and how."),
    )
    nature = models.CharField(
        pgettext_lazy("of an indicator", "kind"), max_length=12, choices=Nature, default=Nature.QUANTITATIVE
    )
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("For example EUR, kWh, m3, person, %. Empty: a plain number.")
    )
    decimals = models.PositiveSmallIntegerField(_("figures after the point"), default=0)
    direction = models.CharField(_("which way is good"), max_length=6, choices=Direction, default=Direction.UP)
    least = models.DecimalField(_("lower bound"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    most = models.DecimalField(_("upper bound"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    tolerance = models.DecimalField(
        _("tolerance"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(10),
        help_text=_("In percent of the way to the last target: how far behind it may be before the light turns red."),
    )
    frequency = models.CharField(_("frequency"), max_length=10, choices=Frequency, default=Frequency.YEAR)
    owner = models.CharField(
        _("kept by"), max_length=160, blank=True, help_text=_("The service that keeps it, as the public reads it.")
    )
    owner_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("person in charge")
    )
    source = models.CharField(
        pgettext_lazy("of an indicator", "source"),
        max_length=400,
        blank=True,
        help_text=_("Where the values come from."),
    )
    source_url = models.URLField(_("address of the source"), max_length=400, blank=True)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, default=Evidence.MEASURED)
    expression = models.TextField(_("formula"), max_length=2000, blank=True)
    series = models.CharField(_("series"), max_length=60, blank=True)
    series_of = models.CharField(_("series of what"), max_length=120, blank=True)
    baseline_value = models.DecimalField(_("baseline"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    baseline_on = models.DateField(_("day of the baseline"), null=True, blank=True)
    baseline_evidence = models.CharField(
        _("evidence of the baseline"), max_length=10, choices=Evidence, default=Evidence.MEASURED
    )
    state = models.CharField(_("state"), max_length=8, choices=IndicatorState, default=IndicatorState.DEFINED)
    retired_because = models.TextField(_("why it was retired"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("made"), editable=False)
    changed_at = models.DateTimeField(_("last change"), editable=False)
    i18n = TranslationField(fields=("name", "meaning", "owner", "source", "retired_because"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["organisation_id", "slug"]
        indexes = [
            models.Index(fields=["state", "slug"], name="indicator_state"),
            models.Index(fields=["series"], condition=~Q(series=""), name="indicator_series"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(slug__regex=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"), name="indicator_slug"),
            models.CheckConstraint(condition=Q(state__in=IndicatorState.values), name="indicator_state_exists"),
            models.CheckConstraint(condition=Q(expression="") | Q(series=""), name="indicator_one_way_to_its_values"),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_on__isnull=True)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
                name="indicator_baseline_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(direction=Direction.WITHIN) | Q(least__isnull=False, most__isnull=False),
                name="indicator_within_two_bounds",
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="indicator_bounds_in_order",
            ),
            models.CheckConstraint(condition=Q(tolerance__gte=0), name="indicator_tolerance"),
            models.CheckConstraint(condition=Q(decimals__lte=PLACES), name="indicator_decimals"),
            models.CheckConstraint(
                condition=Q(nature=Nature.QUANTITATIVE) | Q(unit="", expression="", series=""),
                name="indicator_levels_are_given",
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.slug

    def get_absolute_url(self) -> str:
        return reverse("indicators:page", args=[self.slug])

    @property
    def computed(self) -> bool:
        return self.expression != ""

    @property
    def followed(self) -> bool:
        """Whether its values come by themselves: nobody types them in."""
        return self.expression != "" or self.series != ""


class Level(models.Model):
    """One of the levels of a qualitative indicator: the higher the value, the more of it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField(_("value"))
    words = models.CharField(_("words"), max_length=160, blank=True)
    i18n = TranslationField(fields=("words",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = pgettext_lazy("of an indicator", "level")
        verbose_name_plural = pgettext_lazy("of an indicator", "levels")
        ordering = ["indicator_id", "value"]
        constraints = [models.UniqueConstraint(fields=["indicator", "value"], name="level_once")]

    def __str__(self) -> str:
        return shown(self, "words")[0] or str(self.value)


class Target(models.Model):
    """What is aimed at on a day. Between the baseline and the targets, the path runs straight."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    day = models.DateField(_("day"))
    value = models.DecimalField(pgettext_lazy("of an indicator", "target"), max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        verbose_name = pgettext_lazy("of an indicator", "target")
        verbose_name_plural = pgettext_lazy("of an indicator", "targets")
        ordering = ["indicator_id", "day"]
        constraints = [models.UniqueConstraint(fields=["indicator", "day"], name="target_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.value.normalize():f}"


class Definition(models.Model):
    """What an indicator was, word for word, when it was frozen: everything that could be bent afterwards. The database refuses any change of it.

    `canonical` is JSON with sorted keys and no spaces, in UTF-8; `sha256` is of exactly that. `because` says why it was frozen or changed, for everybody.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField(_("number"))
    canonical = models.TextField()
    sha256 = models.CharField(_("checksum"), max_length=64)
    because = models.TextField(_("public reason"), max_length=2000, blank=True)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("because",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = pgettext_lazy("of an indicator", "definition")
        verbose_name_plural = pgettext_lazy("of an indicator", "definitions")
        ordering = ["indicator_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.number}"
