"""The minutes of a jury: the same facts on paper, for the file, and as a sheet with one row per assessment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zenne.core.languages import LANGUAGES, current, shown, text_in
from zenne.opendata.exports.kinds import Column, Row
from zenne.participation.reporting import paper
from zenne.participation.reporting.kinds import Block, entry, facts, heading, note, paragraph, table
from zenne.participation.selections.enums import Outcome
from zenne.web.tags.words import moment

from . import queries, wording
from .enums import AssessmentState, MemberState
from .models import Assessment, Candidate, Criterion, Jury, Member, Session
from .tallying import Tally, outliers, tallies, weighted


def side(candidate: Candidate) -> str:
    words = {True: Outcome.KEPT.label, False: Outcome.NOT_KEPT.label, None: _("undecided")}
    return str(words[candidate.kept])


# --- on paper ---------------------------------------------------------------------------------------------------------------


def printed(jury: Jury, *, now: datetime) -> bytes:
    """The minutes as a PDF in the language of the moment, set by the press that sets the reports."""
    meanwhile = _("Take the spreadsheet meanwhile, or try again in a minute.")
    data = composed(jury, now=now)
    house, seed = jury.process.organisation, jury.process.slug
    return paper.printed(data, organisation=house, seed=seed, words=_frame(now), moment=now, meanwhile=meanwhile)


def _frame(now: datetime) -> dict[str, str]:
    at = moment(now)
    return {
        "kind": _("Minutes of the jury"),
        "as_of": _("As it stood on %(moment)s") % {"moment": at},
        "contents": _("Contents"),
        "intro": _("Introduction"),
        "what": _("What"),
        "bar": _("Chart"),
        "colophon": _("About these minutes"),
        "frozen": _(
            "Made on %(moment)s from what the platform recorded. They name members and what they gave: they are for the file, not for the public."
        )
        % {"moment": at},
        "address": _("The public page of the jury:"),
        "fingerprint": _("The fingerprint (SHA-256) of what is printed here:"),
    }


def composed(jury: Jury, *, now: datetime) -> dict[str, Any]:
    """What the press is given: plain text in plain blocks."""
    title, language = shown(jury.activity, "title")
    process = jury.process
    standing, rows = queries.considered(jury), queries.criteria(jury)
    given = list(queries.assessments(standing))
    ranked = tallies(standing, given, rows)
    chapters = [
        {"title": _("The jury and its rule"), "blocks": _constitution(jury, rows, standing, given)},
        {"title": _("The sessions"), "blocks": _sessions(jury)},
        {"title": _("The scores"), "blocks": _scores(jury, rows, ranked, given)},
        {"title": _("What is decided, and why"), "blocks": _decisions(jury, ranked)},
    ]
    return {
        "process_title": shown(process, "title")[0],
        "organisation": str(process.organisation),
        "language": current(),
        "flowing": True,
        "title": {"text": title, "language": language},
        "intro": {"text": shown(jury, "statement")[0], "language": shown(jury, "statement")[1]},
        "address": settings.BASE_URL.rstrip("/") + reverse("juries:page", args=[process.slug, jury.pk]),
        "chapters": chapters,
    }


def _constitution(jury: Jury, rows: list[Criterion], standing: list[Candidate], given: list[Assessment]) -> list[Block]:
    seats = [seat for seat in queries.members(jury) if seat.state in (MemberState.ACCEPTED, MemberState.RESIGNED)]
    return [
        facts(
            [
                (_("Members"), str(sum(seat.state == MemberState.ACCEPTED for seat in seats))),
                (_("Before the jury"), str(len(standing))),
                (_("Assessments submitted"), str(len(given))),
                (_("Kept at most"), str(jury.keep)),
            ]
        ),
        table(
            _("Who sat in it"),
            [_("Name"), _("Capacity"), _("Role")],
            [[str(seat), shown(seat, "capacity")[0], _role(seat)] for seat in seats],
        ),
        paragraph(wording.rule_now(jury, rows)),
        table(
            _("The criteria"),
            [_("Criterion"), _("What it asks"), _("Weight")],
            [[shown(each, "title")[0], shown(each, "text")[0], str(each.weight)] for each in rows],
            numbers=[2],
        ),
    ]


def _role(seat: Member) -> str:
    if seat.state != MemberState.ACCEPTED:
        return str(MemberState(seat.state).label)
    return _("Chair") if seat.is_chair else _("Member")


def _lasted(session: Session) -> str:
    if session.closed_at is None:
        return _("Since %(start)s; still open.") % {"start": moment(session.opened_at)}
    return _("From %(start)s to %(end)s.") % {"start": moment(session.opened_at), "end": moment(session.closed_at)}


def _sessions(jury: Jury) -> list[Block]:
    blocks: list[Block] = []
    moves = queries.moves(jury)
    for session in queries.sessions(jury):
        blocks.append(heading(_("Session %(number)s") % {"number": session.number}))
        blocks.append(paragraph(_lasted(session)))
        present = ", ".join(str(seat) for seat in session.present.all())
        blocks.append(paragraph(_("Present: %(names)s.") % {"names": present}))
        if session.reason:
            blocks.append(paragraph(_("Opened while scores were missing: %(reason)s") % {"reason": session.reason}))
        made = [each for each in moves if each.session_id == session.pk]
        if made:
            lines = [
                [
                    f"{each.candidate.number} · {each.candidate.title}",
                    _("moved in") if each.kept else _("moved out"),
                    each.reason,
                    str(each.moved_by or ""),
                ]
                for each in made
            ]
            heads = [_("Title"), pgettext("deliberation", "Move"), _("Reason"), _("Recorded by")]
            blocks.append(table(_("What was moved"), heads, lines))
        else:
            blocks.append(paragraph(_("Nothing was moved.")))
    return blocks


def _scores(jury: Jury, rows: list[Criterion], ranked: list[Tally], given: list[Assessment]) -> list[Block]:
    recused = queries.recusals(jury)
    lines = [
        [
            str(each.candidate.number),
            each.candidate.title,
            wording.number(each.score) if each.score is not None else "–",
            str(each.count),
            str(recused.get(each.candidate.pk, 0)),
            side(each.candidate),
        ]
        for each in ranked
    ]
    heads = ["№", _("Title"), _("Score"), _("Scored by"), _("Recused"), _("Outcome")]
    blocks = [
        table(_("By score, out of %(most)s") % {"most": jury.points}, heads, lines, numbers=[2, 3, 4]),
        heading(_("How far the jury agrees")),
        *[paragraph(words) for words in wording.agreement(given, rows, jury)],
    ]
    apart = outliers(given, rows, jury.points)
    if apart:
        said = [[each.assessment.candidate.title, wording.apart(each)] for each in _with_titles(apart, ranked)]
        blocks.append(table(_("Assessments that stand apart"), [_("Title"), _("What")], said))
    ties = [[row.candidate.title, str(row.member), row.tie] for row in queries.ties(jury)]
    if ties:
        blocks.append(table(_("Conflicts of interest declared"), [_("Title"), _("Member"), _("What links them")], ties))
    opened = [
        [each.assessment.candidate.title, str(each.assessment.member), each.reason, str(each.seen)]
        for each in queries.unlockings(jury)
    ]
    if opened:
        heads = [_("Title"), _("Member"), _("Reason"), _("Others’ scores it could be read beside")]
        blocks.append(table(_("Assessments opened again"), heads, opened, numbers=[3]))
    return blocks


def _with_titles(apart: Any, ranked: list[Tally]) -> Any:
    known = {each.candidate.pk: each.candidate for each in ranked}
    for one in apart:
        one.assessment.candidate = known[one.assessment.candidate_id]
    return apart


def _decisions(jury: Jury, ranked: list[Tally]) -> list[Block]:
    blocks: list[Block] = [
        heading(_("One by one")),
        note(_("Each reason is published in every language that the organisation promises.")),
    ]
    for each in ranked:
        reason, language = shown(each.candidate, "reason")
        scored = ngettext("scored by %(count)s member", "scored by %(count)s members", each.count) % {
            "count": each.count
        }
        blocks.append(
            entry(
                each.candidate.title,
                language=each.candidate.language,
                facts=[f"№ {each.candidate.number}", scored],
                status=side(each.candidate),
                said=[{"label": _("Public reason"), "text": reason, "language": language}] if reason else [],
            )
        )
    for candidate in _aside(jury, ranked):
        facts_ = [f"№ {candidate.number}"]
        blocks.append(
            entry(candidate.title, language=candidate.language, facts=facts_, status=str(Outcome.SET_ASIDE.label))
        )
    return blocks


def _aside(jury: Jury, ranked: list[Tally]) -> list[Candidate]:
    """What was before the jury and fell out of it on the way."""
    there = {each.candidate.pk for each in ranked}
    return [candidate for candidate in queries.everything(jury) if candidate.pk not in there]


# --- as a sheet -------------------------------------------------------------------------------------------------------------


def sheet(jury: Jury) -> tuple[list[Column], Iterator[Row]]:
    """One row per member and idea: what was given, who is recused, what is still missing; the idea's outcome beside it."""
    rows = queries.criteria(jury)
    columns = [
        Column("number", _("Number")),
        Column("title", _("Title")),
        Column("outcome", _("Outcome")),
        Column("rank", _("Rank")),
        Column("score", _("Score in all")),
        Column("member", _("Member"), personal=True),
        Column("state", _("State")),
        *(Column(f"criterion_{each.pk}", shown(each, "title")[0]) for each in rows),
        Column("total", _("Weighted mean of the member")),
        Column("comment", pgettext("assessment", "Comment"), personal=True),
        Column("tie", _("Conflict of interest"), personal=True),
        *(Column(f"reason_{code}", f"{_('Public reason')} ({code})") for code in LANGUAGES),
    ]
    return columns, _rows(jury, rows)


