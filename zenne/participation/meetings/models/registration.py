import secrets
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import DEFAULT
from zenne.people.accounts.models import Person

from ..enums import Need, RegistrationState
from .meeting import Meeting

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # pragma: allowlist secret
LENGTH = 8


def new_code() -> str:
    """What stands under the QR code of a place: no letter or digit that is taken for another."""
    return "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))


class Registration(models.Model):
    """Somebody who wants to come: a person, or a guest by e-mail address. Only REGISTERED holds a place; who waits is in line by `queued_at`.

    `key` opens its page without signing in, for who got it by mail. `code` is for the door alone: it opens nothing. `present` is what was last
    ticked there, at `ticked_at`: of two ticks the later holds, in whatever order they arrive. `pictures` is the consent to be recognised in
    pictures. A guest is emptied some weeks after the meeting (`forgotten_at`): the row stays, and counts.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="meeting_places",
        verbose_name=_("person"),
    )
    guest_name = models.CharField(_("name"), max_length=80, blank=True)
    guest_email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=5, default=DEFAULT)
    state = models.CharField(_("state"), max_length=12, choices=RegistrationState)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=LENGTH, default=new_code, unique=True, editable=False)
    created_at = models.DateTimeField(_("asked"))
    queued_at = models.DateTimeField(_("in line since"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    pictures = models.BooleanField(_("may be recognised in pictures"), default=False)
    present = models.BooleanField(_("present"), default=False)
    ticked_at = models.DateTimeField(_("ticked"), null=True, blank=True)
    ticked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["meeting_id", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="meeting_person_once", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                F("meeting"), Lower("guest_email"), name="meeting_guest_once", condition=~Q(guest_email="")
            ),
            models.CheckConstraint(condition=Q(state__in=RegistrationState.values), name="meeting_registration_state"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(guest_name="", guest_email=""), name="meeting_person_or_guest"
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITING) | Q(queued_at__isnull=False),
                name="meeting_waits_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(present=False) | Q(ticked_at__isnull=False), name="meeting_present_was_ticked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "queued_at", "id"],
                name="meeting_line",
                condition=Q(state=RegistrationState.WAITING),
            ),
            models.Index(fields=["person", "state"], name="meeting_places_of"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.guest_name or (str(self.person) if self.person else str(_("Somebody")))

    @property
    def holds_a_place(self) -> bool:
        return self.state == RegistrationState.REGISTERED


class Needs(models.Model):
    """What lets somebody come. Only the organisers read it; it is deleted once the meeting is over."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, primary_key=True, related_name="needs")
    needs = ArrayField(models.CharField(max_length=20, choices=Need), default=list, blank=True, verbose_name=_("needs"))
    interpretation = models.CharField(_("interpretation into"), max_length=60, blank=True)
    words = models.TextField(_("in other words"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("what somebody needs to come")
        verbose_name_plural = _("what people need to come")
        ordering = ["registration_id"]

    def __str__(self) -> str:
        return ", ".join(str(Need(each).label) for each in self.needs if each in Need.values)


class CalendarKey(models.Model):
    """The secret address of a person's own calendar. A new one makes the old address lead nowhere."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="meeting_calendar")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["person_id"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
