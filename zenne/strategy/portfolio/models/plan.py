from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.decisions.models import Body, Decision
from zenne.participation.processes.enums import Motif
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from ..enums import DomainKind, PlanState, RevisionState

TITLE_LENGTH = 200
REASON_LENGTH = 2000


class Plan(models.Model):
    """What an organisation sets out to do: a strategy, a climate plan. Several stand side by side.

    It is public from `published_at` on; in force it is only by a revision that a College or a council decided: the database looks
    (migration 0001). `version` counts what was kept of it (`Version`).
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans", verbose_name=_("organisation")
    )
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        error_messages={"unique": _("Another plan has this address: choose another one.")},
    )
    name = models.CharField(_("name"), max_length=TITLE_LENGTH, blank=True)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=400, blank=True, help_text=_("The document this was taken from, for everyone to check.")
    )
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), editable=False)
    changed_at = models.DateTimeField(_("last change"), editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    i18n = TranslationField(fields=("name", "summary"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["organisation_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_exists"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="plan_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.slug

    def get_absolute_url(self) -> str:
        return reverse("portfolio:plan", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None


class Revision(models.Model):
    """The whole plan as it is put before a body, kept as plain data with its fingerprint, and what the body decided.

    `named` are the numbers of the projects it is about: those become validated with it. Once decided nothing of it changes; only a body
    whose role is College or council, of the plan's own organisation, makes it valid (migration 0001).
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=RevisionState, default=RevisionState.PROPOSED, editable=False
    )
    reason = models.TextField(_("why"), max_length=REASON_LENGTH, blank=True)
    snapshot = models.JSONField(default=dict, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    named = ArrayField(models.BigIntegerField(), default=list, editable=False)
    proposed_at = models.DateTimeField(_("proposed"), editable=False)
    proposed_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    body = models.ForeignKey(
        Body, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("decided by")
    )
    reference = models.CharField(
        _("reference"), max_length=80, blank=True, help_text=_("As in the minutes of the body.")
    )
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    decided_at = models.DateTimeField(_("entered"), null=True, editable=False)
    answer = models.TextField(_("words of the body"), max_length=REASON_LENGTH, blank=True)
    decision = models.OneToOneField(
        Decision, null=True, editable=False, on_delete=models.PROTECT, related_name="revision"
    )
    i18n = TranslationField(fields=("reason", "answer"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("revision of a plan")
        verbose_name_plural = _("revisions of plans")
        ordering = ["plan_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=RevisionState.PROPOSED), name="revision_one_proposed"
            ),
            models.CheckConstraint(condition=Q(state__in=RevisionState.values), name="revision_state_exists"),
            models.CheckConstraint(
                condition=Q(state=RevisionState.PROPOSED, decided_at__isnull=True)
                | ~Q(state=RevisionState.PROPOSED)
                & Q(body__isnull=False, decided_on__isnull=False, decided_at__isnull=False)
                & ~Q(reference=""),
                name="revision_decided_by_a_body",
            ),
        ]
        indexes = [
            models.Index(
                fields=["plan", "-decided_on", "-number"],
                condition=Q(state=RevisionState.VALID),
                name="revision_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"


class Domain(models.Model):
    """A field of a plan, or a foundation that carries all fields."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="domains", verbose_name=_("plan"))
    kind = models.CharField(_("kind"), max_length=12, choices=DomainKind, default=DomainKind.DOMAIN)
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("address"), max_length=60)
    name = models.CharField(_("name"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="bulb")
    motif = models.CharField(_("tile"), max_length=20, choices=Motif, default=Motif.LEAF)
    hue = models.PositiveSmallIntegerField(_("colour"), default=1)
    i18n = TranslationField(fields=("name", "text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        ordering = ["plan_id", "kind", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="domain_address_once",
                violation_error_message=_("Another domain of this plan has this address: choose another one."),
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "number"],
                name="domain_number_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Another domain of this plan has this number."),
            ),
            models.CheckConstraint(condition=Q(kind__in=DomainKind.values), name="domain_kind_exists"),
            models.CheckConstraint(condition=Q(hue__range=(1, 10)), name="domain_hue_exists"),
        ]

    def __str__(self) -> str:
        return shown(self, "name")[0] or self.slug

    def get_absolute_url(self) -> str:
        return reverse("portfolio:domain", args=[self.plan.slug, self.slug])


class Objective(models.Model):
    """What a plan wants to reach; it may be shared by several domains."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="objectives", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("key"), max_length=80)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    domains = models.ManyToManyField(Domain, related_name="objectives", blank=True, verbose_name=_("domains"))
    i18n = TranslationField(fields=("title", "text"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["plan_id", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slug"],
                name="objective_key_once",
                violation_error_message=_("Another objective of this plan has this key: choose another one."),
            ),
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="objective_number_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Another objective of this plan has this number."),
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or self.slug
