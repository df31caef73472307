from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from ..enums import SCORED, AssessmentState
from .candidate import Candidate
from .jury import Criterion
from .member import Member


class Assessment(models.Model):
    """What one member makes of one candidate. There is one row for the two of them, so whoever is recused cannot also have scored.

    Once submitted, its scores and its comment cannot be altered: the database refuses (migration 0001). `tie` is the conflict of interest
    that was declared; only the jury and the staff read it.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="assessments")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="assessments")
    state = models.CharField(_("state"), max_length=12, choices=AssessmentState, default=AssessmentState.IN_PROGRESS)
    comment = models.TextField(_("comment"), max_length=4000, blank=True)
    language = models.CharField(max_length=5, blank=True)
    tie = models.TextField(_("conflict of interest"), max_length=1000, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["candidate_id", "member_id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "candidate"], name="jury_assessment_once"),
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="jury_assessment_state"),
            models.CheckConstraint(
                condition=Q(state__in=SCORED, submitted_at__isnull=False)
                | ~Q(state__in=SCORED) & Q(submitted_at__isnull=True),
                name="jury_submitted_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.RECUSED, comment="") & ~Q(tie="")
                | ~Q(state=AssessmentState.RECUSED) & Q(tie=""),
                name="jury_recused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.candidate}"


class Score(models.Model):
    """The points of one assessment on one criterion: from 1 to the jury's number of points."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        ordering = ["assessment_id", "criterion_id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="jury_score_once")]

    def __str__(self) -> str:
        return str(self.value)


class Unlocking(models.Model):
    """A submitted assessment, or a recusal, that was opened again: who decided, why, and how many other assessments its member could see by then."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="unlockings")
    reason = models.TextField(_("reason"), max_length=1000)
    seen = models.PositiveSmallIntegerField(default=0)
    unlocked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    unlocked_at = models.DateTimeField()

    class Meta:
        ordering = ["-unlocked_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="jury_unlocked_with_a_reason")]

    def __str__(self) -> str:
        return self.reason
