"""What a jury may score besides ideas. The upper app that owns such things declares them in its `juries.py`; a jury knows none by name.

A jury of ideas leaves a Selection. A jury of anything else hands its verdicts to the app that put the things before it, in the transaction that publishes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from zenne.core.registry import Registry
from zenne.people.accounts.models import Person


@dataclass(frozen=True)
class Subject:
    """One thing as a jury reads it, in the words of the active language. `url` is empty where the thing has no page for everybody.

    `stands` is false once it is out of the jury's reach: withdrawn, refused, or moved on by other hands.
    """

    number: int
    title: str
    text: str
    language: str
    byline: str
    url: str
    stands: bool


@dataclass(frozen=True)
class Verdict:
    """What a jury decided about one thing. `score` is the exact mean, a fraction such as "11/3", or "" while nobody scored it; `rank` counts from 1 and
    equal scores share one. `kept` is None for what fell out on the way: nothing was decided about it."""

    key: int
    kept: bool | None
    rank: int | None
    score: str
    reason: Mapping[str, str]


@dataclass(frozen=True)
class SubjectKind:
    """`label` names such things, many of them. `read(keys)` gives several at once and leaves out what is gone. `publish(jury, verdicts, by, now)` is called
    when the jury of that number publishes, the best score first."""

    label: str | Promise
    read: Callable[[Iterable[int]], Mapping[int, Subject]]
    publish: Callable[[int, Sequence[Verdict], Person, datetime], None]


subjects: Registry[SubjectKind] = Registry("juries")
