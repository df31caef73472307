from django.db import models

from zenne.people.accounts.models import Person

from .idea import Idea


class Support(models.Model):
    """One person's yes (+1) or no (-1) to an idea. `carried_from` is the merged idea it was first given to."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="idea_supports")
    value = models.SmallIntegerField(default=1)
    carried_from = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="idea_support_once"),
            models.CheckConstraint(condition=models.Q(value__in=[1, -1]), name="idea_support_yes_or_no"),
        ]
        indexes = [models.Index(fields=["person", "-given_at"], name="idea_support_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.value:+d}"
