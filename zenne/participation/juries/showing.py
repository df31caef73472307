"""What pages show of a jury: rows and averages, made into plain words once, here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.languages import LANGUAGES, current, shown, text_in
from zenne.participation.processes.models import Process
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Choice, Selection
from zenne.participation.selections.queries import choices

from . import queries, wording
from .enums import SCORED, AssessmentState, Stage
from .models import Assessment, Candidate, Criterion, Jury, Member
from .queries import Work
from .rules import Visitor
from .tallying import Tally, outliers, proposal, tallies, weighted

LOOKS: dict[AssessmentState | None, tuple[str, str]] = {
    None: ("", "clock"),
    AssessmentState.IN_PROGRESS: ("info", "edit"),
    AssessmentState.SUBMITTED: ("ok", "check"),
    AssessmentState.LOCKED: ("ok", "lock"),
    AssessmentState.RECUSED: ("warn", "ban"),
}


@dataclass(frozen=True)
class Said:
    """A text of staff, and the language it is in."""

    text: str
    language: str


def said(thing: Any, name: str) -> Said:
    return Said(*shown(thing, name))


def in_languages(thing: Any, name: str) -> list[Said]:
    """Every language in which it says something."""
    return [Said(text, code) for code in LANGUAGES if (text := text_in(thing, name, code))]


@dataclass(frozen=True)
class ShownLevel:
    value: int
    words: Said


@dataclass(frozen=True)
class ShownCriterion:
    criterion: Criterion
    title: Said
    text: Said
    share: int
    levels: list[ShownLevel]


def criteria(rows: Sequence[Criterion]) -> list[ShownCriterion]:
    """Each with the share of the whole that it weighs, in per cent."""
    whole = sum(each.weight for each in rows) or 1
    return [
        ShownCriterion(
            criterion=each,
            title=said(each, "title"),
            text=said(each, "text"),
            share=round(each.weight * 100 / whole),
            levels=[ShownLevel(level.value, said(level, "words")) for level in each.levels.all()],
        )
        for each in rows
    ]


@dataclass(frozen=True)
class ShownWork:
    candidate: Candidate
    label: str
    kind: str
    icon: str
    missing: bool


def work(rows: Sequence[Work]) -> list[ShownWork]:
    """A member's list: what is still to do first."""
    found = []
    for each in sorted(rows, key=lambda one: not one.is_missing):
        kind, icon = LOOKS[each.state]
        label = str(each.state.label) if each.state else pgettext("assessment", "Not begun")
        found.append(ShownWork(each.candidate, label, kind, icon, each.is_missing))
    return found


@dataclass(frozen=True)
class ShownAssessment:
    """What one member gave, for who may see it."""

    member: Member
    assessment: Assessment
    total: str
    points: list[tuple[str, int]]
    apart: str = ""


def assessment(row: Assessment, rows: Sequence[Criterion], apart: str = "") -> ShownAssessment:
    weights, titles = {each.pk: each.weight for each in rows}, {each.pk: shown(each, "title")[0] for each in rows}
    points = [(titles[score.criterion_id], score.value) for score in row.scores.all()]
    return ShownAssessment(row.member, row, wording.number(weighted(row, weights)), points, apart)


@dataclass(frozen=True)
class ShownTally:
    """One line of the deliberation. `alone` is what the scores alone would do; `words` says who stands apart."""

    candidate: Candidate
    rank: int | None
    score: str
    count: int
    recused: int
    alone: bool | None
    by_criterion: list[tuple[str, str]]
    apart: list[str] = field(default_factory=list)
    worded: bool = False

    @property
    def moved(self) -> bool:
        return self.alone is not None and self.candidate.kept is not None and self.alone != self.candidate.kept


def board(jury: Jury) -> dict[str, Any]:
    """The deliberation: what is kept, what is not, what is undecided, in the order of the scores; how far the jury agrees, in words."""
    rows, considered = queries.criteria(jury), queries.considered(jury)
    given = list(queries.assessments(considered))
    ranked, recused = tallies(considered, given, rows), queries.recusals(jury)
    alone = proposal(ranked, jury.keep)
    apart = outliers(given, rows, jury.points)
    languages = jury.process.organisation.languages
    lines = [
        ShownTally(
            candidate=each.candidate,
            rank=each.rank,
            score=wording.number(each.score) if each.score is not None else "–",
            count=each.count,
            recused=recused.get(each.candidate.pk, 0),
            alone=alone[each.candidate.pk],
            by_criterion=means(each, rows),
            apart=[wording.apart(one) for one in apart if one.assessment.candidate_id == each.candidate.pk],
            worded=all(getattr(each.candidate, f"reason_{code}") for code in languages),
        )
        for each in ranked
    ]
    return {
        "kept": [each for each in lines if each.candidate.kept is True],
        "undecided": [each for each in lines if each.candidate.kept is None],
        "not_kept": [each for each in lines if each.candidate.kept is False],
        "agreement": wording.agreement(given, rows, jury),
        "moves": queries.moves(jury),
    }


