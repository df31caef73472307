"""What governance tells people: members what they are called to and what was minuted; who runs a review what is due; a team which deadline comes near."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zenne.core.clock import in_brussels
from zenne.core.languages import in_every_language, shown
from zenne.messaging.notifications.actions import notify
from zenne.messaging.notifications.enums import Circle
from zenne.messaging.notifications.kinds import Kind, kinds
from zenne.people.accounts.models import Person
from zenne.web.tags.words import day, moment

from . import queries
from .models import Call, Review, Sitting, Stage

Fact = str | Mapping[str, str]
BEFORE = (30, 7, 1)
"""On how many days before a deadline its team hears of it."""
SOON = timedelta(days=max(BEFORE))
STEP_BEFORE = (7, 1)
AGAIN = 7
"""Every how many days who runs a review hears that a step is late."""

kinds.register(
    "governance.called",
    Kind(
        _("Sittings of a body that I am a member of"), _("You are called to %(body)s on %(when)s"), circle=Circle.SEATS
    ),
)
kinds.register(
    "governance.moved",
    Kind(_("A sitting that I am called to is moved"), _("%(body)s now sits on %(when)s"), circle=Circle.SEATS),
)
kinds.register(
    "governance.cancelled",
    Kind(_("A sitting that I am called to is cancelled"), _("%(body)s does not sit on %(when)s"), circle=Circle.SEATS),
)
kinds.register(
    "governance.minutes",
    Kind(
        _("Minutes of a body that I am a member of"),
        _("The minutes of %(body)s of %(when)s are public"),
        circle=Circle.SEATS,
    ),
)
kinds.register(
    "governance.step_due",
    Kind(_("Steps of a review of a plan that are due"), _("%(step)s is due by %(due)s: %(plan)s"), circle=Circle.WORK),
)
kinds.register(
    "governance.step_late",
    Kind(
        _("Steps of a review of a plan that are late"), _("%(step)s was due by %(due)s: %(plan)s"), circle=Circle.WORK
    ),
)
kinds.register(
    "governance.sent_back",
    Kind(_("A proposal that a body refused"), _("%(body)s refused what was proposed: %(plan)s"), circle=Circle.WORK),
)
kinds.register(
    "governance.call_due",
    Kind(
        _("Deadlines of calls for projects"),
        _("%(days)s days left for “%(title)s”: deadline %(due)s"),
        circle=Circle.WORK,
    ),
)
kinds.register(
    "governance.call_tomorrow",
    Kind(
        _("Deadlines of calls for projects that are tomorrow"),
        _("One day left for “%(title)s”: deadline %(due)s"),
        circle=Circle.WORK,
    ),
)


def called(sitting: Sitting, now: datetime) -> None:
    _members("governance.called", sitting, "called", now)


def moved(sitting: Sitting, now: datetime) -> None:
    _members("governance.moved", sitting, f"moved:{sitting.sequence}", now)


def cancelled(sitting: Sitting, now: datetime) -> None:
    _members("governance.cancelled", sitting, "cancelled", now)


def minutes(sitting: Sitting, now: datetime) -> None:
    _members("governance.minutes", sitting, "minutes", now)


def _members(kind: str, sitting: Sitting, occasion: str, now: datetime) -> None:
    facts = {
        "body": in_every_language(lambda: str(sitting.body)),
        "when": in_every_language(lambda: moment(sitting.starts_at)),
    }
    to = queries.members(sitting.body, in_brussels(sitting.starts_at).date())
    url = sitting.get_absolute_url()
    notify(kind, to=to, key=f"sitting:{sitting.pk}:{occasion}", facts=facts, url=url, now=now)


def step_due(stage: Stage, now: datetime) -> None:
    """The stage a step has reached; whoever heard of a stage does not hear of it again."""
    today = in_brussels(now).date()
    left = (stage.due_on - today).days
    if left < 0:
        kind, occasion = "governance.step_late", f"late:{(-left - 1) // AGAIN}"
    else:
        reached = [days for days in STEP_BEFORE if left <= days]
        if not reached:
            return
        kind, occasion = "governance.step_due", f"due:{min(reached)}"
    review = stage.review
    facts = _of_review(review) | {
        "step": in_every_language(stage.get_step_display),
        "due": in_every_language(lambda: day(stage.due_on)),
    }
    key = f"stage:{stage.pk}:{stage.due_on.isoformat()}:{occasion}"
    notify(kind, to=_runs(review), key=key, facts=facts, url=_desk(review), now=now)


def sent_back(review: Review, now: datetime) -> None:
    facts = _of_review(review) | {"body": in_every_language(lambda: str(review.body))}
    key = f"review:{review.pk}:refused:{now.timestamp():.0f}"
    notify("governance.sent_back", to=_runs(review), key=key, facts=facts, url=_desk(review), now=now)


def call_due(call: Call, now: datetime) -> None:
    """30, 7 and 1 days before the deadline, each once for each deadline; one that moved is told of again. Where nobody of the team has an account, the
    managers hear."""
    left = call.days_left(in_brussels(now).date())
    stage = min(days for days in BEFORE if left <= days)
    facts: dict[str, Fact] = {
        "title": in_every_language(lambda: shown(call, "title")[0]),
        "due": in_every_language(lambda: day(call.due_on)),
        "days": str(left),
    }
    team = queries.members(call.team, in_brussels(now).date()) if call.team else Person.objects.none()
    to = team if team.exists() else queries.managers(call.organisation_id)
    kind = "governance.call_tomorrow" if left <= 1 else "governance.call_due"
    key = f"call:{call.pk}:{call.due_on.isoformat()}:{stage}"
    notify(kind, to=to, key=key, facts=facts, url=reverse("governance_call:desk", args=[call.pk]), now=now)


def _of_review(review: Review) -> dict[str, Fact]:
    return {"plan": in_every_language(lambda: str(review))}


def _runs(review: Review) -> Iterable[Person] | QuerySet[Person]:
    """Who runs it; where nobody does any more, the managers of the organisation."""
    owner = review.owner
    return [owner] if owner is not None and owner.is_active else queries.managers(review.plan.organisation_id)


def _desk(review: Review) -> str:
    return reverse("governance_review:desk", args=[review.pk])
