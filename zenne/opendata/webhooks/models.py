import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.organisations.models import Organisation

from .enums import DeliveryState, SubscriptionState

ADDRESS_LENGTH = 500


class Subscription(models.Model):
    """An address of other software that hears what happens in one organisation.

    The secret that signs is not kept: it is made anew from the installation's key, `public_id` and `generation` (`signing.py`). It is shown
    once, at `revealed_at`; a new generation is a new secret.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="webhooks", verbose_name=_("organisation")
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("HTTPS address"), max_length=ADDRESS_LENGTH)
    events = ArrayField(models.CharField(max_length=60), verbose_name=_("events"))
    state = models.CharField(_("state"), max_length=10, choices=SubscriptionState, default=SubscriptionState.ACTIVE)
    generation = models.PositiveSmallIntegerField(default=1)
    rotated_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(events=[]), name="webhook_hears_something"),
            models.CheckConstraint(condition=Q(state__in=SubscriptionState.values), name="webhook_state_exists"),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one subscription, with every try to bring it. `message` stays the same through retries: by it a receiver knows a second arrival."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    message = models.UUIDField()
    event = models.CharField(max_length=60)
    body = models.TextField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "message"], name="webhook_message_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, next_try_at__isnull=False)
                | (~Q(state=DeliveryState.WAITING) & Q(next_try_at__isnull=True)),
                name="webhook_waits_for_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state=DeliveryState.WAITING), name="webhook_deliveries_due"
            ),
            models.Index(fields=["message"], name="webhook_deliveries_message"),
            models.Index(fields=["made_at"], name="webhook_deliveries_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.message})"


class Attempt(models.Model):
    """One try: what the receiver answered and how long it took, or why nothing came of it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    code = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    fault = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["delivery_id", "number", "id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.code or self.fault}"
