"""What the process is about, its timeline, who could take part, and what changed after it had opened."""

from datetime import datetime

from django.utils.translation import gettext as _

from zenne.core.languages import shown
from zenne.participation.processes import queries
from zenne.participation.processes.frozen import plain_permission
from zenne.participation.processes.models import Process
from zenne.participation.processes.rules import offered, permission_for
from zenne.participation.processes.wording import Names, closing, opening
from zenne.web.tags.words import day

from ..kinds import Block, Frozen, heading, note, paragraph, table


def write(frozen: Frozen) -> list[Block]:
    process = queries.with_timeline(frozen.process.slug)
    assert process  # nobody deletes one that has reports
    summary, language = shown(process, "summary", process.organisation.languages)
    blocks: list[Block] = []
    if summary:
        blocks.append(paragraph(summary, language=language))
    blocks += [*_timeline(frozen, process), *_rules(process), *_changes(frozen)]
    return blocks


def _timeline(frozen: Frozen, process: Process) -> list[Block]:
    phases = list(process.phases.all())
    if not phases:
        return []
    rows = [
        [str(phase), f"{opening(phase.opens_at)} – {closing(phase.closes_at)}", str(phase.state(frozen.moment).label)]
        for phase in phases
    ]
    return [
        heading(_("Timeline")),
        table(_("The phases and where they stood"), [_("Phase"), _("When"), _("State")], rows),
    ]


def _rules(process: Process) -> list[Block]:
    activities = queries.activities_of(process)
    known = [
        (each, action, plain_permission(permission_for(each, action)))
        for each in activities
        for action in offered(each)
    ]
    if not known:
        return []
    names = Names(plain for _each, _action, plain in known)
    rows = [[str(each), str(action.label), names.who(plain)] for each, action, plain in known]
    return [
        heading(_("Who could take part")),
        table(_("The rules of each activity"), [_("Activity"), _("What"), _("Who")], rows),
    ]


def _changes(frozen: Frozen) -> list[Block]:
    changes = list(queries.changes(frozen.process).filter(changed_at__lte=frozen.moment))
    if not changes:
        return [heading(_("Changes after the opening")), note(_("No date and no rule changed after it had opened."))]
    rows = [
        [
            day(each.changed_at),
            str(each.activity or each.phase),
            _difference(each.before, each.after) or str(each.get_subject_display()),  # type: ignore[attr-defined]
            shown(each, "reason")[0],
        ]
        for each in changes
    ]
    heads = [_("Date"), _("About"), _("What changed"), _("Reason")]
    return [heading(_("Changes after the opening")), table(_("What changed, and why"), heads, rows)]


def _difference(before: dict[str, object], after: dict[str, object]) -> str:
    """`30 April 2025 included → 14 May 2025 included`; nothing where it wasn't a date."""
    parts = []
    for key, words in (("opens_at", opening), ("closes_at", closing)):
        if before.get(key) != after.get(key):
            read = [datetime.fromisoformat(str(side[key])) if side.get(key) else None for side in (before, after)]
            parts.append(" → ".join(words(moment) if moment else "–" for moment in read))
    return " · ".join(parts)
