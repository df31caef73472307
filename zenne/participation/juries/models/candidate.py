"""The one place that knows what is being scored. Everything else of a jury speaks of candidates: their title, text, address, and whether they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.ideas.enums import ENDED, LISTED
from zenne.participation.ideas.models import Idea

from .jury import Jury


class Candidate(models.Model):
    """One thing before a jury. `kept` says on which side it is since the deliberation opened; None is undecided: a tie at the edge.

    `reason` is what will be published about it, whichever way it goes.
    """

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="candidates")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="+", verbose_name=_("idea"))
    kept = models.BooleanField(null=True, blank=True)
    reason = models.TextField(_("public reason"), max_length=2000, blank=True)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("idea before the jury")
        verbose_name_plural = _("ideas before the jury")
        ordering = ["jury_id", "id"]
        constraints = [models.UniqueConstraint(fields=["jury", "idea"], name="jury_candidate_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> int:
        """The number under which everybody knows the thing."""
        return self.idea_id

    @property
    def title(self) -> str:
        return self.idea.title

    @property
    def text(self) -> str:
        return self.idea.text

    @property
    def language(self) -> str:
        return self.idea.language

    @property
    def byline(self) -> str:
        return self.idea.byline

    @property
    def url(self) -> str:
        return self.idea.get_absolute_url()

    @property
    def stands(self) -> bool:
        """What its author withdrew, or what was refused or merged meanwhile, is no longer before the jury."""
        return self.idea.state in LISTED and self.idea.state not in ENDED
