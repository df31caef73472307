"""What a plan's file says, as frozen records. docs/manual/plans.md is the same for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Texts = Mapping[str, str]
"""A text in every language of the platform, by its code."""


@dataclass(frozen=True)
class Spot:
    """A place in the file, both from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, where it stands, in a sentence for the person at the terminal."""

    spot: Spot
    reason: str

    def __str__(self) -> str:
        return f"line {self.spot.line}, column {self.spot.column}: {self.reason}"


@dataclass(frozen=True)
class Ref:
    """The key of something that stands elsewhere in the file, or of an area as `kind:code`."""

    key: str
    spot: Spot


@dataclass(frozen=True)
class Reference:
    """Where a statement comes from: a document of the file, and the section in it."""

    document: Ref
    section: str


@dataclass(frozen=True)
class Validation:
    """The decision of a College or a council that made the plan valid, and with it all that is validated or further."""

    spot: Spot
    role: str
    body: Texts
    reference: str
    decided_on: date
    reason: Texts


@dataclass(frozen=True)
class Body:
    """Who carries, steers or inspires the plan; who decides about it stands in its validation."""

    spot: Spot
    role: str
    name: Texts


@dataclass(frozen=True)
class Plan:
    """`as_of` is the day of which the states are told; `areas` are where a project happens that names no place."""

    spot: Spot
    key: str
    organisation: str
    start: date
    end: date
    as_of: date
    name: Texts
    summary: Texts
    areas: tuple[Ref, ...] = ()
    bodies: tuple[Body, ...] = ()
    validation: Validation | None = None


@dataclass(frozen=True)
class Document:
    spot: Spot
    key: str
    title: Texts
    published: date


@dataclass(frozen=True)
class Department:
    spot: Spot
    key: str
    name: Texts


@dataclass(frozen=True)
class Partner:
    spot: Spot
    key: str
    helix: str
    name: Texts


@dataclass(frozen=True)
class Domain:
    spot: Spot
    key: str
    kind: str
    name: Texts
    text: Texts
    icon: str = "bulb"
    motif: str = "leaf"
    hue: int = 1


@dataclass(frozen=True)
class Objective:
    spot: Spot
    key: str
    domains: tuple[Ref, ...]
    title: Texts
    text: Texts | None = None


@dataclass(frozen=True)
class Milestone:
    spot: Spot
    key: str
    due: date
    title: Texts
    done: date | None = None


@dataclass(frozen=True)
class Money:
    """A budget line, in cents."""

    spot: Spot
    key: str
    source: str
    funder: str = ""
    year: int | None = None
    planned: int = 0
    committed: int = 0
    spent: int = 0
    reference: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Health:
    spot: Spot
    state: str
    day: date
    reason: Texts


@dataclass(frozen=True)
class Point:
    spot: Spot
    lon: Decimal
    lat: Decimal
    name: Texts | None = None


@dataclass(frozen=True)
class Project:
    spot: Spot
    key: str
    domain: Ref
    state: str
    title: Texts
    summary: Texts
    why: Texts
    objectives: tuple[Ref, ...] = ()
    carrier: Ref | None = None
    departments: tuple[Ref, ...] = ()
    partners: tuple[Ref, ...] = ()
    areas: tuple[Ref, ...] = ()
    points: tuple[Point, ...] = ()
    start: date | None = None
    end: date | None = None
    depends_on: tuple[Ref, ...] = ()
    source: Reference | None = None
    note: Texts | None = None
    health: Health | None = None
    milestones: tuple[Milestone, ...] = ()
    budget: tuple[Money, ...] = ()


@dataclass(frozen=True)
class Baseline:
    spot: Spot
    day: date
    value: Decimal
    evidence: str = ""


@dataclass(frozen=True)
class Target:
    spot: Spot
    day: date
    value: Decimal


@dataclass(frozen=True)
class Measurement:
    """`low` and `high` are its interval; without `evidence` or `source` those of its indicator hold."""

    spot: Spot
    start: date
    end: date
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    area: Ref | None = None
    evidence: str = ""
    source: Reference | None = None
    note: Texts | None = None


@dataclass(frozen=True)
class Indicator:
    spot: Spot
    key: str
    name: Texts
    meaning: Texts
    unit: str
    direction: str
    frequency: str
    evidence: str
    source: Reference
    decimals: int = 0
    owner: Texts | None = None
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    projects: tuple[Ref, ...] = ()
    objectives: tuple[Ref, ...] = ()
    domains: tuple[Ref, ...] = ()


@dataclass(frozen=True)
class PlanFile:
    """A whole file without a fault."""

    plan: Plan
    documents: tuple[Document, ...]
    departments: tuple[Department, ...]
    partners: tuple[Partner, ...]
    domains: tuple[Domain, ...]
    objectives: tuple[Objective, ...]
    projects: tuple[Project, ...]
    indicators: tuple[Indicator, ...]
