"""Phases and activities: adding, editing, ordering, removing. Dates of what has opened change only with a public reason."""

from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import ProcessState
from ..errors import (
    ClosesInThePast,
    EndsBeforeItBegins,
    Faulty,
    HasOpened,
    OutsideItsPhase,
    PartOfTheRecord,
    PhasesOutOfOrder,
)
from ..kinds import kinds
from ..models import Activity, Phase, Process
from ..rules import may_edit, may_manage
from .freezing import changing
from .writing import Texts, Values, apply, in_languages, keep_promise, locked

WINDOW = {"opens_at", "closes_at"}
PHASE_TEXTS = in_languages(("title", "summary"))
ACTIVITY_TEXTS = in_languages(("title", "intro"))


@transaction.atomic
def add_phase(process: Process, *, values: Values, by: Person, now: datetime) -> Phase:
    """Add a phase at its place in time: after every phase that opens no later."""
    process = locked(process)
    require(may_manage(by, process.organisation))
    phase = Phase(process=process)
    apply(phase, values, PHASE_TEXTS | WINDOW)
    phases = list(process.phases.all())
    phase.position = 1 + sum(other.opens_at <= phase.opens_at for other in phases)
    for other in reversed(phases[phase.position - 1 :]):
        other.position += 1
        other.save(update_fields=["position"])
    _check_phase(phase)
    keep_promise(process, phase)
    phase.save()
    record("phase.added", by=by, now=now, about=phase, organisation=process.organisation)
    return phase


@transaction.atomic
def edit_phase(phase: Phase, *, values: Values, by: Person, now: datetime, reason: Texts | None = None) -> Phase:
    """Change a phase's words (editors) or dates (managers)."""
    process = locked(phase.process)
    require(may_edit(by, process.organisation))
    phase = Phase.objects.get(pk=phase.pk)
    before = (phase.opens_at, phase.closes_at)
    with changing(process, by=by, now=now, reason=reason or {}, about=phase):
        changed = apply(phase, values, PHASE_TEXTS | WINDOW)
        if WINDOW & set(changed):
            require(may_manage(by, process.organisation))
            _check_moments(process, before, (phase.opens_at, phase.closes_at), now)
            _check_phase(phase)
        keep_promise(process, phase)
        phase.save()
        for activity in phase.activities.select_related("phase"):
            _check_activity(activity)
    if changed:
        record(
            "phase.edited", by=by, now=now, about=phase, organisation=process.organisation, details={"fields": changed}
        )
    return phase


@transaction.atomic
def delete_phase(phase: Phase, *, by: Person, now: datetime) -> None:
    """Take out a phase in which nothing has opened, with its activities."""
    process = locked(phase.process)
    require(may_manage(by, process.organisation))
    phase = Phase.objects.get(pk=phase.pk)
    if phase.activities.filter(frozen_at__isnull=False).exists() or (_is_public(process) and phase.opens_at <= now):
        raise PartOfTheRecord()
    if _is_public(process) and process.phases.count() == 1:
        raise PartOfTheRecord()
    record(
        "phase.deleted",
        by=by,
        now=now,
        about=phase,
        organisation=process.organisation,
        details={"position": phase.position},
    )
    phase.delete()


@transaction.atomic
def add_activity(phase: Phase, *, kind: str, values: Values, by: Person, now: datetime) -> Activity:
    """Add something to do to a phase, at the end of its list; the kind prepares its own settings."""
    process = locked(phase.process)
    require(may_manage(by, process.organisation))
    if kind not in kinds:
        raise Faulty(field="kind")
    last = phase.activities.order_by("position").last()
    activity = Activity(phase=phase, kind=kind, position=last.position + 1 if last else 1)
    apply(activity, values, ACTIVITY_TEXTS | WINDOW)
    _check_activity(activity)
    keep_promise(process, activity)
    activity.save()
    if prepare := kinds[kind].prepare:
        prepare(activity)
    record("activity.added", by=by, now=now, about=activity, organisation=process.organisation, details={"kind": kind})
    return activity


