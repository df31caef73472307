import uuid
from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from ..enums import CaseState, FlagKind, Ground, Source, Verdict


class Case(models.Model):
    """One contribution before the moderators, with every reason why it came there; at most one open at a time for one thing.

    `process` is the number of the process it was written in, plain because moderation lies below processes; None where there is none. `version` moves with
    everything that a moderator should have seen before deciding: a new reason, other words, a decision. A claim says who looks, and runs out by itself.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="cases", verbose_name=_("organisation")
    )
    process = models.BigIntegerField(null=True)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("author")
    )
    state = models.CharField(_("state"), max_length=8, choices=CaseState, default=CaseState.OPEN)
    sources = ArrayField(models.CharField(max_length=8, choices=Source), default=list, verbose_name=_("source"))
    grounds = ArrayField(models.CharField(max_length=20, choices=Ground), default=list, verbose_name=_("reason"))
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(_("waits since"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    claimed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id"], condition=Q(state=CaseState.OPEN), name="case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_at__isnull=True)
                | ~Q(state=CaseState.OPEN) & Q(closed_at__isnull=False),
                name="case_closed_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "opened_at", "id"], name="case_queue"),
            models.Index(fields=["process", "state"], name="case_process"),
            models.Index(fields=["about_type", "about_id", "-id"], name="case_about"),
            models.Index(fields=["author", "-id"], name="case_author"),
            GinIndex(fields=["sources", "grounds"], name="case_reasons"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def claimed_by_another(self, person: Person, now: datetime) -> Person | None:
        """The colleague who has this case open, if another does."""
        if self.claimed_until is None or self.claimed_until <= now or self.claimed_by_id == person.pk:
            return None
        return self.claimed_by


class Report(models.Model):
    """Somebody says that a contribution breaks the house rules. The decision about its case answers it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    ground = models.CharField(_("reason"), max_length=20, choices=Ground)
    text = models.TextField(_("explanation"), max_length=1000, blank=True)
    reporter = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["reported_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="report_once_a_case")]
        indexes = [models.Index(fields=["reporter", "-reported_at"], name="report_by")]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} ({self.reported_at:%Y-%m-%d})"


class Flag(models.Model):
    """Something that the platform noticed by itself. `facts` are plain data: which word, how many links, which earlier contribution."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(_("flag"), max_length=10, choices=FlagKind)
    facts = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["found_at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="flag_once_a_case")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Decision(models.Model):
    """What a moderator decided about a contribution, on which ground and why. Decisions are added, never changed.

    A case has one decision to keep or to hide; what was hidden may be made visible again by a second. A decision to hide is the statement of reasons of
    Regulation (EU) 2022/2065, article 17; `public_id` is its address.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    ground = models.CharField(_("reason"), max_length=20, choices=Ground, blank=True)
    text = models.TextField(_("explanation"), max_length=1000, blank=True)
    moderator = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("moderator")
    )
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.HIDDEN) | ~Q(ground=""), name="decision_to_hide_has_a_ground"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(verdict=Verdict.RESTORED), name="decision_once_a_case"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(verdict=Verdict.RESTORED), name="decision_restored_once_a_case"
            ),
        ]
        indexes = [models.Index(fields=["case", "-decided_at", "-id"], name="decision_of_case")]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.decided_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("moderation:statement", args=[self.public_id])
