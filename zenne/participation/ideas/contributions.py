"""Ideas can be reported, read before they are public, hidden and shown again; also those that joined another."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from zenne.core.errors import Conflict
from zenne.core.languages import LANGUAGES
from zenne.people.accounts.models import Person
from zenne.people.moderation.enums import Ground
from zenne.people.moderation.kinds import Contribution, contributions
from zenne.people.moderation.models import Decision

from . import notifications
from .actions.way import locked, step
from .enums import TRANSITIONS, IdeaState
from .models import Idea
from .queries import before_hiding


def _load(pk: int) -> Idea | None:
    return Idea.objects.filter(pk=pk).select_related("process__organisation", "author").defer("search").first()


def _find(pk: int) -> Idea | None:
    found = _load(pk)
    return found if found and found.is_public else None


def _publish(idea: Idea, by: Person, now: datetime) -> None:
    idea = locked(idea)
    change = step(idea, IdeaState.PUBLISHED, by=by, now=now)
    notifications.tell_author_on_commit("ideas.published", idea, occasion=f"change:{change.pk}", now=now)


def _hide(idea: Idea, decision: Decision) -> None:
    """A moderator's decision refuses the idea; its public reason is the ground of the decision."""
    idea = locked(idea)
    if IdeaState.REJECTED not in TRANSITIONS[IdeaState(idea.state)]:
        raise Conflict(
            _("In its present state this idea cannot be hidden: %(state)s.") % {"state": idea.get_state_display()}
        )
    idea.merged_into = None
    reason = _said(Ground(decision.ground).label)
    step(idea, IdeaState.REJECTED, reason=reason, by=decision.moderator, now=decision.decided_at)


def _restore(idea: Idea, decision: Decision) -> None:
    """It stands again where it stood before; what had joined another idea has joined it again."""
    idea = locked(idea)
    if idea.state != IdeaState.REJECTED:
        return
    state, idea.merged_into = before_hiding(idea)
    reason = _said(gettext_lazy("A moderator looked at it again."))
    step(idea, state, reason=reason, by=decision.moderator, now=decision.decided_at)


def _said(words: object) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(words)
    return said


contributions.register(
    "ideas.idea",
    Contribution(
        label=gettext_lazy("idea"),
        find=_find,
        load=_load,
        organisation=lambda idea: idea.process.organisation,
        process=lambda idea: idea.process_id,
        author=lambda idea: idea.author,
        excerpt=lambda idea: f"{idea.title}\n{idea.text}",
        language=lambda idea: idea.language,
        written_at=lambda idea: idea.submitted_at,
        address=lambda idea: idea.get_absolute_url(),
        waits=lambda idea: idea.state == IdeaState.SUBMITTED,
        gone=lambda idea: idea.state == IdeaState.WITHDRAWN,
        publish=_publish,
        hide=_hide,
        restore=_restore,
    ),
)
