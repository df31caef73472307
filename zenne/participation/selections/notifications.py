"""What selections tell people. The author of an idea that took a step hears it from the idea; here come those whose idea did not move, and the followers."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle, Frequency
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.participation.processes.queries import followers
from zenne.people.accounts.models import Person

from .models import Selection
from .queries import choices

Fact = str | Mapping[str, str]

kinds.register(
    "selections.mine",
    Kind(
        _("A decision about an idea I wrote"),
        _("A decision was taken about “%(idea)s”: %(outcome)s"),
        circle=Circle.MINE,
    ),
)
kinds.register(
    "selections.published",
    Kind(_("Decisions in what I follow"), _("A decision in “%(process)s”: %(title)s"), default=Frequency.DAILY),
)
kinds.register(
    "selections.annulled",
    Kind(_("A decision is annulled"), _("A decision in “%(process)s” no longer counts: %(title)s")),
)


def published(selection: Selection, moved: Collection[int], now: datetime) -> None:
    """`moved` are the ideas that told their authors themselves."""
    authors = set()
    for choice in choices(selection):
        if choice.idea.author is None:
            continue
        authors.add(choice.idea.author_id)
        if choice.idea_id not in moved:
            facts: dict[str, Fact] = {
                "idea": choice.idea.title,
                "outcome": in_every_language(choice.get_outcome_display),
            }
            address = f"{selection.get_absolute_url()}#choice-{choice.pk}"
            _notify("selections.mine", selection, [choice.idea.author], facts, address, f":{choice.idea_id}", now)
    to = followers(selection.process).exclude(pk__in=authors)
    _notify("selections.published", selection, to, _facts(selection), selection.get_absolute_url(), "", now)


def annulled(selection: Selection, now: datetime) -> None:
    concerned = Q(ideas__choices__selection=selection) | Q(follows__process=selection.process_id)
    to = Person.objects.filter(concerned, is_active=True).distinct()
    facts, address = _facts(selection), selection.get_absolute_url()
    _notify("selections.annulled", selection, to, facts, address, ":annulled", now)


def _facts(selection: Selection) -> dict[str, Fact]:
    return {
        "process": in_every_language(lambda: shown(selection.process, "title")[0]),
        "title": in_every_language(lambda: shown(selection, "title")[0]),
    }


def _notify(
    kind: str,
    selection: Selection,
    to: Iterable[Person] | QuerySet[Person],
    facts: Mapping[str, Fact],
    address: str,
    occasion: str,
    now: datetime,
) -> None:
    notify(
        kind,
        to=to,
        key=f"selection:{selection.pk}{occasion}",
        scope=f"processes.process:{selection.process_id}",
        facts=facts,
        url=address,
        now=now,
    )
