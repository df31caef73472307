"""What moderation knows of a person: what they reported, and what they decided as a moderator."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Decision, Report


def _export(person: Person) -> dict[str, Any]:
    return {
        "reports": list(Report.objects.filter(reporter=person).order_by("id").values("ground", "text", "reported_at")),
        "decisions": list(
            Decision.objects.filter(moderator=person).order_by("id").values("verdict", "ground", "text", "decided_at")
        ),
    }


def _erase(person: Person, now: datetime) -> None:
    Report.objects.filter(reporter=person).update(reporter=None)
    Decision.objects.filter(moderator=person).update(moderator=None)


personal_data.register(
    "moderation",
    PersonalData(
        _("What I reported"),
        covers=("moderation.Report", "moderation.Decision"),
        export=_export,
        erase=_erase,
        keeps=_("Reports and moderation decisions stay, without your name: others were told about them."),
    ),
)
