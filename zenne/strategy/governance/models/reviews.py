from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.decisions.models import Body, Decision
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio.models import BudgetLine, Plan, Project, Revision

from ..enums import STEPS, Step
from .order import require_order

REASON_LENGTH = 2000


class Review(models.Model):
    """The periodic round of a plan: measure, report, propose a revision, have it decided, change the budget. `state` is the step it is at; `body`
    decides, `owner` is chased. `report` is what the body was shown, kept as plain data with its fingerprint from `reported_at` on; then
    nothing of it changes (migration 0001). `conclusion` are the words above it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("plan"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("decided by"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    state = models.CharField(_("step"), max_length=10, choices=Step, default=Step.MEASURE, editable=False)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who runs it")
    )
    conclusion = models.TextField(_("what stands out"), max_length=5000, blank=True)
    report = models.JSONField(default=dict, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    reported_at = models.DateTimeField(pgettext_lazy("review", "reported"), null=True, editable=False)
    revision = models.ForeignKey(
        Revision,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("revision"),
    )
    decision = models.ForeignKey(
        Decision,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("decision"),
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    i18n = TranslationField(fields=("conclusion",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("review of a plan")
        verbose_name_plural = _("reviews of plans")
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Step.values), name="review_step_exists"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="review_ends_later"),
            models.UniqueConstraint(
                fields=["plan", "starts_on", "ends_on"],
                name="review_period_once",
                violation_error_message=_("This plan has a review of the same period already."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=~Q(state=Step.CLOSED),
                name="review_one_at_a_time",
                violation_error_message=_("A review of this plan is under way already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[Step.MEASURE, Step.REPORT]) | Q(reported_at__isnull=False) & ~Q(digest=""),
                name="review_reports_before_it_proposes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[Step.BUDGET, Step.CLOSED]) | Q(decision__isnull=False),
                name="review_decided_before_the_budget",
            ),
            models.CheckConstraint(
                condition=Q(state=Step.CLOSED, closed_at__isnull=False)
                | ~Q(state=Step.CLOSED) & Q(closed_at__isnull=True),
                name="review_closed_at_a_moment",
            ),
        ]

    def clean(self) -> None:
        require_order(self.starts_on, self.ends_on, "ends_on")

    def __str__(self) -> str:
        return f"{self.plan} · {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("governance:review", args=[self.pk])

    @property
    def is_quarter(self) -> bool:
        year, quarter = self.starts_on.year, _quarter(self.starts_on)
        return self.starts_on == date(year, 3 * quarter - 2, 1) and self.ends_on == _last(year, quarter)

    @property
    def period(self) -> str:
        """“Q3 2026” for a quarter, “01/07/2026 – 15/09/2026” for any other span."""
        if self.is_quarter:
            letter = pgettext("quarter of a year", "Q")
            return f"{letter}{_quarter(self.starts_on)} {self.starts_on.year}"
        return f"{self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    def before(self) -> tuple[date, date]:
        """The span that it is compared with: the quarter before a quarter, else as many days just before."""
        last = date.fromordinal(self.starts_on.toordinal() - 1)
        if self.is_quarter:
            return date(last.year, last.month - 2, 1), last
        days = self.ends_on.toordinal() - self.starts_on.toordinal()
        return date.fromordinal(last.toordinal() - days), last


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _last(year: int, quarter: int) -> date:
    """The last day of a quarter."""
    following = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


class Stage(models.Model):
    """One step of a review: by when it should be done, when it was, by whom, and what is said of it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="stages")
    step = models.CharField(_("step"), max_length=10, choices=[(step.value, step.label) for step in STEPS])
    due_on = models.DateField(_("day it is due"))
    done_at = models.DateTimeField(_("done"), null=True, editable=False)
    done_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(_("public note"), max_length=REASON_LENGTH, blank=True)
    i18n = TranslationField(fields=("note",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        ordering = ["review_id", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "step"], name="stage_once"),
            models.CheckConstraint(condition=Q(step__in=[step.value for step in STEPS]), name="stage_step_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.get_step_display()}"

    def late(self, today: date) -> bool:
        return self.done_at is None and self.due_on < today


class BudgetChange(models.Model):
    """What a review proposes to change of one budget line, in cents; carried out once the body has decided, never before (the database holds it).
    It stays readable when the line is taken out later: `label` says which it was."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="changes")
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="budget_changes", verbose_name=_("project")
    )
    line = models.ForeignKey(
        BudgetLine,
        null=True,
        on_delete=models.SET_NULL,
        related_name="budget_changes",
        verbose_name=_("budget line"),
    )
    label = models.CharField(max_length=300, editable=False)
    planned_before_cents = models.PositiveBigIntegerField(_("planned before"))
    planned_after_cents = models.PositiveBigIntegerField(_("planned after"))
    committed_before_cents = models.PositiveBigIntegerField(_("committed before"))
    committed_after_cents = models.PositiveBigIntegerField(_("committed after"))
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    decision = models.ForeignKey(Decision, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(_("carried out"), null=True, editable=False)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("change of a budget line")
        verbose_name_plural = _("changes of budget lines")
        ordering = ["review_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "line"], name="budget_change_once_per_line"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, decision__isnull=True)
                | Q(applied_at__isnull=False, decision__isnull=False),
                name="budget_change_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.planned_before_cents} → {self.planned_after_cents}"

    @property
    def called(self) -> str:
        """Which line it is: in the reader's words as long as it is there."""
        return self.label_of(self.line) if self.line else self.label

    def label_of(self, line: BudgetLine) -> str:
        return " · ".join(part for part in (str(self.project), str(line), line.funder) if part)[:300]
