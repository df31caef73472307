from datetime import datetime

from django.db import transaction
from django.db.models import F

from zenne.core.prepared import prepared
from zenne.opendata.webhooks import actions as webhooks
from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from ..models import Idea, Support
from ..rules import may_support
from .way import standing

COUNTER = {1: "support_count", -1: "oppose_count"}


def support(idea: Idea, *, by: Person, now: datetime) -> Idea:
    """Stand behind an idea. Doing it twice changes nothing; an earlier no becomes a yes."""
    return _say(idea, 1, by=by, now=now)


def oppose(idea: Idea, *, by: Person, now: datetime) -> Idea:
    """Say no to an idea, where the rule offers it. An earlier yes becomes a no."""
    return _say(idea, -1, by=by, now=now)


@transaction.atomic
@prepared()
def _say(idea: Idea, value: int, *, by: Person, now: datetime) -> Idea:
    idea = standing(idea, by=by, now=now)
    require(may_support(by, idea, now, value=value))
    said = Support.objects.filter(idea=idea, person=by).first()
    if said is not None and said.value == value:
        return idea
    before = said.value if said else None
    if said is None:
        Support.objects.create(idea=idea, person=by, value=value, given_at=now)
    else:
        said.value, said.given_at, said.carried_from = value, now, None
        said.save(update_fields=["value", "given_at", "carried_from"])
    history.record(
        "idea.supported" if value > 0 else "idea.opposed",
        by=by,
        now=now,
        about=idea,
        organisation=idea.process.organisation,
    )
    webhooks.announce_count("idea.supports", idea.pk, organisation=idea.process.organisation_id, now=now)
    # last: all who support the same idea wait for this one row, and so only until the commit
    if before is not None:
        count(idea, before, -1)
    count(idea, value, +1)
    return idea


@transaction.atomic
def withdraw_support(idea: Idea, *, by: Person, now: datetime) -> Idea:
    """Take a yes or a no back, while the activity is open."""
    idea = standing(idea, by=by, now=now)
    require(may_support(by, idea, now))
    said = Support.objects.filter(idea=idea, person=by).first()
    if said is not None:
        said.delete()
        history.record("idea.support_withdrawn", by=by, now=now, about=idea, organisation=idea.process.organisation)
        webhooks.announce_count("idea.supports", idea.pk, organisation=idea.process.organisation_id, now=now)
        count(idea, said.value, -1)
    return idea


def count(idea: Idea, value: int, delta: int) -> None:
    """Move the counter of one kind of voice, in the database and on the object in hand. The caller keeps the idea standing."""
    name = COUNTER[value]
    Idea.objects.filter(pk=idea.pk).update(**{name: F(name) + delta})
    setattr(idea, name, getattr(idea, name) + delta)
