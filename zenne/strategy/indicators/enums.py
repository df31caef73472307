"""What an indicator and a measurement may be and become, as tables; the README's diagrams are printed from them."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Nature(TextChoices):
    """A number, or one of a few levels with words."""

    QUANTITATIVE = "quantitative", pgettext_lazy("indicator", "A number")
    QUALITATIVE = "qualitative", pgettext_lazy("indicator", "A level with words")


class Direction(TextChoices):
    """Which way is good."""

    UP = "up", pgettext_lazy("indicator", "More is better")
    DOWN = "down", pgettext_lazy("indicator", "Less is better")
    WITHIN = "within", pgettext_lazy("indicator", "Best within two bounds")


class Frequency(TextChoices):
    """How often it is measured. What is measured once is never late."""

    DAY = "day", pgettext_lazy("indicator", "Every day")
    WEEK = "week", pgettext_lazy("indicator", "Every week")
    MONTH = "month", pgettext_lazy("indicator", "Every month")
    QUARTER = "quarter", pgettext_lazy("indicator", "Every three months")
    HALF = "half", pgettext_lazy("indicator", "Every six months")
    YEAR = "year", pgettext_lazy("indicator", "Every year")
    TWO_YEARS = "two_years", pgettext_lazy("indicator", "Every two years")
    FIVE_YEARS = "five_years", pgettext_lazy("indicator", "Every five years")
    ONCE = "once", pgettext_lazy("indicator", "Once")

    def late_from(self, end: date) -> date | None:
        """The first day on which a measurement whose period ended on `end` is too old. None: never."""
        if self == Frequency.DAY:
            return _plus(end, days=2)
        if self == Frequency.WEEK:
            return _plus(end, days=8)
        if months := MONTHS.get(self):
            return _plus(_months_on(end, months), days=1)
        return None


MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF: 6,
    Frequency.YEAR: 12,
    Frequency.TWO_YEARS: 24,
    Frequency.FIVE_YEARS: 60,
}


def _plus(day: date, *, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _months_on(day: date, months: int) -> date:
    """The last day of the month so many months later: periods end with their month."""
    month = day.month + months + 1
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(min(year, date.max.year), month, 1) - timedelta(days=1)


class Evidence(TextChoices):
    """How a value is known; from the firmest to the weakest."""

    MEASURED = "measured", pgettext_lazy("evidence", "Measured")
    REPORTED = "reported", pgettext_lazy("evidence", "Reported")
    ESTIMATED = "estimated", pgettext_lazy("evidence", "Estimated")


class IndicatorState(TextChoices):
    DEFINED = "defined", pgettext_lazy("indicator", "Being defined")
    ACTIVE = "active", pgettext_lazy("indicator", "Active")
    RETIRED = "retired", pgettext_lazy("indicator", "Retired")


class MeasurementState(TextChoices):
    PROVISIONAL = "provisional", pgettext_lazy("measurement", "Provisional")
    VALIDATED = "validated", pgettext_lazy("measurement", "Validated")
    PUBLISHED = "published", pgettext_lazy("measurement", "Published")
    REVISED = "revised", pgettext_lazy("measurement", "Revised since")


class Light(TextChoices):
    """Where an indicator stands against its target path. Grey: nothing recent enough is known, or nothing is aimed at."""

    GREEN = "green", pgettext_lazy("indicator", "On course")
    AMBER = "amber", pgettext_lazy("indicator", "A little behind")
    RED = "red", pgettext_lazy("indicator", "Far behind")
    GREY = "grey", pgettext_lazy("indicator", "Cannot be judged")


class ImportState(TextChoices):
    """A file of measurements, from the moment it is given until its values are in."""

    READING = "reading", pgettext_lazy("file of measurements", "Being read")
    READ = "read", pgettext_lazy("file of measurements", "Read, nothing written yet")
    WRITING = "writing", pgettext_lazy("file of measurements", "Being written")
    WRITTEN = "written", pgettext_lazy("file of measurements", "Written")
    FAULTY = "faulty", pgettext_lazy("file of measurements", "Cannot be read, nothing written")
    DISCARDED = "discarded", pgettext_lazy("file of measurements", "Put away, nothing written")


D, M, F = IndicatorState, MeasurementState, ImportState
TRANSITIONS: dict[IndicatorState, tuple[IndicatorState, ...]] = {
    D.DEFINED: (D.ACTIVE,),
    D.ACTIVE: (D.RETIRED,),
    D.RETIRED: (D.ACTIVE,),
}
MEASUREMENT_TRANSITIONS: dict[MeasurementState, tuple[MeasurementState, ...]] = {
    M.PROVISIONAL: (M.VALIDATED, M.PUBLISHED),
    M.VALIDATED: (M.PROVISIONAL, M.PUBLISHED),
    M.PUBLISHED: (M.REVISED,),
    M.REVISED: (),
}
IMPORT_TRANSITIONS: dict[ImportState, tuple[ImportState, ...]] = {
    F.READING: (F.READ, F.FAULTY, F.DISCARDED),
    F.READ: (F.WRITING, F.DISCARDED),
    F.WRITING: (F.WRITTEN, F.FAULTY),
    F.WRITTEN: (),
    F.FAULTY: (F.DISCARDED,),
    F.DISCARDED: (),
}
PUBLIC: tuple[IndicatorState, ...] = (D.ACTIVE, D.RETIRED)
OPEN: tuple[MeasurementState, ...] = (M.PROVISIONAL, M.VALIDATED)  # may still be changed or thrown away
UNDER_WAY: tuple[ImportState, ...] = (F.READING, F.READ, F.WRITING)
