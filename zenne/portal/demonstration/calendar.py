"""Days and moments of the content files, told from the day of loading. `content/README.md` says how they are written."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zenne.core.clock import BRUSSELS, in_brussels

Day = date | int
"""A date, or a number of days counted from the day of loading."""


@dataclass(frozen=True)
class Calendar:
    """`today` is the day of loading; it stays the same when an interrupted loading goes on later."""

    today: date

    @classmethod
    def of(cls, moment: datetime) -> "Calendar":
        return cls(in_brussels(moment).date())

    def date(self, day: Day) -> date:
        return day if isinstance(day, date) else self.today + timedelta(days=day)

    def opening(self, day: Day) -> datetime:
        """00:00 in Brussels."""
        return datetime.combine(self.date(day), time(), BRUSSELS)

    def closing(self, day: Day) -> datetime:
        """The end of that day, which is the beginning of the next."""
        return datetime.combine(self.date(day) + timedelta(days=1), time(), BRUSSELS)

    def moment(self, written: datetime | str) -> datetime:
        """A date and time with its zone, or `"-12 19:40"`: twelve days before loading, at 19:40 in Brussels."""
        if isinstance(written, datetime):
            if written.tzinfo is None:
                raise ValueError(f"{written} has no time zone")
            return written
        days, _space, clock = written.partition(" ")
        return datetime.combine(self.date(int(days)), time.fromisoformat(clock), BRUSSELS)

    def evening_before(self) -> datetime:
        """Until when people act in the demonstration: yesterday at 20:00."""
        return self.moment("-1 20:00")
