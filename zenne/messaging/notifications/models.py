import re
from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import DEFAULT, LANGUAGES, current
from zenne.messaging.outbox.models import Letter
from zenne.people.accounts.models import Person

from .enums import DIGESTS, Frequency
from .kinds import kinds

SHORT = 180
IN_A_LANGUAGE = re.compile(rf"^/({'|'.join(LANGUAGES)})/")


class Notification(models.Model):
    """One message to one person. `key` names the occasion: the same occasion reaches the same person once, whatever is tried again.

    `facts` fill the kind's sentence when it is read or mailed; a fact, like the excerpt, is one text or a text per language
    (`{"fr": ..., "nl": ...}`). `scope` says what it belongs to, such as `processes.process:12`. `mail` is how it is mailed;
    `letter` is the letter that carries it. `in_app` is false for who wants it by mail only.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    excerpt = models.JSONField(default=str, blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Frequency, default=Frequency.IMMEDIATE)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="notifications")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notification_inbox"),
            models.Index(
                fields=["person", "mail"],
                condition=Q(letter__isnull=True, read_at__isnull=True) & ~Q(mail=Frequency.NEVER),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The sentence in the language of the page."""
        kind = kinds.get(self.kind)
        return str(kind.line) % Facts(self.facts) if kind else ""

    @property
    def marked(self) -> SafeString:
        """The same for a page or a letter in HTML: what was written in another language says so (WCAG 3.1.2)."""
        kind = kinds.get(self.kind)
        line = conditional_escape(str(kind.line)) if kind else ""
        return mark_safe(line % MarkedFacts(self.facts))  # noqa: S308 - the sentence and each fact are escaped

    @property
    def quote(self) -> str:
        """The excerpt in the language of the page."""
        return in_words(self.excerpt)

    @property
    def quote_language(self) -> str:
        return language_of(self.excerpt)

    @property
    def quoted(self) -> list[str]:
        """The beginning of the excerpt, in the lines in which it was written."""
        return Truncator(self.quote).chars(SHORT).splitlines()

    @property
    def address(self) -> str:
        """Where it leads, in the language of the page: `url` was written in that of whoever caused the message."""
        return IN_A_LANGUAGE.sub(f"/{current()}/", self.url)


def in_words(fact: str | Mapping[str, str]) -> str:
    """A fact in the language of the page; where it has no words in it, in the first language that has."""
    return fact if isinstance(fact, str) else fact.get(language_of(fact), "")


def language_of(fact: str | Mapping[str, str]) -> str:
    """The language in which a fact is said on this page; that of the page where it is one text."""
    if isinstance(fact, str):
        return current()
    return next((code for code in (current(), DEFAULT, *LANGUAGES, *fact) if fact.get(code)), current())


class Facts(dict[str, str | Mapping[str, str]]):
    """What fills a sentence: each fact in the language of the page. One that the message was not told leaves a gap, not a fault:
    the sentence of a kind may change after messages of it were told."""

    def __getitem__(self, name: str) -> str:
        return in_words(self.get(name, "…"))


class MarkedFacts(Facts):
    """The same in HTML."""

    def __getitem__(self, name: str) -> str:
        language = language_of(self.get(name, "…"))
        words = escape(super().__getitem__(name))
        return words if language == current() else format_html('<span lang="{}">{}</span>', language, words)


class Preference(models.Model):
    """How often a person wants mail about a kind of message, or about one thing they follow. Where there is no row, the kind's default holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=60, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency)
    in_app = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "scope"], name="preference_once"),
            models.CheckConstraint(
                condition=(Q(kind="") & ~Q(scope="")) | (~Q(kind="") & Q(scope="")), name="preference_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or self.scope}: {self.frequency}"


class Pause(models.Model):
    """No mail about messages until this moment. They wait on the platform, and are not mailed afterwards."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="mail_pause")
    until = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"


class Round(models.Model):
    """One digest of one period, for everyone: the morning at which it was due. Once it is complete it is not begun again."""

    frequency = models.CharField(max_length=10, choices=[(each.value, each.label) for each in DIGESTS])
    due_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["frequency", "due_at"], name="round_once")]

    def __str__(self) -> str:
        return f"{self.frequency} {self.due_at:%Y-%m-%d}"
