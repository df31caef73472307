"""A review of a plan that was run end to end, as a frozen record: `content/reviews/<plan>.toml`, explained in `content/README.md`."""

from dataclasses import dataclass
from datetime import date, datetime

from .records import Texts


@dataclass(frozen=True)
class Member:
    """Of the College, invented."""

    name: str
    part: Texts
    since: date


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """About the period from `starts` to `ends`; the money of one `line` of one `project` changes by what the College decides."""

    plan: str
    by: str
    starts: date
    ends: date
    members: tuple[Member, ...]
    measured: Texts
    conclusion: Texts
    project: str
    line: str
    planned_cents: int
    committed_cents: int
    money_reason: Texts
    proposal: Texts
    sits_at: datetime
    place: str
    reference: str
    decided: Texts
    minutes: Texts
