"""How a process decided, as frozen records: `content/decisions/<slug>.toml`, explained in `content/README.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .records import Texts, Worded


@dataclass(frozen=True)
class Criterion:
    """`scale` is in words what 1, 2, 3 … points mean."""

    title: Texts
    text: Texts
    weight: int
    scale: tuple[Texts, ...]


@dataclass(frozen=True)
class Member:
    person: str
    capacity: Texts
    answered_at: datetime
    chair: bool = False


@dataclass(frozen=True)
class Tie:
    person: str
    idea: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Move:
    idea: str
    kept: bool
    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Jury:
    phase: str
    activity: str
    by: str
    keep: int
    criteria: tuple[Criterion, ...]
    invited_at: datetime
    members: tuple[Member, ...]
    begins_at: datetime
    scored_from: datetime
    scored_to: datetime
    seed: int
    strengths: Mapping[str, list[float]] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    sits_at: datetime
    moves: tuple[Move, ...] = ()
    rises_at: datetime
    statement: Texts
    reasons: Mapping[str, Texts]
    others: Texts
    published_at: datetime


@dataclass(frozen=True)
class Option:
    """`pull`: how much it is wanted."""

    title: Texts
    text: Texts
    pull: float
    cost_cents: int | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Contributor:
    """Brings an amount, or parts of what the amounts of the others leave."""

    title: Texts
    organisation: str = ""
    cents: int | None = None
    parts: int | None = None


@dataclass(frozen=True)
class Ballots:
    """Every `absent`-th resident stays away, every `blank`-th casts a blank ballot, every `again`-th votes a second time and changes their mind."""

    seed: int
    first_at: datetime
    last_at: datetime
    absent: int
    blank: int
    again: int


@dataclass(frozen=True)
class Misread:
    """What the second reader keyed in for one sheet, from 1."""

    position: int
    line: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One batch: handed out to residents who stay away from the page, read by two, what they read differently settled by a third.

    `lines`: the sheets that came back, as they are keyed in.
    """

    language: str
    printed: int
    printed_at: datetime
    out_at: datetime
    handed: int
    first_at: datetime
    last_at: datetime
    at_counter: str
    read_at: datetime
    readers: tuple[str, ...]
    third: str
    lines: tuple[str, ...]
    misread: Misread
    remark: Texts


@dataclass(frozen=True, kw_only=True)
class Vote:
    phase: str
    activity: str
    by: str
    settings: Mapping[str, str | int | bool]
    options: tuple[Option, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    ideas: Mapping[str, Option] = field(default_factory=dict)
    begins_at: datetime | None = None
    ballots: Ballots
    paper: Paper | None = None
    sealed_at: datetime | None = None
    counted_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class Milestone:
    title: Texts
    due: date
    done: date | None = None


@dataclass(frozen=True, kw_only=True)
class Promise(Worded):
    """`fr`, `nl` and `en` say why the idea was accepted."""

    begun_at: datetime
    milestones: tuple[Milestone, ...]
    done_at: datetime | None = None


@dataclass(frozen=True)
class Ruling:
    """What a body decides about what the vote kept: each idea accepted, with its promise by the key of the idea."""

    body: Texts
    reference: str
    decided: date
    title: Texts
    statement: Texts
    by: str
    at: datetime
    promises: Mapping[str, Promise]


@dataclass(frozen=True)
class Service:
    """`members`: staff of the organisation, by their keys."""

    name: Texts
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a service found: feasible at a cost and within months, refused by an obstacle, or possible once adapted."""

    at: datetime
    to: str
    cost_cents: int | None = None
    months: int | None = None
    obstacle: str = ""
    reason: Texts = field(default_factory=dict)
    ground: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Adapted:
    """The words in which an author wrote the idea again."""

    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One idea at one service. Without answers it still waits there."""

    idea: str
    service: str
    at: datetime
    due: date | None = None
    question: str = ""
    begun_at: datetime | None = None
    adapted: Adapted | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class FinalList:
    at: datetime
    title: Texts
    statement: Texts


@dataclass(frozen=True, kw_only=True)
class Studying:
    """The services study ideas of the call; with a `list`, to the end."""

    phase: str
    activity: str
    by: str
    days: int
    services: Mapping[str, Service]
    sent: tuple[Sent, ...]
    list: FinalList | None = None


@dataclass(frozen=True)
class TakenOver:
    """The result of a vote that was held elsewhere: what each idea that it kept costs, all with the same `reason`."""

    by: str
    at: datetime
    title: Texts
    rule: Texts
    statement: Texts
    reason: Texts
    cost_cents: Mapping[str, int]


@dataclass(frozen=True)
class Deciding:
    """What services found, the jury, the vote and the decision of one process; or the result of a vote that was held elsewhere."""

    process: str
    study: Studying | None = None
    jury: Jury | None = None
    vote: Vote | None = None
    decision: Ruling | None = None
    taken_over: TakenOver | None = None
