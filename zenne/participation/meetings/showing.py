"""Meetings as pages show them: lines of a list, a month, pins of a map."""

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.clock import in_brussels
from zenne.core.languages import language_name, shown
from zenne.web.tags.words import clock_time, day

from .enums import MeetingState, Need, RegistrationState, Rhythm
from .models import Meeting, Registration, Series
from .notifications import where

NEED_ICONS = {
    Need.CHILDCARE: "balloon",
    Need.SIGN: "mood-smile",
    Need.INTERPRETATION: "language",
    Need.WHEELCHAIR: "armchair",
    Need.HEARING: "bell",
}


def needs(meeting: Meeting) -> list[dict[str, str]]:
    """What is offered, in the order of the list."""
    return [
        {"label": str(need.label), "icon": NEED_ICONS[need]} for need in Need if need.value in meeting.needs_offered
    ]


def languages(meeting: Meeting) -> str:
    return ", ".join(language_name(code) for code in meeting.languages)


def hours(meeting: Meeting, now: datetime | None = None) -> str:
    """From when to when, in Brussels: the day is said once where it is one."""
    begins, ends = in_brussels(meeting.starts_at), in_brussels(meeting.ends_at)
    if begins.date() == ends.date():
        return _("%(start)s to %(end)s") % {"start": clock_time(meeting.starts_at), "end": clock_time(meeting.ends_at)}
    return _("from %(start)s to %(end)s") % {
        "start": f"{day(meeting.starts_at, now)} {clock_time(meeting.starts_at)}",
        "end": f"{day(meeting.ends_at, now)} {clock_time(meeting.ends_at)}",
    }


def long_day(meeting: Meeting) -> str:
    """`Tuesday 3 March 2026`."""
    local = in_brussels(meeting.starts_at)
    return f"{WEEKDAYS[local.weekday()]} {day(meeting.starts_at)}"


def places_left(meeting: Meeting, now: datetime) -> dict[str, str]:
    """How it stands with places: words, and the kind of badge. Empty where there is nothing to say."""
    if meeting.state == MeetingState.CANCELLED:
        return {"words": str(MeetingState.CANCELLED.label), "kind": "bad", "icon": "ban"}
    if meeting.is_over(now):
        return {"words": _("Held"), "kind": "", "icon": ""}
    if meeting.starts_at <= now:
        return {"words": _("Going on now"), "kind": "info", "icon": "player-play"}
    if meeting.capacity is None:
        return {}
    left = meeting.capacity - meeting.taken
    if left <= 0:
        return {"words": _("Full: waiting list"), "kind": "warn", "icon": "users"}
    words = ngettext("%(left)s place left", "%(left)s places left", left) % {"left": left}
    return {"words": words, "kind": "ok", "icon": "ticket"}


def line(meeting: Meeting, now: datetime, *, with_process: bool = True) -> dict[str, Any]:
    """One line of a list."""
    title, language = shown(meeting, "title")
    local = in_brussels(meeting.starts_at)
    return {
        "meeting": meeting,
        "url": meeting.get_absolute_url(),
        "title": title or str(meeting.activity),
        "language": language,
        "day": local.day,
        "month": str(MONTHS_3[local.month]),
        "year": local.year,
        "weekday": str(WEEKDAYS_ABBR[local.weekday()]),
        "hours": hours(meeting, now),
        "long_day": long_day(meeting),
        "where": where(meeting),
        "online": bool(meeting.online_url),
        "process": shown(meeting.process, "title")[0] if with_process else "",
        "needs": needs(meeting),
        "places": places_left(meeting, now),
        "over": meeting.is_over(now),
    }


def lines(meetings: Iterable[Meeting], now: datetime, *, with_process: bool = True) -> list[dict[str, Any]]:
    return [line(meeting, now, with_process=with_process) for meeting in meetings]


def rhythm(series: Series) -> str:
    """How the dates of a series follow one another, with its number."""
    number = series.every
    if series.rhythm == Rhythm.WEEKLY:
        words = ngettext("Every week, on the same weekday", "Every %(number)s weeks, on the same weekday", number)
    elif series.rhythm == Rhythm.MONTHLY:
        words = ngettext(
            "Every month, on the same weekday of the month",
            "Every %(number)s months, on the same weekday of the month",
            number,
        )
    elif series.rhythm == Rhythm.DATE:
        words = ngettext("Every month, on the same date", "Every %(number)s months, on the same date", number)
    else:
        return _("On dates that were given one by one")
    return words % {"number": number}


def month_name(first: date) -> str:
    return f"{MONTHS[first.month]} {first.year}"


def next_month(first: date, step: int = 1) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
    return date(year, month + 1, 1)


def weekdays() -> list[dict[str, str]]:
    return [{"short": str(WEEKDAYS_ABBR[number]), "long": str(WEEKDAYS[number])} for number in range(7)]


def month(first: date, meetings: Iterable[Meeting], now: datetime) -> list[list[dict[str, Any]]]:
    """The weeks of a month, each day with the meetings that touch it; days of the months beside have none."""
    rows: dict[date, list[dict[str, Any]]] = {}
    for meeting in meetings:
        found = line(meeting, now)
        each = in_brussels(meeting.starts_at).date()
        last = in_brussels(meeting.ends_at - timedelta(microseconds=1)).date()
        while each <= last:
            rows.setdefault(each, []).append(found)
            each += timedelta(days=1)
    today = in_brussels(now).date()
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [
        [
            {
                "date": each,
                "number": each.day,
                "inside": each.month == first.month,
                "today": each == today,
                "words": f"{WEEKDAYS[each.weekday()]} {day(each)}",
                "lines": rows.get(each, []) if each.month == first.month else [],
            }
            for each in week
        ]
        for week in weeks
    ]


def pins(meetings: Iterable[Meeting], now: datetime) -> list[dict[str, Any]]:
    """Pins of those that have a place."""
    return [
        {
            "lon": meeting.lon,
            "lat": meeting.lat,
            "title": f"{shown(meeting, 'title')[0] or meeting.activity} · {day(meeting.starts_at, now)} {clock_time(meeting.starts_at)}",
            "url": meeting.get_absolute_url(),
            "category": None,
        }
        for meeting in meetings
        if meeting.lat is not None
    ]


def place_words(registration: Registration) -> dict[str, str]:
    """Where somebody stands, said to themselves."""
    return {
        RegistrationState.UNCONFIRMED: {"words": _("Confirm your registration"), "kind": "warn", "icon": "mail"},
        RegistrationState.REGISTERED: {"words": _("You have a place"), "kind": "ok", "icon": "circle-check"},
        RegistrationState.WAITING: {"words": _("You are on the waiting list"), "kind": "info", "icon": "clock"},
        RegistrationState.CANCELLED: {"words": _("You gave your place back"), "kind": "", "icon": "x"},
    }[RegistrationState(registration.state)]
