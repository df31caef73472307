"""Ideas can be reported and hidden."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zenne.core.languages import LANGUAGES
from zenne.people.moderation.enums import Ground
from zenne.people.moderation.kinds import Contribution, contributions
from zenne.people.moderation.queries import latest_decision

from .actions.way import locked, step
from .enums import LISTED, TRANSITIONS, IdeaState
from .models import Idea


def _find(pk: int) -> Idea | None:
    return Idea.objects.filter(pk=pk, state__in=LISTED).select_related("process__organisation", "author").first()


def _hide(idea: Idea, now: datetime) -> None:
    """A moderator's decision refuses the idea; its public reason is the ground of the decision."""
    idea = locked(idea)
    if IdeaState.REJECTED not in TRANSITIONS[IdeaState(idea.state)]:
        return
    decision = latest_decision(idea)
    step(
        idea,
        IdeaState.REJECTED,
        reason=_in_words(decision.ground if decision else Ground.OTHER),
        by=decision.moderator if decision else None,
        now=now,
    )


def _restore(idea: Idea, now: datetime) -> None:
    idea = locked(idea)
    if idea.state == IdeaState.REJECTED:
        decision = latest_decision(idea)
        step(
            idea,
            IdeaState.PUBLISHED,
            reason=_said(_("A moderator looked at it again.")),
            by=decision.moderator if decision else None,
            now=now,
        )


def _in_words(ground: str) -> dict[str, str]:
    return _said(Ground(ground).label if ground in Ground.values else Ground.OTHER.label)


def _said(words: object) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(words)
    return said


contributions.register(
    "ideas.idea",
    Contribution(
        label=_("idea"),
        find=_find,
        organisation=lambda idea: idea.process.organisation,
        author=lambda idea: idea.author,
        excerpt=lambda idea: f"{idea.title}\n{idea.text}",
        address=lambda idea: idea.get_absolute_url(),
        hide=_hide,
        restore=_restore,
    ),
)
