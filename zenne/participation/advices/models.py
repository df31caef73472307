from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.clock import in_brussels
from zenne.core.languages import shown
from zenne.participation.decisions.models import Body, Commitment
from zenne.participation.processes.models import Process
from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH
from zenne.people.accounts.models import Person

from .enums import PUBLIC, AdviceState, Verdict


class Advice(models.Model):
    """What a panel, a council or a jury recommends to a body, and the day by which that must answer. `issuer` says who, in words.

    Those who advise write in the languages they have; the body answers in every language that its organisation promises. `number` is the
    address within its process, given when it is issued. From then on what is asked never changes, and from the answer on neither does that
    (migration 0001). `statement`, `reference`, `decided_on` and `answer_file` are of the answer as a whole.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="advices", verbose_name=_("process"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="advices", verbose_name=_("addressed to"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    issuer = models.CharField(
        _("who advises"),
        max_length=TITLE_LENGTH,
        blank=True,
        help_text=_("As everyone reads it: “The citizens’ panel on water”, “The neighbourhood council”."),
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("The whole advice, for everyone to read."),
    )
    due_on = models.DateField(_("to be answered by"))
    state = models.CharField(_("state"), max_length=10, choices=AdviceState, default=AdviceState.DRAFT)
    created_at = models.DateTimeField(_("begun"), editable=False)
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)
    issued_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    statement = models.TextField(_("statement of the body"), max_length=10_000, blank=True)
    reference = models.CharField(
        _("reference"), max_length=80, blank=True, help_text=_("As in the minutes of the body.")
    )
    decided_on = models.DateField(_("day of the answer"), null=True, blank=True)
    answer_file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("file of the answer"),
        help_text=_("The answer as it was signed, for everyone to read."),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    withdrawal = models.TextField(_("why it was withdrawn"), max_length=REASON_LENGTH, blank=True)
    i18n = TranslationField(fields=("issuer", "title", "text", "statement", "withdrawal"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advices")
        ordering = ["process_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="advice_number_once"),
            models.CheckConstraint(condition=Q(state__in=AdviceState.values), name="advice_state_exists"),
            models.CheckConstraint(
                condition=Q(state=AdviceState.DRAFT, number__isnull=True, issued_at__isnull=True)
                | Q(state__in=PUBLIC, number__isnull=False, issued_at__isnull=False),
                name="advice_public_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=AdviceState.ANSWERED, answered_at__isnull=False, decided_on__isnull=False)
                | ~Q(state=AdviceState.ANSWERED) & Q(answered_at__isnull=True),
                name="advice_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=AdviceState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=AdviceState.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="advice_withdrawn_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="advice_due", condition=Q(state=AdviceState.ISSUED)),
            models.Index(fields=["-issued_at", "-id"], name="advice_newest"),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or f"{_('Advice')} {self.pk}"

    def get_absolute_url(self) -> str:
        """Of an issued one: a draft has no public address."""
        return reverse("advices:page", args=[self.process.slug, self.number])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    def days_late(self, today: date) -> int:
        """How many days the answer is overdue, or came too late; 0 where it came in time, is not due yet, or is no longer asked for."""
        if self.state == AdviceState.ISSUED:
            return max(0, (today - self.due_on).days)
        if self.state == AdviceState.ANSWERED and self.answered_at is not None:
            return max(0, (in_brussels(self.answered_at).date() - self.due_on).days)
        return 0

    def days_left(self, today: date) -> int:
        """How many days the body still has; 0 on the day itself and after."""
        return max(0, (self.due_on - today).days)


class Recommendation(models.Model):
    """One thing that an advice asks, which is answered by itself. `position` counts from 1."""

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    i18n = TranslationField(fields=("title", "text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["advice_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["advice", "position"], name="recommendation_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="recommendation_places_from_one"),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0]


class Answer(models.Model):
    """What the body says of one recommendation, and why. Between staff until the whole answer is published; what is taken up, even in part,
    has a promise from then on."""

    recommendation = models.OneToOneField(Recommendation, on_delete=models.CASCADE, related_name="answer")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    commitment = models.OneToOneField(
        Commitment, null=True, editable=False, on_delete=models.PROTECT, related_name="advice_answer"
    )
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("answer to a recommendation")
        verbose_name_plural = _("answers to recommendations")
        ordering = ["recommendation_id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=["", *Verdict.values]), name="advice_verdict_exists"),
            models.CheckConstraint(
                condition=Q(commitment__isnull=True) | Q(verdict__in=[Verdict.TAKEN, Verdict.PARTLY]),
                name="advice_refuses_without_promise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.get_verdict_display()}"
