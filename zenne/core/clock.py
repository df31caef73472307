"""The one clock of the house.

Nothing below an entrance asks for the time: views, tasks and commands ask here once and pass the answer on as `now=`.
That makes every deadline testable and every action repeatable.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


def in_brussels(moment: datetime) -> datetime:
    """The same moment as people in Brussels read it on their wall. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be placed in Brussels")
    return moment.astimezone(BRUSSELS)
