"""A body decides: about what a selection kept, or about anything else."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.clock import BRUSSELS, in_brussels
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, missing, said, say
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.selections import actions as selections
from zenne.participation.selections.enums import Outcome, SelectionState
from zenne.participation.selections.models import Selection
from zenne.participation.selections.queries import kept
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..models import Body, Commitment, Decision, Ruling
from ..rules import may_prepare, may_publish

Words = Mapping[str, str]
Values = Mapping[str, object]
TEXTS = [attribute(field, language) for field in ("title", "statement") for language in LANGUAGES]
FIELDS = frozenset({"body", "reference", "decided_on", "file", *TEXTS})
MOVE: dict[Outcome, IdeaState | tuple[IdeaState, ...]] = {
    Outcome.KEPT: (IdeaState.SELECTED, IdeaState.IN_DELIVERY, IdeaState.DONE),
    Outcome.NOT_KEPT: IdeaState.NOT_SELECTED,
}


@transaction.atomic
def prepare(source: Selection | None, *, values: Values, by: Person, now: datetime) -> Decision:
    """Begin a decision about the ideas that `source` kept, or about something else: None. Nobody else reads it yet."""
    made = Decision(process=source.process if source else None, source=source, created_at=now)
    made.body = values["body"]  # type: ignore[assignment]
    require(may_prepare(by, made))
    if source and source.state != SelectionState.PUBLISHED:
        raise Invalid(_("It can only be about a published selection of the same process."))
    _write(made, values, now)
    made.save()
    if source:
        Ruling.objects.bulk_create(Ruling(decision=made, idea=choice.idea) for choice in kept(source))
    _record("decision.prepared", made, by, now)
    return made


@transaction.atomic
def edit_decision(decision: Decision, *, values: Values, by: Person, now: datetime) -> Decision:
    decision = _locked(decision)
    require(may_prepare(by, decision))
    _write(decision, values, now)
    decision.save()
    _record("decision.edited", decision, by, now)
    return decision


@transaction.atomic
def rule(ruling: Ruling, *, accepted: bool | None, reason: Words, by: Person) -> Ruling:
    """Say what the body decided about one idea. It can be said again until the publication."""
    decision = _locked(ruling.decision)
    require(may_prepare(by, decision))
    ruling.accepted = accepted
    say(ruling, "reason", reason)
    ruling.save()
    return ruling


@transaction.atomic
def discard(decision: Decision, *, by: Person, now: datetime) -> None:
    """Throw away what was never published."""
    decision = _locked(decision)
    require(may_prepare(by, decision))
    _record("decision.discarded", decision, by, now)
    decision.delete()


@transaction.atomic
def publish(decision: Decision, *, by: Person, now: datetime) -> Decision:
    """Put it before everyone. About ideas: with a selection that has the reason for each, and a commitment for each one accepted. All or nothing."""
    decision = _locked(decision)
    require(may_publish(by, decision))
    decision.published_at = now
    if decision.process is None:
        if missing(decision, ["title"], decision.organisation.languages):
            raise Invalid(_("Write the title in every language that your organisation promises."))
        decision.save(update_fields=["published_at"])
        _record("decision.published", decision, by, now)
        return decision
    rulings = list(decision.rulings.select_related("idea__process").order_by("idea_id"))
    open_ones = [ruling.idea.title for ruling in rulings if ruling.accepted is None]
    if open_ones:
        titles = ", ".join(f"“{title}”" for title in open_ones[:5])
        raise Invalid(_("Nothing is decided yet about: %(titles)s.") % {"titles": titles})
    decision.selection = _select(decision, rulings, by, now)
    decision.save(update_fields=["selection", "published_at"])
    Commitment.objects.bulk_create(
        Commitment(process=decision.process, decision=decision, idea=ruling.idea, changed_at=now, changed_by=by)
        for ruling in rulings
        if ruling.accepted
    )
    _record("decision.published", decision, by, now)
    return decision


def _select(decision: Decision, rulings: list[Ruling], by: Person, now: datetime) -> Selection:
    """The trace it leaves, like anything that decides; costs go along from what it decided about."""
    assert decision.process is not None  # one about ideas
    assert decision.source is not None
    before = {choice.idea_id: choice for choice in kept(decision.source)}
    made = selections.open(
        decision.process,
        title=said(decision, "title"),
        statement=said(decision, "statement"),
        source=decision.source,
        by=by,
        now=now,
    )
    for ruling in rulings:
        known = before.get(ruling.idea_id)
        selections.choose(
            made,
            ruling.idea,
            outcome=Outcome.KEPT if ruling.accepted else Outcome.NOT_KEPT,
            reason=said(ruling, "reason"),
            rank=known.rank if known else None,
            cost_cents=known.cost_cents if known else None,
            by=by,
        )
    midday = datetime.combine(decision.decided_on, time(12), tzinfo=BRUSSELS)
    return selections.publish(
        made, move=MOVE, decided_at=min(midday, now), proof_url=decision.get_absolute_url(), by=by, now=now
    )


def _write(decision: Decision, values: Values, now: datetime) -> None:
    if unknown := set(values) - FIELDS:
        raise TypeError(f"a decision has no {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(decision, name, (value or "") if name in TEXTS else value)
    body: Body = decision.body
    if decision.process is not None and body.organisation_id != decision.process.organisation_id:
        raise Invalid(_("This body belongs to another organisation."))
    if decision.decided_on > in_brussels(now).date():
        raise Invalid(_("A decision is entered once it is taken: choose a day that has come."))


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("process__organisation", "source__process", "body__organisation", "selection").get(
        pk=decision.pk
    )


def _record(event: str, decision: Decision, by: Person, now: datetime) -> None:
    details: dict[str, object] = {"reference": decision.reference, "source": decision.source_id}
    record(event, by=by, now=now, about=decision, organisation=decision.organisation, details=details)
