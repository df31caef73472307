from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from ..enums import WindowState
from .process import Process


def window_state(opens_at: datetime, closes_at: datetime | None, now: datetime) -> WindowState:
    """Where a half-open window [opens_at, closes_at) stands at `now`; no end means it stays open."""
    if now < opens_at:
        return WindowState.UPCOMING
    if closes_at is not None and now >= closes_at:
        return WindowState.CLOSED
    return WindowState.OPEN


class Phase(models.Model):
    """A stretch of the timeline. Its window is half-open: [opens_at, closes_at)."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=80, blank=True)
    summary = models.TextField(_("summary"), max_length=400, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["process_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")), name="phase_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["process", "position"], name="phase_position_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or _("Phase") + f" {self.position}"

    def state(self, now: datetime) -> WindowState:
        return window_state(self.opens_at, self.closes_at, now)


class Activity(models.Model):
    """Something people can do in a phase; its `kind` is an app that registered itself (`kinds.py`).

    Without a window of its own it has its phase's. `frozen_at` is set when it first opens: from then on its rule is kept word for word in
    RuleVersion, and every change of it is a Change with a reason.
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(_("kind"), max_length=20)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("title"), max_length=80, blank=True)
    intro = models.TextField(_("introduction"), max_length=1000, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("rule frozen"), null=True, blank=True)
    i18n = TranslationField(fields=("title", "intro"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["phase_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="activity_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n or self.kind

    @property
    def process(self) -> Process:
        return self.phase.process

    def window(self) -> tuple[datetime, datetime | None]:
        return self.opens_at or self.phase.opens_at, self.closes_at or self.phase.closes_at

    def state(self, now: datetime) -> WindowState:
        return window_state(*self.window(), now)

    @property
    def anchor(self) -> str:
        """The name of its place on the page of the process."""
        return f"activity-{self.pk}"
