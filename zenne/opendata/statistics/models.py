from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import PageKind, Period


class Visits(models.Model):
    """How many pages of one kind, in one language, were asked for on one day. Numbers only, from the first moment."""

    day = models.DateField(_("day"))
    scope = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()
    page = models.CharField(_("kind of page"), max_length=10, choices=PageKind)
    language = models.CharField(_("language"), max_length=5)
    views = models.PositiveIntegerField(_("visits"), default=0)

    class Meta:
        verbose_name = _("visits")
        verbose_name_plural = _("visits")
        ordering = ["day", "scope", "key", "page", "language"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "key", "day", "page", "language"], name="visits_one_row_each")
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.page} {self.language}: {self.views}"


class Visitors(models.Model):
    """How many different visitors came to a scope on one day, as well as can be told without following anybody."""

    day = models.DateField(_("day"))
    scope = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()
    visitors = models.PositiveIntegerField(_("visitors"), default=0)

    class Meta:
        verbose_name = _("visitors")
        verbose_name_plural = _("visitors")
        ordering = ["day", "scope", "key"]
        constraints = [models.UniqueConstraint(fields=["scope", "key", "day"], name="visitors_one_row_each")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.visitors}"


class DayKey(models.Model):
    """The key with which one day's visitors are marked. Destroyed with their marks when the day is over.

    This table and `Mark` are unlogged: they are in no write-ahead log, on no replica, and empty after a crash of the database.
    """

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Mark(models.Model):
    """Somebody was here today: a keyed hash that means nothing without the day's key. Gone the next night."""

    day = models.DateField()
    scope = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()
    digest = models.BinaryField(max_length=16)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["day", "scope", "key", "digest"], name="mark_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Counted(models.Model):
    """The numbers of one large scope and period as they were last counted: what a page shows until they are counted anew.

    `figures` is plain data after suppression: nothing about fewer than ten people is in it.
    """

    scope = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()
    period = models.CharField(max_length=10, choices=Period)
    counted_at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["scope", "key", "period"]
        constraints = [models.UniqueConstraint(fields=["scope", "key", "period"], name="counted_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key} {self.period}"
