from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person

from ..enums import IdeaState
from .idea import Idea


class Merge(models.Model):
    """One idea joining another: proposed, agreed to by its authors, completed, perhaps undone. At most one stands per source.

    `state_before` is where the source returns to when the merge is undone.
    """

    source = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="merges_out")
    target = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="merges_in")
    reason = models.TextField(_("public reason"), max_length=2000, blank=True)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    state_before = models.CharField(max_length=16, choices=IdeaState, blank=True)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="idea_merge_needs_two"),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(declined_at__isnull=True, undone_at__isnull=True),
                name="idea_merge_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(completed_at__isnull=False), name="idea_merge_undone_after_done"
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | Q(completed_at__isnull=True), name="idea_merge_declined_or_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class MergeConsent(models.Model):
    """One author's answer to the question whether two ideas may become one. Without `answered_at` it is still a question."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merge_consents")
    agreed = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["merge_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["merge", "person"], name="idea_merge_asked_once"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, answered_at__isnull=True)
                | Q(agreed__isnull=False, answered_at__isnull=False),
                name="idea_merge_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.agreed}"
