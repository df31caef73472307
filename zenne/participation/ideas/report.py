"""What a report says of ideas: how many, where they stood, what was answered; the most supported at length, all the others in one line.

As of the report's moment: states by the steps taken until then, supports and comments given until then, words and answers as they were.
What staff or its author took off the site since is left out: a new report does not publish it again. No author is named.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zenne.core.languages import LANGUAGES
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment
from zenne.participation.processes.models import Theme
from zenne.participation.reporting.kinds import (
    Block,
    Chapter,
    Frozen,
    bars,
    chapters,
    entry,
    facts,
    heading,
    note,
    table,
)
from zenne.web.tags.words import day, grouped

from .enums import LISTED, IdeaState
from .models import Idea, OfficialAnswer, StatusChange, Support, Version

AT_LENGTH = 100
IN_A_LINE = 5000
WORDS = 1200


@dataclass(frozen=True)
class _Idea:
    """An idea as it stood."""

    pk: int
    title: str
    language: str
    theme: int | None
    state: str
    published_at: datetime
    supports: int
    comments: int
    answered: bool


def as_of(process: int, moment: datetime) -> QuerySet[Idea]:
    """The ideas of a process that everyone can read now and could read at `moment`, as they stood then."""
    versions = Version.objects.filter(idea=OuterRef("pk"), written_at__lte=moment).order_by("-number")
    steps = StatusChange.objects.filter(idea=OuterRef("pk"), changed_at__lte=moment).order_by("-changed_at", "-id")
    answers = OfficialAnswer.objects.filter(idea=OuterRef("pk"), published_at__lte=moment).order_by("-number")
    supports = Support.objects.filter(idea=OuterRef("pk"), value=1, given_at__lte=moment).order_by()
    comments = Comment.objects.filter(
        about_type=ContentType.objects.get_for_model(Idea),
        about_id=OuterRef("pk"),
        state=CommentState.PUBLISHED,
        created_at__lte=moment,
    ).order_by()
    return (
        Idea.objects.filter(process=process, listed=True, published_at__lte=moment)
        .annotate(
            then_title=Coalesce(Subquery(versions.values("title")[:1]), F("title")),
            then_state=Coalesce(Subquery(steps.values("after")[:1]), F("state")),
            then_supports=_number(supports.values("idea")),
            then_comments=_number(comments.values("about_id")),
            then_answer=Subquery(answers.values("pk")[:1]),
        )
        .filter(then_state__in=LISTED)
    )


def _number(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)


def write(frozen: Frozen) -> list[Block]:
    found = as_of(frozen.process.pk, frozen.moment).order_by("-then_supports", "-pk")
    # fmt: off
    fields = ("pk", "then_title", "language", "theme_id", "then_state", "published_at", "then_supports", "then_comments", "then_answer")
    # fmt: on
    ideas = [_Idea(*row[:8], answered=row[8] is not None) for row in found.values_list(*fields)]
    if not ideas:
        return []
    themes = {
        theme.pk: str(theme.title_i18n)
        for theme in Theme.objects.filter(process=frozen.process).order_by("position", "id")
    }
    at_length, others = ideas[:AT_LENGTH], ideas[AT_LENGTH:]
    return [
        _totals(ideas),
        heading(_("Where the ideas stood")),
        *_states(ideas),
        *_themes(ideas, themes),
        heading(
            _("The most supported ideas, and what was answered") if others else _("The ideas, and what was answered")
        ),
        note(_how_many(ideas)),
        *_entries(at_length, themes, frozen),
        *_list(others, frozen),
    ]


def _totals(ideas: list[_Idea]) -> Block:
    return facts(
        [
            (_("Ideas"), grouped(len(ideas))),
            (_("Supports"), grouped(sum(idea.supports for idea in ideas))),
            (_("Comments on these ideas"), grouped(sum(idea.comments for idea in ideas))),
            (_("Ideas with an official answer"), grouped(sum(idea.answered for idea in ideas))),
        ]
    )


def _states(ideas: list[_Idea]) -> list[Block]:
    counted = Counter(idea.state for idea in ideas)
    rows = [(str(state.label), counted[state], grouped(counted[state])) for state in IdeaState if counted[state]]
    return [bars(_("Ideas by state"), _("Ideas"), rows, first=_("State"))]


def _themes(ideas: list[_Idea], themes: dict[int, str]) -> list[Block]:
    if not any(idea.theme for idea in ideas):
        return []
    number, supports = Counter(idea.theme for idea in ideas), Counter[int | None]()
    for idea in ideas:
        supports[idea.theme] += idea.supports
    known = [(key, title) for key, title in themes.items() if number[key]]
    without = [(None, _("No theme"))] if number[None] else []
    rows = [[title, grouped(number[key]), grouped(supports[key])] for key, title in (*known, *without)]
    return [table(_("Ideas by theme"), [_("Theme"), _("Ideas"), _("Supports")], rows, numbers=(1, 2))]


def _how_many(ideas: list[_Idea]) -> str:
    """What is left out is said."""
    number = {
        "at_length": grouped(AT_LENGTH),
        "words": grouped(WORDS),
        "line": grouped(IN_A_LINE),
        "all": grouped(len(ideas)),
    }
    parts = [
        _("Each in its own language, without the name of its author; texts longer than %(words)s characters are cut.")
        % number
    ]
    if len(ideas) > AT_LENGTH:
        parts.append(
            _("The %(at_length)s most supported of %(all)s ideas stand here at length, the others in one line each.")
            % number
        )
    if len(ideas) > AT_LENGTH + IN_A_LINE:
        parts.append(_("Beyond %(line)s lines, the list goes on in the open data of the project.") % number)
    return " ".join(parts)


def _entries(ideas: list[_Idea], themes: dict[int, str], frozen: Frozen) -> list[Block]:
    keys = [idea.pk for idea in ideas]
    texts = _texts(keys, frozen.moment)
    answers = _answers(keys, frozen)
    reasons = _reasons(keys, frozen)
    addresses = _addresses(frozen)
    return [
        entry(
            idea.title,
            language=idea.language,
            facts=[
                part
                for part in (
                    f"№ {idea.pk}",
                    themes.get(idea.theme or 0, ""),
                    day(idea.published_at),
                    _supports(idea.supports),
                )
                if part
            ],
            status=str(IdeaState(idea.state).label),
            text=_cut(texts.get(idea.pk, "")),
            said=[*reasons.get(idea.pk, []), *answers.get(idea.pk, [])],
            address=addresses(idea.pk),
        )
        for idea in ideas
    ]


def _supports(number: int) -> str:
    return ngettext("%(count)s support", "%(count)s supports", number) % {"count": grouped(number)}


def _addresses(frozen: Frozen) -> Any:
    place = 987_654_321
    before, after = reverse("ideas:page", args=[frozen.process.slug, place]).split(str(place))
    return lambda pk: f"{frozen.base}{before}{pk}{after}"


def _texts(keys: list[int], moment: datetime) -> dict[int, str]:
    now = dict(Idea.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "text"))
    versions = (
        Version.objects.filter(idea__in=keys, written_at__lte=moment).order_by("idea_id", "-number").distinct("idea_id")
    )
    return now | dict(versions.values_list("idea_id", "text"))


def _answers(keys: list[int], frozen: Frozen) -> dict[int, list[dict[str, str]]]:
    last = OfficialAnswer.objects.filter(idea__in=keys, published_at__lte=frozen.moment)
    found = last.order_by("idea_id", "-number").distinct("idea_id")
    label = _("Official answer")
    return {
        answer.idea_id: [_saying(answer, "body", f"{label}, {day(answer.published_at)}", frozen)] for answer in found
    }


def _reasons(keys: list[int], frozen: Frozen) -> dict[int, list[dict[str, str]]]:
    last = StatusChange.objects.filter(idea__in=keys, changed_at__lte=frozen.moment)
    found = last.order_by("idea_id", "-changed_at", "-id").distinct("idea_id")
    said = {change.idea_id: _saying(change, "reason", _("Reason of the last step"), frozen) for change in found}
    return {idea: [words] for idea, words in said.items() if words["text"]}


def _saying(thing: Any, field: str, label: str, frozen: Frozen) -> dict[str, str]:
    """What staff wrote, in the language of the report or else in one it was written in."""
    texts = {code: getattr(thing, f"{field}_{code}", None) or "" for code in (frozen.language, *LANGUAGES)}
    language = next((code for code, text in texts.items() if text), frozen.language)
    return {"label": label, "text": _cut(texts[language]), "language": language}


def _cut(text: str) -> str:
    return text if len(text) <= WORDS else f"{text[:WORDS].rsplit(' ', 1)[0]} …"


def _list(ideas: list[_Idea], frozen: Frozen) -> list[Block]:
    if not ideas:
        return []
    rows = [
        [
            str(idea.pk),
            idea.title,
            str(IdeaState(idea.state).label),
            _("yes") if idea.answered else "–",
            grouped(idea.supports),
        ]
        for idea in ideas[:IN_A_LINE]
    ]
    heads = ["№", _("Idea"), _("State"), _("Answered"), _("Supports")]
    return [
        heading(_("All the other ideas")),
        table(_("The other ideas, the most supported first"), heads, rows, numbers=(4,)),
    ]


chapters.register("ideas", Chapter(gettext_lazy("Ideas and answers"), write=write, order=40))
