"""From the bytes of a plan's file to records, or to all its faults by line. Knows no database; what only the database knows is looked at in `bringing`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import yaml

from zenne.participation.decisions.enums import GOVERNING, BodyRole
from zenne.participation.processes.enums import Motif
from zenne.strategy.indicators.enums import Direction, Evidence, Frequency

from ..enums import DECIDED, DomainKind, Funding, Health, Helix, ProjectState
from . import records
from .nodes import (
    NOTHING,
    Faults,
    Field,
    Node,
    area,
    cents,
    choice,
    compose,
    day,
    empty_or,
    key,
    many,
    number,
    ref,
    row,
    text,
    texts,
    whole,
)
from .records import Fault, PlanFile, Ref

MOST_BYTES = 5 * 1024 * 1024
NAME, TITLE, LONG_TITLE, SUMMARY, REASON, TEXT = 160, 200, 300, 600, 2000, 10_000  # what the tables hold
STATES = tuple(state for state in ProjectState if state not in (ProjectState.STOPPED, ProjectState.TERMINATED))
"""What is stopped or ended is said with a reason at the desk, not in a file."""


class Faulty(ValueError):
    """The file has faults; all of them, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.spot.line, fault.spot.column, fault.reason))
        super().__init__("\n".join(map(str, self.faults)))


def _may(attribute: str, parse: Any) -> Field:
    return Field(attribute, parse, required=False)


def _shape(kind: type, must: Mapping[str, Any], may: Mapping[str, Any] | None = None) -> Any:
    """A row whose keys are attributes of `kind`, but `from` and `to` or `until`, which Python or a reader would stumble over."""
    called = {"from": "start", "starts": "start", "to": "end", "until": "end", "ends": "end"}
    fields = {name: Field(called.get(name, name), parse) for name, parse in must.items()}
    return row(kind, fields | {name: _may(called.get(name, name), parse) for name, parse in (may or {}).items()})


REFERENCE = _shape(records.Reference, {"document": ref, "section": text(100)})
VALIDATION = _shape(
    records.Validation,
    {
        "role": choice(tuple(GOVERNING)),
        "body": texts(120),
        "reference": text(80),
        "decided_on": day,
        "reason": texts(REASON),
    },
)
BODY = _shape(
    records.Body,
    {"role": choice(tuple(role for role in BodyRole if role not in GOVERNING)), "name": texts(120)},
)
PLAN = _shape(
    records.Plan,
    {
        "key": key(60),
        "organisation": key(60),
        "from": day,
        "until": day,
        "as_of": day,
        "name": texts(TITLE),
        "summary": texts(REASON),
    },
    {"areas": many(area), "bodies": many(BODY), "validation": VALIDATION},
)
MILESTONE = _shape(records.Milestone, {"key": key(80), "due": day, "title": texts(TITLE)}, {"done": day})
MONEY = _shape(
    records.Money,
    {"key": key(80), "source": choice(tuple(Funding))},
    {
        "funder": text(TITLE),
        "year": whole(1990, 2100),
        "planned": cents,
        "committed": cents,
        "spent": cents,
        "reference": text(80),
        "decided_on": day,
    },
)
HEALTH = _shape(
    records.Health,
    {"state": choice(tuple(each for each in Health if each != Health.UNKNOWN)), "day": day, "reason": texts(REASON)},
)
POINT = _shape(records.Point, {"lon": number, "lat": number}, {"name": texts(TITLE)})
PROJECT = _shape(
    records.Project,
    {
        "key": key(80),
        "domain": ref,
        "state": choice(STATES),
        "title": texts(TITLE),
        "summary": texts(SUMMARY),
        "why": texts(TEXT),
    },
    {
        "objectives": many(ref),
        "carrier": ref,
        "departments": many(ref),
        "partners": many(ref),
        "areas": many(area),
        "points": many(POINT),
        "starts": day,
        "ends": day,
        "depends_on": many(ref),
        "source": REFERENCE,
        "note": texts(REASON),
        "health": HEALTH,
        "milestones": many(MILESTONE),
        "budget": many(MONEY),
    },
)
EVIDENCE = choice(tuple(Evidence))
MEASUREMENT = _shape(
    records.Measurement,
    {"from": day, "to": day, "value": number},
    {
        "low": number,
        "high": number,
        "area": area,
        "evidence": EVIDENCE,
        "source": REFERENCE,
        "note": texts(REASON),
    },
)
INDICATOR = _shape(
    records.Indicator,
    {
        "key": key(80),
        "name": texts(NAME),
        "meaning": texts(REASON),
        "unit": empty_or(text(40)),
        "direction": choice((Direction.UP, Direction.DOWN)),
        "frequency": choice(tuple(Frequency)),
        "evidence": EVIDENCE,
        "source": REFERENCE,
    },
    {
        "decimals": whole(0, 6),
        "owner": texts(NAME),
        "baseline": _shape(records.Baseline, {"day": day, "value": number}, {"evidence": EVIDENCE}),
        "targets": many(_shape(records.Target, {"day": day, "value": number})),
        "measurements": many(MEASUREMENT),
        "projects": many(ref),
        "objectives": many(ref),
        "domains": many(ref),
    },
)
LISTS: Mapping[str, Any] = {
    "documents": _shape(records.Document, {"key": key(80), "title": texts(TITLE), "published": day}),
    "departments": _shape(records.Department, {"key": key(80), "name": texts(TITLE)}),
    "partners": _shape(records.Partner, {"key": key(80), "helix": choice(tuple(Helix)), "name": texts(TITLE)}),
    "domains": _shape(
        records.Domain,
        {"key": key(60), "kind": choice(tuple(DomainKind)), "name": texts(TITLE), "text": texts(TEXT)},
        {"icon": key(40), "motif": choice(tuple(Motif)), "hue": whole(1, 10)},
    ),
    "objectives": _shape(
        records.Objective,
        {"key": key(80), "domains": many(ref), "title": texts(LONG_TITLE)},
        {"text": texts(TEXT)},
    ),
    "projects": PROJECT,
    "indicators": INDICATOR,
}
FILE = row(PlanFile, {"plan": Field("plan", PLAN)} | {name: Field(name, many(shape)) for name, shape in LISTS.items()})


