"""The final list: which ideas go on, at which cost. Published once, as a Selection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES, in_every_language, shown, text_in
from zenne.participation.ideas.enums import ENDED, IdeaState
from zenne.participation.ideas.models import Idea
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import REASON_LENGTH, Figure, Selection
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record
from zenne.web.tags.words import amount

from .. import queries
from ..enums import OPEN, StudyState
from ..models import Feasibility, Study
from ..rules import may_send
from .sending import locked

GONE = (IdeaState.WITHDRAWN, IdeaState.REJECTED, IdeaState.MERGED)
MOVE: dict[Outcome, IdeaState | tuple[IdeaState, ...]] = {
    Outcome.KEPT: (IdeaState.COSTED, IdeaState.SHORTLISTED),
    Outcome.NOT_KEPT: (IdeaState.INADMISSIBLE, IdeaState.NOT_SELECTED),
}


@dataclass(frozen=True)
class Line:
    """An idea on the list to be, with what its services found together. Without an outcome it still waits for one of them."""

    idea: Idea
    studies: tuple[Study, ...]
    outcome: Outcome | None

    @property
    def cost_cents(self) -> int | None:
        """What it costs: what the services say, added up."""
        if self.outcome != Outcome.KEPT:
            return None
        return sum(study.cost_cents or 0 for study in self.studies)

    @property
    def delay_months(self) -> int:
        """The services work side by side: the longest counts."""
        return max(study.delay_months or 0 for study in self.studies)


def lines(feasibility: Feasibility) -> list[Line]:
    """Every idea that went to a service, by its number."""
    found: dict[int, list[Study]] = {}
    for study in queries.studies(feasibility):
        found.setdefault(study.idea_id, []).append(study)
    return [Line(studies[0].idea, tuple(studies), _outcome(studies)) for studies in found.values()]


def _outcome(studies: list[Study]) -> Outcome | None:
    state = studies[0].idea.state
    waits = any(study.state in OPEN for study in studies)
    if state in GONE or (waits and state in ENDED):
        return Outcome.SET_ASIDE
    if waits:
        return None
    refused = any(study.state == StudyState.REFUSED for study in studies)
    return Outcome.NOT_KEPT if refused else Outcome.KEPT


@transaction.atomic
def publish_list(
    feasibility: Feasibility, *, title: Mapping[str, str], statement: Mapping[str, str], by: Person, now: datetime
) -> Selection:
    """Freeze the costs and put the list before everyone. Raises Conflict while an idea waits for a service, or went to none."""
    feasibility = locked(feasibility)
    require(may_send(by, feasibility, now))
    found = lines(feasibility)
    waiting = [line.idea.title for line in found if line.outcome is None]
    waiting += list(queries.waiting(feasibility).values_list("title", flat=True)[:5])
    if waiting:
        raise Conflict(
            _("Not studied to the end yet: %(titles)s.") % {"titles": ", ".join(f"“{one}”" for one in waiting[:5])}
        )
    source = feasibility.source
    made = selections.open(
        feasibility.activity, title=title, statement=statement, rule=_rule(), source=source, by=by, now=now
    )
    for line in found:
        assert line.outcome is not None  # those without one were refused above
        selections.choose(
            made,
            line.idea,
            outcome=line.outcome,
            reason=reason_of(line),
            cost_cents=line.cost_cents,
            figures=_figures(line),
            by=by,
        )
    made = selections.publish(made, move=MOVE, by=by, now=now)
    organisation = feasibility.activity.process.organisation
    details: dict[str, object] = {"selection": made.pk}
    record("feasibility.listed", by=by, now=now, about=feasibility.activity, organisation=organisation, details=details)
    return made


def _rule() -> dict[str, str]:
    return in_every_language(
        lambda: _(
            "Each idea went to the services it concerns. It is kept when every one of them finds it feasible; its cost is what they found, added up."
        )
    )


def reason_of(line: Line) -> dict[str, str]:
    """Why, in every language: what the outcome says of itself, then the words of each service."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = "\n".join([_opening(line), *_words(line, language)])[:REASON_LENGTH]
    return said


def _opening(line: Line) -> str:
    if line.outcome == Outcome.KEPT:
        cost, months = amount(line.cost_cents), line.delay_months
        return ngettext(
            "Feasible, for %(cost)s, within %(months)d month.",
            "Feasible, for %(cost)s, within %(months)d months.",
            months,
        ) % {"cost": cost, "months": months}
    if line.outcome == Outcome.NOT_KEPT:
        refused = [study for study in line.studies if study.state == StudyState.REFUSED]
        return _("Not feasible: %(why)s.") % {"why": "; ".join(study.get_obstacle_display() for study in refused)}
    if line.idea.state == IdeaState.MERGED and line.idea.merged_into:
        return _("It joined another idea: “%(title)s”.") % {"title": line.idea.merged_into.title}
    return _("Its state is “%(state)s”: it was not studied further.") % {"state": line.idea.get_state_display()}


def _words(line: Line, language: str) -> list[str]:
    """What the services wrote, in this language where they did."""
    if line.outcome == Outcome.SET_ASIDE:
        return []
    words = []
    for study in line.studies:
        if line.outcome == Outcome.NOT_KEPT and study.state != StudyState.REFUSED:
            continue
        if text := text_in(study, "reason", language) or shown(study, "reason")[0]:
            words.append(f"{study.service}{_(':')} {text}")
    return words


def _figures(line: Line) -> list[Figure]:
    if line.outcome != Outcome.KEPT:
        return []
    months = line.delay_months
    return [
        Figure(
            key="months",
            label=in_every_language(lambda: pgettext("study", "Time")),
            value=months,
            said=in_every_language(lambda: ngettext("%(count)d month", "%(count)d months", months) % {"count": months}),
        ),
        Figure(
            key="services",
            label=in_every_language(lambda: _("Studied by")),
            value=len(line.studies),
            said=in_every_language(lambda: ", ".join(str(study.service) for study in line.studies)),
        ),
    ]
