from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.processes.models import Activity, Process
from zenne.places.areas.models import Area

from ..enums import MeetingState, Need, Rhythm


class Series(models.Model):
    """Meetings that follow one another by a rule. Its dates are meetings of their own; one that was changed alone (`Meeting.apart`) no longer follows.

    `dates` are the days of a rule that is a list; `until` ends the others.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="meeting_series", verbose_name=_("activity")
    )
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    every = models.PositiveSmallIntegerField(
        _("every"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    until = models.DateField(_("until"), null=True, blank=True)
    dates = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("dates"))

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["activity_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(every__range=(1, 12)), name="meeting_series_every"),
            models.CheckConstraint(
                condition=Q(rhythm=Rhythm.LIST) | Q(until__isnull=False), name="meeting_series_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} ({self.get_rhythm_display()})"


class Meeting(models.Model):
    """People in a room, or on a line, at a moment: of one activity of a process.

    `process` repeats the activity's, so that calendars need no join. A `private` one is for the group that the activity's permission names
    (and for staff): no public list, calendar, feed, map or data shows it. `online_url` is shown only to who is registered. `taken` counts the
    registrations that hold a place: a trigger of the database keeps it (migration 0001), whatever is written to it otherwise is ignored,
    and a constraint refuses more than `capacity`. None is cancelled without a reason in one language at least (migration 0001). `sequence` counts what calendars must hear of (RFC 5545, 3.8.7.4). `walk_ins` are those
    who came without registering: a number, no persons.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="meetings", verbose_name=_("activity")
    )
    process = models.ForeignKey(Process, on_delete=models.RESTRICT, related_name="meetings", verbose_name=_("process"))
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings", verbose_name=_("series")
    )
    apart = models.BooleanField(_("changed apart from its series"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.DRAFT)
    private = models.BooleanField(
        _("only for the group"),
        default=False,
        help_text=_(
            "It appears in no public list, calendar or data: only the group that may register, and staff, see it."
        ),
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("what it is about"), max_length=4000, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.CharField(
        _("room or building"),
        max_length=120,
        blank=True,
        help_text=_("How people find the door: building, floor, room."),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    commune = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    district = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("district")
    )
    online_url = models.URLField(
        _("online link"), max_length=500, blank=True, help_text=_("Only who is registered sees it.")
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come. Who is too late waits in line.")
    )
    taken = models.PositiveIntegerField(default=0, editable=False)
    register_until = models.DateTimeField(
        _("registration until"), null=True, blank=True, help_text=_("Empty: until it begins.")
    )
    needs_offered = ArrayField(
        models.CharField(max_length=20, choices=Need),
        default=list,
        blank=True,
        verbose_name=_("offered for who needs it"),
    )
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("languages spoken"))
    cancel_reason = models.TextField(_("reason of the cancellation"), max_length=1000, blank=True)
    walk_ins = models.PositiveIntegerField(_("came without registering"), default=0)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    swept_at = models.DateTimeField(null=True, blank=True, editable=False)
    i18n = TranslationField(fields=("title", "text", "venue", "cancel_reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_exists"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1, taken__lte=F("capacity")),
                name="meeting_never_above_capacity",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True) | Q(lon__range=(2.0, 7.0), lat__range=(49.0, 52.0)),
                name="meeting_lies_in_belgium",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.DRAFT) | Q(announced_at__isnull=False),
                name="meeting_announced_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CANCELLED, cancelled_at__isnull=False)
                | ~Q(state=MeetingState.CANCELLED) & Q(cancelled_at__isnull=True),
                name="meeting_cancelled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(register_until__isnull=True) | Q(register_until__lte=F("ends_at")),
                name="meeting_registration_ends",
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "id"],
                name="meeting_calendar",
                condition=Q(private=False) & ~Q(state=MeetingState.DRAFT),
            ),
            models.Index(fields=["process", "starts_at", "id"], name="meeting_process"),
            models.Index(
                fields=["starts_at"],
                name="meeting_to_remind",
                condition=Q(state=MeetingState.ANNOUNCED, reminded_at__isnull=True),
            ),
            models.Index(fields=["ends_at"], name="meeting_to_sweep", condition=Q(swept_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or str(self.activity)

    def get_absolute_url(self) -> str:
        return reverse("meetings:page", args=[self.pk])

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.taken >= self.capacity

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at


class AgendaItem(models.Model):
    """A point on the agenda, in order."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("point"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        ordering = ["meeting_id", "position", "id"]

    def __str__(self) -> str:
        return shown(self, "title")[0]
