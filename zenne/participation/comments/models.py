from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person
from zenne.people.moderation.enums import Ground
from zenne.people.organisations.models import Organisation

from .enums import CommentState, ReactionKind, Stance


class Comment(models.Model):
    """What somebody says about a thing, in their own language. Threads have two levels: a comment and its replies.

    `activity` decides who may comment and until when. `staff_of` is set when the author speaks for an organisation. A deleted or hidden comment keeps its row, so
    that the replies stay readable; a deleted one keeps no words. `hidden_for` is the ground of the moderator's decision, for the placeholder in the thread.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="comments")
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="comments")
    staff_of = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("comment"), max_length=4000, blank=True)
    language = models.CharField(_("language"), max_length=5)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CommentState, default=CommentState.PUBLISHED)
    reaction_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    ended_at = models.DateTimeField(_("hidden or deleted"), null=True, blank=True)
    hidden_for = models.CharField(_("hidden for"), max_length=20, choices=Ground, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CommentState.PUBLISHED) | ~Q(text=""), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(state=CommentState.DELETED) | Q(text=""), name="comment_deleted_keeps_no_words"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CommentState.WAITING, CommentState.PUBLISHED], ended_at__isnull=True)
                | Q(state__in=[CommentState.HIDDEN, CommentState.DELETED], ended_at__isnull=False),
                name="comment_ended_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id", "parent", "created_at", "id"], name="comment_thread"),
            models.Index(fields=["activity", "created_at"], name="comment_activity"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("comments:comment", args=[self.pk])


class Reaction(models.Model):
    """One reaction of one person to one comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=ReactionKind)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="reaction_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Mention(models.Model):
    """Somebody of the thread who is named with an @ in a comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mentions")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"@{self.person}"
