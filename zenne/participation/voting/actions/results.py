"""Counting a sealed box, publishing what came out, and annulling a vote. A count is a row of its own: counting again gives the same bytes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from .. import counting, notifications, queries, tasks, telling
from ..enums import ResultState
from ..models import Result, Vote
from ..rules import may_manage

Words = Mapping[str, str]
MOVES = {Outcome.KEPT: IdeaState.SELECTED, Outcome.NOT_KEPT: IdeaState.NOT_SELECTED}


def count_now(vote: Vote, *, now: datetime) -> Result:
    """Count here and now, by the command line, and give back the whole result or the failed one."""
    result = _opened(vote, None, now)
    tasks.count(result.pk)
    result.refresh_from_db()
    return result


@transaction.atomic
def begin_count(vote: Vote, *, by: Person, now: datetime) -> Result:
    """Let the worker count the sealed box. Raises Conflict while it cannot be counted yet."""
    result = _opened(vote, by, now)
    transaction.on_commit(lambda: tasks.count_ballots.defer(result=result.pk))
    return result


@transaction.atomic
def _opened(vote: Vote, by: Person | None, now: datetime) -> Result:
    vote = _held(vote, by)
    if vote.annulled_at:
        raise Conflict(_("This vote was annulled."))
    if vote.sealed_at is None:
        raise Conflict(_("The box of this vote is not sealed yet. It happens within minutes of closing."))
    if queries.unsettled(vote).exists():
        raise Conflict(
            _("A batch of paper ballots is not reconciled yet: every ballot counts, so the count waits for it.")
        )
    if vote.results.filter(state=ResultState.COUNTING).exists():
        raise Conflict(_("It is being counted already."))
    frozen = queries.frozen_rule(vote)
    if frozen is None:
        raise Conflict(_("The rule of this vote was never frozen: nobody has voted."))
    last = vote.results.order_by("-number").values_list("number", flat=True).first() or 0
    result = Result.objects.create(
        vote=vote, number=last + 1, rule_digest=frozen.digest, steps=tasks.STEPS, made_by=by, made_at=now
    )
    _record("vote.count_begun", vote, by, now, number=result.number)
    return result


@transaction.atomic
def publish_result(result: Result, *, by: Person, now: datetime) -> Result:
    """Put a count before everybody, for good, and leave the selection that goes with it. All or nothing."""
    vote = _held(result.vote, by)
    result = Result.objects.select_for_update().get(pk=result.pk)
    if vote.annulled_at:
        raise Conflict(_("This vote was annulled."))
    if result.state != ResultState.DRAFT:
        raise Conflict(_("Only a finished count that is not public yet can be published."))
    if result.root != counting.root(queries.leaves_of(vote, paper=True)):
        raise Conflict(_("Paper ballots were added since this count. Count again."))
    result.state, result.published_by, result.published_at = ResultState.PUBLISHED, by, now
    try:
        with transaction.atomic():
            result.save(update_fields=["state", "published_by", "published_at"])
    except IntegrityError as error:
        raise Conflict(_("Another count of this vote is public already.")) from error
    vote.counted_at = now
    vote.save(update_fields=["counted_at"])
    _leave_selection(vote, result, by, now)
    _record("vote.result_published", vote, by, now, number=result.number, root=result.root)
    webhooks.announce("vote.counted", vote.pk, organisation=vote.process.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.result_published(result, now))
    return result


@transaction.atomic
def annul(vote: Vote, *, reason: Words, by: Person, now: datetime) -> Vote:
    """Say that a vote does not count, and why, in every language of its organisation. Everything that was public stays readable."""
    vote = _held(vote, by)
    if vote.annulled_at:
        raise Conflict(_("This vote was annulled already."))
    said = {language: text for language in LANGUAGES if (text := reason.get(language, "").strip())}
    if not set(vote.process.organisation.languages) <= set(said):
        raise Invalid(_("Give the reason in every language that your organisation promises: everyone can read it."))
    for selection in vote.activity.selections.filter(state="published"):
        selections.annul(selection, reason=said, by=by, now=now)
    vote.annulled_at, vote.annulled_by, vote.annulment = now, by, said
    vote.save(update_fields=["annulled_at", "annulled_by", "annulment"])
    vote.results.filter(state=ResultState.PUBLISHED).update(state=ResultState.ANNULLED)
    _record("vote.annulled", vote, by, now, reason=said)
    webhooks.announce("vote.annulled", vote.pk, organisation=vote.process.organisation_id, now=now)
    transaction.on_commit(lambda: notifications.annulled(vote, now))
    return vote


def _leave_selection(vote: Vote, result: Result, by: Person, now: datetime) -> None:
    """What was kept and what was not, when the options are ideas: with the figures, and a reason each."""
    options = [option for option in queries.options_of(vote) if option.idea_id]
    if not options:
        return
    told = telling.Told(vote, result)
    selection = selections.open(
        vote.activity,
        title=told.title(),
        statement=told.statement(),
        rule=told.rule(),
        source=vote.source,
        by=by,
        now=now,
    )
    for option in options:
        assert option.idea is not None
        selections.choose(
            selection,
            option.idea,
            outcome=Outcome.KEPT if told.won(option) else Outcome.NOT_KEPT,
            reason=told.reason(option),
            rank=told.rank(option),
            cost_cents=option.cost_cents,
            figures=told.figures(option),
            by=by,
        )
    proof = reverse("voting:result", args=[vote.process.slug, vote.pk])
    decided_at = vote.activity.window()[1]
    selections.publish(selection, move=MOVES, proof_url=proof, decided_at=decided_at, by=by, now=now)


def _held(vote: Vote, by: Person | None) -> Vote:
    rows = Vote.objects.select_for_update(of=("self",)).select_related("activity__phase__process__organisation")
    vote = rows.get(pk=vote.pk)
    if by is not None:
        require(may_manage(by, vote.process.organisation))
    return vote


def _record(event: str, vote: Vote, by: Person | None, now: datetime, **details: object) -> None:
    record(event, by=by, now=now, about=vote.activity, organisation=vote.process.organisation, details=details)
