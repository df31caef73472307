"""The rule of a jury. Once its activity has opened a change is public and needs its reason; what scores were given under does not change at all."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import missing
from zenne.participation.processes.actions import changing_settings
from zenne.people.accounts.models import Person

from ..enums import SCORED, MemberState
from ..errors import WrongMoment
from ..models import MOST_POINTS, Assessment, Criterion, Jury, Level, Score
from ..rules import has_deliberated
from .holding import Words, held, note, write

FIELDS = frozenset({"keep", "points", "blind", "comments", "remind_days"})


def change_jury(
    jury: Jury,
    *,
    values: Mapping[str, object],
    charter: Words | None = None,
    reason: Words | None = None,
    by: Person,
    now: datetime,
) -> Jury:
    """Change how the jury works. The scale stands once scores were submitted, the charter once somebody accepted it."""
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a jury has no {', '.join(sorted(unknown))}")
    with changing_settings(jury.activity, by=by, now=now, reason=reason):
        jury = held(jury)
        _require_before_deliberation(jury)
        changed = sorted(name for name, value in values.items() if getattr(jury, name) != value)
        for name in changed:
            setattr(jury, name, values[name])
        _check(jury)
        if "points" in changed:
            _require_unscored(jury)
            Score.objects.filter(assessment__candidate__jury=jury, value__gt=jury.points).delete()
            Level.objects.filter(criterion__jury=jury, value__gt=jury.points).delete()
        rewritten = write(jury, charter=charter)
        if rewritten and jury.members.filter(state=MemberState.ACCEPTED).exists():
            raise WrongMoment(_("Somebody accepted this charter already: its words stand."))
        if changed or rewritten:
            jury.save()
            note("jury.changed", jury, jury, by, now, fields=[*changed, *rewritten])
    return jury


def write_criterion(
    jury: Jury,
    *,
    criterion: Criterion | None = None,
    weight: int,
    words: Mapping[str, Words],
    levels: Mapping[int, Words],
    reason: Words | None = None,
    by: Person,
    now: datetime,
) -> Criterion:
    """Add a criterion, or write one again: its question, its weight, and words for each of the jury's points, in every promised
    language. `words` has its `title` and its `text`, the question."""
    with changing_settings(jury.activity, by=by, now=now, reason=reason):
        jury = held(jury)
        _require_before_deliberation(jury)
        row = Criterion.objects.get(pk=criterion.pk, jury=jury) if criterion else _next(jury)
        if row.pk is None or row.weight != weight:
            _require_unscored(jury)
        if not 1 <= weight <= 100:
            raise Invalid(_("A weight is between 1 and 100."))
        row.weight = weight
        write(row, title=words.get("title"), text=words.get("text"))
        languages = jury.process.organisation.languages
        lacking = bool(missing(row, ["title", "text"], languages))
        row.save()
        for value in range(1, jury.points + 1):
            level = Level.objects.filter(criterion=row, value=value).first() or Level(criterion=row, value=value)
            write(level, words=levels.get(value))
            lacking = lacking or bool(missing(level, ["words"], languages))
            level.save()
        if lacking:
            raise Invalid(
                _("Write the criterion and the words of every point in every language that your organisation promises.")
            )
        note("jury.criterion_written", jury, jury, by, now, criterion=row.pk)
    return row


def remove_criterion(criterion: Criterion, *, reason: Words | None = None, by: Person, now: datetime) -> None:
    """Take a criterion out, with the points that drafts have on it. Not once somebody submitted."""
    with changing_settings(criterion.jury.activity, by=by, now=now, reason=reason):
        jury = held(criterion.jury)
        _require_before_deliberation(jury)
        _require_unscored(jury)
        Score.objects.filter(criterion=criterion).delete()
        note("jury.criterion_removed", jury, jury, by, now, criterion=criterion.pk)
        Criterion.objects.filter(pk=criterion.pk, jury=jury).delete()


def _next(jury: Jury) -> Criterion:
    last = jury.criteria.aggregate(last=Max("position"))["last"] or 0
    return Criterion(jury=jury, position=last + 1)


def _check(jury: Jury) -> None:
    if not 1 <= jury.keep <= 500 or not 2 <= jury.points <= MOST_POINTS or not 1 <= jury.remind_days <= 60:
        raise Invalid(_("One of these numbers is out of range."))


def _require_unscored(jury: Jury) -> None:
    """The seats are held, so that nobody submits under a rule that is being changed."""
    list(jury.members.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    if Assessment.objects.filter(candidate__jury=jury, state__in=SCORED).exists():
        raise WrongMoment(_("Scores were submitted under these criteria: their number, weights and scale stand."))


def _require_before_deliberation(jury: Jury) -> None:
    if has_deliberated(jury):
        raise WrongMoment(_("The jury has begun to deliberate: its rule stands."))
