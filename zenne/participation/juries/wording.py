"""A jury in words: its averages, its rule, the figures of a choice."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zenne.core.languages import LANGUAGES, in_every_language, shown, text_in
from zenne.methods.agreement import Deviation
from zenne.participation.selections.models import Figure
from zenne.web.tags.words import MINUS

from . import tallying
from .models import Assessment, Criterion, Jury
from .tallying import Apart, Tally

CHARTER: tuple[str | Promise, ...] = (
    gettext_lazy(
        "I read all that is before the jury in full, and judge it by the published criteria and by nothing else."
    ),
    gettext_lazy(
        "I declare every tie that could sway me: an author I know, an organisation I work for, a place I gain from. There I then have no say."
    ),
    gettext_lazy("I score alone, and speak with nobody about what I score before I have submitted what I think of it."),
    gettext_lazy("Who said what in the deliberation stays among us. What we decided, and why, is published."),
)


def charter(jury: Jury) -> list[str]:
    """What members accept, a paragraph each: the jury's own words, else those of the house."""
    own, _language = shown(jury, "charter")
    return [line.strip() for line in own.splitlines() if line.strip()] or [str(line) for line in CHARTER]


def number(value: Fraction) -> str:
    """An exact average as people read it: two places, half away from zero, with the comma of the language."""
    hundredths = (abs(value) * 100 + Fraction(1, 2)).__floor__()
    sign = MINUS if value < 0 and hundredths else ""
    return f"{sign}{number_format(Decimal(hundredths) / 100, decimal_pos=2)}"


def exact(value: Fraction) -> str:
    return str(value)


def rule(jury: Jury, criteria: list[Criterion]) -> dict[str, str]:
    """The rule in plain words, in every language."""
    return in_every_language(lambda: rule_now(jury, criteria))


def rule_now(jury: Jury, criteria: list[Criterion]) -> str:
    """The same in the language of the moment."""
    each = ", ".join(
        _("%(title)s (weight %(weight)s)") % {"title": shown(criterion, "title")[0], "weight": criterion.weight}
        for criterion in criteria
    )
    kept = ngettext("The jury keeps %(keep)s at most.", "The jury keeps %(keep)s at most.", jury.keep) % {
        "keep": jury.keep
    }
    scored = _(
        "Each member scores alone, from 1 to %(points)s, on these criteria: %(criteria)s. The score is the mean of the weighted "
        "means of the members; whoever has a tie with what is scored has no say on it."
    ) % {"points": jury.points, "criteria": each}
    ties = _(
        "The jury then deliberates: it moves what it scored in or out with a recorded reason, and decides between those tied at the edge."
    )
    return f"{scored} {ties} {kept}"


def figures(tally: Tally, jury: Jury, criteria: list[Criterion], *, recused: int, moved: bool) -> list[Figure]:
    """The numbers behind a choice, exact and in words."""
    found = []
    if tally.score is not None:
        score = tally.score
        found.append(
            Figure(
                "score",
                in_every_language(lambda: _("Score")),
                exact(score),
                in_every_language(lambda: _of(score, jury.points)),
            )
        )
    for criterion in criteria:
        if criterion.pk in tally.by_criterion:
            mean = tally.by_criterion[criterion.pk]
            titles = {code: text_in(criterion, "title", code) or shown(criterion, "title")[0] for code in LANGUAGES}
            words = in_every_language(lambda mean=mean: _of(mean, jury.points))  # type: ignore[misc]
            found.append(Figure(f"criterion-{criterion.pk}", titles, exact(mean), words))
    found.append(Figure("assessments", in_every_language(lambda: _("Members who scored it")), tally.count))
    if recused:
        found.append(Figure("recused", in_every_language(lambda: _("Members recused")), recused))
    if moved:
        label = in_every_language(lambda: _("Deliberation"))
        found.append(
            Figure("deliberation", label, 1, in_every_language(lambda: _("decided otherwise than the scores alone")))
        )
    return found


def _of(value: Fraction, most: int) -> str:
    return _("%(number)s out of %(most)s") % {"number": number(value), "most": most}


def apart(one: Apart) -> str:
    """Who stands apart, and by how much."""
    return _("%(member)s gives %(own)s; the others’ median is %(others)s.") % {
        "member": one.assessment.member,
        "own": number(one.own),
        "others": number(one.others),
    }


# Krippendorff's own limits: what one may rely on, and the lowest for tentative conclusions.
RELIABLE, TENTATIVE = Fraction(4, 5), Fraction(2, 3)


def agreement(assessments: Sequence[Assessment], criteria: Sequence[Criterion], jury: Jury) -> list[str]:
    """How far the members agree, on which criterion least, and who scores otherwise, in sentences for the chair."""
    found = tallying.agreement(assessments, criteria)
    if found.alpha is None:
        return [_("There is nothing to compare: nothing was scored by two members, or all scores are the same.")]
    words = [
        _("%(verdict)s Krippendorff’s alpha is %(number)s: 1 is full agreement, 0 is what chance would give.")
        % {"verdict": _verdict(found.alpha), "number": number(found.alpha)}
    ]
    parts = [
        f"{shown(each, 'title')[0]} {number(alpha)}"
        for each in criteria
        if (alpha := found.by_criterion.get(each.pk)) is not None
    ]
    if len(parts) > 1:
        words.append(_("By criterion: %(parts)s.") % {"parts": " · ".join(parts)})
    if found.order is not None:
        words.append(
            _("On the order alone, among members who scored every one, Kendall’s W is %(number)s out of 1.")
            % {"number": number(found.order)}
        )
    seats = {str(each.member_id): str(each.member) for each in assessments}
    return words + [
        _otherwise(one, seats[one.member])
        for one in found.deviations
        if one.outlier or abs(one.bias) * 4 >= jury.points - 1
    ]


def _verdict(alpha: Fraction) -> str:
    if alpha >= RELIABLE:
        return _("The members agree well.")
    if alpha >= TENTATIVE:
        return _("The members agree on the whole.")
    if alpha > 0:
        return _("The members agree little: talk it through before you decide.")
    return _("The members do not agree: perhaps they read a criterion differently.")


def _otherwise(one: Deviation, member: str) -> str:
    said = {"member": member, "number": number(abs(one.bias)), "distance": number(one.distance)}
    if one.bias > 0:
        return _("%(member)s scores %(number)s points higher than the others on average.") % said
    if one.bias < 0:
        return _("%(member)s scores %(number)s points lower than the others on average.") % said
    return _("%(member)s scores %(distance)s points away from the others on average, now higher, now lower.") % said
