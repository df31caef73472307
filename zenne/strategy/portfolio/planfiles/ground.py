"""What every stage of a loading stands on: the file, who loads it and when, what was found or made so far, and the faults."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from zenne.core.errors import Spoken
from zenne.core.languages import DEFAULT
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.places.areas.models import Area

from ..models import Department, Domain, Objective, Partner, Plan, Project
from . import records
from .reading import Faulty
from .records import Fault, PlanFile, Ref, Reference, Spot
from .writing import CHANGED, SAME, Summary


@dataclass
class Ground:
    """Each dict holds rows by their key in the file. `fresh` are keys of projects that were not there before, `touched` of those written again."""

    file: PlanFile
    organisation: Organisation
    by: Person | None
    now: datetime
    plan: Plan = field(default_factory=Plan)
    summary: Summary = field(default_factory=Summary)
    faults: list[Fault] = field(default_factory=list)
    areas: dict[str, Area] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)

    @contextmanager
    def at(self, spot: Spot) -> Iterator[None]:
        """What is refused in here is the fault of this line; the rest goes on, so that one run names them all."""
        try:
            with transaction.atomic():
                yield
        except Spoken as refusal:
            self.faults.append(Fault(spot, str(refusal.message or refusal.headline)))

    def end_stage(self) -> None:
        """A fault in a stage would make the next one guess."""
        if self.faults:
            raise Faulty(self.faults)

    def find_areas(self) -> None:
        wanted = [*self.file.plan.areas]
        wanted += [ref for project in self.file.projects for ref in project.areas]
        wanted += [each.area for indicator in self.file.indicators for each in indicator.measurements if each.area]
        codes = {ref.key.split(":")[1] for ref in wanted}
        found = Area.objects.filter(code__in=codes).defer("outline").order_by("kind", "code")
        self.areas = {f"{area.kind}:{area.code}": area for area in found}
        unknown = [ref for ref in wanted if ref.key not in self.areas]
        self.faults += [Fault(ref.spot, f"There is no area “{ref.key}” on this platform.") for ref in unknown]
        self.end_stage()

    def named(self, refs: Iterable[Ref], found: Mapping[str, Any]) -> list[Any]:
        return [found[ref.key] for ref in refs]

    def standing(self) -> Iterator[records.Project]:
        """The rows of projects that did not go into another one."""
        return (row for row in self.file.projects if self.projects[row.key].merged_into_id is None)

    def outcome(self, key: str) -> str:
        """Of a project that was there before."""
        return CHANGED if key in self.touched else SAME

    def source(self, reference: Reference, language: str = DEFAULT) -> str:
        """Document and section, as a reader finds them."""
        title = next(each.title for each in self.file.documents if each.key == reference.document.key)
        return f"{title[language]}, {reference.section}"
