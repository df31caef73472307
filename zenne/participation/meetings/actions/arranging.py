"""Meetings and their dates: written, changed one by one or together, announced, cancelled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import FIRST_DAY, LAST_DAY, at_brussels, in_brussels
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, missing, text_in
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.queries import areas_at

from .. import telling
from ..enums import COMING, MEETING_TRANSITIONS, MeetingState, Need, Rhythm
from ..errors import NotNow, Unclear
from ..models import AgendaItem, Meeting, Needs, Series
from ..recurrence import MOST, days
from ..rules import may_arrange
from .way import let_in, locked, note

Values = Mapping[str, Any]
TEXTS = frozenset(attribute(field, language) for field in ("title", "text", "venue") for language in LANGUAGES)
FIELDS = TEXTS | {
    "private",
    "starts_at",
    "ends_at",
    "address",
    "lon",
    "lat",
    "online_url",
    "capacity",
    "register_until",
    "needs_offered",
    "languages",
}
# What somebody who comes must hear of, and what a calendar counts as another version.
TOLD = frozenset(
    {"starts_at", "ends_at", "address", "lon", "lat", "online_url"} | {n for n in TEXTS if n.startswith("venue")}
)
IN_CALENDARS = TOLD | {n for n in TEXTS if not n.startswith("venue")}
LONGEST = timedelta(days=31)


@transaction.atomic
def write_meeting(
    activity: Activity, *, values: Values, agenda: Sequence[Values] = (), by: Person, now: datetime
) -> Meeting:
    """A draft of one meeting. Moments are aware; `lon` and `lat` in degrees (WGS 84)."""
    require(may_arrange(by, activity))
    return write_one(activity, values, agenda, by=by, now=now)


@transaction.atomic
def write_series(  # noqa: PLR0913 - everything that is sent, by name
    activity: Activity,
    *,
    values: Values,
    rhythm: Rhythm,
    every: int = 1,
    until: date | None = None,
    dates: Collection[date] = (),
    agenda: Sequence[Values] = (),
    by: Person,
    now: datetime,
) -> list[Meeting]:
    """Drafts on every date of a rule that begins with the meeting of `values`, at the same hour on the wall; MOST of them at most."""
    require(may_arrange(by, activity))
    first = _checked(Meeting(activity=activity, process=activity.process), values)
    wall, last = in_brussels(first.starts_at), in_brussels(first.ends_at)
    if rhythm == Rhythm.LIST:
        found = sorted({wall.date(), *dates})
    else:
        if until is None or until < wall.date():
            raise Unclear(_("Say until when the series goes on: a day after its first date."), "until")
        if not 1 <= every <= 12:
            raise Unclear(_("Between 1 and 12."), "every")
        found = days(rhythm, wall.date(), every=every, until=until)
    if len(found) > MOST:
        raise Unclear(_("A series has %(most)s dates at most.") % {"most": MOST}, "dates")
    if any(not FIRST_DAY <= day <= LAST_DAY for day in found):
        raise Unclear(_("Give days of this century."), "dates")
    series = Series.objects.create(
        activity=activity, rhythm=rhythm, every=every, until=until, dates=found if rhythm == Rhythm.LIST else []
    )
    over, gap = last.date() - wall.date(), None
    if first.register_until is not None:
        gap = first.starts_at - first.register_until
    made = []
    for day in found:
        starts, ends = at_brussels(day, wall.time()), at_brussels(day + over, last.time())
        moments = {"starts_at": starts, "ends_at": ends, "register_until": starts - gap if gap is not None else None}
        made.append(write_one(activity, {**values, **moments}, agenda, series=series, by=by, now=now))
    return made


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    *,
    values: Values,
    agenda: Sequence[Values] | None = None,
    whole_series: bool = False,
    by: Person,
    now: datetime,
) -> Meeting:
    """Change one date, or with `whole_series` also those after it that were not changed apart: these take the words, the place and the hour,
    and keep their day. Who is registered hears of another moment or place. More places let in who waits."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    if meeting.state == MeetingState.CANCELLED:
        raise NotNow(_("This meeting was cancelled: it stays as it was."))
    others: list[Meeting] = []
    if whole_series and meeting.series_id:
        later = Meeting.objects.filter(series_id=meeting.series_id, apart=False, starts_at__gt=meeting.starts_at)
        later = later.exclude(pk=meeting.pk).exclude(state=MeetingState.CANCELLED)
        others = [locked(each) for each in later.order_by("starts_at", "id")]
    if meeting.series_id and not whole_series:
        meeting.apart = True
    _change(meeting, values, agenda, by=by, now=now)
    for other in others:
        _change(other, _same_hour(values, meeting, other), agenda, by=by, now=now)
    return meeting


