"""Ideas as pages show them: questions are answered here once, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zenne.core.languages import current, shown
from zenne.core.memory import Remembered
from zenne.participation.processes.enums import WindowState
from zenne.participation.processes.models import Activity, Process
from zenne.people.access.answers import Answer, Reason, Refused, Remedy
from zenne.people.uploads.models import Upload
from zenne.places.areas import queries as areas
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area
from zenne.web.tags.parts import card as draw_card
from zenne.web.tags.words import day, grouped

from . import queries
from .enums import OPEN_TO_SUPPORT, Channel, IdeaState
from .models import Idea, OfficialAnswer, StatusChange
from .rules import Visitor, may_propose, may_support

_places: Remembered[list[tuple[str, str]]] = Remembered(60.0)  # the map of the Region seldom changes
CURABLE = {Remedy.SIGN_IN, Remedy.CONFIRM_EMAIL, Remedy.ANSWER, Remedy.VERIFY}

LOOKS: dict[str, tuple[str, str]] = {
    IdeaState.SUBMITTED: ("info", "clock"),
    IdeaState.PUBLISHED: ("info", "message-circle"),
    IdeaState.REJECTED: ("bad", "ban"),
    IdeaState.WITHDRAWN: ("", "arrow-back-up"),
    IdeaState.MERGED: ("", "git-merge"),
    IdeaState.ADMISSIBLE: ("ok", "check"),
    IdeaState.INADMISSIBLE: ("bad", "x"),
    IdeaState.COSTED: ("info", "coins"),
    IdeaState.SHORTLISTED: ("ok", "check"),
    IdeaState.NOT_SHORTLISTED: ("", "x"),
    IdeaState.ON_BALLOT: ("info", "ticket"),
    IdeaState.SELECTED: ("ok", "rosette-discount-check"),
    IdeaState.NOT_SELECTED: ("", "x"),
    IdeaState.IN_DELIVERY: ("ok", "tool"),
    IdeaState.DONE: ("ok", "circle-check"),
}


def offered(answer: Answer) -> bool:
    """Whether to show the button: also to whoever only has to sign in or answer something first."""
    return not isinstance(answer, Refused) or answer.remedy in CURABLE


@dataclass(frozen=True)
class Status:
    label: str
    kind: str
    icon: str


def status(idea: Idea) -> Status:
    kind, icon = LOOKS[idea.state]
    return Status(str(IdeaState(idea.state).label), kind, icon)


def hue(idea: Idea) -> int:
    """The colour of its theme; without one, a colour that stays its own."""
    return idea.theme.hue if idea.theme else idea.pk % 10 + 1


@dataclass(frozen=True)
class Card:
    """One idea in a list."""

    idea: Idea
    url: str
    text: str
    image: str
    alt: str
    badge: str
    badge_kind: str
    facts: list[dict[str, str]]
    language: str

    @property
    def theme(self) -> str:
        return self.idea.theme.title_i18n if self.idea.theme else ""

    @property
    def theme_icon(self) -> str:
        return self.idea.theme.icon if self.idea.theme else ""

    @property
    def motif(self) -> str:
        return self.idea.theme.motif if self.idea.theme else ""

    @property
    def category(self) -> int:
        return hue(self.idea)

    @cached_property
    def drawn(self) -> SafeString:
        """The card itself. Called here and not as a tag: a page has two dozen, and a template would look up each word of each."""
        return self._drawn(chosen=False)

    @property
    def supported(self) -> SafeString:
        """The card, for who supports the idea."""
        return self._drawn(chosen=True)

    def _drawn(self, *, chosen: bool) -> SafeString:
        return draw_card(
            "",
            self.idea.title,
            self.url,
            text=self.text,
            image=self.image,
            image_alt=self.alt,
            motif=self.motif,
            seed=self.idea.pk,
            theme=self.theme,
            theme_icon=self.theme_icon,
            category=self.category,
            badge=self.badge,
            badge_kind=self.badge_kind,
            fr=self.fr,
            nl=self.nl,
            facts=self.facts,
            chosen=chosen,
            language=self.language,
            level=2,
        )

    @property
    def fr(self) -> str:
        return self.idea.commune.name_fr if self.idea.commune else ""

    @property
    def nl(self) -> str:
        return self.idea.commune.name_nl if self.idea.commune else ""


def card(idea: Idea, process: Process) -> Card:
    """What a card shows. `idea` comes from `queries.for_cards`."""
    idea.process = process
    look = status(idea)
    picture: Upload | None = idea.pictures[0].upload if idea.pictures else None  # type: ignore[attr-defined]
    plain = idea.state == IdeaState.PUBLISHED
    return Card(
        idea=idea,
        url=idea.get_absolute_url(),
        text=excerpt(idea.text),
        image=picture.small_url if picture else "",
        alt=picture.alt if picture else "",
        badge="" if plain else look.label,
        badge_kind=look.kind,
        facts=_facts(idea),
        language=_foreign(idea),
    )


@dataclass(frozen=True)
class Line:
    """One idea in a short list."""

    idea: Idea
    url: str
    facts: list[dict[str, str]]
    language: str


def line(idea: Idea) -> Line:
    """What a line shows of an idea that was read with its process."""
    return Line(idea, idea.get_absolute_url(), _facts(idea), _foreign(idea))


def _facts(idea: Idea) -> list[dict[str, str]]:
    """How many stand behind it, and how many speak of it."""
    supports = ngettext("support", "supports", idea.support_count)
    comments = ngettext("comment", "comments", idea.comment_count)
    return [
        {"icon": "heart", "text": grouped(idea.support_count), "label": supports},
        {"icon": "message-circle", "text": grouped(idea.comment_count), "label": comments},
    ]


def _foreign(idea: Idea) -> str:
    """The language of an idea, where it is not that of the page."""
    return idea.language if idea.language != current() else ""


def excerpt(text: str, most: int = 140) -> str:
    """The beginning of a text, ending with a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def places_of(process: Process) -> list[tuple[str, str]]:
    """Where ideas of a process may lie: the districts of its commune, else the communes."""
    within = process.area if process.area and process.area.kind == AreaKind.COMMUNE else None
    return _places.get((within.pk if within else 0, current()), lambda: _places_in(within))