def read(data: bytes) -> PlanFile:
    """The file as records. Raises Faulty with everything that is wrong in it."""
    faults = Faults()
    if len(data) > MOST_BYTES:
        raise Faulty([Fault(records.Spot(1, 1), f"The file has {len(data)} bytes; {MOST_BYTES} is the most.")])
    node = compose(data, faults)
    found = FILE(faults, node) if node is not None else NOTHING
    rows = list(_keyed(node)) if node is not None else []
    _doubles_in(rows, faults)
    if isinstance(found, PlanFile):
        faults += _cross(found, rows)
    if faults:
        raise Faulty(faults)
    assert isinstance(found, PlanFile)
    return found


def _keyed(root: Node) -> Iterator[tuple[str, str, Node]]:
    """The rows of each list with their keys, faulty rows too: what refers to a row should not be blamed for the row."""
    for name, rows in root.value if isinstance(root, yaml.MappingNode) else ():
        for each in rows.value if isinstance(rows, yaml.SequenceNode) else ():
            for word, value in each.value if isinstance(each, yaml.MappingNode) else ():
                if word.value == "key" and isinstance(value, yaml.ScalarNode):
                    yield name.value, value.value, each


def _doubles_in(rows: Iterable[tuple[str, str, Node]], faults: Faults) -> None:
    seen: set[tuple[str, str]] = set()
    for name, called, where in rows:
        if (name, called) in seen:
            faults.at(where, f"The key “{called}” stands in {name} for the second time.")
        seen.add((name, called))


def _cross(file: PlanFile, rows: Iterable[tuple[str, str, Node]]) -> Iterator[Fault]:
    """What no row can see alone."""
    yield from _unknown(file, {(name, called) for name, called, _where in rows})
    yield from _circles(file.projects)
    if file.plan.end < file.plan.start:
        yield Fault(file.plan.spot, "The plan ends before it begins.")
    for project in file.projects:
        yield from _project(file, project)
    for indicator in file.indicators:
        yield from _indicator(indicator)
    for objective in file.objectives:
        if not objective.domains:
            yield Fault(objective.spot, "An objective belongs to at least one domain.")


