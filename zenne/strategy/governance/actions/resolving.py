"""What a body did with an item of its agenda. What it adopts has its effect in the same transaction."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zenne.core.clock import in_brussels
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute, in_every_language, said, say, shown
from zenne.core.whole import require_whole
from zenne.opendata.webhooks import actions as webhooks
from zenne.participation.decisions import actions as decisions
from zenne.participation.decisions.models import Decision
from zenne.participation.selections.models import TITLE_LENGTH as DECISION_TITLE
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.strategy.portfolio import actions as portfolio
from zenne.strategy.portfolio.models import Revision

from ..enums import DECIDED, Outcome
from ..models import Item, Resolution
from ..rules import may_enter
from . import reviewing
from .way import Words, locked_sitting, note, require_reason


@transaction.atomic
def resolve(
    item: Item, *, outcome: Outcome, reference: str = "", reason: Words | None = None, by: Person, now: datetime
) -> Resolution:
    """Enter what the body did with an item for decision, once. What it adopts or refuses in public is a decision that everyone reads; a revision
    of a plan gets force, or is refused, in the same transaction; a review goes on. All or nothing.

    Raises Invalid without a reference, or a reason where it refuses or postpones.
    """
    sitting = locked_sitting(item.sitting)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.sitting = sitting
    require(may_enter(by, item))
    if outcome in DECIDED and not reference.strip():
        raise Invalid(_("Give the reference of the decision, as in the minutes."))
    if outcome != Outcome.ADOPTED:
        require_reason(reason)
    made = Resolution(item=item, outcome=outcome, entered_at=now, entered_by=by)
    made.reference = reference.strip() if outcome in DECIDED else ""
    say(made, "reason", reason)
    require_whole(made)
    if outcome in DECIDED and not item.confidential:
        made.decision = _decision(item, made, by, now)
    made.save()
    if made.decision is not None:
        _take_effect(item, made, made.decision, by, now)
    details = {"item": item.pk, "outcome": outcome.value, "reference": made.reference}
    note("sitting.resolved", sitting, by, now, sitting.body.organisation, **details)
    if made.decision is not None:
        facts = {"outcome": outcome.value, "reference": made.reference, "decision": made.decision.pk}
        webhooks.announce("sitting.resolved", sitting.pk, organisation=sitting.body.organisation_id, now=now, **facts)
    return made


def _decision(item: Item, resolution: Resolution, by: Person, now: datetime) -> Decision:
    """The decision as everyone reads it."""
    sitting = item.sitting

    def title() -> str:
        own_words = shown(item, "title")[0]
        if resolution.outcome == Outcome.REFUSED:
            own_words = pgettext("resolution", "Refused: %(title)s") % {"title": own_words}
        return own_words if len(own_words) <= DECISION_TITLE else f"{own_words[: DECISION_TITLE - 1]}…"

    titles = in_every_language(title)
    values: dict[str, object] = {
        "body": sitting.body,
        "reference": resolution.reference,
        "decided_on": in_brussels(sitting.starts_at).date(),
        **{attribute("title", language): titles[language] for language in LANGUAGES},
        **{attribute("statement", language): text for language, text in said(resolution, "reason").items()},
    }
    return decisions.publish(decisions.prepare(None, values=values, by=by, now=now), by=by, now=now)


def _take_effect(item: Item, made: Resolution, decision: Decision, by: Person, now: datetime) -> None:
    adopted = made.outcome == Outcome.ADOPTED
    review = item.review
    if item.revision is not None:
        _decide(item.revision, adopted, decision, made, by, now)
        review = item.revision.reviews.select_related("plan__organisation").first()
    elif review is not None and review.revision is not None:
        _decide(review.revision, adopted, decision, made, by, now)
    if review is not None:
        reviewing.decided(review, adopted=adopted, decision=decision, by=by, now=now)


def _decide(revision: Revision, adopted: bool, decision: Decision, made: Resolution, by: Person, now: datetime) -> None:
    """The one way in which a plan changes: by what a College or a council decided here."""
    verb = portfolio.make_valid if adopted else portfolio.refuse
    verb(
        revision,
        body=decision.body,
        reference=decision.reference,
        decided_on=decision.decided_on,
        answer=said(made, "reason"),
        decision=decision,
        by=by,
        now=now,
    )
