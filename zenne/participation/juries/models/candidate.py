"""The one place that knows what is being scored. Everything else of a jury speaks of candidates: their title, text, address, and whether they stand."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import current
from zenne.participation.ideas.enums import ENDED, LISTED
from zenne.participation.ideas.models import Idea

from ..kinds import Subject, subjects
from .jury import Jury


class Candidate(models.Model):
    """One thing before a jury: an idea, or the `key` of something of the jury's kind. `kept` says on which side it is since the deliberation opened; None is
    undecided: a tie at the edge.

    `reason` is what will be published about it, whichever way it goes.
    """

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="candidates")
    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("idea")
    )
    key = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    kept = models.BooleanField(null=True, blank=True)
    reason = models.TextField(_("public reason"), max_length=2000, blank=True)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("idea before the jury")
        verbose_name_plural = _("ideas before the jury")
        ordering = ["jury_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["jury", "idea"], name="jury_candidate_once"),
            models.UniqueConstraint(fields=["jury", "key"], name="jury_candidate_key_once"),
            models.CheckConstraint(
                condition=Q(idea__isnull=False, key__isnull=True) | Q(idea__isnull=True, key__isnull=False),
                name="jury_candidate_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def subject(self) -> Subject:
        """What is scored, as the jury reads it. `read_together` spares the question for each."""
        if self.idea is not None:
            return _of_idea(self.idea)
        return _found(subjects[self.jury.kind].read([self.number]), self.number)

    @property
    def number(self) -> int:
        """The number under which everybody knows the thing."""
        return self.idea_id if self.idea_id is not None else self.key  # type: ignore[return-value]  # one of them is there

    @property
    def title(self) -> str:
        return self.subject.title

    @property
    def text(self) -> str:
        return self.subject.text

    @property
    def language(self) -> str:
        return self.subject.language

    @property
    def byline(self) -> str:
        return self.subject.byline

    @property
    def url(self) -> str:
        return self.subject.url

    @property
    def stands(self) -> bool:
        """What its author withdrew, or what was refused or merged meanwhile, is no longer before the jury."""
        return self.subject.stands


def read_together(kind: str, candidates: Iterable[Candidate]) -> None:
    """Have the things behind these candidates of one jury read at once."""
    apart = [each for each in candidates if each.idea_id is None]
    if apart:
        known = subjects[kind].read([each.number for each in apart])
        for each in apart:
            each.__dict__["subject"] = _found(known, each.number)


def _of_idea(idea: Idea) -> Subject:
    return Subject(
        number=idea.pk,
        title=idea.title,
        text=idea.text,
        language=idea.language,
        byline=idea.byline,
        url=idea.get_absolute_url(),
        stands=idea.state in LISTED and idea.state not in ENDED,
    )


def _found(known: Any, key: int) -> Subject:
    """What is no longer there keeps its number, and stands no more."""
    return known.get(key) or Subject(key, f"№ {key}", "", current(), "", "", stands=False)
