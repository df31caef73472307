from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.uploads.models import private_storage

from ..enums import ResultState
from .vote import Vote


class Result(models.Model):
    """One count of a vote. Counting again is a new row; at most one is published.

    `rule_digest` is that of the frozen rule it followed, `root` and `size` those of the tree over all ballots, paper included. `tally` and
    `explanation` are the plain data of `counting/`; `done` of `steps` is how far a count under way is.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=9, choices=ResultState, default=ResultState.COUNTING)
    rule_digest = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    tally = models.JSONField(default=dict, blank=True)
    explanation = models.JSONField(default=dict, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("why it did not work"), max_length=300, blank=True)
    bundle = models.FileField(_("file"), storage=private_storage, max_length=120, blank=True)
    bundle_sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("counted"))
    published_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["vote_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="result_number_once"),
            models.UniqueConstraint(
                fields=["vote"], condition=Q(state=ResultState.PUBLISHED), name="result_one_published"
            ),
            models.CheckConstraint(condition=Q(state__in=ResultState.values), name="result_state_exists"),
            models.CheckConstraint(
                condition=~Q(state=ResultState.PUBLISHED) | Q(published_at__isnull=False),
                name="result_published_since_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote} {self.number}"
