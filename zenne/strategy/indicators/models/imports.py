from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.uploads.models import private_storage

from ..enums import UNDER_WAY, ImportState, MeasurementState

ENTERS_AS = (MeasurementState.PROVISIONAL, MeasurementState.PUBLISHED)


class Import(models.Model):
    """A file of measurements: read by the worker, shown before anything is written, then written in steps, each of them whole.

    `faults` are {row, column, code, value}, the first of `fault_count`, phrased when shown; the rows that have one are left out. `preview` says what would
    change, in numbers and with the first changes; `outcome` what did. `file` is deleted as soon as it has served. `because` is the public reason of the
    revisions in it.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisation")
    )
    state = models.CharField(_("state"), max_length=9, choices=ImportState, default=ImportState.READING)
    enters_as = models.CharField(
        _("enter them as"),
        max_length=11,
        choices=[(state.value, state.label) for state in ENTERS_AS],
        default=MeasurementState.PROVISIONAL,
    )
    because = models.TextField(_("reason of the revisions"), max_length=2000, blank=True)
    file = models.FileField(_("file"), storage=private_storage, max_length=120, blank=True)
    name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows"), default=0)
    faults = models.JSONField(default=list, blank=True)
    fault_count = models.PositiveIntegerField(_("rows refused"), default=0)
    preview = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("given"))
    ended_at = models.DateTimeField(_("finished"), null=True, blank=True)
    i18n = TranslationField(fields=("because",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("file of measurements")
        verbose_name_plural = _("files of measurements")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="measurements_file_state_exists"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=UNDER_WAY), name="measurements_file_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.name
