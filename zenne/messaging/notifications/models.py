import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import LANGUAGES, current
from zenne.people.accounts.models import Person

from .kinds import kinds

IN_A_LANGUAGE = re.compile(rf"^/({'|'.join(LANGUAGES)})/")


class Notification(models.Model):
    """One message to one person. `key` names the occasion: the same occasion reaches the same person once, whatever is tried again.

    `facts` fill the kind's sentence in the reader's language when it is read or mailed. `mail_due` is false where the person wants no mail.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    excerpt = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notification_inbox"),
            models.Index(
                fields=["id"], condition=models.Q(mail_due=True, mailed_at__isnull=True), name="notification_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The sentence in the language of the page; what the facts cannot fill shows as it is."""
        kind = kinds.get(self.kind)
        return str(kind.line) % self.facts if kind else ""

    @property
    def address(self) -> str:
        """Where it leads, in the language of the page: `url` was written in that of whoever caused the message."""
        return IN_A_LANGUAGE.sub(f"/{current()}/", self.url)


class Silence(models.Model):
    """A kind of message that a person wants no mail about. It still waits for them on the platform."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="silences")
    kind = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="silence_once")]

    def __str__(self) -> str:
        return self.kind
