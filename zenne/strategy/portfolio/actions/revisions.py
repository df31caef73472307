"""A plan, or a change of it, is put before a College or a council, and gets force by what that decides. There is no other way."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import say
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.decisions.models import Body, Decision
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import PlanState, ProjectState, RevisionState
from ..models import Plan, Project, Revision
from ..queries import revisable, whole_plan
from ..rules import may_decide, may_propose
from ..tasks import speak
from ..versions import digest_of
from .keeping import Words, keep, locked_plan, locked_project, require_reason


@transaction.atomic
def propose(plan: Plan, *, reason: Words, by: Person | None, now: datetime) -> Revision:
    """Put the whole plan, as it is now, before a body. It names the projects on the shortlist and those decided before; sheets still being
    written are not part of it. Raises Conflict while another proposal waits."""
    plan = locked_plan(plan)
    require(may_propose(by, plan))
    require_reason(reason)
    if plan.revisions.filter(state=RevisionState.PROPOSED).exists():
        raise Conflict(_("A revision of this plan already waits for a decision."))
    named = list(revisable(plan).values_list("pk", flat=True))
    snapshot = whole_plan(plan, only=named)
    number = (plan.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Revision(plan=plan, number=number, snapshot=snapshot, digest=digest_of(snapshot), named=named)
    made.proposed_at, made.proposed_by = now, by
    say(made, "reason", reason)
    made.save()
    _record("revision.proposed", made, by, now)
    return made


@transaction.atomic
def make_valid(
    revision: Revision,
    *,
    body: Body,
    reference: str,
    decided_on: date,
    answer: Words | None = None,
    decision: Decision | None = None,
    by: Person | None,
    now: datetime,
) -> Revision:
    """What a College or a council decided: the plan is in force, and the projects on the shortlist that it names are validated. All or nothing.

    `decision` is the decision as everyone reads it, where that is kept here. The database refuses any other body (migration 0001).
    """
    revision = _decide(revision, RevisionState.VALID, body, reference, decided_on, answer, decision, by, now)
    plan = revision.plan
    if plan.state != PlanState.VALID:
        plan.state = PlanState.VALID
        plan.save()
    keep(plan, "plan.valid", by, now, revision=revision.number)
    waiting = Project.objects.filter(pk__in=revision.named, state=ProjectState.SHORTLISTED)
    for project in waiting.order_by("pk"):
        _validate(locked_project(project), revision, by, now)
    webhooks.announce("plan.decided", plan.pk, organisation=plan.organisation_id, now=now, revision=revision.number)
    return revision


@transaction.atomic
def refuse(
    revision: Revision,
    *,
    body: Body,
    reference: str,
    decided_on: date,
    answer: Words,
    decision: Decision | None = None,
    by: Person | None,
    now: datetime,
) -> Revision:
    """What a College or a council did not want. The plan stays as it was; the reason stays readable."""
    require_reason(answer)
    return _decide(revision, RevisionState.REFUSED, body, reference, decided_on, answer, decision, by, now)


def _decide(  # noqa: PLR0913 - a decision has as many parts
    revision: Revision,
    to: RevisionState,
    body: Body,
    reference: str,
    decided_on: date,
    answer: Words | None,
    decision: Decision | None,
    by: Person | None,
    now: datetime,
) -> Revision:
    plan = locked_plan(revision.plan)
    rows = Revision.objects.select_for_update(of=("self",))
    revision = rows.get(pk=revision.pk)
    revision.plan = plan
    require(may_decide(by, revision, body, to))
    if not reference.strip():
        raise Invalid(_("Give the reference of the decision, as in the minutes."))
    if decided_on > in_brussels(now).date():
        raise Invalid(_("A decision is never taken tomorrow."))
    revision.state, revision.body, revision.reference = to, body, reference.strip()
    revision.decided_on, revision.decided_at, revision.decision = decided_on, now, decision
    say(revision, "answer", answer)
    revision.save()
    _record(f"revision.{to.value}", revision, by, now)
    return revision


def _validate(project: Project, revision: Revision, by: Person | None, now: datetime) -> None:
    assert revision.decided_on is not None
    project.state, project.state_since = ProjectState.VALIDATED, revision.decided_on
    project.validated_by = revision
    say(project, "state_reason", None)
    project.save()
    keep(project, "planned_project.validated", by, now, revision=revision.number)
    speak("moved", project, by=by, now=now)


def _record(event: str, revision: Revision, by: Person | None, now: datetime) -> None:
    facts: dict[str, object] = {"plan": revision.plan_id, "number": revision.number}
    record(event, by=by, now=now, about=revision, organisation=revision.plan.organisation, details=facts)
