"""Ideas go to services."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.actions import changing_settings, ensure_frozen
from zenne.participation.processes.models import Activity
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from .. import notifications, queries
from ..enums import StudyState
from ..models import Feasibility, Service, Study
from ..rules import is_listed, may_send

FIELDS = frozenset({"call", "source", "days"})
SOON = timedelta(days=3)


@transaction.atomic
def change_feasibility(
    feasibility: Feasibility,
    *,
    values: Mapping[str, object],
    reason: Mapping[str, str] | None = None,
    by: Person,
    now: datetime,
) -> Feasibility:
    """Say which ideas are studied and how many days a service has. Once it has opened the change is public, and needs its reason."""
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a feasibility study has no {', '.join(sorted(unknown))}")
    with changing_settings(feasibility.activity, by=by, now=now, reason=reason):
        feasibility = locked(feasibility)
        for name, value in values.items():
            setattr(feasibility, name, value)
        _fits(feasibility)
        feasibility.save()
    organisation = feasibility.activity.process.organisation
    details: dict[str, object] = {"fields": sorted(values)}
    record(
        "feasibility.changed", by=by, now=now, about=feasibility.activity, organisation=organisation, details=details
    )
    return feasibility


def _fits(feasibility: Feasibility) -> None:
    """The ideas of one call or of one decision, of the same process."""
    call: Activity | None = feasibility.call
    source: Selection | None = feasibility.source
    process = feasibility.activity.process
    if call is not None and source is not None:
        raise Invalid(_("Choose a call or a decision, not both."))
    if (call and (call.process.pk != process.pk or call.kind != "ideation")) or (
        source and source.process_id != process.pk
    ):
        raise Invalid(_("Choose a call or a decision of the same project."))


@transaction.atomic
def send(
    feasibility: Feasibility,
    *,
    ideas: Iterable[Idea],
    service: Service,
    question: str = "",
    due_on: date | None = None,
    by: Person,
    now: datetime,
) -> list[Study]:
    """Send ideas to a service, with the day its answer is due. An idea that this service has already stays as it is; those that are new are returned."""
    ensure_frozen(feasibility.activity, now=now)
    feasibility = locked(feasibility)
    require(may_send(by, feasibility, now))
    today = in_brussels(now).date()
    due_on = due_on or today + timedelta(days=feasibility.days)
    if due_on < today:
        raise Invalid(_("The answer cannot be due in the past."))
    if service.organisation_id != feasibility.activity.process.organisation_id:
        raise Invalid(_("This service belongs to another organisation."))
    wanted = {idea.pk for idea in ideas}
    known = set(queries.candidates(feasibility).filter(pk__in=wanted).values_list("pk", flat=True))
    known |= set(Study.objects.filter(feasibility=feasibility, idea__in=wanted).values_list("idea_id", flat=True))
    if not wanted or wanted - known:
        raise Invalid(_("Choose ideas of the call or decision that is studied here."))
    there = set(
        Study.objects.filter(feasibility=feasibility, service=service, idea__in=wanted).values_list(
            "idea_id", flat=True
        )
    )
    made = [
        Study(
            feasibility=feasibility,
            idea_id=number,
            service=service,
            question=question.strip(),
            due_on=due_on,
            requested_at=now,
            requested_by=by,
        )
        for number in sorted(wanted - there)
    ]
    Study.objects.bulk_create(made)
    sent = list(queries.studies(feasibility).filter(pk__in=[study.pk for study in made]))
    for study in sent:
        note("study.sent", study, by, now)
    transaction.on_commit(lambda: notifications.requested(sent, now))
    return sent


@transaction.atomic
def recall(study: Study, *, by: Person, now: datetime) -> None:
    """Take a study back that its service has not answered. What was answered once stays."""
    locked(study.feasibility)
    study = locked_study(study)
    require(may_send(by, study.feasibility, now))
    if study.state not in (StudyState.REQUESTED, StudyState.IN_PROGRESS) or study.adapted_at is not None:
        require(Refused(Reason.WRONG_STATE))
    note("study.recalled", study, by, now)
    study.delete()


def remind_due(*, now: datetime) -> int:
    """Tell the members of services what is due within three days, and what is late, each once. The number of studies told of."""
    today = in_brussels(now).date()
    due = Study.objects.filter(queries.OVERDUE, due_on__lte=today + SOON).select_related("idea__process", "service")
    count = 0
    for study in due.defer("idea__search").order_by("due_on", "id"):
        if not is_listed(study.feasibility):
            notifications.due(study, late=study.late(today), now=now)
            count += 1
    return count


def locked(feasibility: Feasibility) -> Feasibility:
    """The activity's studies wait for each other: a list is not published while an answer changes."""
    rows = Feasibility.objects.select_for_update(of=("self",))
    rows = rows.select_related("activity__phase__process__organisation", "source", "call__phase__process")
    return rows.get(pk=feasibility.pk)


def locked_study(study: Study) -> Study:
    rows = Study.objects.select_for_update(of=("self",)).select_related(
        "idea__process__organisation", "idea__author", "service", "feasibility__activity__phase__process__organisation"
    )
    found = rows.filter(pk=study.pk).first()
    if found is None:
        raise Conflict(_("This study was taken back in the meantime."))
    return found


def note(event: str, study: Study, by: Person | None, now: datetime) -> None:
    details: dict[str, object] = {"idea": study.idea_id, "service": study.service_id, "state": study.state}
    if study.cost_cents is not None:
        details["cost_cents"] = study.cost_cents
    record(event, by=by, now=now, about=study, organisation=study.idea.process.organisation, details=details)