@transaction.atomic
def set_agenda(meeting: Meeting, *, agenda: Sequence[Values], by: Person, now: datetime) -> Meeting:
    """The points in order: `title_fr` and so on, and `minutes` if known."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    _set_agenda(meeting, agenda)
    note("meeting.agenda_set", meeting, by, now, points=len(agenda))
    return meeting


@transaction.atomic
def announce(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Make a draft public, or known to its group. A public one has a title in every language its organisation promised."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    if MeetingState.ANNOUNCED not in MEETING_TRANSITIONS[MeetingState(meeting.state)]:
        raise NotNow(_("This meeting was announced already."))
    if meeting.process.state != ProcessState.PUBLISHED:
        raise NotNow(_("Publish the project first."))
    if meeting.is_over(now):
        raise NotNow(_("This moment has passed: choose another one first."))
    if not meeting.private and (gaps := missing(meeting, ["title"], meeting.process.organisation.languages)):
        raise Invalid(
            _("The title is missing in: %(languages)s.") % {"languages": ", ".join(code for _field, code in gaps)}
        )
    if not (meeting.address or any(text_in(meeting, "venue", code) for code in LANGUAGES) or meeting.online_url):
        raise Invalid(_("Say where it takes place: an address, a room or an online link."))
    meeting.state, meeting.announced_at, meeting.changed_at = MeetingState.ANNOUNCED, now, now
    meeting.save(update_fields=["state", "announced_at", "changed_at"])
    note("meeting.announced", meeting, by, now)
    transaction.on_commit(lambda: telling.announced(meeting, now))
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: Mapping[str, str], by: Person, now: datetime) -> Meeting:
    """Call it off, with the reason in one language at least. All who are registered or wait hear it; the page stays, and says so."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    if MeetingState.CANCELLED not in MEETING_TRANSITIONS[MeetingState(meeting.state)] or meeting.is_over(now):
        raise NotNow(_("Only an announced meeting that is not over can be cancelled."))
    words = {code: text.strip()[:1000] for code, text in reason.items() if code in LANGUAGES and text.strip()}
    if not words:
        raise Unclear(_("Give the reason: everybody who is registered reads it."), "reason")
    for code, text in words.items():
        setattr(meeting, attribute("cancel_reason", code), text)
    meeting.state, meeting.cancelled_at, meeting.changed_at = MeetingState.CANCELLED, now, now
    meeting.sequence += 1
    meeting.save()
    coming = list(meeting.registrations.filter(state__in=COMING).select_related("person").order_by("id"))
    Needs.objects.filter(registration__meeting=meeting).delete()
    note("meeting.cancelled", meeting, by, now, told=len(coming))
    telling.cancelled(meeting, coming, now)
    return meeting


