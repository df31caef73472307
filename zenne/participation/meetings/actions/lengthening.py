"""A series goes on: dates are added to it, and its drafts are announced together."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import FIRST_DAY, LAST_DAY, at_brussels, in_brussels
from zenne.core.errors import NotFound
from zenne.core.languages import LANGUAGES, attribute
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person

from ..enums import MeetingState, Rhythm
from ..errors import NotNow, Unclear
from ..models import Meeting, Series
from ..recurrence import MOST, days
from ..rules import may_arrange
from .arranging import FIELDS, announce, write_one


@transaction.atomic
def lengthen_series(
    series: Series, *, until: date | None = None, dates: Collection[date] = (), by: Person, now: datetime
) -> list[Meeting]:
    """More dates of a series, as drafts: those of its rule up to a later day, or the days of a list. They take words, place, hour and agenda from
    its last date that was not changed apart. What is there already stays as it is."""
    series = _held(series)
    require(may_arrange(by, series.activity))
    model = _model(series)
    wall = in_brussels(model.starts_at).date()
    if series.rhythm == Rhythm.LIST:
        found = sorted(set(dates) - set(series.dates))
        if not found:
            raise Unclear(_("Give days that the series does not have yet."), "dates")
        series.dates = sorted({*series.dates, *found})
    else:
        if until is None or series.until is None or until <= series.until:
            raise Unclear(_("Give a day after the one on which the series ends now."), "until")
        found = [
            day for day in days(Rhythm(series.rhythm), wall, every=series.every, until=until) if day > series.until
        ]
        if not found:
            raise Unclear(_("The rule of the series has no further date up to this day."), "until")
        series.until = until
    if any(not FIRST_DAY <= day <= LAST_DAY for day in found):
        raise Unclear(_("Give days of this century."), "dates")
    if series.meetings.count() + len(found) > MOST:
        raise Unclear(_("A series has %(most)s dates at most.") % {"most": MOST}, "until")
    series.save(update_fields=["until", "dates"])
    return [_another(model, day, by, now) for day in found]


@transaction.atomic
def announce_series(series: Series, *, by: Person, now: datetime) -> int:
    """Announce every draft of a series whose moment is still to come; how many. One that cannot be announced leaves all as they were."""
    series = _held(series)
    require(may_arrange(by, series.activity))
    drafts = series.meetings.filter(state=MeetingState.DRAFT, ends_at__gt=now).order_by("starts_at", "id")
    made = [announce(each, by=by, now=now) for each in drafts]
    if not made:
        raise NotNow(_("No draft of this series is left to announce."))
    return len(made)


def _held(series: Series) -> Series:
    found = Series.objects.select_for_update(of=("self",)).select_related("activity__phase__process__organisation")
    held = found.filter(pk=series.pk).first()
    if held is None:
        raise NotFound()
    return held


def _model(series: Series) -> Meeting:
    """The date that further ones are like: the last that follows the rule, and if every one was changed apart, the last of all."""
    rows = list(series.meetings.select_related("activity", "process").order_by("starts_at", "id"))
    if not rows:
        raise NotNow(_("This series has no date any more."))
    like = [each for each in rows if not each.apart and each.state != MeetingState.CANCELLED]
    return (like or rows)[-1]


def _another(model: Meeting, day: date, by: Person, now: datetime) -> Meeting:
    starts, ends = in_brussels(model.starts_at), in_brussels(model.ends_at)
    begins = at_brussels(day, starts.time())
    moments = {
        "starts_at": begins,
        "ends_at": at_brussels(day + (ends.date() - starts.date()), ends.time()),
        "register_until": begins - (model.starts_at - model.register_until) if model.register_until else None,
    }
    told = {
        name: value for name in FIELDS if (value := getattr(model, name)) is not None
    }  # a language without words stays so
    values = {**told, **moments}
    agenda = [
        {attribute("title", code): getattr(item, attribute("title", code)) or "" for code in LANGUAGES}
        | {"minutes": item.minutes}
        for item in model.agenda.order_by("position")
    ]
    return write_one(model.activity, values, agenda, series=model.series, by=by, now=now)
