"""What moderators do with a case: look at it, and decide."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from zenne.core.errors import Conflict, Invalid, NotFound, Spoken
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from .. import letters
from ..cases import close, held, locked_case, open_case, thing_of
from ..enums import CaseState, Ground, Source, Verdict
from ..kinds import contribution_of
from ..models import Case, Decision
from ..queries import latest_decision
from ..rules import may_moderate, may_serve

LOOKING = timedelta(minutes=10)


@transaction.atomic
def claim(case: Case, *, by: Person, now: datetime) -> Case:
    """Say that one looks at a case, for ten minutes. Who comes later sees it, and may still decide: a claim is a courtesy, not a lock."""
    require(may_serve(by, case.organisation))
    case = Case.objects.select_for_update(of=("self",)).select_related("organisation", "claimed_by").get(pk=case.pk)
    if case.state == CaseState.OPEN and case.claimed_by_another(by, now) is None:
        case.claimed_by, case.claimed_until = by, now + LOOKING
        case.save(update_fields=["claimed_by", "claimed_until"])
    return case


@transaction.atomic
def release(case: Case, *, by: Person, now: datetime) -> None:
    """Let colleagues know that one stopped looking."""
    require(may_serve(by, case.organisation))
    Case.objects.filter(pk=case.pk, claimed_by=by).update(claimed_by=None, claimed_until=None)


@transaction.atomic
def decide(
    thing: Model,
    verdict: Verdict,
    *,
    ground: Ground | None = None,
    text: str = "",
    version: int | None = None,
    by: Person,
    now: datetime,
) -> Decision:
    """Keep, hide or restore a contribution; keeping or hiding answers every reason of its case at once.

    `version` is that of the case as the moderator saw it. Raises Conflict, with what the first decided, when a colleague was faster, and when words or reasons
    came since. The author of something hidden is told why and where to appeal; whoever reported hears what came of it.
    """
    thing = held(thing)
    if thing is None:
        raise NotFound
    require(may_moderate(by, thing))
    contribution = contribution_of(thing)
    if contribution.gone(thing):
        raise Conflict(_("Its author took it away in the meantime. There is nothing left to decide."))
    if verdict == Verdict.HIDDEN and ground is None:
        raise Invalid(_("Choose the reason: the author is told which rule it is about."))
    before = latest_decision(thing)
    hidden = before is not None and before.verdict == Verdict.HIDDEN
    if verdict == Verdict.RESTORED:
        if before is None or not hidden:
            raise _too_late(before)
        made = _write(before.case, verdict, None, text, by, now)
        contribution.restore(thing, made)
    else:
        case = _case(thing, before, hidden, version, now)
        made = _write(case, verdict, ground if verdict == Verdict.HIDDEN else None, text, by, now)
        close(case, CaseState.DECIDED, now)
        if verdict == Verdict.HIDDEN:
            contribution.hide(thing, made)
        elif contribution.waits(thing):
            contribution.publish(thing, by, now)
    _record(made, thing, by, now)
    letters.decided(made, contribution.label, contribution.excerpt(thing), now)
    return made


def _case(thing: Any, before: Decision | None, hidden: bool, version: int | None, now: datetime) -> Case:
    """The open case, as the moderator saw it; one that staff open by themselves where nobody complained."""
    case = locked_case(thing)
    if case is None:
        if version is not None or hidden:
            raise _too_late(before)
        return open_case(thing, Source.STAFF, now=now)
    if version is not None and case.version != version:
        raise Conflict(_("The words changed, or another reason was added, since you opened this. Please look again."))
    return case


def _too_late(before: Decision | None) -> Conflict:
    """What a colleague decided first, in words."""
    if before is None:
        return Conflict(_("A colleague decided this in the meantime."))
    facts = {
        "verdict": before.get_verdict_display(),
        "ground": f" ({before.get_ground_display()})" if before.ground else "",
        "who": before.moderator or _("a colleague"),
    }
    return Conflict(_("%(who)s decided this before you: %(verdict)s%(ground)s. Nothing was changed.") % facts)


def _write(
    case: Case, verdict: Verdict, ground: Ground | None, text: str, by: Person | None, now: datetime
) -> Decision:
    return Decision.objects.create(
        case=case, verdict=verdict, ground=ground or "", text=text.strip(), moderator=by, decided_at=now
    )


def _record(made: Decision, thing: Model, by: Person | None, now: datetime) -> None:
    history.record(
        f"contribution.{made.verdict}",
        by=by,
        now=now,
        about=thing,
        organisation=made.case.organisation,
        details={"ground": made.ground, "case": made.case_id},
    )


@transaction.atomic
def note_decision(
    thing: Model,
    verdict: Verdict,
    *,
    ground: Ground | None = None,
    text: str = "",
    by: Person | None,
    now: datetime,
) -> Decision | None:
    """Write down what staff decided at another desk, so that it stands in the same list, with the same statement and the same way to appeal.

    The app that owns the thing calls it inside its own transaction, after it published, refused or took back. Publishing what nobody had questions about needs no
    decision: None.
    """
    contribution = contribution_of(thing)
    if verdict == Verdict.RESTORED:
        before = latest_decision(thing)
        if before is None or before.verdict != Verdict.HIDDEN:
            return None
        made = _write(before.case, verdict, None, text, by, now)
    else:
        case = locked_case(thing)
        if case is None:
            if verdict == Verdict.KEPT:
                return None
            case = open_case(thing, Source.STAFF, now=now)
        made = _write(case, verdict, ground, text, by, now)
        close(case, CaseState.DECIDED, now)
    _record(made, thing, by, now)
    letters.decided(made, contribution.label, contribution.excerpt(thing), now)
    return made


def keep_all(
    cases: Iterable[Case], *, versions: dict[int, int], by: Person, now: datetime
) -> tuple[list[Case], list[tuple[Case, Spoken]]]:
    """Keep many at once. Each succeeds or fails on its own: those kept, and those that could not be, with the words that say why."""
    kept, refused = [], []
    for case in sorted(cases, key=lambda case: case.pk):
        try:
            thing = thing_of(case)
            if thing is None:
                raise Conflict(_("Its author took it away in the meantime. There is nothing left to decide."))
            decide(thing, Verdict.KEPT, version=versions.get(case.pk, case.version), by=by, now=now)
        except Spoken as refusal:
            refused.append((case, refusal))
        else:
            kept.append(case)
    return kept, refused
