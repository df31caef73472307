"""What stands on the overview of one process: its parts with the addresses where each is changed, and what is missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zenne.people.accounts.models import Person

from .. import showing, wording
from ..enums import ProcessState
from ..gaps import DESCRIPTION, PHASES, Gap, gaps_of
from ..kinds import kinds
from ..models import Activity, Document, FrequentQuestion, News, Phase, Process, TeamMember, Theme
from ..rules import may_edit, may_manage

NAMES: dict[type[Model], str] = {
    Process: "process",
    Phase: "process_phase",
    Activity: "process_activity",
    Theme: "process_theme",
    FrequentQuestion: "process_question",
    Document: "process_document",
    TeamMember: "process_team",
    News: "process_news",
}


def edit_url(thing: Model) -> str:
    return reverse(f"{NAMES[type(thing)]}:edit", args=[thing.pk])


@dataclass(frozen=True)
class Part:
    """One list of the overview. `verb` names it for the buttons that move its rows; without one they don't move."""

    label: str | Promise
    add_label: str | Promise
    verb: str
    rows: list[dict[str, Any]]
    add_url: str


def board(process: Process, person: Person, now: datetime) -> dict[str, Any]:
    """The whole overview."""
    draft = process.state == ProcessState.DRAFT
    return {
        "process": process,
        "manages": bool(may_manage(person, process.organisation)),
        "edits": bool(may_edit(person, process.organisation)),
        "draft": draft,
        "published": process.state == ProcessState.PUBLISHED,
        "archived": process.state == ProcessState.ARCHIVED,
        "pill": showing.pill(process, now),
        "missing": [{"gap": gap, "url": _where(gap, process)} for gap in gaps_of(process)],
        "phases": [_phase(phase, now) for phase in process.phases.prefetch_related("activities")],
        "parts": _parts(process),
        "news": [_news(post) for post in process.news.order_by("-id")],
        "news_add_url": f"{reverse('process_news:add')}?process={process.pk}",
        "phase_add_url": f"{reverse('process_phase:add')}?process={process.pk}",
        "followers": process.follows.count(),
    }


def _where(gap: Gap, process: Process) -> str:
    """Where a gap is filled."""
    if gap.field == DESCRIPTION:
        return f"{reverse('process:description', args=[process.pk])}?language={gap.language}"
    if gap.field == PHASES:
        return f"{reverse('process_phase:add')}?process={process.pk}"
    return edit_url(gap.thing)


def _phase(phase: Phase, now: datetime) -> dict[str, Any]:
    return {
        "row": phase,
        "when": wording.span(phase.opens_at, phase.closes_at, now),
        "state": phase.state(now).label,
        "edit_url": edit_url(phase),
        "delete_url": reverse("process_phase:delete", args=[phase.pk]),
        "extend_url": reverse("process_phase:extend", args=[phase.pk]) if phase.closes_at else "",
        "add_url": f"{reverse('process_activity:add')}?phase={phase.pk}",
        "activities": [_activity(activity, phase, now) for activity in phase.activities.all()],
    }


def _activity(activity: Activity, phase: Phase, now: datetime) -> dict[str, Any]:
    activity.phase = phase
    kind = kinds.get(activity.kind)
    return {
        "row": activity,
        "kind": kind.label if kind else activity.kind,
        "when": wording.span(*activity.window(), now) if activity.opens_at or activity.closes_at else "",
        "state": activity.state(now).label,
        "edit_url": edit_url(activity),
        "delete_url": reverse("process_activity:delete", args=[activity.pk]),
        "extend_url": reverse("process_activity:extend", args=[activity.pk]) if activity.closes_at else "",
        "permissions_url": reverse("process_activity:permissions", args=[activity.pk])
        if kind and kind.defaults
        else "",
        "settings_url": kind.settings(activity) if kind and kind.settings else "",
    }


def _news(post: News) -> dict[str, Any]:
    shown = post.published_at is not None and post.withdrawn_at is None
    return {"row": post, "public": shown, "edit_url": edit_url(post), "new": post.published_at is None}


def _parts(process: Process) -> list[Part]:
    lists: tuple[tuple[str | Promise, str | Promise, str, type[Model], Any], ...] = (
        (_("Themes"), _("Add a theme"), "theme", Theme, process.themes),
        (_("Frequent questions"), _("Add a question"), "question", FrequentQuestion, process.questions),
        (_("Documents"), _("Add a document"), "document", Document, process.documents),
        (_("Team"), _("Add somebody"), "team", TeamMember, process.team),
    )
    return [
        Part(
            label=label,
            add_label=add,
            verb=verb,
            rows=[
                {"row": row, "edit_url": edit_url(row), "delete_url": reverse(f"{NAMES[model]}:delete", args=[row.pk])}
                for row in rows.order_by("position", "id")
            ],
            add_url=f"{reverse(f'{NAMES[model]}:add')}?process={process.pk}",
        )
        for label, add, verb, model, rows in lists
    ]
