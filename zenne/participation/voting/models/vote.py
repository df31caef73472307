from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.enums import WindowState
from zenne.participation.processes.models import Activity, Process
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person

from ..enums import BUDGET_COUNTS, Completion, Count, Districts, Method, TieRule, VoteState

# The rule that residents read and that is frozen when the activity opens; districts, options and pairs belong to it too (`activity.py`).
SETTINGS = (
    "method",
    "count",
    "completion",
    "comparison",
    "tie_rule",
    "lot_seed",
    "winners",
    "min_choices",
    "max_choices",
    "points",
    "points_per_option",
    "top_score",
    "basket",
    "min_spent_percent",
    "budget_cents",
    "districts_mode",
    "quorum",
    "min_votes",
    "threshold_percent",
    "blank_allowed",
    "random_order",
)


class Vote(models.Model):
    """One activity in which people vote: the ballot, the way of counting, and the moments after closing.

    `source` is the selection whose kept ideas are on the ballot. Everything from `method` to `random_order` is the rule that residents read and that is frozen when the activity opens. Money is in cents.
    `sealed_at` is when the box was sealed: the key is gone, the ballots are anonymous and final; `root` and `size` are those of the tree
    over what came in online and at counters (`queries.tree`); ballots on paper join later and are in the root of the result.
    `imported` is None for our own votes; else the plain data of `importing.Plan.imported`: file, rule, and who won according to its organiser.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="vote")
    source = models.ForeignKey(
        Selection, null=True, blank=True, on_delete=models.PROTECT, related_name="votes", verbose_name=_("begins with")
    )
    method = models.CharField(_("ballot"), max_length=10, choices=Method, default=Method.APPROVAL)
    count = models.CharField(_("way of counting"), max_length=16, choices=Count, default=Count.MOST)
    completion = models.CharField(
        _("money that equal shares leave"), max_length=10, choices=Completion, default=Completion.ADD1U
    )
    comparison = models.BooleanField(
        _("compare with the most votes first"),
        default=False,
        help_text=_("When more voters prefer what the most votes first would fund, that stands instead."),
    )
    tie_rule = models.CharField(_("when two have equally much"), max_length=10, choices=TieRule, default=TieRule.ORDER)
    lot_seed = models.CharField(
        _("seed of the lot"),
        max_length=120,
        blank=True,
        help_text=_("Published with the rule; for instance the draw of the lottery of the day after closing."),
    )
    winners = models.PositiveSmallIntegerField(
        _("how many win"),
        null=True,
        blank=True,
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Not used for budgets and for yes or no, where the money or the majority decides."),
    )
    min_choices = models.PositiveSmallIntegerField(
        _("choices at least"), default=1, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    max_choices = models.PositiveSmallIntegerField(
        _("choices at most"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    points = models.PositiveSmallIntegerField(
        _("points to divide"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    points_per_option = models.PositiveSmallIntegerField(
        _("points for one option at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    top_score = models.PositiveSmallIntegerField(
        _("highest score"), default=5, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    basket = models.BooleanField(
        _("a ballot must fit the budget"),
        default=False,
        help_text=_("Voters fill a basket, and see what is left. Otherwise they choose without looking at the sum."),
    )
    min_spent_percent = models.PositiveSmallIntegerField(
        _("part of the budget that a basket uses at least (%)"), default=0, validators=[MaxValueValidator(100)]
    )
    budget_cents = models.PositiveBigIntegerField(_("budget"), null=True, blank=True)
    districts_mode = models.CharField(_("groups of options"), max_length=4, choices=Districts, default=Districts.NONE)
    quorum = models.PositiveIntegerField(
        _("voters needed"), default=0, help_text=_("With fewer voters the vote decides nothing. 0: no minimum.")
    )
    min_votes = models.PositiveIntegerField(_("votes that an option needs"), default=0, help_text=_("0: no minimum."))
    threshold_percent = models.PositiveSmallIntegerField(
        _("part of the voters that an option needs (%)"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("0: no minimum."),
    )
    blank_allowed = models.BooleanField(_("a blank ballot can be cast"), default=True)
    random_order = models.BooleanField(_("options in another order for every voter"), default=True)
    sealed_at = models.DateTimeField(_("sealed"), null=True, blank=True, editable=False)
    root = models.CharField(max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField(null=True, blank=True, editable=False)
    counted_at = models.DateTimeField(_("counted"), null=True, blank=True, editable=False)
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True, editable=False)
    annulled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    annulment = models.JSONField(
        default=dict, blank=True, editable=False, help_text=_("The public reason, by language.")
    )
    imported = models.JSONField(
        null=True, blank=True, editable=False, help_text=_("Of a vote that was held elsewhere: its file and outcome.")
    )

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["activity_id"]
        constraints = [
            models.CheckConstraint(condition=Q(method__in=Method.values), name="vote_method_exists"),
            models.CheckConstraint(condition=Q(count__in=Count.values), name="vote_count_exists"),
            models.CheckConstraint(condition=Q(min_choices__gte=1), name="vote_asks_something"),
            models.CheckConstraint(
                condition=Q(max_choices__isnull=True) | Q(max_choices__gte=F("min_choices")),
                name="vote_most_is_not_below_least",
            ),
            models.CheckConstraint(
                condition=Q(min_spent_percent__lte=100, threshold_percent__lte=100), name="vote_percents"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, size__isnull=True, root="")
                | (Q(sealed_at__isnull=False, size__isnull=False) & ~Q(root="")),
                name="vote_sealed_with_its_root",
            ),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True) | Q(sealed_at__isnull=False), name="vote_counted_when_sealed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("voting:page", args=[self.process.slug, self.pk])

    @property
    def process(self) -> Process:
        return self.activity.process

    @property
    def is_budget(self) -> bool:
        return self.count in BUDGET_COUNTS

    @property
    def splits_voters(self) -> bool:
        """Whether everybody votes in one group of options, so that its voters can be counted."""
        return self.districts_mode in (Districts.OWN, Districts.ONE)

    def state(self, now: datetime) -> VoteState:
        """Where it stands at a moment."""
        if self.annulled_at:
            return VoteState.ANNULLED
        if self.counted_at:
            return VoteState.COUNTED
        if self.sealed_at:
            return VoteState.SEALED
        match self.activity.state(now):
            case WindowState.UPCOMING:
                return VoteState.PREPARING
            case WindowState.OPEN:
                return VoteState.OPEN
            case _:
                return VoteState.CLOSING
