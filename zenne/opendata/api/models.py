from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person


class Token(models.Model):
    """A key that lets a program act for one person, within `scopes` and until a day. The secret is shown once; the row keeps its keyed digest.

    `prefix` is the beginning of the secret, so that a person recognises it. `last_used_at` is right to a few minutes.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(_("begins with"), max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("what it may do"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_token_has_time"),
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_token_may_do_something"),
        ]
        indexes = [models.Index(fields=["person", "-created_at", "-id"], name="api_token_person")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Replay(models.Model):
    """The answer to a request that carried an Idempotency-Key, so that the same request sent again is answered, not done again.

    Written in the transaction of what was done: the row is there exactly when the thing is. `fingerprint` is that of the whole request.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="api_replay_key_once")]
        indexes = [models.Index(fields=["made_at"], name="api_replay_old")]

    def __str__(self) -> str:
        return self.key


class Tally(models.Model):
    """How many requests one caller made in the present window. `caller` is a keyed digest of a token's number or an address.

    The table is unlogged: counting costs no write to disk, and a crash of the database forgives what was counted.
    """

    caller = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField()

    class Meta:
        ordering = ["caller"]
        indexes = [models.Index(fields=["window"], name="api_tally_old")]

    def __str__(self) -> str:
        return f"{self.used}"
