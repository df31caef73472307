from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area

from ..enums import DECIDED, PUBLIC, RUNNING, Health, ProjectState
from .plan import REASON_LENGTH, TITLE_LENGTH, Domain, Objective, Plan, Revision


class Department(models.Model):
    """A part of the organisation that carries projects or works on them. `email` is where it is written to when a carrier leaves."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="departments", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=TITLE_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    i18n = TranslationField(fields=("name",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["organisation_id", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"],
                name="department_key_once",
                violation_error_message=_("Another department has this key: choose another one."),
            )
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.slug


class Project(models.Model):
    """Something a plan does: its sheet, its carrier, how far it is and how it does.

    `number` and `slug` are its address within the plan, for life; plan, number and slug never change (migration 0001). `state` says where it is
    on its way, `health` how it does there; `state_reason` and `health_reason` are public. `source_note` says where printings of the plan
    disagree. A decided one names the revision that validated it. A merged one has ended and says into which (`merged_into`); one that was
    split off says from which. `version` counts its snapshots (`Version`): whoever saves says which one was read, and nobody overwrites unseen.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="projects", verbose_name=_("plan"))
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="projects", verbose_name=_("domain"))
    number = models.PositiveIntegerField(_("number"), editable=False)
    slug = models.SlugField(_("address"), max_length=80)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    summary = models.TextField(_("in short"), max_length=600, blank=True)
    why = models.TextField(_("why"), max_length=10_000, blank=True)
    text = models.TextField(_("what will be done"), max_length=20_000, blank=True)
    objectives = models.ManyToManyField(Objective, related_name="projects", blank=True, verbose_name=_("objectives"))
    areas = models.ManyToManyField(Area, related_name="+", blank=True, verbose_name=_("districts and communes"))
    carrier = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried",
        verbose_name=_("department that carries it"),
    )
    carrier_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who carries it")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ProjectState, default=ProjectState.LONGLISTED, editable=False
    )
    state_reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True, editable=False)
    state_since = models.DateField(_("since"), editable=False)
    health = models.CharField(_("health"), max_length=10, choices=Health, default=Health.UNKNOWN, editable=False)
    health_reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True, editable=False)
    health_on = models.DateField(_("said on"), null=True, blank=True, editable=False)
    source = models.CharField(_("source"), max_length=400, blank=True)
    source_note = models.TextField(
        _("note on the sources"),
        max_length=REASON_LENGTH,
        blank=True,
        help_text=_("Where the printings of the plan disagree: what each of them says."),
    )
    validated_by = models.ForeignKey(
        Revision, null=True, editable=False, on_delete=models.PROTECT, related_name="validated"
    )
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged")
    split_from = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="parts")
    created_at = models.DateTimeField(_("begun"), editable=False)
    changed_at = models.DateTimeField(_("last change"), editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    i18n = TranslationField(
        fields=("title", "summary", "why", "text", "state_reason", "health_reason", "source_note"),
    )
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("planned project")
        verbose_name_plural = _("planned projects")
        ordering = ["plan_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="planned_project_number_once"),
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="planned_project_address_once",
                violation_error_message=_("Another project of this plan has this address: choose another one."),
            ),
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="planned_project_state_exists"),
            models.CheckConstraint(condition=Q(health__in=Health.values), name="planned_project_health_exists"),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(validated_by__isnull=False), name="planned_project_decided"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state=ProjectState.TERMINATED) & ~Q(merged_into=F("id")),
                name="planned_project_merged_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(split_from__isnull=True) | ~Q(split_from=F("id")), name="planned_project_not_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="planned_project_ends_after_it_starts",
            ),
        ]
        indexes = [
            # with the keys beside them: what counts the projects of a plan never reads their texts
            models.Index(fields=["plan", "state", "number"], include=["id", "domain"], name="planned_project_states"),
            models.Index(fields=["domain", "state", "number"], include=["id"], name="planned_project_domain"),
            models.Index(fields=["plan", "-state_since", "-id"], name="planned_project_moved"),
            models.Index(fields=["plan", "-changed_at", "-id"], name="planned_project_latest"),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or self.slug

    def get_absolute_url(self) -> str:
        return reverse("portfolio:project", args=[self.plan.slug, self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC and self.plan.is_public

    @property
    def runs(self) -> bool:
        return self.state in RUNNING


class Site(models.Model):
    """A point where a project happens, in WGS 84 degrees."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name"), max_length=TITLE_LENGTH, blank=True)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))
    i18n = TranslationField(fields=("name",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("site of a project")
        verbose_name_plural = _("sites of projects")
        ordering = ["project_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(lon__range=(-180, 180), lat__range=(-90, 90)), name="site_on_earth"),
        ]
        indexes = [models.Index(fields=["lon", "lat"], name="site_near")]

    def __str__(self) -> str:
        return shown(self, "name")[0] or f"{self.lat:.5f}, {self.lon:.5f}"
