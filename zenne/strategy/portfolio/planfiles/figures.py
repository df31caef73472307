"""The indicators of a plan's file: defined, aimed, measured and published by their own verbs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES, attribute, in_every_language
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area
from zenne.strategy.indicators import actions
from zenne.strategy.indicators.enums import Evidence, IndicatorState, MeasurementState
from zenne.strategy.indicators.models import Indicator, Measurement

from .. import actions as portfolio
from . import records
from .ground import Ground
from .writing import CHANGED, NEW, SAME, differs, worded

Source = Callable[[records.Reference, str], str]


def corrected() -> dict[str, str]:
    """Why something that everyone had read is otherwise now."""
    return in_every_language(lambda: _("Corrected in the file that the plan is loaded from."))


@dataclass
class Brought:
    indicator: Indicator
    outcome: str
    values: list[str]
    """What became of each measurement of the row, in its order."""


@dataclass(frozen=True)
class Figures:
    """`areas` are those that the file names, by `kind:code`; `source` says where a statement comes from, in a language."""

    organisation: Organisation
    areas: Mapping[str, Area]
    source: Source
    by: Person | None
    now: datetime

    def bring(self, row: records.Indicator, old: Indicator | None) -> Brought:
        """Define it, or write it again where it differs, and publish its values."""
        if old is not None and old.organisation_id != self.organisation.pk:
            raise Conflict(f"“{old.organisation.slug}” has an indicator with the key “{row.key}” already.")
        values, targets = self._definition(row), [(each.day, each.value) for each in row.targets]
        outcome = SAME
        if old is None:
            indicator, outcome = (
                actions.define(self.organisation, values=values, targets=targets, by=self.by, now=self.now),
                NEW,
            )
        elif differs(old, values) or sorted((each.day, each.value) for each in old.targets.all()) != sorted(targets):
            indicator, outcome = (
                actions.change(old, values=values, targets=targets, because=corrected(), by=self.by, now=self.now),
                CHANGED,
            )
        else:
            indicator = old
        if indicator.state == IndicatorState.DEFINED:
            indicator = actions.activate(indicator, by=self.by, now=self.now)
        standing = {
            (each.start, each.end, each.area_id): each
            for each in (old.measurements.all() if old else ())
            if each.state != MeasurementState.REVISED
        }
        found = [self._measure(indicator, each, row, standing) for each in row.measurements]
        if NEW in found:
            actions.publish_all(indicator, by=self.by, now=self.now)
        return Brought(indicator, outcome, found)

    def _definition(self, row: records.Indicator) -> dict[str, Any]:
        base = row.baseline
        values = worded(name=row.name, meaning=row.meaning, owner=row.owner)
        values |= {attribute("source", language): self.source(row.source, language) for language in LANGUAGES}
        return values | {
            "slug": row.key,
            "unit": row.unit,
            "decimals": row.decimals,
            "direction": row.direction,
            "frequency": row.frequency,
            "evidence": row.evidence,
            "baseline_value": base.value if base else None,
            "baseline_on": base.day if base else None,
            "baseline_evidence": base.evidence or row.evidence if base else row.evidence,
        }

    def _measure(
        self,
        indicator: Indicator,
        each: records.Measurement,
        row: records.Indicator,
        standing: Mapping[tuple[Any, ...], Measurement],
    ) -> str:
        area = self.areas[each.area.key] if each.area else None
        evidence, words = Evidence(each.evidence or row.evidence), self._words(each)
        old = standing.get((each.start, each.end, area.pk if area else None))
        said = {"value": each.value, "low": each.low, "high": each.high, "evidence": evidence, **worded(note=words)}
        if old is not None and not differs(old, said):
            return SAME
        given: dict[str, Any] = {"value": each.value, "low": each.low, "high": each.high, "evidence": evidence}
        given |= {"words": words, "by": self.by, "now": self.now}
        if old is not None and old.state == MeasurementState.PUBLISHED:
            actions.revise(old, because=corrected(), **given)
            return CHANGED
        actions.measure(indicator, start=each.start, end=each.end, area=area, **given)
        return NEW

    def _words(self, each: records.Measurement) -> dict[str, str]:
        """The public note of a value: its own source, where it is not that of the indicator, and what there is to say."""
        said = {}
        for language in LANGUAGES:
            parts = [self.source(each.source, language)] if each.source else []
            parts += [each.note[language]] if each.note else []
            said[language] = ". ".join(parts)
        return said


def bring_measures(ground: Ground) -> None:
    known = {
        each.slug: each
        for each in Indicator.objects.filter(slug__in=[row.key for row in ground.file.indicators])
        .select_related("organisation")
        .prefetch_related("targets", "measurements", "measures")
    }
    bring = Figures(ground.organisation, ground.areas, ground.source, by=ground.by, now=ground.now)
    for row in ground.file.indicators:
        with ground.at(row.spot):
            brought = bring.bring(row, known.get(row.key))
            ground.summary.note("indicators", row.key, brought.outcome)
            ground.summary.note("measurements", row.key, *brought.values)
            _measured(ground, row, brought.indicator)


def _measured(ground: Ground, row: records.Indicator, indicator: Indicator) -> None:
    there = {(each.project_id, each.objective_id, each.domain_id) for each in indicator.measures.all()}
    for project in ground.named(row.projects, ground.projects):
        if (project.pk, None, None) not in there:
            portfolio.measure(project, indicator=indicator, by=ground.by, now=ground.now)
            ground.touched |= {project.slug} - ground.fresh
    for objective in ground.named(row.objectives, ground.objectives):
        if (None, objective.pk, None) not in there:
            portfolio.measure(objective, indicator=indicator, by=ground.by, now=ground.now)
    for domain in ground.named(row.domains, ground.domains):
        if (None, None, domain.pk) not in there:
            portfolio.measure(domain, indicator=indicator, by=ground.by, now=ground.now)
