from django.db import models


class Errand(models.Model):
    """Something to do soon after a commit (`errands`): which, with what, how often it failed, and when it may be tried again (None: at once)."""

    name = models.CharField(max_length=60)
    facts = models.JSONField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.facts}"
