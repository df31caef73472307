from django.db import models
from django.utils.translation import gettext_lazy as _

from zenne.people.uploads.models import Upload

from .idea import Idea


class IdeaUpload(models.Model):
    """A picture or a file that an idea carries, in the order its author gave them. The first picture is the idea's face."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="attachments")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="idea_attachment")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("picture or file of an idea")
        verbose_name_plural = _("pictures and files of ideas")
        ordering = ["idea_id", "position", "id"]

    def __str__(self) -> str:
        return self.upload.name
