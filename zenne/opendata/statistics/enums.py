from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import BRUSSELS, in_brussels


class ScopeKind(StrEnum):
    """What numbers can be about. The rows above are known by their number only: statistics lies below participation."""

    PROCESS = "process"
    ORGANISATION = "organisation"


class Split(StrEnum):
    """By what a measure can be split: what is written on the thing itself, for everybody to see."""

    PROCESS = "process"
    THEME = "theme"
    COMMUNE = "commune"
    DISTRICT = "district"
    CHANNEL = "channel"
    LANGUAGE = "language"


class Trait(StrEnum):
    """By what people can be split: what they said of themselves, and consented to have counted. Always with suppression."""

    AGE = "age"
    GENDER = "gender"
    PLACE = "place"


HERE = "here"  # of people: they live in the commune that the numbers are about, and did not say in which district
ELSEWHERE = "elsewhere"  # of people: they live outside the commune that the numbers are about
BANDS = (10, 20, 30, 40, 50, 60, 70)  # the first age of each band; the last has no end


class Period(TextChoices):
    """A stretch that ends today. The list is short and closed: two periods of one's own choice that differ by a day would show
    what a single person did."""

    ALL = "all", _("From the beginning")
    YEAR = "year", _("12 months")
    QUARTER = "quarter", _("3 months")
    MONTH = "month", _("30 days")
    WEEK = "week", _("7 days")

    def since(self, now: datetime) -> datetime | None:
        """When it begins: at midnight in Brussels, so many calendar days back, today included. None: at the very beginning."""
        if self == Period.ALL:
            return None
        today = in_brussels(now).date()
        return datetime.combine(today - timedelta(days=DAYS[self] - 1), time.min, BRUSSELS)

    def before(self, now: datetime) -> datetime:
        """From when to count for the change: the stretch of the same length before; from the beginning, the last 30 days."""
        since = self.since(now) or Period.MONTH.since(now)
        assert since is not None
        return since if self == Period.ALL else since - timedelta(days=DAYS[self])


DAYS = {Period.YEAR: 365, Period.QUARTER: 91, Period.MONTH: 30, Period.WEEK: 7}


class Step(TextChoices):
    """How finely time is cut, in Brussels' calendar. A week begins on Monday."""

    DAY = "day", _("per day")
    WEEK = "week", _("per week")
    MONTH = "month", _("per month")


class PageKind(TextChoices):
    """What kind of page was visited."""

    PROCESS = "process", _("Page of a project")
    LIST = "list", _("List or map of contributions")
    THING = "thing", _("Page of one contribution")
    FORM = "form", _("Form to take part")
    NUMBERS = "numbers", _("Numbers")
    OTHER = "other", _("Other pages")