def _rows(jury: Jury, rows: list[Criterion]) -> Iterator[Row]:
    considered = queries.considered(jury)
    ranked = tallies(considered, queries.assessments(considered), rows)
    aside = _aside(jury, ranked)
    ranked += [replace(each, rank=None) for each in tallies(aside, queries.assessments(aside), rows)]
    fallen = {candidate.pk for candidate in aside}
    weights = {each.pk: each.weight for each in rows}
    written = (
        Assessment.objects.filter(candidate__jury=jury).select_related("member__person").prefetch_related("scores")
    )
    by_candidate: dict[int, list[Assessment]] = {}
    for row in written.order_by("member_id"):
        by_candidate.setdefault(row.candidate_id, []).append(row)
    for tally in ranked:
        candidate = tally.candidate
        score = float(round(tally.score, 4)) if tally.score is not None else None
        reasons = [text_in(candidate, "reason", code) for code in LANGUAGES]
        outcome = str(Outcome.SET_ASIDE.label) if candidate.pk in fallen else side(candidate)
        head = [candidate.number, candidate.title, outcome, tally.rank, score]
        for row in by_candidate.get(candidate.pk, []):
            handed_in = row.state in (AssessmentState.SUBMITTED, AssessmentState.LOCKED)
            points = {one.criterion_id: one.value for one in row.scores.all()} if handed_in else {}
            yield [
                *head,
                str(row.member),
                str(AssessmentState(row.state).label),
                *(points.get(each.pk) for each in rows),
                float(round(weighted(row, weights), 4)) if points else None,
                row.comment if handed_in else "",
                row.tie,
                *reasons,
            ]
        if candidate.pk not in by_candidate:
            yield [*head, "", "", *(None for _each in rows), None, "", "", *reasons]
