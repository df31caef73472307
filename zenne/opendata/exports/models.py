from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.uploads.models import private_storage

from .enums import LICENCE_ADDRESSES, UNDER_WAY, ExportState, Failure, Licence, Sheet
from .kinds import Dataset, datasets


class Export(models.Model):
    """A file that one member of staff asked for. It is theirs alone, and goes after a week.

    `asked` holds the filters; `organisations` the ids of those whose rows may be in it, as they stood when it was asked for. `attempt`
    counts who writes it: a second writer takes over by raising it, and the first stops at its next step. `sha256` and `size` (bytes) are
    of the whole file, computed as it was written.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="exports")
    dataset = models.CharField(_("data"), max_length=60)
    sheet = models.CharField(_("kind of file"), max_length=5, choices=Sheet)
    language = models.CharField(max_length=5)
    asked = models.JSONField(default=dict)
    organisations = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=9, choices=ExportState, default=ExportState.WAITING)
    failure = models.CharField(_("why it did not work"), max_length=12, choices=Failure, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    file = models.FileField(_("file"), storage=private_storage, max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("asked for"))
    moved_at = models.DateTimeField(_("last sign of life"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="export_person"),
            models.Index(fields=["created_at"], name="export_old"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_exists"),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY)
                | (~Q(file="") & ~Q(sha256="") & Q(rows_done=models.F("rows_total"))),
                name="export_ready_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.READY) | Q(file=""), name="export_unready_has_no_file"
            ),
            models.CheckConstraint(
                condition=Q(state=ExportState.FAILED, failure__in=Failure.values)
                | ~Q(state=ExportState.FAILED) & Q(failure=""),
                name="export_failed_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in UNDER_WAY

    @property
    def percent(self) -> int:
        """Rounded down: a hundred is said only of a whole file."""
        return 100 if self.state == ExportState.READY else min(99, self.rows_done * 100 // max(1, self.rows_total))

    @property
    def kind(self) -> Dataset | None:
        return datasets.get(self.dataset)

    @property
    def label(self) -> str | Promise:
        return self.kind.label if self.kind else self.dataset

    @property
    def ending(self) -> str:
        return "xlsx" if self.sheet == Sheet.XLSX else "csv"

    @property
    def name(self) -> str:
        """What the file is called on somebody's own disk."""
        return f"{self.kind.named if self.kind else 'data'}-{self.created_at:%Y-%m-%d}-{self.pk}.{self.ending}"


class Terms(models.Model):
    """Under which licence an organisation gives its data to everyone. Without a row: CC BY 4.0."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="terms", verbose_name=_("organisation")
    )
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, default=Licence.CC_BY)

    class Meta:
        verbose_name = _("licence of open data")
        verbose_name_plural = _("licences of open data")
        ordering = ["organisation_id"]
        constraints = [models.CheckConstraint(condition=Q(licence__in=Licence.values), name="terms_licence_exists")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_licence_display()}"

    @property
    def address(self) -> str:
        return LICENCE_ADDRESSES[Licence(self.licence)]
