"""Handing a campaign's letters to the outbox, and the words of each letter when it leaves."""

import re
from datetime import datetime

from django.conf import settings
from django.utils.translation import override
from procrastinate.contrib.django import app

from zenne.core import clock, languages
from zenne.messaging.outbox import actions as outbox
from zenne.messaging.outbox.kinds import WayOut, Words
from zenne.messaging.outbox.models import Letter
from zenne.people.accounts.models import Person

from .enums import CampaignState
from .models import Campaign
from .queries import recipients, still_wants

SOURCE = "campaigns.campaign"
EXIT = "campaigns"


@app.task(name="campaigns.hand_over", queue="mail")
def hand_over(campaign: int) -> None:
    """Post a letter for everyone who may get it. A run that was killed begins again: who has a letter gets no second one."""
    found = Campaign.objects.select_related("organisation").filter(pk=campaign, state=CampaignState.SENDING).first()
    if found is None:
        return
    now = clock.now()
    outbox.post(SOURCE, key=found.key, to=recipients(found, now), context={"campaign": found.pk}, now=now)
    Campaign.objects.filter(pk=found.pk, handed_over_at__isnull=True).update(handed_over_at=clock.now())


def compose(letter: Letter, now: datetime) -> Words | None:
    """What one person reads, or nothing when the campaign was stopped or the person said stop in the meantime."""
    campaign = Campaign.objects.select_related("organisation").filter(pk=letter.context.get("campaign")).first()
    if campaign is None or campaign.state not in (CampaignState.SENDING, CampaignState.SENT):
        return None
    return words_of(campaign, letter.person) if still_wants(campaign, letter.person, now) else None


def _address(url: str, language: str) -> str:
    """Where the button leads: a page of this platform in the reader's language, whichever the writer copied it in."""
    here = re.match(rf"{re.escape(settings.BASE_URL)}/({'|'.join(languages.LANGUAGES)})/", url)
    return f"{settings.BASE_URL}/{language}/{url[here.end() :]}" if here else url


def words_of(campaign: Campaign, person: Person, language: str = "") -> Words:
    """The letter in the active language, or in `language`; in one that the organisation promised where it has none."""
    with override(language or languages.current()):
        promised = campaign.organisation.languages
        subject, _language = languages.shown(campaign, "subject", promised)
        body, body_language = languages.shown(campaign, "body", promised)
        button, _language = languages.shown(campaign, "button", promised)
    return Words(
        "messaging/campaigns/mail/campaign",
        {
            "subject": subject,
            "body": body,
            "body_language": body_language,
            "button": button,
            "url": _address(campaign.url, language or languages.current()) if button else "",
            "organisation": campaign.organisation,
            "person": person,
        },
        WayOut(EXIT, str(campaign.organisation_id)),
    )
