import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from ..enums import Ground

LONGEST_BLOCK = timedelta(days=366)


class Block(models.Model):
    """A person may not take part in what one organisation runs, until a date. It ends by itself, or earlier when it is lifted; it is never erased."""

    public_id = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("organisation")
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="blocks", verbose_name=_("person")
    )
    ground = models.CharField(_("reason"), max_length=20, choices=Ground)
    text = models.TextField(_("explanation"), max_length=1000)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    blocked_by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("blocked by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lift_reason = models.TextField(_("why it was lifted"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="block_has_time"),
            models.CheckConstraint(condition=Q(ends_at__lte=F("starts_at") + LONGEST_BLOCK), name="block_ends"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(ground=""), name="block_has_a_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lift_reason=""), name="block_lifted_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "organisation", "ends_at"],
                name="block_of_person",
                condition=Q(lifted_at__isnull=True),
            ),
            models.Index(fields=["organisation", "-starts_at", "-id"], name="block_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.person or _('Somebody')} ({self.ends_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("moderation:block", args=[self.public_id])

    @property
    def last_moment(self) -> datetime:
        """As people speak of it: the midnight at which a block ends belongs to the day before."""
        return self.ends_at - timedelta(microseconds=1)

    def holds(self, now: datetime) -> bool:
        return self.lifted_at is None and self.starts_at <= now < self.ends_at
