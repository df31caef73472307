from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Entry(models.Model):
    """One thing that was done: who, when, to what. Entries are added, never changed.

    `event` is `<noun>.<past verb>`, as in `idea.submitted`. `details` holds facts, never free text about a person.
    `scope` is the id of the organisation whose business it was; history lies below organisations, so it is a plain number.
    """

    event = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    scope = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "-happened_at"]),
            models.Index(fields=["scope", "-happened_at"]),
            models.Index(fields=["actor", "-happened_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.event}"
