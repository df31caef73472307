"""What campaigns know of a person: which organisations they want no campaigns from, and which campaigns they wrote as staff."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Campaign, Refusal


def _export(person: Person) -> dict[str, Any]:
    refused = Refusal.objects.filter(person=person).order_by("id")
    written = Campaign.objects.filter(Q(written_by=person) | Q(sent_by=person)).order_by("id")
    return {
        "no_campaigns_of": list(refused.values("organisation__slug", "since")),
        "campaigns_written_or_sent": list(written.values("id", "subject", "state", "created_at", "started_at")),
    }


def _erase(person: Person, now: datetime) -> None:
    """The refusals go; a campaign belongs to its organisation and stays, without its writer's name."""
    Refusal.objects.filter(person=person).delete()
    Campaign.objects.filter(written_by=person).update(written_by=None)
    Campaign.objects.filter(sent_by=person).update(sent_by=None)


personal_data.register(
    "campaigns",
    PersonalData(_("Campaigns"), covers=("campaigns.Campaign", "campaigns.Refusal"), export=_export, erase=_erase),
)
