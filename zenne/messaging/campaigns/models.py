from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField
from modeltrans.manager import MultilingualManager

from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

from .enums import CampaignState
from .kinds import audiences

DRAFTS = (CampaignState.DRAFT, CampaignState.SCHEDULED)


class Campaign(models.Model):
    """One letter of an organisation to an audience. `thing` is the number of what the audience is around: a process, a theme, an area.

    `chosen` people were in the audience at the moment of sending; `left_out` of them got no letter: no consent, a refusal, an address that
    does not work. Both are counted once, when it is sent.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="campaigns", verbose_name=_("organisation")
    )
    audience = models.CharField(_("audience"), max_length=40)
    thing = models.BigIntegerField(_("audience of"))
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    body = models.TextField(_("text"), max_length=10_000, blank=True)
    button = models.CharField(_("words on the button"), max_length=60, blank=True)
    url = models.URLField(_("where the button leads"), max_length=300, blank=True)
    i18n = TranslationField(fields=("subject", "body", "button"))
    state = models.CharField(_("state"), max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    due_at = models.DateTimeField(_("to be sent"), null=True, blank=True)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("created"))
    started_at = models.DateTimeField(_("sent"), null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True, help_text=_("when the outbox had all letters"))
    ended_at = models.DateTimeField(null=True, blank=True)
    chosen = models.PositiveIntegerField(_("people in the audience"), null=True, blank=True)
    left_out = models.PositiveIntegerField(_("left out"), null=True, blank=True)

    objects = MultilingualManager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CampaignState.DRAFT) | Q(due_at__isnull=False), name="campaign_due_once_scheduled"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DRAFTS, started_at__isnull=True)
                | (~Q(state__in=DRAFTS) & Q(started_at__isnull=False, chosen__isnull=False, left_out__isnull=False)),
                name="campaign_counted_when_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=CampaignState.SCHEDULED), name="campaign_due"),
            models.Index(fields=["id"], condition=Q(state=CampaignState.SENDING), name="campaign_sending"),
        ]

    def __str__(self) -> str:
        return self.subject_i18n or str(_("Campaign without a subject"))

    @property
    def key(self) -> str:
        """The occasion of its letters in the outbox."""
        return f"campaign:{self.pk}"

    @property
    def sort_of_audience(self) -> str:
        known = audiences.get(self.audience)
        return str(known.label) if known else ""

    @property
    def audience_in_words(self) -> str:
        known = audiences.get(self.audience)
        name = dict(known.things(self.organisation)).get(self.thing, "") if known else ""
        return f"{self.sort_of_audience} · {name}" if name else self.sort_of_audience


class Refusal(models.Model):
    """A person wants no campaigns of an organisation. Told by one click in a letter, taken back on the page of one's messages."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="campaign_refusals")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="campaign_refusals")
    since = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="campaign_refusal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ✕ {self.organisation}"
