from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from ..enums import Outcome
from .block import Block
from .case import Decision

# Regulation (EU) 2022/2065, article 20: at least six months, counted from the day one is told.
APPEAL_TERM = timedelta(days=184)


class Appeal(models.Model):
    """The author asks that somebody else looks again at a decision to hide, or at a block.

    `handled_by` is the organisation whose moderators look: the own one where it has a second moderator, else the one above; None is the platform itself.
    `first` repeats who took the decision, so that the database itself refuses the same person for the second look.
    """

    decision = models.OneToOneField(Decision, null=True, on_delete=models.CASCADE, related_name="appeal")
    block = models.OneToOneField(Block, null=True, on_delete=models.CASCADE, related_name="appeal")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    handled_by = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("handled by")
    )
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("author"))
    text = models.TextField(_("why"), max_length=2000)
    appealed_at = models.DateTimeField(_("asked"))
    first = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(_("explanation"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["appealed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, block__isnull=True) | Q(decision__isnull=True, block__isnull=False),
                name="appeal_against_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(first__isnull=True) | ~Q(decided_by=F("first")),
                name="appeal_never_the_first",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True)
                | ~Q(outcome="") & Q(decided_at__isnull=False) & ~Q(reason=""),
                name="appeal_decided_with_reasons",
            ),
        ]
        indexes = [models.Index(fields=["handled_by", "decided_at", "appealed_at", "id"], name="appeal_queue")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The page of what was appealed against: it shows the appeal and what came of it."""
        against = self.decision or self.block
        return against.get_absolute_url() if against else reverse("moderation:mine")
