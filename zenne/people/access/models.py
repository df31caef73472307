from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation


class Group(models.Model):
    """People named one by one, by an organisation: a youth council, the staff of a department, a test panel."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    members = models.ManyToManyField(Person, blank=True, related_name="groups_joined", verbose_name=_("members"))

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["organisation_id", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        return self.members.count()


class LetterCode(models.Model):
    """A code that an organisation posted to a resident's official address. The letter carries the code; the row keeps only digests.

    `mark` is that of the person the letter was addressed to, `digest` the keyed HMAC of the code.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="letter_codes")
    mark = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField(_("issued"))
    expires_at = models.DateTimeField(_("valid until"))
    redeemed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    redeemed_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter code")
        verbose_name_plural = _("letter codes")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("issued_at")), name="letter_code_has_time")
        ]

    def __str__(self) -> str:
        return f"{self.issued_at:%Y-%m-%d}"


class FailedCode(models.Model):
    """A wrong letter code typed by a person: what limits the attempts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="failed_codes")
    happened_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["person", "-happened_at"])]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M}"
