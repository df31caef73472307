from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.panels.models import Panel, Term
from zenne.participation.processes.models import Activity, Change, Process
from zenne.people.accounts.models import Person
from zenne.places.areas.models import Area

from ..enums import Algorithm, CategoryKind, Known, LotteryState, Source

# What residents read as the rule, and what is frozen when the activity opens; categories with their quotas belong to it too (`activity.py`).
SETTINGS = ("size", "algorithm", "per_address", "source", "answer_until", "confirm_days", "begins_on", "ends_on")
# What stands on the letters, and how the work is planned: words and plans, no rule.
PLANS = (
    "area",
    "panel",
    "wished",
    "letters",
    "response_percent",
    "tolerance_percent",
    "keep_days",
    "reply_to",
    "phone",
    "email",
)

KEY = RegexValidator(r"^[a-z0-9][a-z0-9_-]*$", _("Small letters, digits, - and _ only."))


class Lottery(models.Model):
    """One activity in which a panel is drawn by lot: its size, its way of drawing, its letters and their deadlines.

    `per_address`: at most so many members live at one address (None: no limit). `letters` is how many are sent, `response_percent` the share
    of yes that is expected. After `answer_until` nobody enters the pool; who is drawn confirms within `confirm_days`. Names and addresses of the letters are destroyed
    `keep_days` after the draw; `frame_destroyed_at` says when it was done, `pool_destroyed_at` the same for those who answered. `panel` is the
    one whose seats are filled (None until a new one is formed), `term` the one these seats were given for. `check_result` is the last check of the quotas:
    {state, digest, options} (`tasks.check`).
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="lottery")
    state = models.CharField(
        _("state"), max_length=9, choices=LotteryState, default=LotteryState.DESIGNED, editable=False
    )
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("whose inhabitants"),
        help_text=_("The quotas are proposed from the figures of this area."),
    )
    size = models.PositiveSmallIntegerField(
        _("seats"), default=35, validators=[MinValueValidator(2), MaxValueValidator(1000)]
    )
    algorithm = models.CharField(_("way of drawing"), max_length=10, choices=Algorithm, default=Algorithm.LEXIMIN)
    per_address = models.PositiveSmallIntegerField(
        _("members of one address at most"),
        null=True,
        blank=True,
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    source = models.CharField(_("where chance comes from"), max_length=5, choices=Source, default=Source.DRAND)
    answer_until = models.DateTimeField(_("answers until"), null=True, blank=True)
    confirm_days = models.PositiveSmallIntegerField(
        _("days to confirm a seat"), default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    panel = models.ForeignKey(
        Panel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lotteries",
        verbose_name=_("panel that is renewed"),
        help_text=_("Empty: the draw forms a new panel."),
    )
    term = models.ForeignKey(Term, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    begins_on = models.DateField(_("first day of the seats"), null=True, blank=True)
    ends_on = models.DateField(_("last day of the seats"), null=True, blank=True)
    wished = models.PositiveIntegerField(
        _("people wished in the pool"), null=True, blank=True, help_text=_("Empty: eight for each seat.")
    )
    letters = models.PositiveIntegerField(_("letters to send"), null=True, blank=True)
    response_percent = models.DecimalField(
        _("who says yes (%)"),
        max_digits=5,
        decimal_places=2,
        default=4,
        validators=[MinValueValidator(0.01), MaxValueValidator(100)],
        help_text=_("Of a hundred letters, how many bring a yes. In Belgium it was mostly 2 to 6."),
    )
    tolerance_percent = models.PositiveSmallIntegerField(
        _("room around a quota (%)"),
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("How far the number of seats of a group may be from its share of the inhabitants."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days until the letters are destroyed"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("Names and addresses of the letters are destroyed so many days after the draw."),
    )
    letter = models.TextField(_("words of the letter"), max_length=3000, blank=True)
    signed_by = models.CharField(_("who signs the letter"), max_length=200, blank=True)
    reply_to = models.TextField(_("postal address for answers"), max_length=300, blank=True)
    phone = models.CharField(_("phone number for answers"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address for questions"), blank=True)
    check_result = models.JSONField(default=dict, blank=True, editable=False)
    invited_at = models.DateTimeField(_("letters sent"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("answers closed"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    frame_destroyed_at = models.DateTimeField(_("letters destroyed"), null=True, blank=True, editable=False)
    pool_destroyed_at = models.DateTimeField(_("contacts of the pool destroyed"), null=True, blank=True, editable=False)
    i18n = TranslationField(fields=("letter", "signed_by"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("draw by lot")
        verbose_name_plural = _("draws by lot")
        ordering = ["activity_id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LotteryState.values), name="lottery_state_exists"),
            models.CheckConstraint(condition=Q(algorithm__in=Algorithm.values), name="lottery_algorithm_exists"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="lottery_source_exists"),
            models.CheckConstraint(condition=Q(size__range=(2, 1000)), name="lottery_size"),
            models.CheckConstraint(
                condition=Q(per_address__isnull=True) | Q(per_address__gte=1), name="lottery_address_takes_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(LotteryState.DESIGNED, LotteryState.FRAMED))
                | Q(invited_at__isnull=False, answer_until__isnull=False),
                name="lottery_invites_until_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(LotteryState.DESIGNED, LotteryState.FRAMED, LotteryState.INVITED))
                | Q(closed_at__isnull=False),
                name="lottery_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(ends_on__isnull=True) | Q(begins_on__lte=F("ends_on")),
                name="lottery_seats_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def process(self) -> Process:
        return self.activity.process

    def takes_answers(self, now: datetime) -> bool:
        return self.state == LotteryState.INVITED and self.answer_until is not None and now < self.answer_until


class Category(models.Model):
    """What the panel must mirror: age, gender, where people live. `key` heads its column in files and in what is published.

    `figures` says where the shares come from, as everyone reads it.
    """

    lottery = models.ForeignKey(Lottery, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(
        _("name of the column"), max_length=30, validators=[KEY], help_text=_("As in the file of drawn letters.")
    )
    kind = models.CharField(_("about"), max_length=10, choices=CategoryKind, default=CategoryKind.OWN)
    known = models.CharField(_("known from"), max_length=8, choices=Known, default=Known.ANSWER)
    name = models.CharField(_("name"), max_length=80, blank=True)
    question = models.CharField(
        _("question"), max_length=200, blank=True, help_text=_("As it is asked in the answer; empty: the name.")
    )
    figures = models.CharField(_("where the shares come from"), max_length=200, blank=True)
    i18n = TranslationField(fields=("name", "question", "figures"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["lottery_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["lottery", "key"], name="category_key_once"),
            models.UniqueConstraint(
                fields=["lottery", "position"], name="category_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(kind__in=CategoryKind.values), name="category_kind_exists"),
            models.CheckConstraint(condition=Q(known__in=Known.values), name="category_known_from_somewhere"),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.key


class Feature(models.Model):
    """One group of a category with its quota: at least `minimum` and at most `maximum` seats. `key` is its value in files.

    `share` is its part of the inhabitants in percent, None where nobody knows. A band of ages has bounds in whole years, the last none above.
    `response_percent` is given where the group answers less or more than the others.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="features")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(_("value in the file"), max_length=40, validators=[KEY])
    name = models.CharField(_("name"), max_length=80, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("area")
    )
    share = models.DecimalField(
        _("share of the inhabitants (%)"),
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    response_percent = models.DecimalField(
        _("who says yes (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.01), MaxValueValidator(100)],
    )
    minimum = models.PositiveSmallIntegerField(_("seats at least"), default=0)
    maximum = models.PositiveSmallIntegerField(_("seats at most"), default=0)
    i18n = TranslationField(fields=("name",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["category_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["category", "key"], name="feature_key_once"),
            models.UniqueConstraint(
                fields=["category", "position"], name="feature_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(minimum__lte=F("maximum")), name="feature_quota_has_room"),
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_from__lte=F("age_to")), name="feature_ages_in_order"
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.key


class Relaxation(models.Model):
    """A quota that was widened because the pool could not meet it: a decision with its public reason (`change`)."""

    lottery = models.ForeignKey(Lottery, on_delete=models.CASCADE, related_name="relaxations")
    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="relaxations")
    old_minimum = models.PositiveSmallIntegerField()
    old_maximum = models.PositiveSmallIntegerField()
    new_minimum = models.PositiveSmallIntegerField()
    new_maximum = models.PositiveSmallIntegerField()
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("widened quota")
        verbose_name_plural = _("widened quotas")
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_minimum__lte=F("old_minimum"), new_maximum__gte=F("old_maximum")),
                name="relaxation_only_widens",
            )
        ]

    def __str__(self) -> str:
        return f"{self.feature}: {self.old_minimum}–{self.old_maximum} → {self.new_minimum}–{self.new_maximum}"
