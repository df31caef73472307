"""What a panel tells its members. Nothing said in the room stands in a letter: it says that there is something, and leads there."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.people.accounts.models import Person

from .models import Amendment, Draft, Panel, Paper, StrawPoll, Thread
from .queries import sitting

kinds.register(
    "panels.paper",
    Kind(_("New documents in my panel"), _("A document was added in “%(panel)s”: %(title)s"), circle=Circle.SEATS),
)
kinds.register(
    "panels.topic",
    Kind(_("New topics in my panel"), _("A topic was opened in “%(panel)s”: %(title)s"), circle=Circle.SEATS),
)
kinds.register(
    "panels.poll",
    Kind(_("Straw polls in my panel"), _("“%(panel)s” asks where you stand: %(title)s"), circle=Circle.SEATS),
)
kinds.register(
    "panels.draft", Kind(_("Texts of my panel"), _("“%(panel)s” begins a text: %(title)s"), circle=Circle.SEATS)
)
kinds.register(
    "panels.amendments",
    Kind(
        _("Texts of my panel that are open to amendments"),
        _("“%(title)s” of “%(panel)s” is open to amendments"),
        circle=Circle.SEATS,
    ),
)
kinds.register(
    "panels.decided",
    Kind(
        _("What became of my amendments"),
        _("Your amendment %(number)s to “%(title)s” was decided: %(state)s"),
        circle=Circle.SEATS,
    ),
)
kinds.register(
    "panels.issued", Kind(_("Advices of my panel"), _("“%(panel)s” issued its advice: %(title)s"), circle=Circle.SEATS)
)


def paper_added(paper: Paper, by: Person, now: datetime) -> None:
    _tell_all("panels.paper", paper.panel, f"paper:{paper.pk}", paper.title, "panels:papers", [], by, now)


def topic_opened(thread: Thread, by: Person, now: datetime) -> None:
    _tell_all("panels.topic", thread.panel, f"thread:{thread.pk}", thread.title, "panels:thread", [thread.pk], by, now)


def poll_asked(poll: StrawPoll, by: Person, now: datetime) -> None:
    _tell_all("panels.poll", poll.panel, f"poll:{poll.pk}", poll.question, "panels:poll", [poll.pk], by, now)


def draft_begun(draft: Draft, by: Person, now: datetime) -> None:
    _tell_all("panels.draft", draft.panel, f"draft:{draft.pk}", draft.title, "panels:draft", [draft.pk], by, now)


def amendments_opened(draft: Draft, by: Person, now: datetime) -> None:
    occasion = f"amendments:{draft.pk}:{now.timestamp():.0f}"
    _tell_all("panels.amendments", draft.panel, occasion, draft.title, "panels:draft", [draft.pk], by, now)


def draft_issued(draft: Draft, by: Person, now: datetime) -> None:
    _tell_all("panels.issued", draft.panel, f"issued:{draft.pk}", draft.title, "panels:draft", [draft.pk], by, now)


def amendment_decided(amendment: Amendment, by: Person, now: datetime) -> None:
    """Whoever proposed it, while they sit."""
    seat, draft = amendment.seat, amendment.draft
    if seat is None or seat.person is None or not sitting(draft.panel, now).filter(pk=seat.pk).exists():
        return
    facts = {
        "number": str(amendment.number),
        "title": draft.title,
        "state": in_every_language(amendment.get_state_display),
    }
    address = reverse("panels:amendment", args=[draft.panel.process.slug, draft.panel.pk, draft.pk, amendment.pk])
    _tell("panels.decided", draft.panel, [seat.person], f"amendment:{amendment.pk}", facts, address, now)


def _tell_all(
    kind: str, panel: Panel, occasion: str, title: str, route: str, which: list[int], by: Person, now: datetime
) -> None:
    """Whoever sits today and has an account, but for who did it."""
    people = [seat.person for seat in sitting(panel, now) if seat.person is not None and seat.person_id != by.pk]
    address = reverse(route, args=[panel.process.slug, panel.pk, *which])
    _tell(kind, panel, people, occasion, {"title": title}, address, now)


def _tell(
    kind: str,
    panel: Panel,
    to: Iterable[Person],
    occasion: str,
    facts: dict[str, str | dict[str, str]],
    url: str,
    now: datetime,
) -> None:
    notify(
        kind,
        to=to,
        key=f"panel:{panel.pk}:{occasion}",
        scope=f"processes.process:{panel.process_id}",
        facts={"panel": in_every_language(lambda: shown(panel, "name")[0]), **facts},
        url=url,
        now=now,
    )