def _places_in(commune: Area | None) -> list[tuple[str, str]]:
    found = areas.within(commune, AreaKind.DISTRICT) if commune else areas.communes()
    return [(area.code, str(area)) for area in found]


def places_named(text: str) -> list[dict[str, str]]:
    """The places that a text may mean, each with the value its radio button sends."""
    return [
        {
            "value": f"{found.lon:.6f}|{found.lat:.6f}|{words}",
            "words": words,
            "lon": f"{found.lon:.6f}",
            "lat": f"{found.lat:.6f}",
            "name": found.name,
            "commune": found.commune,
        }
        for found in areas.search_places(text)
        for words in [", ".join(part for part in (found.name, found.commune) if part)]
    ]


@dataclass(frozen=True)
class Proposing:
    """Whether and where one can propose an idea now."""

    call: Activity
    url: str
    answer: Answer

    @property
    def offered(self) -> bool:
        return offered(self.answer)

    @property
    def said(self) -> str:
        return said(self.answer)


def proposing(calls: list[Activity], visitor: Visitor, now: datetime) -> Proposing | None:
    """The call that is open, else the one that comes next, else the last; None where a process has no call for ideas."""
    if not calls:
        return None
    by_state = {state: [call for call in calls if call.state(now) == state] for state in WindowState}
    chosen = (by_state[WindowState.OPEN] or by_state[WindowState.UPCOMING] or calls[-1:])[0]
    url = reverse("ideas:new", args=[chosen.process.slug])
    return Proposing(chosen, url, may_propose(visitor, chosen, now))


def said(answer: Answer) -> str:
    """A refusal in words, with the day it speaks of."""
    if not isinstance(answer, Refused):
        return ""
    details = dict(answer.details)
    if answer.reason == Reason.NOT_YET_OPEN and isinstance(details.get("opens_at"), datetime):
        return _("This opens on %(day)s.") % {"day": day(details["opens_at"])}
    if answer.reason == Reason.CLOSED and isinstance(details.get("closes_at"), datetime):
        last = details["closes_at"] - timedelta(microseconds=1)  # midnight belongs to the day before
        return _("This was open until %(day)s.") % {"day": day(last)}
    if answer.reason == Reason.LIMIT_REACHED and details.get("limit"):
        limit = int(str(details["limit"]))
        return ngettext("You have used the one you have.", "You have used the %(limit)d you have.", limit) % {
            "limit": limit
        }
    return str(answer.message)


