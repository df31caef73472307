from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .plan import Plan
from .project import Project


class Version(models.Model):
    """A project, or where `project` is null the plan itself, exactly as it was from `at` on. Rows are added, never changed (migration 0001).

    `data` is plain (`versions.sheet_of`, `versions.frame_of`), `digest` the SHA-256 of its canonical JSON; `event` is the word of the history.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    project = models.ForeignKey(Project, null=True, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    event = models.CharField(max_length=60)
    data = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of a planned project")
        verbose_name_plural = _("versions of planned projects")
        ordering = ["plan_id", "project_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], condition=Q(project__isnull=False), name="version_once_of_project"
            ),
            models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(project__isnull=True), name="version_once_of_plan"
            ),
        ]
        indexes = [models.Index(fields=["plan", "-at", "-id"], name="version_latest")]

    def __str__(self) -> str:
        return f"{self.project or self.plan} {self.number}"
