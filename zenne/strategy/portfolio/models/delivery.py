from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.decisions.models import Decision
from zenne.people.accounts.models import Person

from ..enums import Funding
from .plan import REASON_LENGTH, TITLE_LENGTH
from .project import Project


class BudgetLine(models.Model):
    """Money of a project from one source, in cents. `key` names it in the file it was loaded from.

    `committed_cents` stands in a decision: its reference, its day, and `decision` where that is kept here.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="lines")
    key = models.SlugField(max_length=80, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=10, choices=Funding, default=Funding.OWN)
    funder = models.CharField(_("funder"), max_length=TITLE_LENGTH, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    planned_cents = models.PositiveBigIntegerField(_("planned"), default=0)
    committed_cents = models.PositiveBigIntegerField(_("committed"), default=0)
    spent_cents = models.PositiveBigIntegerField(_("spent"), default=0)
    note = models.CharField(_("note"), max_length=400, blank=True)
    reference = models.CharField(
        _("reference of the decision"), max_length=80, blank=True, help_text=_("As in the minutes of the body.")
    )
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("decision")
    )
    i18n = TranslationField(fields=("note",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["project_id", F("year").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], condition=~Q(key=""), name="budget_line_key_once"),
            models.CheckConstraint(condition=Q(source__in=Funding.values), name="budget_line_source_exists"),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(1990, 2100)), name="budget_line_year_is_one"
            ),
            models.CheckConstraint(
                condition=Q(committed_cents=0) | ~Q(reference="") & Q(decided_on__isnull=False),
                name="budget_line_committed_by_a_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["-decided_on", "-id"], condition=Q(committed_cents__gt=0), name="budget_line_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.year or ''}".strip()

    @property
    def overspent_cents(self) -> int:
        """What was spent beyond what was committed."""
        return max(0, self.spent_cents - self.committed_cents)


class Milestone(models.Model):
    """A step of a project with its day. `first_due_on` never changes (migration 0001): a day that was moved is seen."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    key = models.SlugField(max_length=80, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    first_due_on = models.DateField(_("first promised for"), editable=False)
    due_on = models.DateField(_("day it is due"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    moved_reason = models.TextField(_("why the day was moved"), max_length=REASON_LENGTH, blank=True)
    i18n = TranslationField(fields=("title", "moved_reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("milestone of a planned project")
        verbose_name_plural = _("milestones of planned projects")
        ordering = ["project_id", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], condition=~Q(key=""), name="planned_milestone_key_once")
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(done_on__isnull=True), name="planned_milestone_due"),
            models.Index(fields=["-done_on", "-id"], condition=Q(done_on__isnull=False), name="planned_milestone_done"),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0]

    def late(self, today: date) -> bool:
        """Not done by its day, while the project runs."""
        return self.done_on is None and self.due_on < today and self.project.runs


class Risk(models.Model):
    """What may go wrong, how likely and how grave it is (1 to 5 each), and what is done about it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="risks")
    key = models.SlugField(max_length=80, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    likelihood = models.PositiveSmallIntegerField(_("how likely"), default=3)
    impact = models.PositiveSmallIntegerField(_("how grave"), default=3)
    answer = models.TextField(_("what is done about it"), max_length=REASON_LENGTH, blank=True)
    closed_on = models.DateField(_("over since"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "answer"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["project_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], condition=~Q(key=""), name="risk_key_once"),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0]

    @property
    def weight(self) -> int:
        return self.likelihood * self.impact


class Dependency(models.Model):
    """`project` waits for `on`. Never in a circle: the database looks (migration 0001)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="needed")
    on = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="needed_by", verbose_name=_("waits for"))
    reason = models.TextField(_("why"), max_length=REASON_LENGTH, blank=True)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["project_id", "on_id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "on"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(project=F("on")), name="dependency_on_another"),
        ]

    def __str__(self) -> str:
        return f"{self.project} → {self.on}"


class Attachment(models.Model):
    """A file for everyone to read, in one language or for all (`language` empty)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("wagtaildocs.Document", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("document of a planned project")
        verbose_name_plural = _("documents of planned projects")
        ordering = ["project_id", "position", "id"]

    def __str__(self) -> str:
        return shown(self, "title")[0] or str(self.file)


class Post(models.Model):
    """News of a project: public from `published_at` on, until it is withdrawn."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    author = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("published"), editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    i18n = TranslationField(fields=("title", "text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("news of a planned project")
        verbose_name_plural = _("news of planned projects")
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="planned_project_news")]

    def __str__(self) -> str:
        return shown(self, "title")[0]


class Follow(models.Model):
    """Somebody who asked to hear of a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="planned_project_follow_once")]

    def __str__(self) -> str:
        return f"{self.person} → {self.project}"
