import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.participation.panels.models import Seat
from zenne.people.accounts.models import Person
from zenne.people.uploads.models import private_storage

from ..enums import LIVE, Algorithm, DrawState, OfferState, Source
from .frame import Answer
from .lottery import Lottery


class Draw(models.Model):
    """One draw: its odds (a distribution over panels), what was committed before chance spoke, and the outcome.

    The three files are private until committed or drawn: `instance` is the anonymous pool with its quotas, `distribution` the panels with their tickets, `bundle` everything
    for `zenne verify`. `odds` are {number: tickets out of a million}. `round` is the drand round, `due_at` the moment it appears or dice are thrown. `panel` and `reserve`
    are numbers of the pool, the reserve in its order. `progress` is {stage, share, bound, minimum} of a computation under way. A lottery has one live draw at most: the
    next one needs this one annulled, in public and with a reason.
    """

    lottery = models.ForeignKey(Lottery, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=9, choices=DrawState, default=DrawState.COMPUTING)
    algorithm = models.CharField(_("way of drawing"), max_length=10, choices=Algorithm)
    size = models.PositiveSmallIntegerField(_("seats"))
    instance = models.FileField(storage=private_storage, max_length=120, blank=True)
    instance_digest = models.CharField(_("fingerprint of pool and quotas"), max_length=64)
    pool_size = models.PositiveIntegerField(_("people in the pool"))
    progress = models.JSONField(default=dict, blank=True)
    stop_asked = models.BooleanField(default=False)
    failure = models.JSONField(_("why it did not work"), default=dict, blank=True)
    distribution = models.FileField(storage=private_storage, max_length=120, blank=True)
    distribution_digest = models.CharField(_("fingerprint of the odds"), max_length=64, blank=True)
    panels = models.PositiveIntegerField(_("possible panels"), default=0)
    odds = models.JSONField(default=dict, blank=True)
    certified = models.BooleanField(_("proved the best possible"), default=False)
    minimum = models.FloatField(_("smallest odds"), null=True, blank=True)
    bound = models.FloatField(_("no way of drawing gives more than"), null=True, blank=True)
    source = models.CharField(_("where chance comes from"), max_length=5, choices=Source, blank=True)
    round = models.PositiveBigIntegerField(_("round"), null=True, blank=True)
    due_at = models.DateTimeField(_("moment of chance"), null=True, blank=True)
    place = models.CharField(_("place where the dice are thrown"), max_length=200, blank=True)
    commitment = models.JSONField(_("what was committed"), default=dict, blank=True)
    commitment_digest = models.CharField(_("fingerprint of the commitment"), max_length=64, blank=True)
    randomness = models.CharField(_("what chance gave"), max_length=400, blank=True)
    signature = models.CharField(max_length=200, blank=True)
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    panel = models.JSONField(_("drawn"), default=list, blank=True)
    reserve = models.JSONField(_("order of replacement"), default=list, blank=True)
    bundle = models.FileField(_("file to check the draw"), storage=private_storage, max_length=120, blank=True)
    bundle_sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    annulment = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("begun"))
    ready_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("committed"), null=True, blank=True)
    drawn_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)
    annulled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    annulled_at = models.DateTimeField(_("annulled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["lottery_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lottery", "number"], name="draw_number_once"),
            models.UniqueConstraint(fields=["lottery"], condition=Q(state__in=LIVE), name="draw_one_live"),
            models.CheckConstraint(condition=Q(state__in=DrawState.values), name="draw_state_exists"),
            models.CheckConstraint(
                condition=~Q(state__in=(DrawState.COMMITTED, DrawState.DRAWN))
                | Q(published_at__isnull=False, due_at__gt=models.F("published_at")) & ~Q(commitment_digest=""),
                name="draw_committed_before_chance",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.DRAWN)
                | Q(drawn_at__isnull=False, drawn_at__gte=models.F("due_at")) & ~Q(seed="") & ~Q(panel=[]),
                name="draw_drawn_by_chance",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.ANNULLED) | Q(annulled_at__isnull=False) & ~Q(annulment={}),
                name="draw_annulled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lottery} {self.number}"


class DiceReading(models.Model):
    """The dice as one member of staff read them. Two people who read the same make the randomness; nobody reads twice."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="readings")
    digits = models.CharField(_("what was thrown"), max_length=400)
    read_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of the dice")
        verbose_name_plural = _("readings of the dice")
        ordering = ["draw_id", "id"]
        constraints = [models.UniqueConstraint(fields=["draw", "read_by"], name="dice_read_once_by_each")]

    def __str__(self) -> str:
        return self.digits


class Offer(models.Model):
    """A seat offered to one of the pool. `place` counts the seats from 1; who replaces somebody is offered the same place.

    `position` is the order of all offers of a draw, `panel_seat` what a confirmed one gave. `key` opens the page where it is confirmed or declined.
    """

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="offers")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="offers")
    place = models.PositiveSmallIntegerField(_("seat"))
    position = models.PositiveSmallIntegerField()
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    panel_seat = models.OneToOneField(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="offer", editable=False
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=OfferState, default=OfferState.OFFERED)
    sent_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("answer until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat offered")
        verbose_name_plural = _("seats offered")
        ordering = ["draw_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "answer"], name="offer_once_to_each"),
            models.UniqueConstraint(fields=["draw", "position"], name="offer_position_once"),
            models.UniqueConstraint(
                fields=["draw", "place"],
                condition=Q(state__in=(OfferState.OFFERED, OfferState.CONFIRMED)),
                name="offer_seat_once",
            ),
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_exists"),
            models.CheckConstraint(
                condition=Q(state=OfferState.OFFERED) | Q(answered_at__isnull=False), name="offer_answered_at_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["until"], name="offer_due", condition=Q(state=OfferState.OFFERED))]

    def __str__(self) -> str:
        return f"{self.place}"
