from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid, Spoken
from zenne.core.languages import in_every_language, shown, text_in
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history
from zenne.people.moderation import actions as moderation
from zenne.people.moderation.enums import Ground, Verdict

from .. import notifications
from ..enums import OWN_VERB, IdeaState, steps_to
from ..models import Idea, OfficialAnswer, StatusChange
from ..rules import may_answer, may_lead
from ..tasks import tell_supporters
from .way import Words, in_languages, locked, step


@dataclass
class Outcome:
    """What a change of many ideas did: those that took the step, and those that could not, with the words that say why."""

    changed: list[Idea] = field(default_factory=list)
    refused: list[tuple[Idea, Spoken]] = field(default_factory=list)


def publish_idea(idea: Idea, *, reason: Words | None = None, by: Person, now: datetime) -> Idea:
    """Let everyone read it: after reading it first, or when a refusal is taken back (then with a reason)."""
    return change_status(idea, to=IdeaState.PUBLISHED, reason=reason, by=by, now=now)


def reject_idea(idea: Idea, *, reason: Words, by: Person, now: datetime) -> Idea:
    """Refuse it, with the reason that its author and everyone else can read."""
    return change_status(idea, to=IdeaState.REJECTED, reason=reason, by=by, now=now)


@transaction.atomic
def change_status(idea: Idea, *, to: IdeaState, reason: Words | None = None, by: Person, now: datetime) -> Idea:
    """Lead an idea one step further on its way. Raises NotAllowed where the table has no such step, Invalid without a needed reason."""
    idea = locked(idea)
    require(may_lead(by, idea, to))
    before = IdeaState(idea.state)
    made = step(idea, to, reason=reason, by=by, now=now)
    _note(idea, before, to, made, by, now)
    transaction.on_commit(lambda: _tell(idea, made, now))
    return idea


@transaction.atomic
def follow_decision(
    idea: Idea, *, to: IdeaState, reason: Words | None = None, by: Person | None, now: datetime
) -> Idea:
    """Bring an idea where a decision recorded elsewhere puts it (a jury's, a vote's, the College's), by every step that this implies; the
    reason stands with the last. Who may decide was checked there. Its author and supporters hear of the last step only.

    An idea that stands there already stays untouched. Raises Conflict where the table knows no way: it was withdrawn, say, or hidden.
    """
    idea = locked(idea)
    before = IdeaState(idea.state)
    if before == to:
        return idea
    steps = () if to in OWN_VERB or to == IdeaState.REJECTED else steps_to(before, to)
    if not steps:
        raise Conflict(
            _("“%(title)s” cannot become “%(after)s”: its state is “%(before)s”.")
            % {"title": idea.title, "after": to.label, "before": before.label}
        )
    for after in steps:
        made = step(idea, after, reason=reason if after == to else None, by=by, now=now)
    transaction.on_commit(lambda: _tell(idea, made, now))
    return idea


def _note(idea: Idea, before: IdeaState, to: IdeaState, made: StatusChange, by: Person, now: datetime) -> None:
    """What reads as a moderator's decision is one: with its statement, its way to appeal, and its place in the public figures."""
    if to == IdeaState.REJECTED:
        language = idea.author.language if idea.author else idea.language
        words = text_in(made, "reason", language) or shown(made, "reason")[0]
        moderation.note_decision(idea, Verdict.HIDDEN, ground=Ground.OTHER, text=words[:1000], by=by, now=now)
    elif before == IdeaState.SUBMITTED:
        moderation.note_decision(idea, Verdict.KEPT, by=by, now=now)
    elif before == IdeaState.REJECTED:
        moderation.note_decision(idea, Verdict.RESTORED, text=shown(made, "reason")[0][:1000], by=by, now=now)


def change_statuses(
    ideas: Iterable[Idea], *, to: IdeaState, reason: Words | None = None, by: Person, now: datetime
) -> Outcome:
    """The same step for many ideas. Each succeeds or fails on its own; the outcome names every one that failed, and why."""
    outcome = Outcome()
    for idea in sorted(ideas, key=lambda idea: idea.pk):
        try:
            outcome.changed.append(change_status(idea, to=to, reason=reason, by=by, now=now))
        except Spoken as refusal:
            outcome.refused.append((idea, refusal))
    return outcome


def _tell(idea: Idea, change: StatusChange, now: datetime) -> None:
    kind = {IdeaState.PUBLISHED: "ideas.published", IdeaState.REJECTED: "ideas.rejected"}.get(
        IdeaState(change.after), "ideas.status"
    )
    occasion, facts = f"change:{change.pk}", {"status": in_every_language(lambda: str(IdeaState(change.after).label))}
    notifications.tell_author(kind, idea, occasion=occasion, now=now, **facts)
    if kind == "ideas.status":
        tell_supporters.defer(kind=kind, idea=idea.pk, occasion=occasion, at=now.isoformat(), facts=facts)


@transaction.atomic
def answer_idea(idea: Idea, *, body: Words, by: Person, now: datetime) -> OfficialAnswer:
    """Answer for the organisation. It stops the public clock; answering again replaces the words shown and keeps the earlier ones."""
    idea = locked(idea)
    require(may_answer(by, idea.process.organisation))
    words = in_languages(body, "body")
    if not words:
        raise Invalid(_("Write the answer first."))
    if not idea.is_public:
        raise Invalid(_("Only an idea that everyone can read is answered in public."))
    number = idea.answers.count() + 1
    made = OfficialAnswer.objects.create(idea=idea, number=number, author=by, published_at=now, **words)
    if idea.answered_at is None:
        idea.answered_at = now
        idea.save(update_fields=["answered_at"])
    history.record(
        "idea.answered", by=by, now=now, about=idea, organisation=idea.process.organisation, details={"number": number}
    )
    organisation = idea.process.organisation_id
    webhooks.announce("idea.answered", idea.pk, organisation=organisation, now=now, number=number)
    if number == 1:
        transaction.on_commit(lambda: _tell_answer(idea, now))
    return made


def _tell_answer(idea: Idea, now: datetime) -> None:
    facts = {"organisation": in_every_language(lambda: shown(idea.process.organisation, "name")[0])}
    notifications.tell_author("ideas.answered", idea, occasion="answer", now=now, **facts)
    tell_supporters.defer(kind="ideas.answered", idea=idea.pk, occasion="answer", at=now.isoformat(), facts=facts)
