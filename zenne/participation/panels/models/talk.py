from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zenne.people.uploads.models import Upload

from ..enums import PostState
from .panel import Panel, Seat

TITLE_LENGTH = 120
POST_LENGTH = 4000


class Paper(models.Model):
    """A file in the room: for members and the secretariat alone, until it is published for everybody. No seat: the secretariat gave it."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="papers")
    meeting = models.ForeignKey(
        "meetings.Meeting",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("for the meeting"),
    )
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="panel_paper")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="papers")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("document of the panel")
        verbose_name_plural = _("documents of the panel")
        ordering = ["-added_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="panel_paper_has_a_title")]

    def __str__(self) -> str:
        return self.title


class Thread(models.Model):
    """A topic members talk about among themselves, or what they say of one amendment. Closed, it can only be read."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="threads")
    amendment = models.OneToOneField(
        "panels.Amendment", null=True, blank=True, on_delete=models.CASCADE, related_name="thread"
    )
    title = models.CharField(_("topic"), max_length=TITLE_LENGTH)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="threads")
    opened_at = models.DateTimeField(pgettext_lazy("panel", "opened"))
    moved_at = models.DateTimeField(_("last word"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("topic of the panel")
        verbose_name_plural = _("topics of the panel")
        ordering = ["-moved_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="panel_thread_has_a_title")]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    """What one member, or the secretariat (no seat), said in a thread. Nobody's words are altered: they are hidden with a reason, or deleted."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="posts")
    text = models.TextField(_("what you say"), max_length=POST_LENGTH, blank=True)
    language = models.CharField(max_length=5)
    said_at = models.DateTimeField(_("said"))
    state = models.CharField(_("state"), max_length=10, choices=PostState, default=PostState.SHOWN)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("words in the panel")
        verbose_name_plural = _("words in the panel")
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PostState.DELETED, text="") | ~Q(state=PostState.DELETED) & ~Q(text=""),
                name="panel_post_says_something",
            ),
            models.CheckConstraint(
                condition=Q(state=PostState.HIDDEN) & ~Q(reason="") | ~Q(state=PostState.HIDDEN) & Q(reason=""),
                name="panel_post_hidden_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["thread", "said_at", "id"], name="panel_post_thread")]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        panel = self.thread.panel
        return reverse("panels:thread", args=[panel.process.slug, panel.pk, self.thread_id]) + f"#post-{self.pk}"
