"""The letters that carry messages: at once (what happened within minutes in one letter), each morning, each Monday."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core import clock
from zenne.messaging.outbox.kinds import Exit, Source, WayOut, Words, exits, sources, troubles
from zenne.messaging.outbox.models import Letter
from zenne.messaging.outbox.ways_out import address as way_out_address
from zenne.people.accounts.models import Person

from . import actions, queries
from .enums import Frequency
from .kinds import Kind, hidden, kinds, places
from .models import Notification
from .tasks import DIGEST

MOST = 40
"""How many messages one letter tells; the rest is counted."""

OF_A_FREQUENCY: dict[str, str | Promise] = {
    Frequency.IMMEDIATE: gettext_lazy("all messages that come at once"),
    Frequency.DAILY: gettext_lazy("the daily overview"),
    Frequency.WEEKLY: gettext_lazy("the weekly overview"),
}


def _at_once(letter: Letter, now: datetime) -> Words | None:
    messages = _claimed(letter, queries.unmailed(Frequency.IMMEDIATE))
    if not messages:
        return None
    codes = {message.kind for message in messages}
    way_out = (
        WayOut("notifications.kind", codes.pop())
        if len(codes) == 1
        else WayOut("notifications.frequency", Frequency.IMMEDIATE)
    )
    return Words("messaging/notifications/mail/at_once", _told(letter.person, messages), way_out)


def _digest(letter: Letter, now: datetime) -> Words | None:
    """The overview of a day or a week. On Monday the weekly one, which goes first, takes the day's along: nobody gets two."""
    frequency = Frequency(letter.context["frequency"])
    due_at = datetime.fromisoformat(letter.context["due_at"])
    both = (Frequency.DAILY, Frequency.WEEKLY) if frequency == Frequency.WEEKLY else (frequency,)
    messages = _claimed(letter, queries.unmailed(*both).filter(created_at__lt=due_at))
    if not messages:
        return None
    day = clock.in_brussels(due_at).date()
    context = {"frequency": frequency.value, "day": day, **_told(letter.person, messages)}
    return Words("messaging/notifications/mail/digest", context, WayOut("notifications.frequency", frequency))


def _claimed(letter: Letter, waiting: QuerySet[Notification]) -> list[Notification]:
    """The messages this letter carries: what it carried at an earlier try, and what came since. Left out, and not mailed later either, is what
    was read meanwhile and what speaks of something that was hidden or taken back meanwhile."""
    waiting.filter(person_id=letter.person_id).update(letter=letter)
    carried = Notification.objects.filter(letter=letter, read_at__isnull=True).order_by("id")
    known = [message for message in carried if message.kind in kinds]
    gone = hidden((message.kind, message.key) for message in known)
    return [message for message in known if message.key not in gone]


def _told(person: Person, messages: list[Notification]) -> dict[str, object]:
    """What the templates of a letter show: the messages by what they belong to, in the order in which it was first spoken of."""
    told = messages[:MOST]
    known = places(message.scope for message in told)
    groups: dict[str, dict[str, object]] = {}
    for message in told:
        scope = message.scope if message.scope in known else ""
        if scope not in groups:
            stop = way_out_address(person, WayOut("notifications.scope", scope)) if scope else ""
            groups[scope] = {"place": known.get(scope), "messages": [], "stop": stop}
        groups[scope]["messages"].append(message)  # type: ignore[attr-defined]
    organisations = {place.organisation.pk: place.organisation for place in known.values() if place.organisation}
    alone = len(organisations) == 1 and "" not in groups
    return {
        "groups": sorted(groups.values(), key=lambda group: group["place"] is None),
        "number": len(messages),
        "first": messages[0],
        "more": len(messages) - len(told),
        "organisation": next(iter(organisations.values())) if alone else None,
        "stops": [_stop(person, code) for code in dict.fromkeys(message.kind for message in told)],
    }


def _stop(person: Person, code: str) -> dict[str, object]:
    return {"label": kinds[code].label, "address": way_out_address(person, WayOut("notifications.kind", code))}


sources.register(actions.AT_ONCE, Source(gettext_lazy("Messages at once"), _at_once, urgent=True))
sources.register(DIGEST, Source(gettext_lazy("Daily and weekly overviews"), _digest))


def _kind_called(code: str) -> str | None:
    return str(kinds[code].label) if code in kinds else None


def _place_called(scope: str) -> str | None:
    place = places([scope]).get(scope)
    return _("everything about “%(title)s”") % {"title": place.label} if place else None


def _frequency_called(frequency: str) -> str | None:
    return str(OF_A_FREQUENCY[frequency]) if frequency in OF_A_FREQUENCY else None


def _stop_kind(person: Person, code: str, now: datetime) -> None:
    _chosen, in_app = queries.by_kind(person)[code]
    actions.prefer(person, code, Frequency.NEVER, in_app=in_app)


exits.register("notifications.kind", Exit(_kind_called, _stop_kind))
exits.register(
    "notifications.scope",
    Exit(_place_called, lambda person, scope, now: actions.prefer_for(person, scope, Frequency.NEVER)),
)
exits.register(
    "notifications.frequency",
    Exit(_frequency_called, lambda person, frequency, now: actions.stop_all(person, Frequency(frequency))),
)


# --- an address that does not work any more: its owner reads it on the platform ----------------------------------------------

UNREACHABLE = "notifications.unreachable"
kinds.register(
    UNREACHABLE,
    Kind(
        gettext_lazy("My e-mail address"),
        gettext_lazy("Our mails to %(address)s come back. Check your address, or tell us that it works again"),
        mailed=False,
    ),
)


def _tell_unreachable(person: Person, address: str, now: datetime) -> None:
    actions.notify(
        UNREACHABLE,
        to=[person],
        key=f"unreachable:{now.timestamp():.0f}",
        facts={"address": address},
        url=reverse("notifications:choices"),
        now=now,
    )


troubles.register("notifications", _tell_unreachable)
