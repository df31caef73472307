from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.core.languages import DEFAULT

from ..enums import AmendmentState, Change, DraftState
from .panel import Panel, Seat
from .talk import TITLE_LENGTH

PARAGRAPH_LENGTH = 5000
MOST_PARAGRAPHS = 150


class Draft(models.Model):
    """A text that the panel writes: paragraphs, of which some are recommendations. `seat` keeps it, or the secretariat (no seat)."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="drafts")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    language = models.CharField(_("language"), max_length=5, default=DEFAULT)
    state = models.CharField(_("state"), max_length=10, choices=DraftState, default=DraftState.WRITING)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="drafts")
    begun_at = models.DateTimeField(_("begun"))
    advice = models.OneToOneField(
        "advices.Advice", null=True, blank=True, on_delete=models.PROTECT, related_name="panel_draft"
    )

    class Meta:
        verbose_name = _("draft of an advice")
        verbose_name_plural = _("drafts of advices")
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="panel_draft_has_a_title"),
            models.CheckConstraint(
                condition=Q(state=DraftState.ISSUED, advice__isnull=False)
                | ~Q(state=DraftState.ISSUED) & Q(advice__isnull=True),
                name="panel_draft_issued_is_an_advice",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """The whole draft at one moment. Versions are added, never changed.

    `paragraphs` is a list of {"key", "title", "text", "asks"} in order: a key is a paragraph's for life, `asks` marks a recommendation.
    `changed` is the key that this version is about.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    paragraphs = models.JSONField(default=list)
    changed = models.CharField(max_length=12, blank=True)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="versions")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("version of a draft")
        verbose_name_plural = _("versions of a draft")
        ordering = ["draft_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="panel_version_number_once")]

    def __str__(self) -> str:
        return f"{self.draft} {self.number}"

    def paragraph(self, key: str) -> dict[str, Any] | None:
        return next((each for each in self.paragraphs if each["key"] == key), None)


class Amendment(models.Model):
    """What a member would change in one paragraph, and why. Taken, it makes a version; refused, it has its reason."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    key = models.CharField(max_length=12)
    against = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(_("what it does"), max_length=10, choices=Change, default=Change.REWRITE)
    title = models.CharField(_("heading"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=PARAGRAPH_LENGTH, blank=True)
    motive = models.TextField(_("why"), max_length=1000)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="amendments")
    proposed_at = models.DateTimeField(pgettext_lazy("panel", "proposed"))
    state = models.CharField(_("state"), max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    made = models.OneToOneField(Version, null=True, on_delete=models.PROTECT, related_name="amendment")

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["draft_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="panel_amendment_number_once"),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.PROPOSED, decided_at__isnull=True)
                | ~Q(state=AmendmentState.PROPOSED) & Q(decided_at__isnull=False),
                name="panel_amendment_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.REFUSED) | ~Q(reason=""), name="panel_amendment_refused_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=AmendmentState.TAKEN, made__isnull=False)
                | ~Q(state=AmendmentState.TAKEN) & Q(made__isnull=True),
                name="panel_amendment_taken_made_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} № {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == AmendmentState.PROPOSED


def written(version: Version, seat: Seat | None, now: datetime) -> Version:
    """The next version, not saved yet, with the same paragraphs."""
    return Version(
        draft=version.draft,
        number=version.number + 1,
        paragraphs=[dict(each) for each in version.paragraphs],
        seat=seat,
        written_at=now,
    )
