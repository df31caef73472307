"""The box. No row here knows a person or a moment, and no key counts up: docs/decisions/0023-ballots-without-persons.md."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import Channel
from .options import District
from .vote import Vote


class VoteKey(models.Model):
    """The key that makes the marks of one vote (`marks.py`). In a table of its own, so that nothing else keeps an old copy of its row;
    deleted when the box is sealed."""

    vote = models.OneToOneField(Vote, on_delete=models.CASCADE, primary_key=True, related_name="key")
    secret = models.BinaryField()

    class Meta:
        ordering = ["vote_id"]

    def __str__(self) -> str:
        return str(self.vote_id)


class Voter(models.Model):
    """One line of the voter list: somebody, known by a mark, has voted or was handed a paper ballot. No name, no moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="voters")
    mark = models.CharField(max_length=64)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        ordering = ["vote_id", "mark"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "mark"], name="voter_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="voter_channel_exists"),
        ]

    def __str__(self) -> str:
        return self.mark[:8]


class Ballot(models.Model):
    """A ballot while the vote is open: replaceable, under the same mark as its line of the voter list.

    `content` is the choice in its one spelling (`zenne.methods.ballots`), `leaf` its SHA-256 with the nonce, which the voter holds. The row is gone once
    the box is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    mark = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel)
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    nonce = models.CharField(max_length=32)
    leaf = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["vote_id", "leaf"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "mark"], name="ballot_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="ballot_channel_exists"),
        ]

    def __str__(self) -> str:
        return self.leaf[:8]


class Replaced(models.Model):
    """The leaf of a ballot that its voter replaced, so that the old receipt can say so. Nothing of its content is kept."""

    leaf = models.CharField(max_length=64, primary_key=True)
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="replaced")

    class Meta:
        ordering = ["vote_id", "leaf"]

    def __str__(self) -> str:
        return self.leaf[:8]


class SealedBallot(models.Model):
    """A ballot for good: written with all others of its box in one go, in the order of the leaves, with nothing that was in the order of voting.

    `district` is the number of the group of options, empty for none, as it is published and as the leaf is made of it.
    """

    leaf = models.CharField(max_length=64, primary_key=True)
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="sealed")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    district = models.CharField(max_length=5, blank=True)
    content = models.JSONField()
    nonce = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("sealed ballot")
        verbose_name_plural = _("sealed ballots")
        ordering = ["vote_id", "leaf"]
        indexes = [models.Index(fields=["vote", "leaf"], name="sealed_in_order")]
        constraints = [models.CheckConstraint(condition=Q(channel__in=Channel.values), name="sealed_channel_exists")]

    def __str__(self) -> str:
        return self.leaf[:8]
