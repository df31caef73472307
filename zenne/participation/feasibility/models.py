from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.ideas.enums import ENDED
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import OPEN, Obstacle, StudyState


class Service(models.Model):
    """A service of an organisation that studies ideas: roads, green spaces, youth. Its members are staff of the organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="services", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    members = models.ManyToManyField(Person, blank=True, related_name="services", verbose_name=_("members"))
    i18n = TranslationField(fields=("name",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["organisation_id", "id"]

    def __str__(self) -> str:
        return shown(self, "name")[0] or f"{_('Service')} {self.pk}"


class Feasibility(models.Model):
    """How one activity has ideas studied: which ideas, those of a call or those that a selection kept, and how many days a service has."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, primary_key=True, related_name="feasibility")
    call = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("ideas of this call"),
    )
    source = models.ForeignKey(
        Selection,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("ideas that this decision kept"),
    )
    days = models.PositiveSmallIntegerField(
        _("days that a service has to answer"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    class Meta:
        verbose_name = _("feasibility study")
        verbose_name_plural = _("feasibility studies")
        ordering = ["activity_id"]
        constraints = [
            models.CheckConstraint(condition=Q(days__range=(1, 365)), name="feasibility_gives_days"),
            models.CheckConstraint(
                condition=Q(call__isnull=True) | Q(source__isnull=True), name="feasibility_begins_with_one"
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)


class Study(models.Model):
    """One idea studied by one service: feasible at a cost and within months, not feasible for a reason, or feasible only if its author adapts it.

    `question` is between staff. `reason` are the public words of the answer: why not, what to adapt, or what to know. The database keeps none
    that refuses, or asks for an adaptation, without words (migration 0001).
    """

    feasibility = models.ForeignKey(
        Feasibility, on_delete=models.CASCADE, related_name="studies", verbose_name=_("activity")
    )
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="studies", verbose_name=_("idea"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="studies", verbose_name=_("service"))
    state = models.CharField(_("state"), max_length=12, choices=StudyState, default=StudyState.REQUESTED)
    question = models.TextField(_("question to the service"), max_length=2000, blank=True)
    due_on = models.DateField(_("answer due"))
    requested_at = models.DateTimeField(_("sent"))
    requested_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    adapted_at = models.DateTimeField(_("adapted"), null=True, blank=True)
    obstacle = models.CharField(_("what stands in the way"), max_length=12, choices=Obstacle, blank=True)
    reason = models.TextField(_("public words"), max_length=2000, blank=True)
    ground = models.TextField(_("legal ground"), max_length=1000, blank=True)
    cost_cents = models.PositiveBigIntegerField(_("cost"), null=True, blank=True)
    delay_months = models.PositiveSmallIntegerField(_("months to carry it out"), null=True, blank=True)
    i18n = TranslationField(fields=("reason", "ground"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["feasibility", "idea", "service"], name="study_once_per_service"),
            models.CheckConstraint(condition=Q(state__in=StudyState.values), name="study_state_exists"),
            models.CheckConstraint(
                condition=~Q(state=StudyState.FEASIBLE) | Q(cost_cents__isnull=False, delay_months__isnull=False),
                name="study_feasible_has_a_cost",
            ),
            models.CheckConstraint(
                condition=Q(state=StudyState.REFUSED, obstacle__in=Obstacle.values)
                | ~Q(state=StudyState.REFUSED) & Q(obstacle=""),
                name="study_refused_by_something",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(StudyState.REQUESTED, StudyState.IN_PROGRESS), answered_at__isnull=True)
                | ~Q(state__in=(StudyState.REQUESTED, StudyState.IN_PROGRESS)) & Q(answered_at__isnull=False),
                name="study_answered_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="study_due", condition=Q(state__in=OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.idea} – {self.service}"

    def late(self, today: date) -> bool:
        """Whether the answer is overdue; while an author adapts, nobody is late."""
        waits = self.state in (StudyState.REQUESTED, StudyState.IN_PROGRESS) and not self.set_aside
        return waits and self.due_on < today

    @property
    def set_aside(self) -> bool:
        """Not answered, and nobody waits for it any more: the idea joined another, was taken back, or was refused."""
        return self.state in OPEN and self.idea.state in ENDED
