from django.db import models

from zenne.participation.processes.models import Process


class Tally(models.Model):
    """What the public ideas of a process add up to: the sum of its rows. The database adds a row itself whenever a statement changes the sum.

    One row that everybody moved would make all supporters of a city wait for each other; rows that are only added make nobody wait.
    A task folds them together now and then (`actions.fold_tallies`). Migration 0004 holds the triggers.
    """

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    ideas = models.BigIntegerField(default=0)
    supports = models.BigIntegerField(default=0)
    comments = models.BigIntegerField(default=0)
    answered = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.process_id}: {self.ideas:+d}"
