"""Rules stand still once an activity has opened.

When an activity first opens, its rule is frozen: kept word for word with its fingerprint (RuleVersion 1). Everything that may alter a
rule happens inside `changing`, which compares before and after, and makes every difference a public Change with a reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from zenne.core.languages import LANGUAGES
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import ProcessState, Subject, WindowState
from ..errors import ReasonNeeded
from ..frozen import Rule, canonical, digest, rule_of, window_of
from ..models import Activity, Change, Phase, Process, RuleVersion
from ..notifications import rule_changed
from .writing import Texts, locked


def freeze_due(*, now: datetime) -> int:
    """Freeze the rule of every public activity that has opened and isn't frozen yet; the number frozen. Safe to repeat and to race."""
    opened = Activity.objects.filter(frozen_at__isnull=True).alias(since=Coalesce("opens_at", "phase__opens_at"))
    due = opened.filter(since__lte=now).exclude(phase__process__state=ProcessState.DRAFT)
    count = 0
    for process in Process.objects.filter(pk__in=due.values("phase__process")).order_by("id"):
        with transaction.atomic():
            count += freeze_process(locked(process), now=now)
    return count


def ensure_frozen(activity: Activity, *, now: datetime) -> Activity:
    """What writes into an activity calls this first, so that no contribution is ever older than the rule it was made under."""
    if activity.frozen_at is None and activity.state(now) != WindowState.UPCOMING:
        with transaction.atomic():
            freeze_process(locked(activity.process), now=now)
        activity.refresh_from_db(fields=["frozen_at"])
    return activity


def freeze_process(process: Process, *, now: datetime) -> int:
    """Freeze what has opened in one process. The caller holds its lock."""
    if process.state == ProcessState.DRAFT:
        return 0
    due = [activity for activity in _activities(process) if activity.frozen_at is None and activity.window()[0] <= now]
    for activity in due:
        activity.frozen_at = now
        activity.save(update_fields=["frozen_at"])
        version = _keep(activity, rule_of(activity), now=now)
        details: dict[str, object] = {"digest": version.digest}
        record("activity.frozen", by=None, now=now, about=activity, organisation=process.organisation, details=details)
    return len(due)


@contextmanager
def changing(
    process: Process, *, by: Person, now: datetime, reason: Texts, about: Phase | None = None
) -> Iterator[None]:
    """Do something that may alter rules or dates of a locked process. What changed in what had opened becomes public, with the reason.

    With `about`, a phase, its own dates count as well, and the Change is about the phase: the rules of its activities follow from it.
    Raises ReasonNeeded when something frozen changed and `reason` is empty; the caller's transaction then undoes it all.
    """
    freeze_process(process, now=now)
    phase_before = window_of(about) if about and about.pk and _opened(process, about, now) else None
    before = {activity.pk: rule_of(activity) for activity in _activities(process) if activity.frozen_at}
    yield
    after = {activity.pk: activity for activity in _activities(process) if activity.pk in before}
    moved = {pk: rule_of(activity) for pk, activity in after.items() if rule_of(activity) != before[pk]}
    phase_after = window_of(Phase.objects.get(pk=about.pk)) if about and phase_before else None
    phase_moved = phase_before != phase_after
    if not moved and not phase_moved:
        return
    words = {language: text.strip() for language, text in reason.items() if language in LANGUAGES and text.strip()}
    if not words:
        raise ReasonNeeded()
    shared = None
    if phase_moved and about and phase_before and phase_after:
        shared = _tell(process, Subject.WINDOW, phase_before, phase_after, about=about, words=words, by=by, now=now)
    for pk, rule in moved.items():
        subject = _subject(before[pk], rule)
        change = shared or _tell(process, subject, before[pk], rule, about=after[pk], words=words, by=by, now=now)
        _keep(after[pk], rule, now=now, change=change)


def _activities(process: Process) -> Iterable[Activity]:
    """Read anew each time: their rules are compared before and after a change."""
    found = Activity.objects.filter(phase__process=process).select_related("phase__process__organisation")
    return found.prefetch_related("permissions__area").order_by("phase__position", "position", "id")


def _opened(process: Process, phase: Phase, now: datetime) -> bool:
    return process.state != ProcessState.DRAFT and Phase.objects.filter(pk=phase.pk, opens_at__lte=now).exists()


def _keep(activity: Activity, rule: Rule, *, now: datetime, change: Change | None = None) -> RuleVersion:
    text = canonical(rule)
    number = activity.rule_versions.count() + 1
    return RuleVersion.objects.create(
        activity=activity, number=number, text=text, digest=digest(text), frozen_at=now, change=change
    )


def _subject(before: Rule, after: Rule) -> Subject:
    if (before["opens_at"], before["closes_at"]) != (after["opens_at"], after["closes_at"]):
        return Subject.WINDOW
    return Subject.PERMISSIONS if before["permissions"] != after["permissions"] else Subject.RULE


def _tell(
    process: Process,
    subject: Subject,
    before: Rule,
    after: Rule,
    *,
    about: Phase | Activity,
    words: Mapping[str, str],
    by: Person,
    now: datetime,
) -> Change:
    change = Change(process=process, subject=subject, before=before, after=after)
    setattr(change, "phase" if isinstance(about, Phase) else "activity", about)
    change.changed_at, change.changed_by = now, by
    for language, text in words.items():
        setattr(change, f"reason_{language}", text)
    change.save()
    transaction.on_commit(lambda: rule_changed(change, now))
    details: dict[str, object] = {"subject": subject.value, "change": change.pk}
    record("process.rule_changed", by=by, now=now, about=process, organisation=process.organisation, details=details)
    return change
