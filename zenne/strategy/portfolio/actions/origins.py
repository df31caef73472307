"""Where projects come from: ideas, selections, decisions, recommendations; and the needs that nobody has made a project of yet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import say
from zenne.core.whole import require_whole
from zenne.participation.advices.models import Recommendation
from zenne.participation.decisions.models import Decision
from zenne.participation.ideas.models import Idea
from zenne.participation.selections.models import Selection
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person
from zenne.people.history.actions import record

from ..enums import NEED_TRANSITIONS, NeedState, Share
from ..models import Domain, Need, Origin, Plan, Project
from ..rules import may_carry, may_write
from ..tasks import speak
from .keeping import Values, Words, fill, keep, locked_project, require_reason, texts, titled
from .projects import add_project

Thing = Idea | Selection | Decision | Recommendation
KINDS: dict[type[Thing], str] = {
    Idea: "idea",
    Selection: "selection",
    Decision: "decision",
    Recommendation: "recommendation",
}
NEED_FIELDS = frozenset({"comes_from", "department", "partner", "idea", *texts("title", "text")})


@transaction.atomic
def link(project: Project, *, thing: Thing, share: Share, reason: Words, by: Person | None, now: datetime) -> Origin:
    """Say that a project takes something up, how much of it, and why; saying it again replaces what was said."""
    project = locked_project(project)
    require(may_carry(by, project))
    require_reason(reason)
    if not is_public(thing):
        raise Invalid(_("Only what everyone can read is linked to a project."))
    name = KINDS[type(thing)]
    made = project.origins.filter(**{name: thing}).first()
    made = made or Origin(project=project, linked_at=now, linked_by=by, **{name: thing})
    made.share = share
    say(made, "reason", reason)
    require_whole(made)
    made.save()
    keep(project, "planned_project.linked", by, now, origin=made.pk, kind=name, thing=thing.pk)
    speak("linked", made, by=by, now=now)
    return made


@transaction.atomic
def unlink(origin: Origin, *, by: Person | None, now: datetime) -> None:
    """Take a link away that was a mistake. The versions keep it."""
    project = locked_project(origin.project)
    require(may_carry(by, project))
    kind, thing = origin.kind, origin.thing.pk
    project.origins.filter(pk=origin.pk).delete()
    keep(project, "planned_project.unlinked", by, now, kind=kind, thing=thing)


def is_public(thing: Thing) -> bool:
    if isinstance(thing, Recommendation):
        return thing.advice.is_public
    if isinstance(thing, Decision):
        return thing.published_at is not None
    return bool(thing.is_public)


@transaction.atomic
def express_need(
    plan: Plan, *, values: Values, key: str = "", which: Need | None = None, by: Person | None, now: datetime
) -> Need:
    """Note what a department, a partner or residents ask for, or write `which` again while it is open."""
    require(may_write(by, plan.organisation))
    made = _locked(which) if which else Need(plan=plan, key=key, author=by, created_at=now)
    if made.plan_id != plan.pk:
        raise Invalid(_("It belongs to another plan."))
    if made.state != NeedState.OPEN:
        require(Refused(Reason.WRONG_STATE))
    fill(made, values, NEED_FIELDS)
    for who in (made.department, made.partner):
        if who is not None and who.organisation_id != plan.organisation_id:
            raise Invalid(_("It belongs to another organisation."))
    if made.idea is not None and not made.idea.is_public:
        raise Invalid(_("Only what everyone can read is linked to a project."))
    titled(made)
    require_whole(made)
    made.save()
    _record("need.expressed", made, by, now)
    return made


@transaction.atomic
def take_up(
    need: Need,
    *,
    project: Project | None = None,
    slug: str = "",
    domain: Domain | None = None,
    reason: Words,
    by: Person | None,
    now: datetime,
) -> Project:
    """Make a project on the longlist of it (`slug`, `domain`), or say which one there is already answers it. An idea becomes its origin."""
    need = _moved(need, NeedState.TAKEN_UP, by)
    if project is None:
        if domain is None:
            raise Invalid(_("Choose a domain of the same plan."))
        words = {name: getattr(need, name) or "" for name in texts("title")}
        why = {f"why{name.removeprefix('text')}": getattr(need, name) or "" for name in texts("text")}
        values = {"domain": domain, "carrier": need.department, **words, **why}
        project = add_project(need.plan, slug=slug, values=values, by=by, now=now)
    elif project.plan_id != need.plan_id:
        raise Invalid(_("It belongs to another plan."))
    need.state, need.project, need.decided_at = NeedState.TAKEN_UP, project, now
    say(need, "reason", reason)
    need.save()
    if need.idea is not None:
        link(project, thing=need.idea, share=Share.INSPIRED, reason=reason, by=by, now=now)
    _record("need.taken_up", need, by, now, project=project.pk)
    return project


@transaction.atomic
def decline(need: Need, *, reason: Words, by: Person | None, now: datetime) -> Need:
    """Say that nothing comes of it, and why."""
    need = _moved(need, NeedState.DECLINED, by)
    require_reason(reason)
    need.state, need.decided_at = NeedState.DECLINED, now
    say(need, "reason", reason)
    need.save()
    _record("need.declined", need, by, now)
    return need


@transaction.atomic
def reopen(need: Need, *, by: Person | None, now: datetime) -> Need:
    need = _moved(need, NeedState.OPEN, by)
    need.state, need.decided_at = NeedState.OPEN, None
    need.save()
    _record("need.reopened", need, by, now)
    return need


def _locked(need: Need) -> Need:
    rows = Need.objects.select_for_update(of=("self",))
    return rows.select_related("plan__organisation", "department", "partner", "idea__process").get(pk=need.pk)


def _moved(need: Need, to: NeedState, by: Person | None) -> Need:
    need = _locked(need)
    require(may_write(by, need.plan.organisation))
    if to not in NEED_TRANSITIONS[NeedState(need.state)]:
        require(Refused(Reason.WRONG_STATE))
    return need


def _record(event: str, need: Need, by: Person | None, now: datetime, **details: object) -> None:
    facts: dict[str, object] = {"plan": need.plan_id, **details}
    record(event, by=by, now=now, about=need, organisation=need.plan.organisation, details=facts)
