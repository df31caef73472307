"""A campaign ready to be sent, to the followers of a process or to a group."""

from datetime import UTC, datetime

from tests.people.organisations import factories as organisations
from zenne.messaging.campaigns.models import Campaign
from zenne.people.organisations.models import Organisation

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def campaign(
    organisation: Organisation, audience: str = "people.group", thing: int | None = None, **fields
) -> Campaign:
    if thing is None:
        thing = organisations.group(organisation, name=f"Conseil {Campaign.objects.count() + 1}").pk
    texts = {
        "subject_fr": "Rendez-vous jeudi",
        "body_fr": "Le conseil se réunit jeudi.\n\nVenez nombreux.",
        "subject_nl": "Afspraak donderdag",
        "body_nl": "De raad komt donderdag samen.",
    }
    made = Campaign(organisation=organisation, audience=audience, thing=thing, created_at=NOW)
    for name, value in {**texts, **fields}.items():
        setattr(made, name, value)
    made.save()
    return made


def make_for(organisation: Organisation) -> list[Campaign]:
    return [campaign(organisation)]
