from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.ideas.models import Idea
from zenne.places.areas.models import Area

from .vote import Vote


class District(models.Model):
    """A group of options with its own share of the budget: a district of the town, or a heading such as “Youth”.

    `area` says who lives in it, where people vote in their own.
    """

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="districts")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("area")
    )
    budget_cents = models.PositiveBigIntegerField(_("budget"), null=True, blank=True)
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("group of options")
        verbose_name_plural = _("groups of options")
        ordering = ["vote_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "number"],
                name="voting_district_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["vote", "area"], condition=Q(area__isnull=False), name="voting_district_area_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or str(self.number)


class Option(models.Model):
    """Something that can be chosen: an idea, or a free text. `number` is its published order and its name in ballots.

    The words and the cost are the option's own, so that a ballot does not change when an idea is corrected later.
    """

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField(_("number"))
    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="options", verbose_name=_("idea")
    )
    district = models.ForeignKey(
        District,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="options",
        verbose_name=_("group of options"),
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), max_length=1500, blank=True)
    cost_cents = models.PositiveBigIntegerField(_("cost"), null=True, blank=True)
    min_votes = models.PositiveIntegerField(
        _("votes that it needs"), null=True, blank=True, help_text=_("Empty: as for all options.")
    )
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["vote_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "number"], name="option_number_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["vote", "idea"], condition=Q(idea__isnull=False), name="option_idea_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="option_number_from_one"),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(2.0, 7.0), lat__range=(49.0, 52.0)),
                name="option_lies_in_belgium",
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or str(self.number)

    @property
    def key(self) -> str:
        """Its name in the content of a ballot."""
        return str(self.number)


class Exclusion(models.Model):
    """Two options that cannot both win: two plans for one square."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="exclusions")
    first = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+", verbose_name=_("option"))
    second = models.ForeignKey(Option, on_delete=models.CASCADE, related_name="+", verbose_name=_("excludes"))

    class Meta:
        verbose_name = _("incompatible pair")
        verbose_name_plural = _("incompatible pairs")
        ordering = ["vote_id", "first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="exclusion_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="exclusion_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
