from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.people.uploads.models import private_storage

from .enums import NUMBERED, Failure, ReportState

MADE = [ReportState.READY, *sorted(NUMBERED)]


class Report(models.Model):
    """What a process was at a moment: written once, kept as data, never counted again when it is read.

    `number` is its version, given when it is first made and kept for good once published. `making` counts how often staff had it
    made; `attempt` tells the makers of one making apart, as in exports.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="reports", verbose_name=_("process"))
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    intro = models.TextField(_("introduction"), max_length=4000, blank=True)
    frozen_at = models.DateTimeField(_("as it stood on"))
    chapters = models.JSONField(_("chapters"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT)
    failure = models.CharField(_("why it did not work"), max_length=12, choices=Failure, blank=True)
    making = models.PositiveSmallIntegerField(default=0, editable=False)
    attempt = models.PositiveSmallIntegerField(default=0, editable=False)
    steps_total = models.PositiveSmallIntegerField(default=0, editable=False)
    steps_done = models.PositiveSmallIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    created_at = models.DateTimeField(_("created"), editable=False)
    moved_at = models.DateTimeField(editable=False)
    made_at = models.DateTimeField(_("made"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    reason = models.TextField(_("why it was withdrawn"), max_length=1000, blank=True)
    i18n = TranslationField(fields=("title", "intro", "reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["process_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="report_number_once"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_exists"),
            models.CheckConstraint(
                condition=~Q(state__in=MADE) | Q(number__isnull=False, made_at__isnull=False),
                name="report_made_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(NUMBERED)) | Q(published_at__isnull=False),
                name="report_public_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=ReportState.WITHDRAWN) & Q(withdrawn_at__isnull=True),
                name="report_withdrawn_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.FAILED, failure__in=Failure.values)
                | ~Q(state=ReportState.FAILED) & Q(failure=""),
                name="report_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or f"{pgettext_lazy('document', 'Report')} {self.number or ''}".strip()

    def get_absolute_url(self) -> str:
        return reverse("reporting:report", args=[self.process.slug, self.number])

    @property
    def percent(self) -> int:
        return min(99, self.steps_done * 100 // max(1, self.steps_total))


class Edition(models.Model):
    """A report in one language: its data word for word, their SHA-256, and the PDF set from them.

    `text` is kept as text, not as JSON, because the digest is of these very characters.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=5)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    pdf = models.FileField(storage=private_storage, max_length=120)
    pdf_digest = models.CharField(max_length=64)
    pdf_size = models.PositiveIntegerField()

    class Meta:
        ordering = ["report_id", "language"]
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="edition_once_per_language"),
            models.CheckConstraint(condition=~Q(pdf="") & ~Q(digest="") & ~Q(pdf_digest=""), name="edition_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.language})"
