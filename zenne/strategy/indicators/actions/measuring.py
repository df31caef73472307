"""Values: typed in, validated, published, revised."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.clock import FIRST_DAY, LAST_DAY
from zenne.core.errors import Conflict
from zenne.core.languages import say
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.places.areas.models import Area

from .. import computing, keeping, queries, tasks
from ..enums import MEASUREMENT_TRANSITIONS, OPEN, Evidence, MeasurementState, Nature
from ..errors import Unclear
from ..models import Indicator, Measurement
from ..rules import may_define, may_measure, may_publish, may_revise
from .way import Words, locked, note, public_reason, require_clean

Value = Decimal | int | str


@transaction.atomic
def measure(  # noqa: PLR0913 - everything that is said of a value, by name
    indicator: Indicator,
    *,
    start: date,
    end: date,
    value: Value,
    area: Area | None = None,
    low: Value | None = None,
    high: Value | None = None,
    evidence: Evidence | None = None,
    words: Words | None = None,
    by: Person | None,
    now: datetime,
) -> Measurement:
    """A provisional value of a period (first and last day); one that is not published yet is changed. `words` are a public note.

    Raises Conflict where a value of that period is published: `revise` it; Unclear with the field that cannot stand.
    """
    indicator = locked(indicator)
    require(may_measure(by, indicator))
    found = queries.of_period(indicator, area, start, end).select_for_update(of=("self",)).first()
    if found is not None and found.state == MeasurementState.PUBLISHED:
        raise Conflict(_("A value of this period is published already. It can be revised, with a reason."))
    made = found or Measurement(indicator=indicator, area=area, start=start, end=end)
    made.state, made.entered_at, made.entered_by = MeasurementState.PROVISIONAL, now, by
    _fill(made, value, low, high, evidence, words)
    made.save()
    note("measurement.entered", indicator, by, now, measurement=made.pk, start=start.isoformat(), end=end.isoformat())
    return made


@transaction.atomic
def validate(measurement: Measurement, *, by: Person | None, now: datetime) -> Measurement:
    """Somebody looked at it and found it right."""
    return _move(measurement, MeasurementState.VALIDATED, by, now, event="measurement.validated")


@transaction.atomic
def send_back(measurement: Measurement, *, by: Person | None, now: datetime) -> Measurement:
    """Somebody looked at it and found it wrong: it is provisional again."""
    return _move(measurement, MeasurementState.PROVISIONAL, by, now, event="measurement.sent_back")


@transaction.atomic
def discard(measurement: Measurement, *, by: Person | None, now: datetime) -> None:
    """Throw away a value that was never published."""
    indicator = locked(measurement.indicator)
    require(may_measure(by, indicator))
    found = indicator.measurements.select_for_update(of=("self",)).get(pk=measurement.pk)
    if found.state not in OPEN:
        require(Refused(Reason.WRONG_STATE))
    period = {"start": found.start.isoformat(), "end": found.end.isoformat()}
    found.delete()
    note("measurement.discarded", indicator, by, now, **period)


@transaction.atomic
def publish(measurement: Measurement, *, by: Person | None, now: datetime) -> Measurement:
    """Everybody sees it from now on, and it is never changed again: only revised."""
    indicator = locked(measurement.indicator)
    found = indicator.measurements.select_for_update(of=("self",)).get(pk=measurement.pk)
    found.indicator = indicator
    require(may_publish(by, found))
    _out([found], by, now)
    return found


@transaction.atomic
def publish_all(indicator: Indicator, *, by: Person | None, now: datetime) -> list[Measurement]:
    """Every value of it that waits, validated or not."""
    indicator = locked(indicator)
    require(may_define(by, indicator.organisation))
    found = list(indicator.measurements.select_for_update(of=("self",)).filter(state__in=OPEN).order_by("end", "id"))
    for each in found:
        each.indicator = indicator
    _out(found, by, now)
    return found


@transaction.atomic
def revise(  # noqa: PLR0913 - everything that is said of a value, by name
    measurement: Measurement,
    *,
    value: Value,
    low: Value | None = None,
    high: Value | None = None,
    evidence: Evidence | None = None,
    words: Words | None = None,
    because: Words,
    by: Person | None,
    now: datetime,
) -> Measurement:
    """A published value was wrong, or is known better. The old one stays readable beside the new; `because` is the public reason."""
    indicator = locked(measurement.indicator)
    old = indicator.measurements.select_for_update(of=("self",)).get(pk=measurement.pk)
    old.indicator = indicator
    require(may_revise(by, old))
    made = Measurement(
        indicator=indicator,
        area_id=old.area_id,
        start=old.start,
        end=old.end,
        state=MeasurementState.PUBLISHED,
        revision=old.revision + 1,
        supersedes=old,
        entered_at=now,
        entered_by=by,
        published_at=now,
    )
    _fill(made, value, low, high, evidence or Evidence(old.evidence), words)
    say(made, "because", public_reason(indicator.organisation, because))
    old.state = MeasurementState.REVISED
    old.save(update_fields=["state"])
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(_("Somebody else revised this value in the meantime.")) from error
    keeping.published([made.pk], used=computing.used([indicator.pk]))
    note("measurement.revised", indicator, by, now, measurement=made.pk, before=str(old.value), after=str(made.value))
    _tell([made])
    return made


def _fill(
    made: Measurement,
    value: Value,
    low: Value | None,
    high: Value | None,
    evidence: Evidence | None,
    words: Words | None,
) -> None:
    if not FIRST_DAY <= made.start <= made.end <= LAST_DAY:
        field = "end" if made.start > made.end else "start"
        raise Unclear(_("The first day comes before the last, both between 1900 and 2199."), field)
    made.value, made.low, made.high = value, low, high  # cleaned next
    made.evidence = evidence or made.indicator.evidence
    say(made, "note", words)
    require_clean(made, exclude=("indicator", "area", "supersedes", "entered_by"))
    if made.low is not None and made.low > made.value:
        raise Unclear(_("The value lies below its own interval."), "low")
    if made.high is not None and made.high < made.value:
        raise Unclear(_("The value lies above its own interval."), "high")
    levels = made.indicator.levels.filter(value=made.value)  # type: ignore[misc]  # a Decimal that is no whole number is no level
    if made.indicator.nature == Nature.QUALITATIVE and not levels.exists():
        raise Unclear(_("This is none of the levels of the indicator."), "value")


def _move(
    measurement: Measurement, to: MeasurementState, by: Person | None, now: datetime, *, event: str
) -> Measurement:
    indicator = locked(measurement.indicator)
    require(may_measure(by, indicator))
    found = indicator.measurements.select_for_update(of=("self",)).get(pk=measurement.pk)
    if to not in MEASUREMENT_TRANSITIONS[MeasurementState(found.state)]:
        require(Refused(Reason.WRONG_STATE))
    found.state = to
    found.save(update_fields=["state"])
    note(event, indicator, by, now, measurement=found.pk)
    return found


def _out(found: Iterable[Measurement], by: Person | None, now: datetime) -> None:
    found = list(found)
    if not found:
        return
    for each in found:
        each.state, each.published_at = MeasurementState.PUBLISHED, now
        each.save(update_fields=["state", "published_at"])
    indicator = found[0].indicator
    keeping.published([each.pk for each in found], used=computing.used([indicator.pk]))
    for each in found:
        note("measurement.published", indicator, by, now, measurement=each.pk)
    _tell(found)


def _tell(found: list[Measurement]) -> None:
    """Whoever asked to hear of it does, once: of the latest; and what is computed from it is computed again."""
    latest = max(found, key=lambda each: (each.area_id is None, each.end, each.pk))
    tasks.leave_word(latest.pk)
    transaction.on_commit(partial(tasks.compute_soon), robust=True)
