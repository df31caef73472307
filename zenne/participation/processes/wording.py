"""Rules and windows in words, in the language of the page."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.clock import in_brussels
from zenne.people.access.enums import Level, Question
from zenne.people.access.models import Group
from zenne.places.areas.models import Area
from zenne.web.tags.words import clock_time, day, moment

Plain = Mapping[str, object]


def last_day(closes_at: datetime) -> datetime:
    """A moment in the last day of a window: what closes at midnight had the day before as its last."""
    return closes_at - timedelta(microseconds=1)


def closing(closes_at: datetime | None, now: datetime | None = None) -> str:
    """`21 June 2020 included`, or `21 June 2020 at 16:00` when it isn't the end of a day."""
    if closes_at is None:
        return _("no end")
    if clock_time(closes_at) in ("0:00", "0h00"):
        return _("%(day)s included") % {"day": day(last_day(closes_at), now)}
    return moment(closes_at, now)


def opening(opens_at: datetime, now: datetime | None = None) -> str:
    return day(opens_at, now) if clock_time(opens_at) in ("0:00", "0h00") else moment(opens_at, now)


def span(opens_at: datetime, closes_at: datetime | None, now: datetime) -> str:
    """`5 – 21 June`, `16 March – 30 April`, `from 5 June`; the year where it isn't this one."""
    if closes_at is None:
        return _("from %(day)s") % {"day": day(opens_at, now)}
    first, last = in_brussels(opens_at), in_brussels(last_day(closes_at))
    if first.date() == last.date():
        return day(opens_at, now)
    if (first.year, first.month) == (last.year, last.month):
        return f"{day(opens_at, now).split()[0]} – {day(last, now)}"
    return f"{day(opens_at, last if first.year == last.year else now)} – {day(last, now)}"


def remaining(days: int | None) -> str:
    """`12 days left`, `last day`; nothing where there is no end."""
    if days is None:
        return ""
    if days == 0:
        return _("last day")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


class Names:
    """The names of the areas and groups that rules mention, read once for all of them."""

    def __init__(self, permissions: Iterable[Plain]) -> None:
        plain = list(permissions)
        codes = {area[1] for each in plain if isinstance(area := each.get("area"), list)}
        groups = {each["group"] for each in plain if each.get("group")}
        areas = Area.objects.filter(code__in=codes).order_by("id") if codes else ()
        self.areas = {(area.kind, area.code): str(area) for area in areas}
        self.groups = dict(Group.objects.filter(pk__in=groups).values_list("pk", "name")) if groups else {}

    def who(self, permission: Plain) -> str:
        """`Anyone with a confirmed e-mail address, living in Jette, aged 16 or more`."""
        level = str(permission.get("level", ""))
        parts = [str(Level(level).label) if level in Level.values else level]
        if group := permission.get("group"):
            parts.append(str(self.groups.get(group, group)))
        if isinstance(area := permission.get("area"), list):
            parts.append(_("living in %(area)s") % {"area": self.areas.get((area[0], area[1]), area[1])})
        if (age := permission.get("minimum_age")) is not None:
            parts.append(_("aged %(age)s or more") % {"age": age})
        return ", ".join(parts)

    def asked(self, permission: Plain) -> str:
        questions = permission.get("questions") or []
        assert isinstance(questions, list)
        return " · ".join(str(Question(question).label) for question in questions if question in Question.values)


def value(given: object) -> str:
    """A value of a kind's own rule, for reading."""
    if isinstance(given, bool):
        return _("yes") if given else _("no")
    if given is None or given == "" or given == []:
        return "–"
    if isinstance(given, (list, tuple)):
        return ", ".join(value(each) for each in given)
    if isinstance(given, dict):
        return ", ".join(f"{key}: {value(each)}" for key, each in given.items())
    return str(given)
