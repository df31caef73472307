from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from zenne.core import languages
from zenne.messaging.notifications.models import Pause
from zenne.messaging.outbox.enums import LetterState
from zenne.messaging.outbox.models import Unreachable
from zenne.messaging.outbox.queries import tally
from zenne.people.accounts.models import Consent, Person

from .enums import CampaignState
from .kinds import audiences
from .models import Campaign, Refusal


def everyone_in(campaign: Campaign) -> QuerySet[Person]:
    """The audience as it is now, each person once; nobody when the app that declared it is gone."""
    known = audiences.get(campaign.audience)
    if known is None:
        return Person.objects.none()
    found = known.people(campaign.organisation, campaign.thing).filter(is_active=True)
    return Person.objects.filter(pk__in=found.order_by().values("pk"))


def recipients(campaign: Campaign, now: datetime) -> QuerySet[Person]:
    """Who may get it: the audience without those who refused, paused their mail, did not consent, or whose address does not work."""
    known = audiences.get(campaign.audience)
    refused = Refusal.objects.filter(organisation_id=campaign.organisation_id, person=OuterRef("pk"))
    unreachable = Unreachable.objects.filter(person=OuterRef("pk"), address=OuterRef("email"))
    pause = Pause.objects.filter(person=OuterRef("pk"), until__gt=now)
    found = everyone_in(campaign).filter(~Exists(refused), ~Exists(unreachable), ~Exists(pause))
    if known and known.consent:
        found = found.filter(
            Exists(Consent.objects.filter(person=OuterRef("pk"), purpose=known.consent, withdrawn_at__isnull=True))
        )
    return found


def still_wants(campaign: Campaign, person: Person, now: datetime) -> bool:
    """Asked when a letter leaves: the person may have said stop since."""
    return recipients(campaign, now).filter(pk=person.pk).exists()


def gaps(campaign: Campaign) -> list[tuple[str, str]]:
    """The (field, language) pairs that are still empty in a promised language; the button counts when one is wanted."""
    fields = ("subject", "body", "button") if campaign.url else ("subject", "body")
    return languages.missing(campaign, fields, campaign.organisation.languages)


def due(now: datetime) -> QuerySet[Campaign]:
    return Campaign.objects.filter(state=CampaignState.SCHEDULED, due_at__lte=now).order_by("due_at", "pk")


def under_way() -> QuerySet[Campaign]:
    return Campaign.objects.filter(state=CampaignState.SENDING).order_by("pk")


@dataclass(frozen=True)
class Reach:
    """How far a campaign came, in letters."""

    chosen: int
    left_out: int
    waiting: int
    sent: int
    came_back: int
    not_sent: int
    in_doubt: int

    @property
    def letters(self) -> int:
        return self.waiting + self.sent + self.came_back + self.not_sent + self.in_doubt

    @property
    def percent(self) -> int:
        """How much of it has left or was given up, in whole per cent, rounded down: 100 means all of it."""
        return (self.letters - self.waiting) * 100 // self.letters if self.letters else 100


def reach(campaign: Campaign) -> Reach:
    counted = tally(campaign.key)
    return Reach(
        chosen=campaign.chosen or 0,
        left_out=campaign.left_out or 0,
        waiting=counted[LetterState.WAITING] + counted[LetterState.TAKEN] + counted[LetterState.LEAVING],
        sent=counted[LetterState.SENT],
        came_back=counted[LetterState.BOUNCED],
        not_sent=counted[LetterState.FAILED] + counted[LetterState.CANCELLED],
        in_doubt=counted[LetterState.IN_DOUBT],
    )


def refused_by(person: Person) -> QuerySet[Refusal]:
    return Refusal.objects.filter(person=person).select_related("organisation").order_by("pk")


def refusals_since(campaign: Campaign) -> int:
    """How many people stopped hearing of this organisation since the campaign began, whatever made them do so."""
    if campaign.started_at is None:
        return 0
    return Refusal.objects.filter(organisation_id=campaign.organisation_id, since__gte=campaign.started_at).count()
