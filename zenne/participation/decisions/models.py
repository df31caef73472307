from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.core.languages import shown
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Process
from zenne.participation.selections.enums import SelectionState
from zenne.participation.selections.models import REASON_LENGTH, TITLE_LENGTH, Selection
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import RUNNING, BodyRole, CommitmentState


class Body(models.Model):
    """Who decides, advises or works for an organisation: its College, its council, a board, a department. `role` says which of these it is."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="bodies", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("what it is"), max_length=10, choices=BodyRole, default=BodyRole.OTHER)
    i18n = TranslationField(fields=("name",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["organisation_id", "id"]
        constraints = [models.CheckConstraint(condition=Q(role__in=BodyRole.values), name="body_role_exists")]

    def __str__(self) -> str:
        return shown(self, "name")[0] or f"{_('Body')} {self.pk}"


class Decision(models.Model):
    """What a body decides: about the ideas that a selection kept (`source`, and the `process` they belong to), or about anything else (neither).

    Prepared by staff. One about ideas is said idea by idea (`Ruling`); published, it leaves a selection of its own, and a commitment for each
    idea it accepts. Any other is published by itself, and the database lets nobody change it from then on (migration 0003)."""

    process = models.ForeignKey(
        Process, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("process")
    )
    source = models.ForeignKey(
        Selection,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions_about",
        verbose_name=_("decides about"),
        help_text=_(
            "What a vote, a jury or a study kept. Leave it empty where the body decides about something else than ideas."
        ),
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("body"))
    reference = models.CharField(_("reference"), max_length=80, help_text=_("As in the minutes of the body."))
    decided_on = models.DateField(_("day of the decision"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    statement = models.TextField(_("public statement"), max_length=10_000, blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("The decision as it was signed, for everyone to read."),
    )
    selection = models.OneToOneField(
        Selection, null=True, editable=False, on_delete=models.PROTECT, related_name="decision"
    )
    created_at = models.DateTimeField(_("begun"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    i18n = TranslationField(fields=("title", "statement"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("decision of an authority")
        verbose_name_plural = _("decisions of authorities")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="decision_has_a_reference"),
            models.CheckConstraint(
                condition=Q(process__isnull=True, source__isnull=True, selection__isnull=True)
                | Q(process__isnull=False, source__isnull=False, selection__isnull=True, published_at__isnull=True)
                | Q(process__isnull=False, source__isnull=False, selection__isnull=False, published_at__isnull=False),
                name="decision_about_ideas_or_not",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="decision_newest", condition=Q(published_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return shown(self, "title")[0] or self.reference

    def get_absolute_url(self) -> str:
        if self.process is None:
            return reverse("decisions:of_body", args=[self.pk])
        return reverse("decisions:page", args=[self.process.slug, self.pk])

    @property
    def organisation(self) -> Organisation:
        """Whose body decides, and whose staff prepares it."""
        return self.process.organisation if self.process else self.body.organisation

    @property
    def annulled(self) -> bool:
        """Of one about ideas: its selection was. Any other stands until a later decision says otherwise."""
        return self.selection is not None and self.selection.state == SelectionState.ANNULLED


class Ruling(models.Model):
    """What the body says of one idea: accepted or refused, and why. Undecided while it is being prepared."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="rulings")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="rulings")
    accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    i18n = TranslationField(fields=("reason",))
    objects = MultilingualManager()

    class Meta:
        ordering = ["decision_id", "id"]
        constraints = [models.UniqueConstraint(fields=["decision", "idea"], name="ruling_once_per_idea")]

    def __str__(self) -> str:
        return f"{self.idea}: {self.accepted}"


class Commitment(models.Model):
    """What an authority promised, and how far it is: by a decision that accepted an idea, or in answer to something of an upper app, which holds
    the link and says where the promise comes from (`kinds.origins`); then it has a `title` of its own. `reason` says why it stopped, or was
    taken up again; the database keeps none that stopped without words (migration 0001), and none without a name (0002)."""

    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, related_name="commitments", verbose_name=_("process")
    )
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="commitments")
    idea = models.ForeignKey(Idea, null=True, on_delete=models.PROTECT, related_name="commitments")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CommitmentState, default=CommitmentState.PLANNED)
    reason = models.TextField(_("public reason"), max_length=REASON_LENGTH, blank=True)
    changed_at = models.DateTimeField(_("last change"))
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    i18n = TranslationField(fields=("title", "reason"))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["process_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "idea"], name="commitment_once_per_idea"),
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state_exists"),
            models.CheckConstraint(
                condition=Q(decision__isnull=True, idea__isnull=True) | Q(decision__isnull=False, idea__isnull=False),
                name="commitment_has_one_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.idea.title if self.idea else shown(self, "title")[0]

    @property
    def runs(self) -> bool:
        return self.state in RUNNING


class Milestone(models.Model):
    """A step of a commitment with the day it is due, and the day it was done. `first_due_on` never changes: a day that was moved is seen."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    first_due_on = models.DateField(_("first promised for"))
    due_on = models.DateField(_("day it is due"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    i18n = TranslationField(fields=("title",))
    objects = MultilingualManager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["commitment_id", "due_on", "id"]

    def __str__(self) -> str:
        return shown(self, "title")[0]

    def late(self, today: date) -> bool:
        """Not done by its day, while the commitment runs."""
        return self.done_on is None and self.due_on < today and self.commitment.runs