def means(tally: Tally, rows: Sequence[Criterion]) -> list[tuple[str, str]]:
    return [
        (shown(each, "title")[0], wording.number(tally.by_criterion[each.pk]))
        for each in rows
        if each.pk in tally.by_criterion
    ]


@dataclass(frozen=True)
class Seat:
    """One member on one candidate, as the leader's page shows it: where they are, and what they gave once it may be read."""

    member: Member
    row: Assessment | None
    label: str
    kind: str
    icon: str
    scored: ShownAssessment | None

    @property
    def may_unlock(self) -> bool:
        return self.row is not None and self.row.state == AssessmentState.SUBMITTED

    @property
    def may_lift(self) -> bool:
        return self.row is not None and self.row.state == AssessmentState.RECUSED


def seats(candidate: Candidate, visitor: Visitor) -> list[Seat]:
    """Every member who sits or scored, on one candidate. Points only for who may read them."""
    jury = candidate.jury
    rows, readable = queries.criteria(jury), {each.pk: each for each in queries.readable(visitor, candidate)}
    own = {each.pk: each for each in queries.assessments([candidate]) if each.member.person == visitor}
    apart = outliers(list((readable | own).values()), rows, jury.points) if readable else []
    words = {each.assessment.pk: wording.apart(each) for each in apart}
    mine = {each.member_id: each for each in candidate.assessments.all()}
    found = []
    for member in queries.members(jury):
        row = mine.get(member.pk)
        if member.state != "accepted" and (row is None or row.state not in SCORED):
            continue
        state = AssessmentState(row.state) if row else None
        kind, icon = LOOKS[state]
        full = (readable | own).get(row.pk) if row else None
        found.append(
            Seat(
                member=member,
                row=row,
                label=str(state.label) if state else pgettext("assessment", "Not begun"),
                kind=kind,
                icon=icon,
                scored=assessment(full, rows, words.get(full.pk, "")) if full else None,
            )
        )
    return found


@dataclass(frozen=True)
class Line:
    """One candidate on the public page: how many members are recused, and once there is a result its side and its score."""

    title: str
    url: str
    language: str
    number: int
    recused: int
    side: str = ""
    kept: bool = False
    score: str = ""
    reason: Said | None = None


def lines(jury: Jury, standing: Sequence[Candidate], made: Selection | None) -> list[Line]:
    """What is before the jury; or, of a result, what it decided about, the best first: as the selection keeps it, else recomputed from the stored points."""
    if jury.published_at is not None:
        return _recomputed(jury)
    if made is None:
        recused = queries.recusals(jury)
        return [
            Line(each.title, each.url, each.language, each.number, recused.get(each.pk, 0))
            for each in sorted(standing, key=lambda one: one.number)
        ]
    return [_line(choice) for choice in choices(made).exclude(outcome=Outcome.SET_ASIDE)]


def _recomputed(jury: Jury) -> list[Line]:
    found, recused = queries.decided(jury), queries.recusals(jury)
    ranked = tallies(found, queries.assessments(found), queries.criteria(jury))
    return [
        Line(
            title=each.candidate.title,
            url=each.candidate.url,
            language=each.candidate.language,
            number=each.candidate.number,
            recused=recused.get(each.candidate.pk, 0),
            side=str((Outcome.KEPT if each.candidate.kept else Outcome.NOT_KEPT).label),
            kept=bool(each.candidate.kept),
            score=wording.number(each.score) if each.score is not None else "–",
            reason=said(each.candidate, "reason"),
        )
        for each in ranked
    ]


def _line(choice: Choice) -> Line:
    figures = {figure["key"]: figure for figure in choice.figures}
    score, idea = figures.get("score"), choice.idea
    return Line(
        title=idea.title if idea.is_public else _("An idea that is no longer public"),
        url=idea.get_absolute_url() if idea.is_public else "",
        language=idea.language,
        number=idea.pk,
        recused=figures["recused"]["value"] if "recused" in figures else 0,
        side=str(Outcome(choice.outcome).label),
        kept=choice.outcome == Outcome.KEPT,
        score=score["said"].get(current(), score["value"]) if score else "–",
    )


@dataclass(frozen=True)
class Remarks:
    """What members wrote about one candidate, without names, in an order that tells nothing of who wrote."""

    candidate: Candidate
    texts: list[Said]


def comments(jury: Jury) -> list[Remarks]:
    """Every published comment, by candidate."""
    kept = queries.everything(jury)
    given: dict[int, list[Said]] = {}
    for each in queries.assessments(kept):
        if each.comment:
            given.setdefault(each.candidate_id, []).append(Said(each.comment, each.language))
    return [Remarks(each, sorted(given[each.pk], key=lambda one: one.text)) for each in kept if each.pk in given]


def around(jury: Jury, stage: Stage) -> dict[str, Any]:
    """What every page of a jury needs."""
    process: Process = jury.process
    here = [process.slug, jury.pk]
    return {
        "page_url": reverse("juries:page", args=here),
        "mine_url": reverse("juries:work", args=here),
        "lead_url": reverse("juries:deliberation", args=here),
        "jury": jury,
        "process": process,
        "title": said(jury.activity, "title"),
        "stage": stage,
        "stage_words": str(stage.label),
    }
