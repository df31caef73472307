"""Sittings and events as iCalendar (RFC 5545), for people's own calendars."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vText

from zenne.core.languages import shown

from .enums import SittingState
from .models import Entry, Sitting

CONTENT_TYPE = "text/calendar; charset=utf-8"
EVERY = timedelta(hours=12)
LASTS = timedelta(hours=2)


def of_sittings(name: str, sittings: Iterable[Sitting]) -> bytes:
    """Every public sitting, the cancelled ones too: calendars that have them learn it."""
    found = _calendar(name)
    for sitting in sittings:
        event = _event(f"sitting-{sitting.pk}", str(sitting.body), sitting.called_at)
        event.add("sequence", sitting.sequence)
        event.add("dtstart", sitting.starts_at.astimezone(UTC))
        event.add("dtend", (sitting.starts_at + LASTS).astimezone(UTC))
        event.add("status", "CANCELLED" if sitting.state == SittingState.CANCELLED else "CONFIRMED")
        event.add("url", settings.BASE_URL.rstrip("/") + sitting.get_absolute_url())
        if sitting.place:
            event.add("location", _line(sitting.place))
        found.add_component(event)
    return bytes(found.to_ical())


def of_events(name: str, entries: Iterable[Entry]) -> bytes:
    """Events of the registers, as whole days."""
    found = _calendar(name)
    for entry in entries:
        assert entry.starts_on is not None  # of events that have a day
        event = _event(f"register-{entry.pk}", str(entry), entry.changed_at)
        event.add("dtstart", entry.starts_on)
        event.add("dtend", _after(entry.ends_on or entry.starts_on))
        event.add("description", _line(shown(entry, "text")[0]))
        if entry.place:
            event.add("location", _line(entry.place))
        if entry.url:
            event.add("url", entry.url)
        found.add_component(event)
    return bytes(found.to_ical())


def _calendar(name: str) -> Calendar:
    found = Calendar()
    found.add("prodid", "-//Zenne//Governance//FR")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", vText(_line(name)))
    found.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    return found


def _event(key: str, title: str, changed: datetime | None) -> Event:
    event = Event()
    event.add("uid", f"{key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", (changed or datetime.fromtimestamp(0, UTC)).astimezone(UTC))
    event.add("summary", _line(title))
    return event


def _after(day: date) -> date:
    """The end of a whole day is the day after it."""
    return day + timedelta(days=1)


def _line(text: str) -> str:
    """One line, without what could end one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
