"""Selections as pages show them: questions are answered here once, not in templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zenne.core.languages import current, shown
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.kinds import kinds
from zenne.participation.processes.models import Activity

from . import queries
from .enums import Outcome, SelectionState
from .models import Choice, Selection

LOOKS: dict[str, tuple[str, str]] = {
    Outcome.KEPT: ("ok", "check"),
    Outcome.NOT_KEPT: ("", "x"),
    Outcome.SET_ASIDE: ("", "arrow-back-up"),
}
SINCE: dict[str, Any] = {
    IdeaState.MERGED: gettext_lazy("Since then it joined another idea:"),
    IdeaState.WITHDRAWN: gettext_lazy("Since then its author took it back."),
    IdeaState.REJECTED: gettext_lazy("Since then it was refused."),
}


@dataclass(frozen=True)
class Said:
    """A figure in the reader's language."""

    label: str
    text: str


@dataclass(frozen=True)
class Row:
    """One idea and what was decided about it. An idea that is no longer public has no title here, and no address.

    `since` says of one that was kept that it goes on no more, and `joined` with which other one it does.
    """

    choice: Choice
    title: str
    url: str
    language: str
    byline: str
    reason: str
    reason_language: str
    figures: list[Said]
    badge: str
    kind: str
    icon: str
    since: str
    joined: Idea | None


@dataclass(frozen=True)
class Line:
    """A selection in a list."""

    selection: Selection
    title: str
    language: str
    made_by: str
    kept: int
    among: int

    @property
    def annulled(self) -> bool:
        return self.selection.state == SelectionState.ANNULLED


def figures(choice: Choice) -> list[Said]:
    return [Said(_in(figure["label"]), _in(figure["said"]) or str(figure["value"])) for figure in choice.figures]


def _in(words: dict[str, str]) -> str:
    """What plain data say in the language of the page, else in any."""
    return words.get(current()) or next((text for text in words.values() if text), "")


def row(choice: Choice) -> Row:
    idea = choice.idea
    readable = idea.is_public
    reason, language = shown(choice, "reason")
    kind, icon = LOOKS[choice.outcome]
    since = SINCE.get(idea.state, "") if choice.outcome == Outcome.KEPT else ""
    return Row(
        choice=choice,
        title=idea.title if readable else _("An idea that is no longer public"),
        url=idea.get_absolute_url() if readable else "",
        language=idea.language if readable else current(),
        byline=idea.byline if readable else "",
        reason=reason,
        reason_language=language,
        figures=figures(choice),
        badge=str(Outcome(choice.outcome).label),
        kind=kind,
        icon=icon,
        since=str(since),
        joined=_joined(idea) if since and idea.state == IdeaState.MERGED else None,
    )


def _joined(idea: Idea) -> Idea | None:
    """The idea it joined, of the same process, where everyone may read it."""
    other: Idea | None = idea.merged_into
    if other is not None:
        other.process = idea.process
    return other if other and other.is_public else None


def made_by(activity: Activity | None) -> str:
    """What decided: the activity by its name, with its kind; outside any, the organisation."""
    if activity is None:
        return ""
    kind = kinds.get(activity.kind)
    title = shown(activity, "title")[0]
    return " – ".join(part for part in (str(kind.label) if kind else "", title) if part)


def lines(counted: Iterable[Selection]) -> list[Line]:
    """Of those that `queries.counted` found."""
    return [
        Line(each, *shown(each, "title"), made_by(each.activity), each.kept, each.among)  # type: ignore[attr-defined]
        for each in counted
    ]


def page(selection: Selection) -> dict[str, Any]:
    rows = [row(choice) for choice in queries.choices(selection)]
    groups = [
        {"outcome": outcome.value, "title": title, "rows": among, "cost": _cost(among)}
        for outcome, title in (
            (Outcome.KEPT, _("Kept")),
            (Outcome.NOT_KEPT, _("Not kept")),
            (Outcome.SET_ASIDE, _("Set aside")),
        )
        if (among := [each for each in rows if each.choice.outcome == outcome])
    ]
    return {
        "selection": selection,
        "made_by": made_by(selection.activity),
        "annulled": selection.state == SelectionState.ANNULLED,
        "groups": groups,
        "kept": sum(each.choice.outcome == Outcome.KEPT for each in rows),
        "among": len(rows),
        "rule": shown(selection, "rule_text"),
        "statement": shown(selection, "statement"),
        "next": lines(queries.counted(queries.public().filter(source=selection))),
    }


def _cost(rows: Iterable[Row]) -> int | None:
    """What they cost together, where a cost is known of every one."""
    costs = [each.choice.cost_cents for each in rows]
    return None if None in costs else sum(cost for cost in costs if cost is not None)


@dataclass(frozen=True)
class Step:
    """One decision on the way of an idea."""

    row: Row
    selection: Selection
    title: str
    made_by: str
    annulled: bool


def way(choices: Iterable[Choice]) -> list[Step]:
    return [
        Step(
            row(choice),
            choice.selection,
            shown(choice.selection, "title")[0],
            made_by(choice.selection.activity),
            choice.selection.state == SelectionState.ANNULLED,
        )
        for choice in choices
    ]
