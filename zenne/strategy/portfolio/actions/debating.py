"""Where the projects of a plan are talked about."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.participation.processes.actions import changing_settings
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..models import Debate, Plan


def change_debate(
    debate: Debate,
    *,
    plan: Plan | None,
    reads_first: bool,
    reason: Mapping[str, str] | None = None,
    by: Person,
    now: datetime,
) -> Debate:
    """Say which plan is discussed and whether comments are read first. Once it has opened the change is public, and needs its reason."""
    with changing_settings(debate.activity, by=by, now=now, reason=reason):
        found = Debate.objects.select_for_update().get(pk=debate.pk)
        if plan is not None and plan.organisation_id != debate.activity.process.organisation_id:
            raise Invalid(_("It belongs to another organisation."))
        if plan is not None and Debate.objects.filter(plan=plan).exclude(pk=found.pk).exists():
            raise Invalid(_("This plan is discussed elsewhere already."))
        found.plan, found.reads_first = plan, reads_first
        found.save()
    organisation = debate.activity.process.organisation
    record("plan_debate.changed", by=by, now=now, about=debate.activity, organisation=organisation)
    return found
