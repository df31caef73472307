"""What moderation knows of a person: what they reported, what was decided about their words, and what they decided as a moderator."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person
from zenne.people.accounts.personal_data import PersonalData, personal_data

from .models import Appeal, Block, Case, Decision, Report, Trace


def _export(person: Person) -> dict[str, Any]:
    reports = Report.objects.filter(reporter=person).order_by("id")
    told = Decision.objects.filter(case__author=person).order_by("id")
    appeals = Appeal.objects.filter(author=person).order_by("id")
    blocks = Block.objects.filter(person=person).order_by("id")
    taken = Decision.objects.filter(moderator=person).order_by("id")
    return {
        "reports": list(reports.values("ground", "text", "reported_at")),
        "decisions_about_me": list(told.values("verdict", "ground", "text", "decided_at")),
        "appeals": list(appeals.values("text", "appealed_at", "outcome", "reason", "decided_at")),
        "blocks": list(blocks.values("ground", "text", "starts_at", "ends_at", "lifted_at", "lift_reason")),
        "decisions": list(taken.values("verdict", "ground", "text", "decided_at")),
    }


def _erase(person: Person, now: datetime) -> None:
    Trace.objects.filter(author=person).delete()
    Report.objects.filter(reporter=person).update(reporter=None)
    Decision.objects.filter(moderator=person).update(moderator=None)
    Case.objects.filter(author=person).update(author=None)
    Case.objects.filter(claimed_by=person).update(claimed_by=None, claimed_until=None)
    Appeal.objects.filter(author=person).update(author=None)
    Appeal.objects.filter(decided_by=person).update(decided_by=None)
    Appeal.objects.filter(first=person).update(first=None)
    Block.objects.filter(person=person).update(person=None)
    Block.objects.filter(blocked_by=person).update(blocked_by=None)
    Block.objects.filter(lifted_by=person).update(lifted_by=None)


personal_data.register(
    "moderation",
    PersonalData(
        _("What I reported, and what moderators decided about my contributions"),
        covers=(
            "moderation.Report",
            "moderation.Decision",
            "moderation.Case",
            "moderation.Appeal",
            "moderation.Block",
            "moderation.Trace",
        ),
        export=_export,
        erase=_erase,
        keeps=_("Reports, moderation decisions and appeals stay, without your name: others were told about them."),
    ),
)
