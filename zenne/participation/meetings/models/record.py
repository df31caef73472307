from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.participation.ideas.models import Idea
from zenne.people.accounts.models import Person
from zenne.people.uploads.models import Upload

from .meeting import Meeting
from .registration import Registration


class Minutes(models.Model):
    """What was said and decided. Written in one language or more: what is read in another is marked as such."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, primary_key=True, related_name="minutes")
    text = models.TextField(_("minutes"), max_length=40_000, blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(_("written"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    i18n = TranslationField(fields=("text",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("minutes of a meeting")
        verbose_name_plural = _("minutes of meetings")
        ordering = ["meeting_id"]

    def __str__(self) -> str:
        return str(self.meeting)


class Picture(models.Model):
    """A picture of a meeting. Everybody who can be recognised agreed (`people`), or nobody can be; who takes their consent back hides it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="pictures")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="meeting_picture")
    people = models.ManyToManyField(Registration, blank=True, related_name="+", verbose_name=_("who can be recognised"))
    nobody = models.BooleanField(_("nobody can be recognised"), default=False)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(_("added"))
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)

    class Meta:
        verbose_name = _("picture of a meeting")
        verbose_name_plural = _("pictures of meetings")
        ordering = ["meeting_id", "added_at", "id"]

    def __str__(self) -> str:
        return self.upload.alt or self.upload.name


class Contribution(models.Model):
    """What was said in the room and keyed in as an idea, which counts like every other."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="contributions")
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="said_in_a_meeting")
    entered_at = models.DateTimeField(_("keyed in"))

    class Meta:
        verbose_name = _("contribution made in a meeting")
        verbose_name_plural = _("contributions made in meetings")
        ordering = ["meeting_id", "entered_at", "id"]
        indexes = [models.Index(fields=["meeting", "entered_at"], name="meeting_contributions")]

    def __str__(self) -> str:
        return str(self.idea)
