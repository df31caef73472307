"""Meetings as a kind of activity."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import at_brussels, in_brussels
from zenne.participation.processes.enums import Action
from zenne.participation.processes.kinds import ActivityKind, kinds
from zenne.participation.processes.models import Activity
from zenne.people.access.enums import Level

from .models import AgendaItem, Meeting, Series

WORDS = ("title", "text", "venue", "address", "lon", "lat", "commune_id", "district_id", "online_url")
COPIED = (*WORDS, "private", "capacity", "needs_offered", "languages", "apart")


def rule(activity: Activity) -> dict[str, object]:
    """Who may come stands in the permissions; a meeting has no other rule to freeze."""
    return {}


def duplicate(old: Activity, new: Activity) -> None:
    """The meetings come along as drafts, as many days later as the activity opens later, at the same hour on the wall. Nobody's registration does."""
    days = in_brussels(new.window()[0]).date() - in_brussels(old.window()[0]).date()
    series: dict[int, Series] = {}
    for each in Series.objects.filter(activity=old).order_by("id"):
        series[each.pk] = Series.objects.create(
            activity=new,
            rhythm=each.rhythm,
            every=each.every,
            until=each.until + days if each.until else None,
            dates=[day + days for day in each.dates],
        )
    for meeting in Meeting.objects.filter(activity=old).prefetch_related("agenda").order_by("id"):
        given = {name: getattr(meeting, name) for name in COPIED}
        given["i18n"] = {k: v for k, v in (meeting.i18n or {}).items() if not k.startswith("cancel_reason")}
        for name in ("starts_at", "ends_at", "register_until"):
            value = getattr(meeting, name)
            wall = in_brussels(value) if value else None
            given[name] = at_brussels(wall.date() + days, wall.time()) if wall else None
        copy = Meeting.objects.create(
            activity=new,
            process=new.process,
            series=series.get(meeting.series_id or 0),
            created_at=new.process.created_at,
            changed_at=new.process.created_at,
            **given,
        )
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=copy, position=item.position, title=item.title, minutes=item.minutes, i18n=item.i18n)
            for item in meeting.agenda.all()
        )


kinds.register(
    "meetings",
    ActivityKind(
        label=_("Meetings"),
        icon="calendar-event",
        defaults={Action.ATTEND: Level.EVERYONE},
        rule=rule,
        address=lambda activity: reverse("meetings:activity", args=[activity.process.slug, activity.pk]),
        duplicate=duplicate,
        settings=lambda activity: reverse("meeting:index") + f"?activity={activity.pk}",
    ),
)
