from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.participation.advices.models import Advice
from zenne.participation.decisions.models import Body, Decision
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio.models import Project, Revision

from ..enums import DECIDED, PUBLIC, ItemKind, Outcome, SittingState
from .calls import Call
from .order import require_order
from .reviews import Review

NAME_LENGTH = 120
TITLE_LENGTH = 200
REASON_LENGTH = 2000
SUBJECTS = ("revision", "review", "project", "call", "advice")


def at_most_one(*fields: str) -> Q:
    """None of these columns is filled, or one."""
    found = Q(**{f"{field}__isnull": True for field in fields})
    for chosen in fields:
        found |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return found


class Seat(models.Model):
    """Who sits in a body, as what (`part`: “chair”, “alderman for digital matters”), from when until when. `name` is what everyone reads;
    `person` is their account, where they have one: it gets the calls. A term that ended stays readable."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats", verbose_name=_("body"))
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("account"),
        help_text=_("Where they have one: they get the calls to sittings."),
    )
    part = models.CharField(_("as what"), max_length=NAME_LENGTH, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    i18n = TranslationField(fields=("part",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("member of a body")
        verbose_name_plural = _("members of bodies")
        ordering = ["body_id", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="seat_has_a_name"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_ends_later"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        require_order(self.since, self.until, "until")

    def sits(self, today: date) -> bool:
        return self.since <= today and (self.until is None or today <= self.until)


class Sitting(models.Model):
    """A body meets: when, where, about what (`items`). Public once it is called; its minutes once they are published. `seats` says who was there."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="sittings", verbose_name=_("body"))
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=TITLE_LENGTH, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SittingState, default=SittingState.DRAFT, editable=False
    )
    minutes = models.TextField(_("minutes"), max_length=20_000, blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("minutes as they were signed"),
    )
    present = models.ManyToManyField(Seat, related_name="attended", blank=True, verbose_name=_("present"))
    reason = models.TextField(_("why it was cancelled"), max_length=REASON_LENGTH, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), editable=False)
    called_at = models.DateTimeField(_("called on"), null=True, editable=False)
    published_at = models.DateTimeField(_("minutes published"), null=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    i18n = TranslationField(fields=("minutes", "reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SittingState.values), name="sitting_state_exists"),
            models.CheckConstraint(
                condition=Q(state=SittingState.DRAFT, called_at__isnull=True)
                | Q(state__in=PUBLIC, called_at__isnull=False),
                name="sitting_called_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=SittingState.PUBLISHED, published_at__isnull=False)
                | ~Q(state=SittingState.PUBLISHED) & Q(published_at__isnull=True),
                name="sitting_minutes_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["body", "-starts_at", "-id"], name="sitting_latest")]

    def __str__(self) -> str:
        return f"{self.body}, {in_brussels(self.starts_at):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("governance:sitting", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC


class Item(models.Model):
    """One thing on the agenda: for information, discussion or decision; about a revision of a plan, a review, a project, a call, an advice, or free.

    What a body decides about a revision is never confidential: the strategy changes in public (the database holds it).
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="items", verbose_name=_("sitting"))
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind, default=ItemKind.INFORMATION)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Everyone reads that there is such an item, not which.")
    )
    revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("revision of a plan"),
    )
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="items", verbose_name=_("review")
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="items", verbose_name=_("project")
    )
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.PROTECT, related_name="items", verbose_name=_("call")
    )
    advice = models.ForeignKey(
        Advice, null=True, blank=True, on_delete=models.PROTECT, related_name="items", verbose_name=_("advice")
    )
    i18n = TranslationField(fields=("title", "text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["sitting_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "position"], name="item_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_exists"),
            models.CheckConstraint(condition=at_most_one(*SUBJECTS), name="item_about_one_thing"),
            models.CheckConstraint(
                condition=Q(revision__isnull=True) | Q(confidential=False), name="item_revision_in_public"
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or f"{self.position}"

    @property
    def subject(self) -> models.Model | None:
        """What it is about, where that is a thing of the house."""
        return next(
            (getattr(self, name) for name in SUBJECTS if getattr(self, f"{name}_id") is not None),
            None,
        )


class Resolution(models.Model):
    """What the body did with an item that was for decision. Adopted or refused it has the reference of the minutes and, unless it is confidential,
    a `decision` that everyone reads. Nothing of it changes (migration 0001): a later sitting can say otherwise."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="resolution")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    reference = models.CharField(
        _("reference"), max_length=80, blank=True, help_text=_("As in the minutes of the body.")
    )
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    decision = models.OneToOneField(
        Decision, null=True, editable=False, on_delete=models.PROTECT, related_name="resolution"
    )
    entered_at = models.DateTimeField(_("entered"), editable=False)
    entered_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["item_id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="resolution_outcome_exists"),
            models.CheckConstraint(
                condition=Q(outcome__in=DECIDED) & ~Q(reference="") | Q(outcome=Outcome.POSTPONED, decision=None),
                name="resolution_decided_has_a_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display()}"