@transaction.atomic
def edit_activity(
    activity: Activity, *, values: Values, by: Person, now: datetime, reason: Texts | None = None
) -> Activity:
    """Change an activity's words (editors) or its own window (managers; None: that of its phase)."""
    process = locked(activity.process)
    require(may_edit(by, process.organisation))
    with changing(process, by=by, now=now, reason=reason or {}):
        activity = Activity.objects.select_related("phase__process").get(pk=activity.pk)
        before = activity.window()
        changed = apply(activity, values, ACTIVITY_TEXTS | WINDOW)
        if WINDOW & set(changed):
            require(may_manage(by, process.organisation))
            _check_moments(process, before, activity.window(), now)
            _check_activity(activity)
        keep_promise(process, activity)
        activity.save()
    if changed:
        record(
            "activity.edited",
            by=by,
            now=now,
            about=activity,
            organisation=process.organisation,
            details={"fields": changed},
        )
    return activity


@transaction.atomic
def move_activity(activity: Activity, *, up: bool, by: Person, now: datetime) -> Activity:
    """Swap an activity with its neighbour in the phase. At the end of the list nothing happens."""
    process = locked(activity.process)
    require(may_manage(by, process.organisation))
    order = list(activity.phase.activities.order_by("position", "id"))
    here = order.index(activity)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, each in enumerate(order, start=1):
            Activity.objects.filter(pk=each.pk).update(position=position)
        record("activity.moved", by=by, now=now, about=activity, organisation=process.organisation)
    activity.refresh_from_db(fields=["position"])
    return activity


@transaction.atomic
def delete_activity(activity: Activity, *, by: Person, now: datetime) -> None:
    """Take out an activity that has not opened. What has opened is part of the record."""
    process = locked(activity.process)
    require(may_manage(by, process.organisation))
    activity = Activity.objects.select_related("phase__process").get(pk=activity.pk)
    if activity.frozen_at or (_is_public(process) and activity.window()[0] <= now):
        raise PartOfTheRecord()
    record(
        "activity.deleted",
        by=by,
        now=now,
        about=activity,
        organisation=process.organisation,
        details={"kind": activity.kind},
    )
    activity.delete()


def _is_public(process: Process) -> bool:
    return process.state != ProcessState.DRAFT


Window = tuple[datetime, datetime | None]


def _check_moments(process: Process, before: Window, after: Window, now: datetime) -> None:
    """In public, an opening that happened stays, and nothing is closed retroactively."""
    if not _is_public(process):
        return
    if before[0] <= now and after[0] != before[0]:
        raise HasOpened()
    was_open = before[1] is None or before[1] > now
    if before[0] <= now and was_open and after[1] is not None and after[1] < now and after[1] != before[1]:
        raise ClosesInThePast()


def _check_phase(phase: Phase) -> None:
    """A phase ends after it begins, and phases open in the order they stand in."""
    if phase.closes_at is not None and phase.closes_at <= phase.opens_at:
        raise EndsBeforeItBegins()
    others = phase.process.phases.exclude(pk=phase.pk)
    before = others.filter(position__lt=phase.position).order_by("position").last()
    after = others.filter(position__gt=phase.position).order_by("position").first()
    if (before and before.opens_at > phase.opens_at) or (after and after.opens_at < phase.opens_at):
        raise PhasesOutOfOrder()


def _check_activity(activity: Activity) -> None:
    """An activity's window is not empty and lies within its phase's."""
    opens_at, closes_at = activity.window()
    phase = activity.phase
    if closes_at is not None and closes_at <= opens_at:
        raise EndsBeforeItBegins()
    too_late = phase.closes_at is not None and (closes_at is None or closes_at > phase.closes_at)
    if opens_at < phase.opens_at or too_late:
        raise OutsideItsPhase(field="closes_at" if too_late else "opens_at")
