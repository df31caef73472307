from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person

from ..enums import IdeaState
from .idea import TITLE_LENGTH, Idea


class Version(models.Model):
    """The words of an idea as they once were. Number 1 is what was sent; the highest is what is shown."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH)
    text = models.TextField()
    language = models.CharField(max_length=5)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["idea_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["idea", "number"], name="idea_version_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class StatusChange(models.Model):
    """One step of an idea's way: from where to where, why, by whom and when. The steps of an idea are its public timeline."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(_("from"), max_length=16, choices=IdeaState, blank=True)
    after = models.CharField(_("to"), max_length=16, choices=IdeaState)
    reason = models.TextField(_("public reason"), max_length=2000, blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        ordering = ["idea_id", "changed_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(before=models.F("after")), name="idea_status_changed")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
