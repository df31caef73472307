"""What templates show of a process: rows read from the database, made into plain words for one page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from zenne.core.languages import current as page_language
from zenne.people.access.answers import Refused

from . import queries, wording
from .enums import Action, ProcessState, WindowState
from .frozen import Rule, plain_permission
from .kinds import kinds
from .models import Activity, Change, Document, Phase, Process, RuleVersion
from .rules import Visitor, allowed, offered, permission_for

TRAM = {WindowState.CLOSED: "done", WindowState.OPEN: "now", WindowState.UPCOMING: "next"}


def stops(process: Process, now: datetime) -> list[dict[str, str]]:
    """The phases, for the tram line."""
    return [
        {
            "title": str(stop.phase),
            "state": TRAM[stop.state],
            "when": wording.span(stop.phase.opens_at, stop.phase.closes_at, now),
            "note": wording.remaining(stop.days_left).capitalize(),
            "url": next((f"#{each.anchor}" for each in stop.phase.activities.all()), ""),
        }
        for stop in queries.timeline(process, now)
    ]


def pill(process: Process, now: datetime) -> str:
    """Where the process stands, in a breath: `Call for ideas: open, 12 days left`."""
    if process.state != ProcessState.PUBLISHED:
        return str(process.get_state_display())  # type: ignore[attr-defined]
    stop = queries.current(process, now)
    if stop is None:
        return ""
    words = {"phase": str(stop.phase), "left": wording.remaining(stop.days_left)}
    if stop.state == WindowState.CLOSED:
        return _("Finished")
    if stop.state == WindowState.UPCOMING:
        return _("%(phase)s: opens on %(day)s") % {**words, "day": wording.opening(stop.phase.opens_at, now)}
    return (_("%(phase)s: open, %(left)s") if words["left"] else _("%(phase)s: open")) % words


@dataclass(frozen=True)
class Offer:
    """One action of an activity, and who may do it."""

    action: Action
    who: str
    asked: str


@dataclass(frozen=True)
class ShownActivity:
    activity: Activity
    state: WindowState
    icon: str
    when: str
    left: str
    url: str
    offers: list[Offer]

    @property
    def is_open(self) -> bool:
        return self.state == WindowState.OPEN

    @property
    def is_over(self) -> bool:
        return self.state == WindowState.CLOSED

    @property
    def slot(self) -> str:
        return f"process.activities.{self.activity.kind}"


ORDER = (WindowState.OPEN, WindowState.UPCOMING, WindowState.CLOSED)


def activities(process: Process, now: datetime) -> list[ShownActivity]:
    """What one can do now first, then what comes, then what was."""
    found = [activity(each, now) for each in queries.activities_of(process)]
    return sorted(found, key=lambda each: ORDER.index(each.state))


def answers(activity: Activity, person: Visitor, now: datetime) -> list[str]:
    """What this visitor is told of the actions of an activity, each sentence once."""
    found = (allowed(person, action, activity, now) for action in offered(activity))
    said = (str(answer.message) if isinstance(answer, Refused) else _("You can do this now.") for answer in found)
    return list(dict.fromkeys(said))


def activity(each: Activity, now: datetime) -> ShownActivity:
    """An activity with its window, and who may take part."""
    kind = kinds.get(each.kind)
    opens_at, closes_at = each.window()
    state = each.state(now)
    known = [(action, permission_for(each, action)) for action in offered(each)]
    plain = [plain_permission(permission) for _action, permission in known]
    names = wording.Names(plain)
    return ShownActivity(
        activity=each,
        state=state,
        icon=kind.icon if kind else "info-circle",
        when=_window(opens_at, closes_at, state, now),
        left=wording.remaining(queries.days_left(closes_at, now)) if state == WindowState.OPEN else "",
        url=kind.address(each) if kind and kind.address else "",
        offers=[
            Offer(action, names.who(rule), names.asked(rule))
            for (action, _permission), rule in zip(known, plain, strict=True)
        ],
    )


def _window(opens_at: datetime, closes_at: datetime | None, state: WindowState, now: datetime) -> str:
    if state == WindowState.UPCOMING:
        return _("Opens on %(day)s") % {"day": wording.opening(opens_at, now)}
    if closes_at is None:
        return _("Open since %(day)s") % {"day": wording.opening(opens_at, now)}
    words = {"day": wording.closing(closes_at, now)}
    return (_("Open until %(day)s") if state == WindowState.OPEN else _("Was open until %(day)s")) % words


@dataclass(frozen=True)
class Text:
    body: StreamValue | None
    language: str


def description(process: Process, languages: list[str]) -> Text:
    """The long text in the language of the page, else in the first promised language that has one."""
    written = {each.language: each.body for each in process.descriptions.all() if each.body}
    for language in dict.fromkeys((page_language(), *languages, *written)):
        if language in written:
            return Text(written[language], language)
    return Text(None, page_language())


def documents(process: Process) -> list[Document]:
    """Those in the language of the page and those in none; where a process has nothing in this language, all of them."""
    every = list(process.documents.all())
    mine = [document for document in every if document.language in ("", page_language())]
    return mine or every


@dataclass(frozen=True)
class Line:
    """One difference: what, from what, to what."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownChange:
    change: Change
    about: str
    lines: list[Line]
    versions: list[RuleVersion] = field(default_factory=list)


