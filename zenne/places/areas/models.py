from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .enums import AreaKind, Spot


class Area(models.Model):
    """A piece of the territory with an official code: NIS code of a region or commune, UrbIS `mdrc` of a district, NIS9 of a sector.

    `outline` is a GeoJSON Polygon or MultiPolygon in WGS 84 (longitude, latitude), or null where no geometry was imported;
    the four bounds are its box in degrees and make the point-in-area lookup an index scan.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=AreaKind)
    code = models.CharField(_("official code"), max_length=12)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    postcodes = ArrayField(models.CharField(max_length=4), default=list, blank=True, verbose_name=_("postcodes"))
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_at = models.DateField(_("inhabitants on"), null=True, blank=True)
    outline = models.JSONField(_("outline"), null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    outlined_at = models.DateTimeField(_("outline since"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="area_code_once"),
            models.CheckConstraint(
                condition=Q(outline__isnull=True) | Q(west__lte=models.F("east"), south__lte=models.F("north")),
                name="area_outline_has_bounds",
            ),
        ]
        indexes = [models.Index(fields=["kind", "west", "east", "south", "north"], name="area_box")]

    def __str__(self) -> str:
        return self.name_nl if (get_language() or "").startswith("nl") else self.name_fr

    @property
    def is_outlined(self) -> bool:
        """Whether it has an outline; asked without reading it, which is long."""
        return self.west is not None


class Place(models.Model):
    """A street, park or building with a name and one point: what an address is found with, without asking anybody outside.

    `words` is both names as `naming.searchable` writes them.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Spot)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    words = models.CharField(max_length=260)
    commune = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="places", verbose_name=_("commune"))
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["id"]
        indexes = [GinIndex(fields=["words"], opclasses=["gin_trgm_ops"], name="place_words")]

    def __str__(self) -> str:
        return self.name_nl if (get_language() or "").startswith("nl") else self.name_fr


class Residence(models.Model):
    """Where a person says they live, or where a checked identity says so. Asked once, used by every activity that needs it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="residence")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("commune"))
    district = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("district")
    )
    verified = models.BooleanField(_("checked"), default=False)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.district or self.commune)