@dataclass(frozen=True)
class Voices:
    """The buttons for and against, as this visitor finds them."""

    idea: Idea
    voice: int
    answer: Answer
    opposing: bool

    @property
    def supporting(self) -> bool:
        return self.voice > 0

    @property
    def against(self) -> bool:
        return self.voice < 0

    @property
    def support_url(self) -> str:
        return self._url("support", self.voice > 0)

    @property
    def oppose_url(self) -> str:
        return self._url("oppose", self.voice < 0)

    def _url(self, verb: str, pressed: bool) -> str:
        address = reverse(f"ideas:{verb}", args=[self.idea.process.slug, self.idea.pk])
        return f"{address}?stop=1" if pressed else address

    @property
    def shut(self) -> bool:
        return not offered(self.answer)

    @property
    def note(self) -> str:
        """Why not, where nothing the visitor does on this page would help."""
        if not self.shut:
            return ""
        return "" if self.idea.state not in OPEN_TO_SUPPORT else said(self.answer)


def voices(idea: Idea, visitor: Visitor, voice: int, now: datetime) -> Voices:
    return Voices(idea, voice, may_support(visitor, idea, now), idea.activity.ideation.oppose)


@dataclass(frozen=True)
class Clock:
    """The days an idea has waited."""

    days: int
    late: bool
    answered: bool
    promised: int
    due: datetime | None

    @property
    def words(self) -> str:
        if self.answered:
            return ngettext("Answered after %(days)d day", "Answered after %(days)d days", self.days) % {
                "days": self.days
            }
        return ngettext("%(days)d day without an answer", "%(days)d days without an answer", self.days) % {
            "days": self.days
        }


def clock(idea: Idea, now: datetime) -> Clock:
    promised = idea.activity.ideation.answer_days
    return Clock(
        days=queries.days_without_answer(idea, now),
        late=queries.is_late(idea, now),
        answered=idea.answered_at is not None,
        promised=promised,
        due=idea.published_at + timedelta(days=promised) if idea.published_at else None,
    )


def placeholder(idea: Idea) -> str:
    """What stands where an idea was: who took it away, when, and on which ground or for which reason."""
    last = idea.changes.order_by("-changed_at", "-id").first()
    if last is None:
        return ""
    reason, _language = shown(last, "reason")
    if idea.state == IdeaState.WITHDRAWN:
        words = _("Removed by its author on %(on)s") % {"on": day(last.changed_at)}
        return f"{words}: {reason}" if reason else words
    words = _("Hidden by moderation on %(on)s: %(ground)s") if reason else _("Hidden by moderation on %(on)s")
    return words % {"on": day(last.changed_at), "ground": reason}


def way(changes: list[StatusChange], now: datetime) -> list[dict[str, Any]]:
    """The steps of an idea as stops of a tram line: the last one is where it stands."""
    at_once = len(changes) > 1 and changes[0].changed_at == changes[1].changed_at
    changes = changes[1:] if at_once else changes
    stops = []
    for at, change in enumerate(changes, 1):
        reason, language = shown(change, "reason")
        stops.append(
            {
                "title": _("Sent") if change.before == "" else str(IdeaState(change.after).label),
                "when": day(change.changed_at, now),
                "note": reason,
                "state": "now" if at == len(changes) else "done",
                "language": language,
            }
        )
    return stops


@dataclass(frozen=True)
class ShownAnswer:
    answer: OfficialAnswer
    text: str
    language: str


def answers(given: Iterable[OfficialAnswer]) -> list[ShownAnswer]:
    return [ShownAnswer(one, *shown(one, "body")) for one in given]


def ground(process: Process) -> dict[str, Any]:
    """What lies under every map of a process: the outline of its area, and the streets where a base map is configured."""
    area = process.area
    own = area is not None and area.kind == AreaKind.COMMUNE and area.is_outlined
    outline = reverse("processes:area", args=[process.slug]) if own else reverse("areas:communes")
    return {"outline": outline, "base_map": areas.base_map()}


def channel_words(idea: Idea) -> str:
    return "" if idea.channel == Channel.ONLINE else str(Channel(idea.channel).label)
