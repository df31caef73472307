from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.uploads.models import private_storage

from ..enums import ExportState, Sheet


class Export(models.Model):
    """A file of ideas that one member of staff asked for. It is theirs alone, and goes after a week.

    `asked` holds the filters of the list; `organisations` the ids of those whose ideas may be in it, as they stood when it was asked for.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="idea_exports")
    sheet = models.CharField(_("kind of file"), max_length=4, choices=Sheet)
    language = models.CharField(max_length=5)
    asked = models.JSONField(default=dict)
    organisations = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=ExportState, default=ExportState.WAITING)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows written"), default=0)
    file = models.FileField(_("file"), storage=private_storage, max_length=120, blank=True)
    created_at = models.DateTimeField(_("asked for"))

    class Meta:
        verbose_name = _("export of ideas")
        verbose_name_plural = _("exports of ideas")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="idea_export_person"),
            models.Index(fields=["created_at"], name="idea_export_old"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="idea_export_state_exists"),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | ~Q(file=""), name="idea_export_ready_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sheet_display()} ({self.rows_total})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (ExportState.READY, ExportState.FAILED)

    @property
    def name(self) -> str:
        """What the file is called on somebody's own disk."""
        return f"ideas-{self.created_at:%Y-%m-%d}-{self.pk}.{self.sheet}"
