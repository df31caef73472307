from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from ..enums import BatchState, Invalid
from .options import District
from .vote import Vote


class PaperBatch(models.Model):
    """A numbered batch of printed ballots, in one language and for one group of options.

    `ballot_digest` is the fingerprint of what was printed, so that no ballot of before a change is handed out. `returned` is how many sheets were
    counted when the box was emptied. Reconciled when `issued` (handed to voters) = keyed in + void + `missing`, or when a remark explains why not;
    `printed` less `issued` are unused or spoiled and destroyed.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=5)
    district = models.ForeignKey(
        District,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="batches",
        verbose_name=_("group of options"),
    )
    printed = models.PositiveIntegerField(_("ballots printed"))
    issued = models.PositiveIntegerField(_("ballots handed to voters"), default=0)
    returned = models.PositiveIntegerField(_("sheets that came back"), null=True, blank=True)
    missing = models.PositiveIntegerField(_("ballots that did not come back"), default=0)
    remark = models.JSONField(_("remark for the minutes"), default=dict, blank=True)
    ballot_digest = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=BatchState, default=BatchState.PRINTED)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("batch of paper ballots")
        verbose_name_plural = _("batches of paper ballots")
        ordering = ["vote_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="batch_number_once"),
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_exists"),
            models.CheckConstraint(condition=Q(issued__lte=F("printed")), name="batch_issues_what_was_printed"),
            models.CheckConstraint(condition=Q(missing__lte=F("issued")), name="batch_misses_what_was_issued"),
            models.CheckConstraint(
                condition=~Q(state__in=(BatchState.KEYED, BatchState.SETTLED)) | Q(returned__isnull=False),
                name="batch_keyed_when_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state=BatchState.SETTLED)
                | (Q(settled_at__isnull=False) & (Q(issued=F("returned")) | ~Q(remark={}))),
                name="batch_settled_or_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}-{self.number}"


class PaperEntry(models.Model):
    """One sheet of a batch as one person keyed it in. Rounds 1 and 2 are by different people; round 3, by a third, settles what they read differently.

    `position` is the sheet's place in the pile: it says nothing of the voter. `line` is what was typed for a sheet that does not count; that of one that
    counts follows from its content.
    """

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField(_("sheet"))
    round = models.PositiveSmallIntegerField(_("round"))
    content = models.JSONField(null=True, blank=True)
    void = models.CharField(_("invalid because"), max_length=12, choices=Invalid, blank=True)
    line = models.TextField(max_length=2000, blank=True)
    keyed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    keyed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper ballot keyed in")
        verbose_name_plural = _("paper ballots keyed in")
        ordering = ["batch_id", "position", "round"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position", "round"], name="entry_once_per_round"),
            models.UniqueConstraint(fields=["batch", "position", "keyed_by"], name="entry_by_another_every_round"),
            models.CheckConstraint(condition=Q(position__gte=1), name="entry_position_from_one"),
            models.CheckConstraint(condition=Q(round__range=(1, 3)), name="entry_round_exists"),
            models.CheckConstraint(
                condition=Q(content__isnull=False, void="") | (Q(content__isnull=True) & ~Q(void="")),
                name="entry_counts_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.position}/{self.round}"


class CounterPass(models.Model):
    """Leave for one voter to fill in a ballot on a shared device, given at a counter: used once, gone when used or over.

    `code` is the SHA-256 of what stands in the address, `marks` are those of the voter, the strongest first (`voting.marks.Claims`). No person.
    """

    code = models.CharField(max_length=64, primary_key=True)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="passes")
    marks = models.JSONField()
    district = models.ForeignKey(District, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code[:8]
