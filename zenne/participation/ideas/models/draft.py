import uuid

from django.db import models

from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person

from ..enums import Step


class Draft(models.Model):
    """An idea being written: kept from the first word, before anybody signed in. Whoever holds the signed cookie, or is the person, may open it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="idea_drafts")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="idea_drafts")
    data = models.JSONField(default=dict)
    step = models.CharField(max_length=10, choices=Step, default=Step.IDEA)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at", "key"]
        indexes = [
            models.Index(fields=["person", "-updated_at"], name="idea_draft_person"),
            models.Index(fields=["updated_at"], name="idea_draft_old"),
        ]

    def __str__(self) -> str:
        return str(self.data.get("title") or self.key)
