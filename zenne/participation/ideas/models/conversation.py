from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .idea import Idea


class OfficialAnswer(models.Model):
    """What the organisation answers to an idea. A correction is a new row: the highest number is shown, the earlier ones stay readable."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    body = models.TextField(_("answer"), max_length=10_000, blank=True)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()
    i18n = TranslationField(fields=("body",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("official answer")
        verbose_name_plural = _("official answers")
        ordering = ["idea_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["idea", "number"], name="idea_answer_number_once")]
        indexes = [models.Index(fields=["-published_at", "-id"], name="idea_answer_newest")]

    def __str__(self) -> str:
        return f"{self.idea} ({self.number})"


class Note(models.Model):
    """What staff say among themselves about an idea. Never shown to anybody else."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("note"), max_length=4000)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["idea_id", "written_at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Tag(models.Model):
    """A word staff sort ideas by, within one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="idea_tags")
    name = models.CharField(_("tag"), max_length=40)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["organisation_id", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="idea_tag_once")]

    def __str__(self) -> str:
        return self.name