def changes(process: Process) -> list[ShownChange]:
    """The public changelog in words, newest first."""
    found = list(queries.changes(process))
    names = wording.Names(
        rule for each in found for side in (each.before, each.after) for rule in _permissions(side).values()
    )
    return [
        ShownChange(
            change=each,
            about=str(each.activity or each.phase),
            lines=list(_differences(each.before, each.after, each.activity, names)),
            versions=list(each.rule_versions.all()),
        )
        for each in found
    ]


def _differences(before: Rule, after: Rule, about: Activity | Phase | None, names: wording.Names) -> Iterator[Line]:
    for key, label, words in (("opens_at", _("Opens"), wording.opening), ("closes_at", _("Closes"), wording.closing)):
        if before.get(key) != after.get(key):
            yield Line(label, words(_moment(before.get(key))), words(_moment(after.get(key))))  # type: ignore[operator]
    old, new = _permissions(before), _permissions(after)
    for action in sorted(old.keys() | new.keys()):
        if old.get(action) != new.get(action):
            label = str(Action(action).label) if action in Action.values else action
            yield Line(label, _who(old.get(action), names), _who(new.get(action), names))
    yield from _kind_differences(before, after, about)


def _kind_differences(before: Rule, after: Rule, about: Activity | Phase | None) -> Iterator[Line]:
    kind = kinds.get(about.kind) if isinstance(about, Activity) else None
    old, new = before.get("rule") or {}, after.get("rule") or {}
    assert isinstance(old, dict) and isinstance(new, dict)
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            label = str(kind.words.get(key, key)) if kind else key
            yield Line(label, wording.value(old.get(key)), wording.value(new.get(key)))


def _who(permission: Rule | None, names: wording.Names) -> str:
    if not permission:
        return "–"
    return " · ".join(part for part in (names.who(permission), names.asked(permission)) if part)


def _permissions(rule: Rule) -> dict[str, Rule]:
    found = rule.get("permissions") or {}
    assert isinstance(found, dict)
    return found


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


@dataclass(frozen=True)
class ShownRule:
    activity: Activity
    versions: list[RuleVersion]


def rules(process: Process) -> list[ShownRule]:
    """Every frozen rule, by activity, the one now in force first."""
    found: dict[int, ShownRule] = {}
    for version in queries.rule_versions(process):
        found.setdefault(version.activity_id, ShownRule(version.activity, [])).versions.append(version)
    return list(found.values())
