from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.people.organisations.models import Organisation

from ..enums import Helix, Part
from .plan import TITLE_LENGTH
from .project import Project


class Partner(models.Model):
    """Somebody outside the organisation who takes part: another authority, a company, a university, residents."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="partners", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=TITLE_LENGTH, blank=True)
    helix = models.CharField(_("kind"), max_length=10, choices=Helix, default=Helix.PUBLIC)
    url = models.URLField(_("website"), blank=True)
    i18n = TranslationField(fields=("name",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["organisation_id", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                name="partner_key_once",
                violation_error_message=_("Another partner has this key: choose another one."),
            ),
            models.CheckConstraint(condition=Q(helix__in=Helix.values), name="partner_helix_exists"),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.slug


class Involvement(models.Model):
    """What a department or a partner does in a project, beside the department that carries it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="involvements")
    department = models.ForeignKey(
        "portfolio.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="involvements",
        verbose_name=_("department"),
    )
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="involvements",
        verbose_name=_("partner"),
    )
    part = models.CharField(_("part"), max_length=10, choices=Part, default=Part.WORKS)
    words = models.CharField(_("in words"), max_length=TITLE_LENGTH, blank=True)
    i18n = TranslationField(fields=("words",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("part in a project")
        verbose_name_plural = _("parts in projects")
        ordering = ["project_id", "part", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, partner__isnull=True)
                | Q(department__isnull=True, partner__isnull=False),
                name="involvement_of_one",
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="involvement_part_exists"),
            models.UniqueConstraint(
                fields=["project", "department"],
                condition=Q(department__isnull=False),
                name="involvement_department_once",
            ),
            models.UniqueConstraint(
                fields=["project", "partner"], condition=Q(partner__isnull=False), name="involvement_partner_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department or self.partner}: {self.get_part_display()}"
