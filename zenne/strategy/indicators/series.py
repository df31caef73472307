"""The series that the house itself brings: what is counted of participation (`opendata.statistics`), by organisation or by process, and by commune.

Things are counted as on the pages of numbers. People are counted once in a period, and a number below ten is not there at all.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import BRUSSELS, at_brussels
from zenne.core.errors import Words
from zenne.methods.suppression import FEWEST
from zenne.opendata.statistics.enums import Split
from zenne.opendata.statistics.kinds import Measure, Scope, in_order
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.people.organisations.models import Organisation

from .kinds import Asked, Series, Source, Spot, sources
from .periods import DAY

PEOPLE = "participants"


def _all() -> Mapping[str, Series]:
    found = {
        key: Series(measure.label, "", partial(_things, measure), partial(_since, [measure]))
        for key, measure in in_order()
    }
    part = [measure for _key, measure in in_order() if measure.takes_part and measure.person]
    return found | {PEOPLE: Series(_("People who took part"), "person", partial(_people, part), partial(_since, part))}


def _processes(organisation: Organisation) -> Sequence[tuple[str, Words]]:
    found = Process.objects.filter(organisation=organisation).exclude(state=ProcessState.DRAFT).order_by("slug")
    return [(process.slug, str(process)) for process in found]


def _scope(organisation: Organisation, of: str) -> Scope | None:
    if not of:
        return Scope.organisation(organisation.pk)
    found = Process.objects.filter(organisation=organisation, slug=of).exclude(state=ProcessState.DRAFT).first()
    return Scope.process(found.pk) if found else None


def _things(measure: Measure, asked: Asked) -> Mapping[Spot, Decimal]:
    """One question for all periods: things by day and commune, then added up."""
    scope = _scope(asked.organisation, asked.of)
    if scope is None or not asked.periods:
        return {}
    first, last = min(start for start, _end in asked.periods), max(end for _start, end in asked.periods)
    rows = _between(measure, scope, first, last)
    columns = {"series_day": TruncDate(measure.moment, tzinfo=BRUSSELS)}
    commune = measure.splits.get(Split.COMMUNE)
    names = ["series_day", commune] if commune else ["series_day"]
    counted = rows.order_by().annotate(**columns).values_list(*names).annotate(number=Count("pk"))
    found: dict[Spot, int] = {(None, start, end): 0 for start, end in asked.periods}
    for day, *where, number in counted:
        for start, end in asked.periods:
            if start <= day <= end:
                found[None, start, end] += number
                if where and where[0] is not None:
                    found[where[0], start, end] = found.get((where[0], start, end), 0) + number
    return {spot: Decimal(number) for spot, number in found.items()}


def _people(measures: Sequence[Measure], asked: Asked) -> Mapping[Spot, Decimal]:
    """How many different people did any of these things in each period."""
    scope = _scope(asked.organisation, asked.of)
    if scope is None:
        return {}
    found: dict[Spot, Decimal] = {}
    for start, end in asked.periods:
        people = [
            _between(measure, scope, start, end)
            .filter(**{f"{measure.person}__isnull": False})
            .order_by()
            .values_list(measure.person)
            for measure in measures
        ]
        number = people[0].union(*people[1:]).count() if people else 0
        if number == 0 or number >= FEWEST:
            found[None, start, end] = Decimal(number)
    return found


def _since(measures: Sequence[Measure], organisation: Organisation, of: str) -> date | None:
    scope = _scope(organisation, of)
    if scope is None:
        return None
    firsts = [measure.rows(scope).order_by().aggregate(first=Min(measure.moment))["first"] for measure in measures]
    return min((first.astimezone(BRUSSELS).date() for first in firsts if first), default=None)


def _between(measure: Measure, scope: Scope, first: date, last: date) -> QuerySet[Any]:
    return measure.rows(scope).filter(
        **{f"{measure.moment}__gte": at_brussels(first), f"{measure.moment}__lt": at_brussels(last + DAY)}
    )


sources.register("participation", Source(_("Participation"), _all, _processes))
