from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity, Process
from zenne.people.accounts.models import Person

from .enums import PUBLIC, Outcome, SelectionState

TITLE_LENGTH = 120
REASON_LENGTH = 2000


@dataclass(frozen=True)
class Figure:
    """One number behind a choice, as plain data that is kept: what it is called, what it is, and how it is said, in every language.

    `key` names it for programs (`votes`, `score`); `value` is an integer, or a string that is exact (`13/4`); `said` may be left empty
    where the value reads well as it is.
    """

    key: str
    label: Mapping[str, str]
    value: int | str
    said: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return asdict(self)


class Selection(models.Model):
    """What something that decides leaves behind: which ideas were kept and which were not, by which rule, when, by whom, and a reason for each.

    A jury, a vote, a study and a College leave the same thing, so that any of them can begin with what another left (`source`). `number` is
    the address within its process, given at publication. `rule_digest` is the fingerprint of the frozen rule of its activity. `decided_at` is
    when the decision was taken, `published_at` when everybody could read it. The database lets nobody change what is published but for its
    annulment (migration 0001).
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="selections", verbose_name=_("process"))
    activity = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="selections",
        verbose_name=_("activity"),
    )
    source = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="fed", verbose_name=_("began with")
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    statement = models.TextField(_("public statement"), max_length=10_000, blank=True)
    rule_text = models.TextField(_("rule in plain words"), max_length=4000, blank=True)
    rule_digest = models.CharField(_("fingerprint of the rule"), max_length=64, blank=True, editable=False)
    proof_url = models.CharField(_("address of the proof"), max_length=300, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=SelectionState, default=SelectionState.DRAFT)
    created_at = models.DateTimeField(_("begun"), editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True, editable=False)
    annulled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    annulment = models.TextField(_("why it was annulled"), max_length=REASON_LENGTH, blank=True)
    i18n = TranslationField(fields=("title", "statement", "rule_text", "annulment"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["process_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="selection_number_once"),
            models.CheckConstraint(condition=Q(state__in=SelectionState.values), name="selection_state_exists"),
            models.CheckConstraint(
                condition=Q(state=SelectionState.DRAFT, number__isnull=True, published_at__isnull=True)
                | Q(
                    state__in=PUBLIC,
                    number__isnull=False,
                    published_at__isnull=False,
                    decided_at__isnull=False,
                    decided_at__lte=F("published_at"),
                ),
                name="selection_public_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=SelectionState.ANNULLED, annulled_at__isnull=False)
                | ~Q(state=SelectionState.ANNULLED) & Q(annulled_at__isnull=True),
                name="selection_annulled_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(source=F("id")), name="selection_begins_with_another"),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="selection_newest")]

    def __str__(self) -> str:
        return shown(self, "title")[0] or str(self.activity or self.process)

    def get_absolute_url(self) -> str:
        """Of a published one: a draft has no public address."""
        return reverse("selections:page", args=[self.process.slug, self.number])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC


class Choice(models.Model):
    """What a selection says of one idea: kept or not, why, and the figures behind it, each with its name (`Figure`).

    `cost_cents` is the cost the decision was taken with. `version` and `text_digest` are set at publication: which words of the idea were
    decided about, and the SHA-256 of its title and text with an empty line between them, in UTF-8.
    """

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="choices")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="choices")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    cost_cents = models.PositiveBigIntegerField(_("cost"), null=True, blank=True)
    figures = models.JSONField(_("figures"), default=list)
    version = models.PositiveSmallIntegerField(null=True, editable=False)
    text_digest = models.CharField(max_length=64, blank=True, editable=False)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["selection_id", F("rank").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "idea"], name="choice_once_per_idea"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="choice_outcome_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_outcome_display()}"
