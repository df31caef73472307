"""Meetings as iCalendar (RFC 5545), for people's own calendars.

Times are given in the time zone of Brussels with its VTIMEZONE, so that a series stays at its hour when summer time begins or ends. Text goes
through the library, which writes line breaks, commas and semicolons as the format wants: what somebody typed never becomes a property.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vText

from zenne.core.clock import in_brussels
from zenne.core.languages import shown

from .enums import MeetingState, RegistrationState
from .models import Meeting, Registration

ZONE = "Europe/Brussels"
EVERY = timedelta(hours=4)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar(name: str, meetings: Iterable[Meeting], places: Iterable[Registration] = ()) -> bytes:
    """A calendar called `name`: public meetings as everybody sees them, and `places` with what their holder alone sees, such as the link."""
    own, rows = list(places), list(meetings)
    found = Calendar()
    found.add("prodid", "-//Zenne//Meetings//FR")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", vText(_line(name)))
    found.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    moments = [m.starts_at for m in rows] + [each.meeting.starts_at for each in own]
    if moments:
        found.add_component(_zone(min(moments), max(moments)))
    for meeting in rows:
        found.add_component(_event(meeting, None))
    for place in own:
        found.add_component(_event(place.meeting, place))
    return bytes(found.to_ical())


def _zone(first: datetime, last: datetime) -> Timezone:
    """The rules of Brussels for the years that are spoken of."""
    years = in_brussels(first).year - 1, in_brussels(last).year + 2
    return Timezone.from_tzid(ZONE, first_date=date(years[0], 1, 1), last_date=date(years[1], 1, 1))


def _event(meeting: Meeting, place: Registration | None) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", in_brussels(meeting.starts_at))
    event.add("dtend", in_brussels(meeting.ends_at))
    event.add("summary", _line(_title(meeting, place)))
    event.add("status", _status(meeting, place))
    event.add("url", _absolute(meeting))
    if where := _where(meeting, place):
        event.add("location", _line(where))
    if meeting.lat is not None and meeting.lon is not None:
        event.add("geo", (meeting.lat, meeting.lon))
    event.add("description", _text(_about(meeting, place)))
    event.add("organizer", f"{settings.BASE_URL.rstrip('/')}{meeting.process.get_absolute_url()}")
    event["organizer"].params["CN"] = _line(shown(meeting.process.organisation, "name")[0]).replace('"', "'")
    return event


def _title(meeting: Meeting, place: Registration | None) -> str:
    if place is not None and place.state == RegistrationState.WAITING:
        return _("%(title)s (waiting list)") % {"title": meeting}
    return str(meeting)


def _status(meeting: Meeting, place: Registration | None) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if place is not None and place.state == RegistrationState.WAITING else "CONFIRMED"


def _where(meeting: Meeting, place: Registration | None) -> str:
    parts = [part for part in (shown(meeting, "venue")[0], meeting.address) if part]
    if meeting.online_url:
        holds = place is not None and place.holds_a_place
        parts.append(meeting.online_url if holds and not parts else _("online"))
    return ", ".join(parts)


def _about(meeting: Meeting, place: Registration | None) -> str:
    parts = [shown(meeting, "text")[0]]
    if meeting.state == MeetingState.CANCELLED:
        parts.insert(0, _("Cancelled: %(reason)s") % {"reason": shown(meeting, "cancel_reason")[0]})
    elif place is not None and place.holds_a_place and meeting.online_url:
        parts.append(_("Online: %(link)s") % {"link": meeting.online_url})
    parts.append(_absolute(meeting))
    return "\n\n".join(part for part in parts if part)


def _absolute(meeting: Meeting) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{meeting.get_absolute_url()}"


def _line(text: str) -> str:
    """One line, without what could end one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _text(text: str) -> str:
    """Lines as people wrote them; nothing else that controls anything."""
    return "\n".join(
        "".join(c for c in line if c.isprintable()) for line in text.replace("\r", "\n").split("\n")
    ).strip()
