"""What is decided on: projects with a cost, a budget, and the conditions fixed before the vote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

#: amounts below it, and sums of them up to the budget, fit a machine integer
LARGEST = 2**62


class NotAnInstance(ValueError):
    """The projects, the budget and the conditions contradict each other; the text says how."""


@dataclass(frozen=True, slots=True)
class Project:
    """`cost`: a whole number of the smallest unit of money (cents)."""

    id: str
    cost: int
    name: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Instance:
    """One budget for one list of projects, in their published order.

    budget            whole number of the smallest unit, like every cost
    unit              how many smallest units make one unit of currency (100 cents make a euro): the step of the completion `add1u`
    minimum_support   a project with a lower score is out, whatever is left
    exclusions        groups of projects of which at most one may be funded
    caps              for some headings: what their projects may cost together, within the budget

    A project is funded whole or not at all; no rule here gives a part.
    """

    projects: tuple[Project, ...]
    budget: int
    unit: int = 100
    minimum_support: int = 0
    exclusions: tuple[frozenset[str], ...] = ()
    caps: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if len(self.position) != len(self.projects):
            twice = next(one.id for at, one in enumerate(self.projects) if self.position[one.id] != at)
            raise NotAnInstance(f"project {twice!r} is there twice")
        if self.budget < 0 or self.unit < 1:
            raise NotAnInstance("a budget is not negative, and a unit of currency has at least one smallest unit")
        for project in self.projects:
            if project.cost < 0:
                raise NotAnInstance(f"project {project.id!r} has a negative cost")
        if max([self.budget, *self.costs]) >= LARGEST:
            raise NotAnInstance("amounts are too large to be compared exactly")
        for group in self.exclusions:
            for unknown in sorted(group - self.position.keys()):
                raise NotAnInstance(f"{unknown!r} is excluded by another project, but is no project")
        for heading in sorted(self.caps.keys() - {project.heading for project in self.projects}):
            raise NotAnInstance(f"heading {heading!r} has a cap, but no project")

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each project stands in the published order."""
        return {project.id: at for at, project in enumerate(self.projects)}

    @cached_property
    def costs(self) -> tuple[int, ...]:
        return tuple(project.cost for project in self.projects)

    @cached_property
    def rivals(self) -> dict[int, frozenset[int]]:
        """For each project that has any: the projects that it excludes."""
        found: dict[int, set[int]] = {}
        for group in self.exclusions:
            members = {self.position[one] for one in group}
            for member in members:
                found.setdefault(member, set()).update(members - {member})
        return {member: frozenset(others) for member, others in found.items()}

    def names(self, positions: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.projects[at].id for at in positions)


class Room:
    """What is left while a rule runs: of the budget, of each cap, of each group of rivals."""

    def __init__(self, instance: Instance, taken: Iterable[int] = ()) -> None:
        self.instance = instance
        self.left = instance.budget
        self.caps = dict(instance.caps)
        self.barred: set[int] = set()
        for at in taken:
            self.take(at)

    def open(self, at: int) -> bool:
        """Neither taken nor barred by a rival or a cap. (Whether the budget bears it is another question.)"""
        project = self.instance.projects[at]
        return at not in self.barred and self.caps.get(project.heading, project.cost) >= project.cost

    def fits(self, at: int) -> bool:
        return self.instance.projects[at].cost <= self.left and self.open(at)

    def take(self, at: int) -> None:
        project = self.instance.projects[at]
        self.left -= project.cost
        if project.heading in self.caps:
            self.caps[project.heading] -= project.cost
        self.barred |= {at} | self.instance.rivals.get(at, frozenset())
