"""What goes by post: how the letters look, and each time they were printed."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person
from zenne.people.uploads.models import private_storage

from ..enums import Envelope, PrintingKind, PrintingState
from .lottery import Lottery


class Mailing(models.Model):
    """What stands on the letters beside their words, and when a reminder is due. Until somebody sets it, a lottery has none: the fields' defaults hold."""

    lottery = models.OneToOneField(Lottery, on_delete=models.CASCADE, primary_key=True, related_name="mailing")
    envelope = models.CharField(
        _("envelope"),
        max_length=3,
        choices=Envelope,
        default=Envelope.C56,
        help_text=_(
            "The window is on the right, as is usual in Belgium. Print one letter and try it before you print them all."
        ),
    )
    hours = models.CharField(
        _("when somebody answers the phone"),
        max_length=160,
        blank=True,
        help_text=_("Such as: Monday to Friday, 9 to 12."),
    )
    desk = models.CharField(
        _("desk where one can answer"),
        max_length=200,
        blank=True,
        help_text=_("Place and hours. Empty: no desk stands on the letter."),
    )
    remind_days = models.PositiveSmallIntegerField(
        _("reminder, days before the end"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "That many days before answers close, letters to all who have not answered are made by themselves. Empty: never."
        ),
    )
    i18n = TranslationField(fields=("hours", "desk"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("post of a draw by lot")
        verbose_name_plural = _("post of draws by lot")
        ordering = ["lottery_id"]
        constraints = [
            models.CheckConstraint(condition=Q(envelope__in=Envelope.values), name="mailing_envelope_exists"),
            models.CheckConstraint(
                condition=Q(remind_days__isnull=True) | Q(remind_days__gte=1), name="mailing_reminds_before_the_end"
            ),
        ]

    def __str__(self) -> str:
        return str(self.lottery)


class Printing(models.Model):
    """Letters made ready for the printer, in parts. Which letters: all of the lottery, or those whose reminder bears this moment (`made_at`).

    The parts hold names, addresses and codes: they are deleted as soon as the letters are destroyed, and two weeks after they were made at the latest
    (`deleted_at`); they can be made again as long as the letters are there.
    """

    lottery = models.ForeignKey(Lottery, on_delete=models.CASCADE, related_name="printings")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=PrintingKind)
    state = models.CharField(_("state"), max_length=7, choices=PrintingState, default=PrintingState.MAKING)
    total = models.PositiveIntegerField(_("letters"))
    done = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("asked for"))
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("files deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("printing of letters")
        verbose_name_plural = _("printings of letters")
        ordering = ["lottery_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lottery", "number"], name="printing_number_once"),
            models.UniqueConstraint(
                fields=["lottery"], condition=Q(state=PrintingState.MAKING), name="printing_one_under_way"
            ),
            models.CheckConstraint(condition=Q(kind__in=PrintingKind.values), name="printing_kind_exists"),
            models.CheckConstraint(condition=Q(state__in=PrintingState.values), name="printing_state_exists"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="printing_not_beyond_its_end"),
        ]

    def __str__(self) -> str:
        return f"{self.lottery_id} {self.number}"


class PrintedPart(models.Model):
    """One file for the printer: some hundred letters, each a sheet of its own."""

    printing = models.ForeignKey(Printing, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    letters = models.PositiveIntegerField()
    file = models.FileField(storage=private_storage, max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("part of a printing")
        verbose_name_plural = _("parts of printings")
        ordering = ["printing_id", "position"]
        constraints = [models.UniqueConstraint(fields=["printing", "position"], name="printed_part_once")]

    def __str__(self) -> str:
        return f"{self.printing} {self.position}"