@transaction.atomic
def delete_draft(meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Throw away what nobody saw."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    if meeting.state != MeetingState.DRAFT:
        raise NotNow(_("What was announced is cancelled, not deleted."))
    note("meeting.deleted", meeting, by, now)
    meeting.delete()


def write_one(
    activity: Activity,
    values: Values,
    agenda: Sequence[Values],
    *,
    series: Series | None = None,
    by: Person,
    now: datetime,
) -> Meeting:
    """One draft with its agenda. The caller asked whether `by` may."""
    meeting = Meeting(activity=activity, process=activity.process, series=series, created_at=now, changed_at=now)
    _checked(meeting, values).save()
    _set_agenda(meeting, agenda)
    note("meeting.written", meeting, by, now, **({"series": series.pk} if series else {}))
    return meeting


def _change(meeting: Meeting, values: Values, agenda: Sequence[Values] | None, *, by: Person, now: datetime) -> None:
    before = {name: getattr(meeting, name) for name in values}
    _checked(meeting, values)
    changed = sorted(name for name in values if getattr(meeting, name) != before[name])
    if meeting.capacity is not None and meeting.taken > meeting.capacity:
        raise Unclear(
            _("%(taken)s people are registered: there cannot be fewer places.") % {"taken": meeting.taken}, "capacity"
        )
    announced = meeting.state == MeetingState.ANNOUNCED
    if announced and IN_CALENDARS & set(changed):
        meeting.sequence += 1
    if "starts_at" in changed:
        meeting.reminded_at = None
    meeting.changed_at = now
    meeting.save()
    if agenda is not None:
        _set_agenda(meeting, agenda)
    note("meeting.changed", meeting, by, now, fields=changed)
    if announced and TOLD & set(changed):
        coming = list(meeting.registrations.filter(state__in=COMING).select_related("person").order_by("id"))
        telling.changed(meeting, coming, now)
    moved = let_in(meeting, now)
    transaction.on_commit(lambda: telling.let_all_in(moved, now))


def _same_hour(values: Values, model: Meeting, other: Meeting) -> Values:
    """The same values for another date of the series: its own day, at the hour that `model` now has."""
    day = in_brussels(other.starts_at).date()
    starts, ends = in_brussels(model.starts_at), in_brussels(model.ends_at)
    moments: dict[str, Any] = {}
    if {"starts_at", "ends_at"} & set(values):
        moments["starts_at"] = at_brussels(day, starts.time())
        moments["ends_at"] = at_brussels(day + (ends.date() - starts.date()), ends.time())
    if "register_until" in values:
        gap = model.starts_at - model.register_until if model.register_until else None
        begins = moments.get("starts_at", other.starts_at)
        moments["register_until"] = begins - gap if gap is not None else None
    return {**values, **moments}


def _checked(meeting: Meeting, values: Values) -> Meeting:
    """Set what is given and say what makes no meeting."""
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a meeting has no {', '.join(sorted(unknown))}")
    located = (meeting.lon, meeting.lat)
    for name, value in values.items():
        setattr(meeting, name, value.replace("\x00", "").strip() if isinstance(value, str) else value)
    if meeting.starts_at is None or meeting.ends_at is None:
        raise Unclear(_("Say when it begins and when it ends."), "starts_at")
    if not FIRST_DAY <= in_brussels(meeting.starts_at).date() <= LAST_DAY:
        raise Unclear(_("Give days of this century."), "starts_at")
    if meeting.ends_at <= meeting.starts_at:
        raise Unclear(_("It ends after it begins."), "ends_at")
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise Unclear(_("A meeting lasts a month at most."), "ends_at")
    if meeting.register_until is not None and meeting.register_until > meeting.ends_at:
        raise Unclear(_("Registration ends before the meeting does."), "register_until")
    if meeting.capacity is not None and meeting.capacity < 1:
        raise Unclear(_("Give at least one place, or leave it empty."), "capacity")
    meeting.needs_offered = [need.value for need in Need if need.value in set(meeting.needs_offered)]
    if (meeting.lon, meeting.lat) != located:
        _locate(meeting)
    _fits_its_fields(meeting)
    return meeting


def _fits_its_fields(meeting: Meeting) -> None:
    """Lengths and addresses, as the fields say; the relations are the caller's."""
    try:
        meeting.clean_fields(
            exclude=["activity", "process", "series", "commune", "district", "created_at", "changed_at"]
        )
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise Unclear(" ".join(words), field) from error


def _locate(meeting: Meeting) -> None:
    meeting.commune = meeting.district = None
    if meeting.lon is None or meeting.lat is None:
        meeting.lon = meeting.lat = None
        return
    if not (2.0 <= meeting.lon <= 7.0 and 49.0 <= meeting.lat <= 52.0):
        raise Unclear(_("This place is not in Belgium."), "address")
    meeting.lon, meeting.lat = round(meeting.lon, 6), round(meeting.lat, 6)
    around = areas_at(meeting.lon, meeting.lat)
    meeting.commune, meeting.district = around.get(AreaKind.COMMUNE), around.get(AreaKind.DISTRICT)


def _set_agenda(meeting: Meeting, agenda: Sequence[Values]) -> None:
    meeting.agenda.all().delete()
    items = []
    for position, given in enumerate(agenda, start=1):
        item = AgendaItem(meeting=meeting, position=position, minutes=given.get("minutes"))
        for code in LANGUAGES:
            setattr(item, attribute("title", code), str(given.get(attribute("title", code), "")).strip()[:200])
        if any(text_in(item, "title", code) for code in LANGUAGES):
            items.append(item)
    AgendaItem.objects.bulk_create(items)
