"""The second look: asked for by the author, given by somebody else."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from .. import letters
from ..cases import held, thing_of
from ..enums import Outcome, Verdict
from ..kinds import contribution_of
from ..models import Appeal, Block, Decision
from ..queries import forget_blocks, who_handles
from ..rules import may_appeal, may_judge


@transaction.atomic
def appeal(against: Decision | Block, *, text: str, by: Person, now: datetime) -> Appeal:
    """Ask that somebody else looks again. It goes to another moderator of the organisation; where there is none, to the one above it, or to the platform.

    Raises Invalid without words, NotAllowed after the term or for somebody else's, Conflict when it was asked before.
    """
    require(may_appeal(by, against, now))
    if not text.strip():
        raise Invalid(_("Say why you do not agree: somebody else reads it."))
    first = against.moderator if isinstance(against, Decision) else against.blocked_by
    organisation = against.case.organisation if isinstance(against, Decision) else against.organisation
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                decision=against if isinstance(against, Decision) else None,
                block=against if isinstance(against, Block) else None,
                organisation=organisation,
                handled_by=who_handles(organisation, besides=[first.pk if first else None, by.pk]),
                author=by,
                text=text.strip(),
                appealed_at=now,
                first=first,
            )
    except IntegrityError as error:
        raise Conflict(_("You asked this before. Somebody will look at it.")) from error
    history.record("appeal.made", by=by, now=now, about=made, organisation=organisation)
    return made


@transaction.atomic
def judge(made: Appeal, outcome: Outcome, *, reason: str, by: Person, now: datetime) -> Appeal:
    """Decide about an appeal: the decision stands, or is taken back and what it did is undone. The author is told, with the reasons.

    Raises NotAllowed for whoever took the first decision, Invalid without reasons, Conflict when a colleague was faster. What its author took away meanwhile is
    not shown again, but the decision is taken back all the same.
    """
    thing = thing_of(made.decision.case) if made.decision else None
    if thing is not None:
        thing = held(thing)
    made = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related(
            "organisation", "handled_by", "decision__case__organisation", "block__person", "author", "first"
        )
        .get(pk=made.pk)
    )
    require(may_judge(by, made))
    if made.outcome:
        facts = {"who": made.decided_by or _("a colleague"), "outcome": made.get_outcome_display()}
        raise Conflict(_("%(who)s decided this before you: %(outcome)s. Nothing was changed.") % facts)
    if not reason.strip():
        raise Invalid(_("Give the reason: the author reads it."))
    made.outcome, made.reason, made.decided_by, made.decided_at = outcome, reason.strip(), by, now
    made.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    if outcome == Outcome.REVERSED:
        _undo(made, thing, by, now)
    history.record(f"appeal.{outcome}", by=by, now=now, about=made, organisation=made.organisation)
    letters.judged(made, now)
    return made


def _undo(made: Appeal, thing: object, by: Person, now: datetime) -> None:
    if made.block is not None:
        if made.block.lifted_at is None:
            made.block.lifted_at, made.block.lifted_by, made.block.lift_reason = now, by, made.reason[:1000]
            made.block.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
            if made.block.person:
                forget_blocks(made.block.person)
        return
    if made.decision is None:
        return
    restored = Decision.objects.create(
        case=made.decision.case, verdict=Verdict.RESTORED, text=made.reason[:1000], moderator=by, decided_at=now
    )
    if thing is not None and not contribution_of(thing).gone(thing):  # type: ignore[arg-type]
        contribution_of(thing).restore(thing, restored)  # type: ignore[arg-type]
        history.record("contribution.restored", by=by, now=now, about=thing, organisation=made.organisation)  # type: ignore[arg-type]
