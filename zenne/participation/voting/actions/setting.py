"""Setting a vote up. Its way of voting can be changed with a public reason while it is open; what is voted on cannot."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES, attribute
from zenne.participation.ideas.enums import LISTED
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.actions import changing_settings
from zenne.participation.processes.rules import stands_in_public
from zenne.participation.selections.enums import SelectionState
from zenne.participation.selections.models import Selection
from zenne.participation.selections.queries import kept as kept_by
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from ..errors import RuleIsFrozen
from ..models import District, Exclusion, Option, Vote
from ..models.vote import SETTINGS

Values = Mapping[str, object]
Words = Mapping[str, str]

# What may still change, with a reason, once people vote: how many must take part. All else would make earlier ballots mean something else.
WHILE_OPEN = frozenset({"quorum", "lot_seed"})
TITLE_LENGTH = 120


def fields_of(plain: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    return frozenset({*plain, *(attribute(field, language) for field in texts for language in LANGUAGES)})


OPTION_FIELDS = fields_of(("cost_cents", "district", "min_votes", "lon", "lat"), ("title", "summary"))
DISTRICT_FIELDS = fields_of(("area", "budget_cents"), ("title",))


def change_vote(vote: Vote, *, values: Values, reason: Words | None = None, by: Person, now: datetime) -> Vote:
    """Change how a vote is held. Once it has opened only what leaves the ballots cast as they were meant, and with a public reason."""
    if unknown := set(values) - set(SETTINGS):
        raise TypeError(f"a vote has no {', '.join(sorted(unknown))}")
    with changing_settings(vote.activity, by=by, now=now, reason=reason):
        vote = _held(vote)
        changed = sorted(name for name, value in values.items() if getattr(vote, name) != value)
        if stands_in_public(vote.activity, now) and not set(changed) <= WHILE_OPEN:
            raise RuleIsFrozen()
        for name in changed:
            setattr(vote, name, values[name])
        if changed:
            vote.save(update_fields=changed)
            record_step("vote.changed", vote, by, now, fields=changed)
    return vote


def add_district(vote: Vote, *, values: Values, by: Person, now: datetime) -> District:
    """Add a group of options, at the end."""
    with before_opening(vote, by=by, now=now) as vote:
        district = District(vote=vote, number=next_number(vote.districts.aggregate(Max("number"))["number__max"]))
        apply(district, values, DISTRICT_FIELDS)
        district.save()
        record_step("vote.district_added", vote, by, now, number=district.number)
    return district


def change_district(district: District, *, values: Values, by: Person, now: datetime) -> District:
    with before_opening(district.vote, by=by, now=now) as vote:
        district = District.objects.get(pk=district.pk, vote=vote)
        apply(district, values, DISTRICT_FIELDS)
        district.save()
        record_step("vote.district_changed", vote, by, now, number=district.number)
    return district


def remove_district(district: District, *, by: Person, now: datetime) -> None:
    """Take out a group of options; its options stay, without a group."""
    with before_opening(district.vote, by=by, now=now) as vote:
        Option.objects.filter(district=district).update(district=None)
        record_step("vote.district_removed", vote, by, now, number=district.number)
        district.delete()


def add_option(vote: Vote, *, values: Values, by: Person, now: datetime) -> Option:
    """Add an option of free words, at the end of the ballot."""
    with before_opening(vote, by=by, now=now) as vote:
        option = Option(vote=vote, number=next_number(vote.options.aggregate(Max("number"))["number__max"]))
        apply(option, values, OPTION_FIELDS)
        option.save()
        record_step("vote.option_added", vote, by, now, number=option.number)
    return option


def add_ideas(
    vote: Vote, ideas: Iterable[Idea], *, costs: Mapping[int, int | None] | None = None, by: Person, now: datetime
) -> list[Option]:
    """Put ideas on the ballot, in the order given, with their words, their place and their cost in cents by number of idea.

    An idea speaks one language; in the others its own words stand until staff give a translation. Who is on the ballot already is left as it is.
    """
    added: list[Option] = []
    with before_opening(vote, by=by, now=now) as vote:
        here = set(vote.options.filter(idea__isnull=False).values_list("idea_id", flat=True))
        number = next_number(vote.options.aggregate(Max("number"))["number__max"])
        for idea in ideas:
            if idea.pk in here or idea.process_id != vote.process.pk:
                continue
            option = Option(vote=vote, number=number + len(added), idea=idea, cost_cents=(costs or {}).get(idea.pk))
            option.lon, option.lat = idea.lon, idea.lat
            for language in {idea.language, *LANGUAGES} & set(LANGUAGES):
                setattr(option, attribute("title", language), idea.title[:TITLE_LENGTH])
                setattr(option, attribute("summary", language), idea.text[:1500])
            option.save()
            added.append(option)
        if added:
            record_step("vote.ideas_added", vote, by, now, ideas=[option.idea_id for option in added])
    return added


def begin_with(vote: Vote, source: Selection, *, by: Person, now: datetime) -> list[Option]:
    """Put what a published selection kept on the ballot, by its rank, with the costs it was decided with. The result will name it.

    What its author took back since, what joined another idea or was refused, stays off the ballot.
    """
    if source.process_id != vote.process.pk or source.state != SelectionState.PUBLISHED:
        raise Invalid(_("It can only begin with a published selection of the same process."))
    kept = [choice for choice in kept_by(source) if choice.idea.state in LISTED]
    with transaction.atomic():
        costs = {choice.idea_id: choice.cost_cents for choice in kept}
        added = add_ideas(vote, [choice.idea for choice in kept], costs=costs, by=by, now=now)
        with before_opening(vote, by=by, now=now) as held:
            held.source = source
            held.save(update_fields=["source"])
            for option in held.options.filter(idea__in=list(costs), cost_cents=None):  # there before, without a cost
                option.cost_cents = costs[option.idea_id]  # type: ignore[index]  # an idea is there: it was asked for
                option.save(update_fields=["cost_cents"])
            record_step("vote.source_chosen", held, by, now, selection=source.number)
    return added


def change_option(option: Option, *, values: Values, by: Person, now: datetime) -> Option:
    with before_opening(option.vote, by=by, now=now) as vote:
        option = Option.objects.get(pk=option.pk, vote=vote)
        apply(option, values, OPTION_FIELDS)
        option.save()
        record_step("vote.option_changed", vote, by, now, number=option.number)
    return option


def move_option(option: Option, *, up: bool, by: Person, now: datetime) -> None:
    """Change places with the option before or behind; at the end of the list nothing happens."""
    with before_opening(option.vote, by=by, now=now) as vote:
        option = Option.objects.get(pk=option.pk, vote=vote)
        other = vote.options.filter(number=option.number + (-1 if up else 1)).first()
        if other is not None:
            option.number, other.number = other.number, option.number
            for each in (option, other):
                each.save(update_fields=["number"])
            record_step("vote.option_moved", vote, by, now, number=option.number)


def remove_option(option: Option, *, by: Person, now: datetime) -> None:
    """Take an option off the ballot; those behind it move up."""
    with before_opening(option.vote, by=by, now=now) as vote:
        number = option.number
        option.delete()
        for behind in vote.options.filter(number__gt=number).order_by("number"):
            behind.number -= 1
            behind.save(update_fields=["number"])
        record_step("vote.option_removed", vote, by, now, number=number)


def exclude(one: Option, other: Option, *, by: Person, now: datetime) -> Exclusion:
    """Say that two options cannot both win."""
    first, second = sorted((one, other), key=lambda option: option.pk)
    with before_opening(one.vote, by=by, now=now) as vote:
        found, made = Exclusion.objects.get_or_create(vote=vote, first=first, second=second)
        if made:
            record_step("vote.options_excluded", vote, by, now, numbers=sorted((one.number, other.number)))
    return found


def allow_together(pair: Exclusion, *, by: Person, now: datetime) -> None:
    with before_opening(pair.vote, by=by, now=now) as vote:
        numbers = sorted((pair.first.number, pair.second.number))
        pair.delete()
        record_step("vote.options_allowed", vote, by, now, numbers=numbers)


@contextmanager
def before_opening(vote: Vote, *, by: Person, now: datetime) -> Iterator[Vote]:
    with changing_settings(vote.activity, by=by, now=now):
        vote = _held(vote)
        if stands_in_public(vote.activity, now):
            raise RuleIsFrozen()
        yield vote


def _held(vote: Vote) -> Vote:
    found = Vote.objects.select_for_update(of=("self",)).select_related("activity__phase__process__organisation")
    return found.get(pk=vote.pk)


def apply(thing: Model, values: Values, fields: frozenset[str]) -> None:
    if unknown := set(values) - fields:
        raise TypeError(f"{type(thing).__name__} is not given {', '.join(sorted(unknown))} here")
    for name, value in values.items():
        setattr(thing, name, value)


def next_number(last: int | None) -> int:
    return (last or 0) + 1


def record_step(event: str, vote: Vote, by: Person, now: datetime, **details: object) -> None:
    organisation = vote.process.organisation
    history.record(event, by=by, now=now, about=vote.activity, organisation=organisation, details=details)
