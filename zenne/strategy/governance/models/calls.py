from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.decisions.models import Body
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.strategy.portfolio.enums import Funding
from zenne.strategy.portfolio.models import BudgetLine, Project

from ..enums import OPEN, MatchState
from .order import require_order

TITLE_LENGTH = 200
REASON_LENGTH = 2000


class Call(models.Model):
    """A call for projects or a grant: who funds, what, under which conditions, until when. `team` are the people who hear of it 30, 7 and 1 days
    before; without one, the managers of the organisation. `dossier` says what an application consists of, one piece per line."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="calls", verbose_name=_("organisation")
    )
    funder = models.CharField(_("funder"), max_length=TITLE_LENGTH)
    source = models.CharField(_("kind of money"), max_length=10, choices=Funding, default=Funding.EUROPEAN)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    conditions = models.TextField(_("conditions"), max_length=10_000, blank=True)
    url = models.URLField(_("address of the call"), max_length=400, blank=True)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    due_on = models.DateField(_("deadline"))
    amount_cents = models.PositiveBigIntegerField(_("amount"), null=True, blank=True)
    dossier = models.TextField(
        _("what an application consists of"), max_length=4000, blank=True, help_text=_("One piece per line.")
    )
    team = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="calls",
        verbose_name=_("team"),
        help_text=_("Its members hear of the deadline; without a team, the managers of the organisation."),
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    i18n = TranslationField(fields=("title", "conditions"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("call for projects")
        verbose_name_plural = _("calls for projects")
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(funder=""), name="call_has_a_funder"),
            models.CheckConstraint(condition=Q(source__in=Funding.values), name="call_source_exists"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(opens_on__lte=F("due_on")), name="call_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or self.funder

    def clean(self) -> None:
        require_order(self.opens_on, self.due_on, "due_on")

    def open(self, today: date) -> bool:
        return today <= self.due_on

    def days_left(self, today: date) -> int:
        return (self.due_on - today).days


class Match(models.Model):
    """A project that fits a call, and how far its application is. Granted, it leaves a budget line of the project (`line`)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="matches", verbose_name=_("call"))
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="matches", verbose_name=_("project"))
    state = models.CharField(_("state"), max_length=10, choices=MatchState, default=MatchState.WISHED, editable=False)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who writes it")
    )
    note = models.TextField(_("note"), max_length=REASON_LENGTH, blank=True, help_text=_("Only staff reads it."))
    asked_cents = models.PositiveBigIntegerField(pgettext_lazy("application", "asked"), null=True, blank=True)
    granted_cents = models.PositiveBigIntegerField(_("granted"), null=True, editable=False)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True, editable=False)
    submitted_on = models.DateField(_("submitted on"), null=True, editable=False)
    decided_on = models.DateField(_("answered on"), null=True, editable=False)
    line = models.OneToOneField(
        BudgetLine, null=True, editable=False, on_delete=models.SET_NULL, related_name="granted_by"
    )
    changed_at = models.DateTimeField(_("last change"), editable=False)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["call_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "project"], name="match_once"),
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="match_state_exists"),
            models.CheckConstraint(
                condition=~Q(state=MatchState.GRANTED) | Q(granted_cents__isnull=False, decided_on__isnull=False),
                name="match_granted_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN, MatchState.DROPPED]) | Q(submitted_on__isnull=False),
                name="match_submitted_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.project}"


class Piece(models.Model):
    """One thing that a dossier needs. It is handed in complete, or not at all: `required` ones must be done."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="pieces")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("piece"), max_length=TITLE_LENGTH)
    required = models.BooleanField(_("required"), default=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("piece of a dossier")
        verbose_name_plural = _("pieces of dossiers")
        ordering = ["match_id", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="piece_has_a_title"),
            models.UniqueConstraint(fields=["match", "position"], name="piece_place_once"),
        ]

    def __str__(self) -> str:
        return self.title
