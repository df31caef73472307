"""What the file says was decided: the revision of the plan, the states after it, committed money, health."""

from typing import Any

from zenne.participation.decisions import actions as decisions
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body, Decision

from .. import actions
from ..enums import DECIDED, Health, ProjectState, RevisionState
from ..models import Project, Revision
from . import records
from .ground import Ground
from .records import Fault
from .writing import differs, worded


def bring_decided(ground: Ground) -> None:
    fresh = [row for row in ground.file.projects if row.key in ground.fresh]
    decided = [row for row in fresh if row.state in DECIDED]
    revision = _revision(ground, decided) if decided else None
    ground.end_stage()
    for row in fresh:
        if row.state not in (ProjectState.LONGLISTED, ProjectState.VALIDATED):
            with ground.at(row.spot):
                actions.take_over(
                    ground.projects[row.key],
                    to=ProjectState(row.state),
                    since=ground.file.plan.as_of,
                    revision=revision if row.state in DECIDED else None,
                    by=ground.by,
                    now=ground.now,
                )
    for row in ground.standing():
        _money_and_health(ground, row)
    ground.end_stage()


def _revision(ground: Ground, decided: list[records.Project]) -> Revision | None:
    """The decision that the file tells, put in as one: proposed, then decided by its body."""
    said = ground.file.plan.validation
    assert said is not None  # `reading` saw to it
    body = Body.objects.filter(organisation=ground.organisation, role=said.role).order_by("pk").first()
    if ground.plan.revisions.filter(state=RevisionState.VALID, reference=said.reference).exists():
        reason = f"The decision “{said.reference}” is here already and did not name it: give the new one, or put it on the shortlist."
        ground.faults += [Fault(row.spot, reason) for row in decided]
        return None
    with ground.at(said.spot):
        if body is None:
            body = Body.objects.create(
                organisation=ground.organisation, role=BodyRole(said.role), **worded(name=said.body)
            )
        proposed = actions.propose(ground.plan, reason=said.reason, by=ground.by, now=ground.now)
        return actions.make_valid(
            proposed,
            body=body,
            reference=said.reference,
            decided_on=said.decided_on,
            decision=_decision(ground, said, body),
            by=ground.by,
            now=ground.now,
        )
    return None


def _decision(ground: Ground, said: records.Validation, body: Body) -> Decision | None:
    """The decision as everyone reads it, where somebody enters it: a decision is never the platform's own."""
    if ground.by is None:
        return None
    values: dict[str, Any] = {"body": body, "reference": said.reference, "decided_on": said.decided_on}
    values |= worded(title=ground.file.plan.name, statement=said.reason)
    prepared = decisions.prepare(None, values=values, by=ground.by, now=ground.now)
    return decisions.publish(prepared, by=ground.by, now=ground.now)


def _money_and_health(ground: Ground, row: records.Project) -> None:
    project = ground.projects[row.key]
    changes = 0
    with ground.at(row.spot):
        for line in row.budget:
            changes += _committed(ground, project, line)
        if row.health and _does_otherwise(project, row.health):
            actions.set_health(
                project,
                to=Health(row.health.state),
                reason=row.health.reason,
                on=row.health.day,
                by=ground.by,
                now=ground.now,
            )
            changes += 1
    if changes and row.key not in ground.fresh:
        ground.touched.add(row.key)


def _committed(ground: Ground, project: Project, line: records.Money) -> int:
    there, changes = project.lines.get(key=line.key), 0
    with ground.at(line.spot):
        if line.committed and (there.committed_cents, there.reference, there.decided_on) != (
            line.committed,
            line.reference,
            line.decided_on,
        ):
            assert line.decided_on is not None  # `reading` saw to it
            actions.commit_money(
                there,
                cents=line.committed,
                reference=line.reference,
                decided_on=line.decided_on,
                by=ground.by,
                now=ground.now,
            )
            changes += 1
        if line.spent != there.spent_cents:
            actions.spend(there, cents=line.spent, by=ground.by, now=ground.now)
            changes += 1
    return changes


def _does_otherwise(project: Project, said: records.Health) -> bool:
    """What staff said later stands."""
    if project.health_on is not None and project.health_on > said.day:
        return False
    values = {"health": said.state, "health_on": said.day, **worded(health_reason=said.reason)}
    return differs(project, values)
