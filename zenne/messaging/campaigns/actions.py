from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core import mail
from zenne.core.languages import LANGUAGES, attribute
from zenne.messaging.outbox import actions as outbox
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.people.organisations.models import Organisation

from .enums import FOLLOWS, CampaignState
from .errors import Incomplete, Nobody, TooEarly, WrongState
from .kinds import audiences
from .models import Campaign, Refusal
from .queries import everyone_in, gaps, reach, recipients, under_way
from .rules import may_send, may_write
from .tasks import hand_over, words_of

#: how long a campaign that is sent now can still be taken back
GRACE = timedelta(minutes=2)

TEXTS = tuple(attribute(field, language) for field in ("subject", "body", "button") for language in LANGUAGES)


@transaction.atomic
def write(*, campaign: Campaign, by: Person, now: datetime) -> Campaign:
    """Keep a draft, new or changed. Raises WrongState once it is scheduled, Incomplete for an audience that this organisation has not."""
    require(may_write(by, campaign.organisation))
    new = campaign.pk is None
    if not new and _locked(campaign).state != CampaignState.DRAFT:
        raise WrongState
    _check_audience(campaign)
    campaign.state = CampaignState.DRAFT
    if new:
        campaign.written_by, campaign.created_at = by, now
    campaign.save()
    _record("campaign.created" if new else "campaign.changed", campaign, by, now)
    return campaign


@transaction.atomic
def copy(campaign: Campaign, *, by: Person, now: datetime) -> Campaign:
    """A new draft with the same words and the same audience."""
    require(may_write(by, campaign.organisation))
    twin = Campaign(
        organisation=campaign.organisation,
        audience=campaign.audience,
        thing=campaign.thing,
        url=campaign.url,
        written_by=by,
        created_at=now,
    )
    for name in TEXTS:
        setattr(twin, name, getattr(campaign, name) or "")
    twin.save()
    _record("campaign.created", twin, by, now)
    return twin


def send_test(campaign: Campaign, *, language: str, by: Person, now: datetime) -> None:
    """The letter as it is now, to whoever asks for it and to nobody else."""
    require(may_write(by, campaign.organisation))
    words = words_of(campaign, by, language)
    context = {**words.context, "stop": settings.BASE_URL, "trial": True}
    mail.send(words.template, to=by.email, language=language, context=context, now=now)


@transaction.atomic
def schedule(campaign: Campaign, *, due_at: datetime | None = None, by: Person, now: datetime) -> Campaign:
    """Let it leave at `due_at`, or now: then it waits two minutes, in which it can be taken back. What is scheduled already gets the new moment.

    Raises Incomplete, Nobody, TooEarly, WrongState.
    """
    campaign = _locked(campaign)
    require(may_send(by, campaign.organisation))
    if due_at and due_at < now:
        raise TooEarly
    _check_audience(campaign)
    if gaps(campaign):
        raise Incomplete(_("A text is missing in a language that your organisation promised."))
    if due_at is None and not recipients(campaign, now).exists():
        raise Nobody
    _move(campaign, CampaignState.SCHEDULED)
    campaign.due_at, campaign.sent_by = due_at or now + GRACE, by
    campaign.save(update_fields=["state", "due_at", "sent_by"])
    _record("campaign.scheduled", campaign, by, now)
    return campaign


@transaction.atomic
def unschedule(campaign: Campaign, *, by: Person, now: datetime) -> Campaign:
    """Back to a draft, while nothing has left."""
    campaign = _locked(campaign)
    require(may_send(by, campaign.organisation))
    _move(campaign, CampaignState.DRAFT)
    campaign.due_at = None
    campaign.save(update_fields=["state", "due_at"])
    _record("campaign.unscheduled", campaign, by, now)
    return campaign


@transaction.atomic
def start(campaign: Campaign, *, now: datetime) -> None:
    """The moment has come: count who gets it, and hand the letters to the outbox after commit. Says nothing when it is not its turn (any more)."""
    campaign = _locked(campaign)
    if campaign.state != CampaignState.SCHEDULED or campaign.due_at is None or campaign.due_at > now:
        return
    _move(campaign, CampaignState.SENDING)
    campaign.chosen = everyone_in(campaign).count()
    campaign.left_out = campaign.chosen - recipients(campaign, now).count()
    campaign.started_at = now
    campaign.save(update_fields=["state", "chosen", "left_out", "started_at"])
    _record("campaign.started", campaign, campaign.sent_by, now)
    transaction.on_commit(lambda: hand_over.configure(queueing_lock=campaign.key).defer(campaign=campaign.pk))


@transaction.atomic
def stop(campaign: Campaign, *, by: Person, now: datetime) -> Campaign:
    """Take back what has not left yet."""
    campaign = _locked(campaign)
    require(may_send(by, campaign.organisation))
    _move(campaign, CampaignState.STOPPED)
    campaign.ended_at = now
    campaign.save(update_fields=["state", "ended_at"])
    outbox.cancel(key=campaign.key, now=now)
    _record("campaign.stopped", campaign, by, now)
    return campaign


def settle(*, now: datetime) -> None:
    """Campaigns whose last letter has left, or was given up, are sent."""
    for campaign in under_way().filter(handed_over_at__isnull=False):
        if reach(campaign).waiting == 0:
            with transaction.atomic():
                locked = _locked(campaign)
                if locked.state == CampaignState.SENDING:
                    locked.state, locked.ended_at = CampaignState.SENT, now
                    locked.save(update_fields=["state", "ended_at"])
                    _record("campaign.sent", locked, locked.sent_by, now)


@transaction.atomic
def delete(campaign: Campaign, *, by: Person, now: datetime) -> None:
    """Throw away a draft. What was sent stays: people have it in their mailbox."""
    campaign = _locked(campaign)
    require(may_write(by, campaign.organisation))
    if campaign.state != CampaignState.DRAFT:
        raise WrongState
    _record("campaign.deleted", campaign, by, now)
    campaign.delete()


def refuse(person: Person, organisation: Organisation, *, now: datetime) -> None:
    """No more campaigns of this organisation; those that wait in the outbox are not sent either."""
    Refusal.objects.get_or_create(person=person, organisation=organisation, defaults={"since": now})


def hear_again(person: Person, organisation: Organisation) -> None:
    Refusal.objects.filter(person=person, organisation=organisation).delete()


def _locked(campaign: Campaign) -> Campaign:
    return (
        Campaign.objects.select_for_update(of=("self",)).select_related("organisation", "sent_by").get(pk=campaign.pk)
    )


def _move(campaign: Campaign, state: CampaignState) -> None:
    if state not in FOLLOWS[CampaignState(campaign.state)]:
        raise WrongState
    campaign.state = state


def _check_audience(campaign: Campaign) -> None:
    known = audiences.get(campaign.audience)
    if known is None or campaign.thing not in {number for number, _name in known.things(campaign.organisation)}:
        raise Incomplete(_("Choose an audience that your organisation has."))


def _record(event: str, campaign: Campaign, by: Person | None, now: datetime) -> None:
    record(event, by=by, now=now, about=campaign, organisation=campaign.organisation)
