from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.advices.models import Recommendation
from zenne.participation.decisions.models import Decision
from zenne.participation.ideas.models import Idea
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person

from ..enums import NeedFrom, NeedState, OriginKind, Share
from .actors import Partner
from .plan import REASON_LENGTH, TITLE_LENGTH, Plan
from .project import Department, Project


def exactly_one(*names: str) -> Q:
    """A condition: one of these references is there, and the others are not."""
    found = Q()
    for chosen in names:
        found |= Q(**{f"{name}__isnull": name != chosen for name in names})
    return found


class Origin(models.Model):
    """Where a project comes from: one thing that somebody proposed, chose, decided or recommended, how much of it is taken up, and why."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="origins")
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up")
    selection = models.ForeignKey(Selection, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up"
    )
    share = models.CharField(_("how much"), max_length=10, choices=Share, default=Share.PART)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    linked_at = models.DateTimeField(editable=False)
    linked_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("origin of a project")
        verbose_name_plural = _("origins of projects")
        ordering = ["project_id", "id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(*OriginKind.values), name="origin_is_one_thing"),
            models.CheckConstraint(condition=Q(share__in=Share.values), name="origin_share_exists"),
            *(
                models.UniqueConstraint(
                    fields=["project", name], condition=Q(**{f"{name}__isnull": False}), name=f"origin_{name}_once"
                )
                for name in OriginKind.values
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} → {self.project}"

    @property
    def kind(self) -> str:
        """One of OriginKind."""
        return next(name for name in OriginKind.values if getattr(self, f"{name}_id") is not None)

    @property
    def thing(self) -> Idea | Selection | Decision | Recommendation:
        found: Idea | Selection | Decision | Recommendation = getattr(self, self.kind)
        return found


class Need(models.Model):
    """What a department, a partner or residents ask of a plan before there is a project for it. `author` is who entered it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="needs", verbose_name=_("plan"))
    key = models.SlugField(max_length=80, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    comes_from = models.CharField(_("comes from"), max_length=10, choices=NeedFrom, default=NeedFrom.DEPARTMENT)
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
        verbose_name=_("department"),
    )
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="needs", verbose_name=_("partner")
    )
    idea = models.ForeignKey(
        Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("idea")
    )
    state = models.CharField(_("state"), max_length=10, choices=NeedState, default=NeedState.OPEN, editable=False)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    project = models.ForeignKey(Project, null=True, editable=False, on_delete=models.PROTECT, related_name="needs")
    author = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("begun"), editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    i18n = TranslationField(fields=("title", "text", "reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["plan_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], condition=~Q(key=""), name="need_key_once"),
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_exists"),
            models.CheckConstraint(
                condition=Q(state=NeedState.TAKEN_UP, project__isnull=False)
                | ~Q(state=NeedState.TAKEN_UP) & Q(project__isnull=True),
                name="need_taken_up_by_a_project",
            ),
            models.CheckConstraint(
                condition=Q(comes_from=NeedFrom.DEPARTMENT, department__isnull=False, partner__isnull=True)
                | Q(comes_from=NeedFrom.PARTNER, partner__isnull=False, department__isnull=True)
                | Q(comes_from=NeedFrom.CITIZEN, department__isnull=True, partner__isnull=True),
                name="need_comes_from_somebody",
            ),
        ]
        indexes = [models.Index(fields=["plan", "state", "-id"], name="need_states")]

    def __str__(self) -> str:
        return shown(self, "title")[0] or _("Need") + f" {self.pk}"
