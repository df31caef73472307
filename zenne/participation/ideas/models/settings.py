from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.participation.processes.models import Activity

from ..enums import Asked, Moderation


class Ideation(models.Model):
    """How one activity collects ideas: the rule that residents read, and that is frozen when the activity opens."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="ideation")
    moderation = models.CharField(_("reading"), max_length=4, choices=Moderation, default=Moderation.AFTER)
    place = models.CharField(_("place"), max_length=8, choices=Asked, default=Asked.OPTIONAL)
    max_photos = models.PositiveSmallIntegerField(_("photos at most"), default=3, validators=[MaxValueValidator(10)])
    max_files = models.PositiveSmallIntegerField(_("files at most"), default=2, validators=[MaxValueValidator(10)])
    comments = models.BooleanField(_("ideas can be discussed"), default=True)
    comment_moderation = models.CharField(
        _("reading of comments"), max_length=4, choices=Moderation, default=Moderation.AFTER
    )
    stance = models.BooleanField(_("comments say for, against or neutral"), default=False)
    oppose = models.BooleanField(_("ideas can be opposed"), default=False)
    ideas_per_person = models.PositiveSmallIntegerField(
        _("ideas per person at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    supports_per_person = models.PositiveSmallIntegerField(
        _("supports per person at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("The public clock: an idea without an answer after this many days is shown as late."),
    )
    edit_minutes = models.PositiveIntegerField(
        _("minutes to correct an idea"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5)],
        help_text=_("Empty: until the organisation answers."),
    )

    class Meta:
        verbose_name = _("call for ideas")
        verbose_name_plural = _("calls for ideas")
        ordering = ["activity_id"]
        constraints = [
            models.CheckConstraint(condition=Q(answer_days__gte=1), name="ideation_answers_in_time"),
            models.CheckConstraint(
                condition=Q(ideas_per_person__isnull=True) | Q(ideas_per_person__gte=1), name="ideation_lets_propose"
            ),
            models.CheckConstraint(
                condition=Q(supports_per_person__isnull=True) | Q(supports_per_person__gte=1),
                name="ideation_lets_support",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)
