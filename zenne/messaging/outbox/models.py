from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .enums import LetterState, Note

SETTLED = (LetterState.SENT, LetterState.BOUNCED, LetterState.FAILED, LetterState.CANCELLED, LetterState.IN_DOUBT)


class Letter(models.Model):
    """One letter to one person. `key` names the occasion: the same occasion reaches the same person once, whatever is tried again.

    The words are made when the letter leaves, from `context` and by its `source`, in the language the person reads then; `address` and
    `language` say where it went and in what. `due_at` is the moment before which it does not leave (moved on by every retry).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters", verbose_name=_("recipient"))
    source = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120)
    context = models.JSONField(default=dict, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    language = models.CharField(max_length=5, blank=True)
    address = models.EmailField(_("address"), max_length=254, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(
        _("settled"), null=True, blank=True, help_text=_("when it left, came back or was given up")
    )
    error = models.CharField(_("what the mail server said"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "person"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True)),
                name="letter_settled_when_it_is",
            ),
        ]
        indexes = [
            models.Index(
                F("urgent").desc(), "due_at", "id", condition=Q(state=LetterState.WAITING), name="letter_to_send"
            ),
            models.Index(
                fields=["state", "id"],
                condition=Q(state__in=[LetterState.TAKEN, LetterState.LEAVING, LetterState.IN_DOUBT]),
                name="letter_in_hand",
            ),
            models.Index(fields=["created_at", "source", "state"], name="letter_figures"),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.key}"

    @property
    def said(self) -> str:
        """Why it did not arrive, in the language of the page: our own note, or the words of the mail server as they came."""
        return str(Note(self.error).label) if self.error in Note.values else self.error


class Bounce(models.Model):
    """A mail server said that a letter cannot be delivered: at once, or later by a report (RFC 3464). `hard` ones speak of the address."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="bounce")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bounces")
    address = models.EmailField(max_length=254)
    hard = models.BooleanField()
    status = models.CharField(max_length=12, blank=True, help_text=_("the status code of the report, such as 5.1.1"))
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "address", "-at"], name="bounce_of_an_address")]

    def __str__(self) -> str:
        return f"{self.status} {self.reason}".strip()


class Unreachable(models.Model):
    """An address that came back too often: nothing is sent there until its owner asks to try again or takes another address."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="unreachable")
    address = models.EmailField(max_length=254)
    since = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("unreachable address")
        verbose_name_plural = _("unreachable addresses")
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return self.address
