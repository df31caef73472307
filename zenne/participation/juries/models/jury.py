from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.processes.models import Activity, Process

from ..enums import Blind, Comments

FEWEST_POINTS, MOST_POINTS = 2, 10


class Jury(models.Model):
    """How one activity lets a jury decide: the rule that everybody reads, and that is frozen when the activity opens.

    Every criterion is scored from 1 to `points`. `keep` is how many the jury keeps at most. `statement` is what it says in public when
    it publishes; `charter` is what members accept, or empty for the words of the house. `kind` says what it scores: "" for ideas, else something that an
    upper app declared (`kinds.py`); a jury of ideas has spoken when its Selection stands, any other at `published_at`.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="jury")
    kind = models.CharField(max_length=40, blank=True, editable=False)
    keep = models.PositiveSmallIntegerField(
        _("ideas to keep at most"), default=5, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    points = models.PositiveSmallIntegerField(
        _("points per criterion at most"),
        default=5,
        validators=[MinValueValidator(FEWEST_POINTS), MaxValueValidator(MOST_POINTS)],
        help_text=_("Every criterion is scored from 1 to this number, and each point has its words."),
    )
    blind = models.CharField(_("members see no other scores"), max_length=4, choices=Blind, default=Blind.OWN)
    comments = models.CharField(_("comments of members"), max_length=10, choices=Comments, default=Comments.PRIVATE)
    remind_days = models.PositiveSmallIntegerField(
        _("days between two reminders"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Members whose scores are missing hear of it by mail, at most once in this many days."),
    )
    charter = models.TextField(_("charter"), max_length=6000, blank=True)
    statement = models.TextField(_("public statement"), max_length=6000, blank=True)
    source = models.ForeignKey(
        "selections.Selection",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("selection it starts from"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    i18n = TranslationField(fields=("charter", "statement"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("jury")
        verbose_name_plural = _("juries")
        ordering = ["-activity_id"]
        constraints = [
            models.CheckConstraint(condition=Q(keep__gte=1), name="jury_keeps_something"),
            models.CheckConstraint(
                condition=Q(points__range=(FEWEST_POINTS, MOST_POINTS)), name="jury_scores_on_a_scale"
            ),
            models.CheckConstraint(
                condition=~Q(kind="") | Q(published_at__isnull=True), name="jury_of_ideas_leaves_a_selection"
            ),
            models.CheckConstraint(condition=Q(remind_days__gte=1), name="jury_reminds_with_measure"),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def process(self) -> Process:
        return self.activity.process


class Criterion(models.Model):
    """One question the jury asks of everything it scores. `weight` says how much it counts beside the others."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("criterion"), max_length=80, blank=True)
    text = models.TextField(_("what it asks"), max_length=600, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    i18n = TranslationField(fields=("title", "text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["jury_id", "position", "id"]
        constraints = [models.CheckConstraint(condition=Q(weight__gte=1), name="jury_criterion_weighs")]

    def __str__(self) -> str:
        return self.title_i18n or f"{_('Criterion')} {self.position}"


class Level(models.Model):
    """What one number of points means on one criterion, in words: the anchor that makes two members' fours the same four."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField(_("points"))
    words = models.CharField(_("in words"), max_length=200, blank=True)
    i18n = TranslationField(fields=("words",))
    objects = MultilingualManager()

    class Meta:
        ordering = ["criterion_id", "value"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "value"], name="jury_level_once"),
            models.CheckConstraint(condition=Q(value__range=(1, MOST_POINTS)), name="jury_level_on_the_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.words_i18n}"
