"""Computed indicators: what a published value touches is computed again, and nothing else.

`Touched` rows say which values came since; `run` takes some of them, works out which periods of which indicators may differ, and computes those in order. A value that
comes out as before changes nothing; one that differs is a revision, like any other. Rows and results go in one transaction: a killed worker left everything
as it was.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from zenne.core.clock import in_brussels
from zenne.core.languages import LANGUAGES, attribute, in_every_language
from zenne.methods.formulas import Known, Nothing, evaluate

from . import graph, keeping, periods
from .enums import Evidence, Frequency, MeasurementState
from .graph import Graph, used
from .models import Indicator, Latest, Measurement, Touched
from .periods import Period
from .stored import Row, Rows, Spot, fits, kept, load

__all__ = ["Run", "explain", "named_inputs", "run", "touch_all", "touch_ended", "used", "waiting"]

BATCH = 5000
LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
FAR = timedelta(days=366 * 300)

ALL_OF = """
insert into indicators_touched (indicator_id, area_id, start, "end")
select indicator_id, area_id, min(start), max("end") from indicators_measurement
where indicator_id = any(%s) and state = 'published' group by indicator_id, area_id
"""
ENDED = """
insert into indicators_touched (indicator_id, area_id, start, "end")
select indicator_id, area_id, %s, %s from indicators_latest where indicator_id = any(%s)
"""


@dataclass
class Run:
    """What one run did: values it looked at, values that are new, revised, and no longer stand."""

    touched: int = 0
    looked_at: int = 0
    new: int = 0
    revised: int = 0
    gone: int = 0


@dataclass
class _Results:
    made: list[Measurement] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def waiting() -> int:
    """How many values have still to be looked at."""
    return Touched.objects.count()


def touch_all(indicator: Indicator) -> None:
    """Its formula is new: everything it is computed from has to be looked at."""
    found = graph.load(indicator).inputs[indicator.pk]
    with connection.cursor() as cursor:
        cursor.execute(ALL_OF, [sorted(found.values())])


def touch_ended(now: datetime) -> int:
    """A period is computed once it is over: the day after, what it is computed from is looked at again. How many indicators."""
    yesterday = in_brussels(now).date() - periods.DAY
    found = graph.load()
    ended = [pk for pk in found.order if periods.of(yesterday, Frequency(found.known[pk].frequency))[1] == yesterday]
    inputs = sorted({each for pk in ended for each in found.inputs[pk].values()})
    with connection.cursor() as cursor:
        cursor.execute(ENDED, [yesterday, yesterday, inputs])
    return len(ended)


@transaction.atomic
def run(*, now: datetime, most: int = BATCH, tell: Callable[[int], None] = lambda measurement: None) -> Run:
    """Look at up to `most` touched values, the first first. Nothing touched means nothing is left to do. `tell` hears, in the same transaction, of each value
    that is now the latest of the whole of its indicator."""
    rows = list(Touched.objects.select_for_update(skip_locked=True).order_by("id")[:most])
    done = Run(touched=len(rows))
    if not rows:
        return done
    found = graph.load()
    dirty = _dirty(found, rows, in_brussels(now).date())
    if dirty:
        stored = load(_wanted(found, dirty))
        results = _Results()
        for pk in found.order:
            for area, due in sorted(dirty.get(pk, {}).items(), key=lambda item: item[0] or 0):
                for period in sorted(due):
                    done.looked_at += 1
                    _compute(found, pk, (area, period), stored, results, now)
        for measurement in _write(results):
            tell(measurement)
        done.new = len(results.made) - len(results.replaced)
        done.revised, done.gone = len(results.replaced), len(results.gone)
    Touched.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return done


def explain(indicator: Indicator, now: datetime) -> Nothing | None:
    """Why a computed indicator has no value for the last period that is over; None where it has one."""
    found = graph.load(indicator)
    today = in_brussels(now).date()
    period = periods.of(
        periods.of(today, Frequency(indicator.frequency))[0] - periods.DAY, Frequency(indicator.frequency)
    )
    if indicator.frequency == Frequency.ONCE:
        period = (today, today)
    stored = load(_wanted(found, {indicator.pk: {None: {period}}}))
    outcome = evaluate(graph.formula(indicator.expression), _Readings(found, indicator.pk, (None, period), stored))
    return outcome if isinstance(outcome, Nothing) else None


def named_inputs(indicator: Indicator) -> dict[str, Indicator]:
    """What a computed indicator is computed from, by the names in its formula."""
    found = graph.load(indicator) if indicator.computed else None
    return {name: found.known[pk] for name, pk in found.inputs[indicator.pk].items()} if found else {}


Dirty = dict[int, dict[int | None, set[Period]]]


def _dirty(found: Graph, rows: Iterable[Touched], today: date) -> Dirty:
    """Which periods of which indicators may come out differently. Rather one too many than one too few."""
    dirty: Dirty = defaultdict(lambda: defaultdict(set))
    spans: dict[int, dict[int | None, set[Period]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        spans[row.indicator_id][row.area_id].add((row.start, row.end))
    for source, areas in spans.items():
        for area, span in areas.items():
            for user in found.users.get(source, ()):
                dirty[user][area] |= _reached(found, source, user, span, today)
    for pk in found.order:
        for area, due in list(dirty.get(pk, {}).items()):
            for user in found.users.get(pk, ()):
                dirty[user][area] |= _reached(found, pk, user, due, today)
    return dirty


def _reached(found: Graph, source: int, user: int, spans: Iterable[Period], today: date) -> set[Period]:
    """The periods of `user` that values of `source` with these periods may be used in."""
    frequency, own = Frequency(found.known[user].frequency), Frequency(found.known[source].frequency)
    shift = timedelta(days=_shift(found, user))
    reached: set[Period] = set()
    for start, end in spans:
        if frequency == Frequency.ONCE:
            reached.add((start, end))
            continue
        late = own.late_from(end)
        until = min(today, (late + shift) if late else today)
        reached.update(period for period in periods.between(start, max(until, end), frequency) if period[1] < today)
        if periods.of(start, frequency) == (start, end):
            reached.add((start, end))
    return reached


def _shift(found: Graph, user: int) -> int:
    """How far back a formula looks, in days."""
    return sum(LONGEST[step] for step in graph.formula(found.known[user].expression).steps)


def _wanted(found: Graph, dirty: Dirty) -> dict[Spot, date]:
    """From which day on the values of which indicator and area are needed."""
    wanted: dict[Spot, date] = {}

    def want(pk: int, area: int | None, since: date) -> None:
        known = wanted.get((pk, area))
        wanted[pk, area] = since if known is None else min(known, since)

    for pk, areas in dirty.items():
        back = timedelta(days=_shift(found, pk))
        for area, due in areas.items():
            first = min(period[0] for period in due) if due else None
            if first is None:
                continue
            want(pk, area, first)
            for source in found.inputs[pk].values():
                late = Frequency(found.known[source].frequency).late_from(first)
                want(source, area, first - back - ((late - first) if late else min(FAR, first - date(1800, 1, 1))))
    return wanted


def _compute(
    found: Graph, pk: int, spot: tuple[int | None, Period], stored: Rows, into: _Results, now: datetime
) -> None:
    indicator, (area, period) = found.known[pk], spot
    readings = _Readings(found, pk, spot, stored)
    outcome = evaluate(graph.formula(indicator.expression), readings)
    standing = stored.exactly(pk, area, period)
    result = None if isinstance(outcome, Nothing) else kept(outcome, graph.measure(indicator.unit).scale)
    if result is None or not fits(result):
        if standing is not None:
            into.gone.append(standing.pk)
            stored.remove(pk, area, standing)
        return
    if standing is not None and standing.same(result, readings.evidence):
        return
    value, low, high = result
    made = Measurement(
        indicator_id=pk,
        area_id=area,
        start=period[0],
        end=period[1],
        value=value,
        low=low if low != value or high != value else None,
        high=high if low != value or high != value else None,
        evidence=readings.evidence,
        state=MeasurementState.PUBLISHED,
        entered_at=now,
        published_at=now,
    )
    if standing is not None:
        made.revision, made.supersedes_id = standing.revision + 1, standing.pk
        for language, words in _why().items():
            setattr(made, attribute("because", language), words)
        into.replaced.append(standing.pk)
        stored.remove(pk, area, standing)
    into.made.append(made)
    stored.add(Row.of(made, graph.measure(indicator.unit).scale))


def _why() -> dict[str, str]:
    words = in_every_language(lambda: _("A value that it is computed from was published or revised."))
    return {language: words[language] for language in LANGUAGES}


def _write(results: _Results) -> list[int]:
    """Which of what was made is now the latest of its indicator."""
    Measurement.objects.filter(pk__in=[*results.replaced, *results.gone]).update(state=MeasurementState.REVISED)
    made = Measurement.objects.bulk_create(results.made, batch_size=1000)
    if made:
        keeping.published([each.pk for each in made], used=[])
    if results.gone:
        keeping.withdrawn(results.gone)
    news = Latest.objects.filter(measurement__in=[each.pk for each in made], area__isnull=True)
    return list(news.order_by("measurement").values_list("measurement", flat=True)) if made else []


class _Readings:
    """What a formula reads, and the weakest evidence among it."""

    def __init__(self, found: Graph, pk: int, spot: tuple[int | None, Period], stored: Rows) -> None:
        self.found, self.inputs, self.stored = found, found.inputs[pk], stored
        self.area, self.period = spot
        self.evidence = Evidence.MEASURED

    def at(self, name: str, back: tuple[str, ...]) -> Known | None:
        source = self.inputs.get(name)
        if source is None:
            return None
        frequency = Frequency(self.found.known[source].frequency)
        row = self.stored.at(source, self.area, self._period(back), frequency)
        return self._seen(row) if row else None

    def within(self, name: str, back: tuple[str, ...]) -> Sequence[Known]:
        source = self.inputs.get(name)
        rows = self.stored.within(source, self.area, self._period(back)) if source is not None else []
        return [self._seen(row) for row in rows]

    def _period(self, back: tuple[str, ...]) -> Period:
        period = self.period
        for step in back:
            period = periods.back(period, step)
        return period

    def _seen(self, row: Row) -> Known:
        order = list(Evidence)
        self.evidence = max(self.evidence, Evidence(row.evidence), key=order.index)
        return row.known