def _doubles(name: str, rows: Iterable[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for each in rows:
        if each.key in seen:
            yield Fault(each.spot, f"The key “{each.key}” stands in {name} for the second time.")
        seen.add(each.key)


def _unknown(file: PlanFile, keys: Set[tuple[str, str]]) -> Iterator[Fault]:
    for name, found in _refs(file):
        if (name, found.key) not in keys:
            yield Fault(found.spot, f"There is no “{found.key}” among {name}.")


def _refs(file: PlanFile) -> Iterator[tuple[str, Ref]]:
    for objective in file.objectives:
        yield from (("domains", each) for each in objective.domains)
    for project in file.projects:
        yield "domains", project.domain
        if project.carrier:
            yield "departments", project.carrier
        yield from (("projects", each) for each in project.depends_on)
        for name in ("objectives", "departments", "partners"):
            yield from ((name, each) for each in getattr(project, name))
        if project.source:
            yield "documents", project.source.document
    for indicator in file.indicators:
        for name in ("projects", "objectives", "domains"):
            yield from ((name, each) for each in getattr(indicator, name))
        yield "documents", indicator.source.document
        yield from (("documents", each.source.document) for each in indicator.measurements if each.source)


def _circles(projects: Iterable[records.Project]) -> Iterator[Fault]:
    """Projects that wait for each other: the circle in full, at the project with the first key of it."""
    needs = {project.key: [each.key for each in project.depends_on] for project in projects}
    spots = {project.key: project.spot for project in projects}
    done: set[str] = set()
    for start in sorted(needs):
        way: list[str] = []
        branches = [iter([start])]
        while branches:
            step = next(branches[-1], None)
            if step is None:
                branches.pop()
                if way:
                    done.add(way.pop())
            elif step in way:
                circle = way[way.index(step) :]
                first = circle.index(min(circle))
                shown = " > ".join([*circle[first:], *circle[:first], min(circle)])
                yield Fault(spots[min(circle)], f"These projects wait for each other: {shown}.")
            elif step in needs and step not in done:
                way.append(step)
                branches.append(iter(needs[step]))


def _project(file: PlanFile, project: records.Project) -> Iterator[Fault]:
    if project.start and project.end and project.end < project.start:
        yield Fault(project.spot, "The project ends before it begins.")
    if project.state in DECIDED and file.plan.validation is None:
        yield Fault(project.spot, f"“{project.state}” needs a decision: the plan has no validation.")
    for point in project.points:
        if not (-180 <= point.lon <= 180 and -90 <= point.lat <= 90):
            yield Fault(point.spot, "This point is not on earth: lon and lat in degrees.")
    for what, rows in (("milestones", project.milestones), ("budget", project.budget)):
        yield from _doubles(f"the {what} of {project.key}", rows)
    yield from _said_later(file.plan, project)
    for line in project.budget:
        if line.committed and not (line.reference and line.decided_on):
            yield Fault(line.spot, "Committed money names the decision: reference and decided_on.")


def _said_later(plan: records.Plan, project: records.Project) -> Iterator[Fault]:
    """The file speaks of one day, `as_of`: nothing in it can have happened after that."""
    if project.health and project.health.day > plan.as_of:
        yield Fault(project.health.spot, "This health is of a day after that of the states (as_of).")
    for milestone in project.milestones:
        if milestone.done and milestone.done > plan.as_of:
            yield Fault(milestone.spot, "This was done after the day of the states (as_of).")
    for line in project.budget:
        if line.decided_on and line.decided_on > plan.as_of:
            yield Fault(line.spot, "This was decided after the day of the states (as_of).")


def _indicator(indicator: records.Indicator) -> Iterator[Fault]:
    days = Counter(target.day for target in indicator.targets)
    yield from (Fault(each.spot, "A day has one target.") for each in indicator.targets if days[each.day] > 1)
    periods: set[tuple[Any, ...]] = set()
    for each in indicator.measurements:
        period = (each.start, each.end, each.area.key if each.area else "")
        if each.end < each.start:
            yield Fault(each.spot, "The period ends before it begins.")
        if (each.low is not None and each.low > each.value) or (each.high is not None and each.high < each.value):
            yield Fault(each.spot, "The value lies outside its interval of low and high.")
        if period in periods:
            yield Fault(each.spot, "This period of this area has a value already.")
        periods.add(period)
