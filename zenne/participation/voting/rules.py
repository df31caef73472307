"""Who may vote, and where."""

from collections.abc import Sequence
from datetime import datetime

from zenne.core.clock import in_brussels
from zenne.participation.processes.enums import Action
from zenne.participation.processes.rules import Visitor, allowed, permission_for
from zenne.participation.processes.rules import may_manage as may_manage_processes
from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.access.enums import Level, Question
from zenne.people.accounts.models import Person
from zenne.people.accounts.rules import has_confirmed_email, is_verified
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import works_for
from zenne.places.areas.enums import DISTRICT_QUESTION, AreaKind
from zenne.places.areas.models import Area, Residence
from zenne.places.areas.queries import within

from .counting import funding, tallying
from .enums import BUDGET_COUNTS, COUNTS, Count, Districts, Method
from .models import Contributor, District, Exclusion, Option, Vote


def may_vote(person: Visitor, vote: Vote, now: datetime) -> Answer:
    """Whether this person may cast a ballot, by themselves, at this moment.

    Stricter than `allowed` in one thing: those who work for the organisation pass no door that a resident would not pass.
    """
    if vote.sealed_at or vote.annulled_at:
        return Refused(Reason.CLOSED, (("closes_at", vote.activity.window()[1]),))
    answer = allowed(person, Action.VOTE, vote.activity, now)
    if not answer:
        return answer
    if not isinstance(person, Person):
        return Refused(Reason.NOT_SIGNED_IN)
    return _passes_the_same_door(person, vote)


def _passes_the_same_door(person: Person, vote: Vote) -> Answer:
    if not has_confirmed_email(person):
        return Refused(Reason.EMAIL_UNCONFIRMED)
    permission = permission_for(vote.activity, Action.VOTE)
    if permission is not None and permission.level == Level.VERIFIED and not is_verified(person):
        return Refused(Reason.NOT_VERIFIED)
    if permission is not None and permission.level == Level.GROUP:
        group = permission.group
        if group is None or not group.members.filter(pk=person.pk).exists():
            return Refused(Reason.NOT_IN_GROUP)
    if vote.districts_mode == Districts.OWN:
        return _lives_in_a_district(person, vote)
    return ALLOWED


def _lives_in_a_district(person: Person, vote: Vote) -> Answer:
    """Who named a commune alone is asked for the district, where it may be one of those that vote."""
    if own_district(person, vote):
        return ALLOWED
    residence = Residence.objects.filter(person_id=person.pk).select_related("commune").first()
    if residence is None:
        return Refused(Reason.MISSING_ANSWERS, (("questions", (Question.RESIDENCE,)),))
    if residence.district_id is None and _votes_within(vote, residence.commune):
        return Refused(Reason.MISSING_ANSWERS, (("questions", (DISTRICT_QUESTION,)),))
    return Refused(Reason.OUTSIDE_AREA)


def _votes_within(vote: Vote, commune: Area) -> bool:
    """Whether some of its districts vote. (Outside the Region a place has none.)"""
    return (
        commune.kind == AreaKind.COMMUNE
        and vote.districts.filter(area__in=within(commune, AreaKind.DISTRICT).values("pk")).exists()
    )


def own_district(person: Person, vote: Vote) -> District | None:
    """The group of options of where this person lives: the smallest area that fits."""
    residence = Residence.objects.filter(person_id=person.pk).select_related("commune").first()
    if residence is None:
        return None
    fits = {district.area_id: district for district in vote.districts.filter(area__isnull=False)}
    for area in (residence.district_id, residence.commune_id, residence.commune.parent_id):
        if area is not None and area in fits:
            return fits[area]
    return None


def may_manage(person: Visitor, organisation: Organisation) -> Answer:
    """Setting up a vote, paper, counting, annulling: process managers."""
    return may_manage_processes(person, organisation)


def may_serve(person: Visitor, organisation: Organisation) -> Answer:
    """Handing out ballots at a counter and keying them in: everybody who works for the organisation."""
    return ALLOWED if works_for(person, organisation) else Refused(Reason.NOT_STAFF)


# What stands before the person at a counter as it does online; who they are and where they live, staff see for themselves.
BEFORE_THE_PERSON = (Reason.SWITCHED_OFF, Reason.NOT_YET_OPEN, Reason.CLOSED, Reason.BLOCKED)


def may_be_served(
    vote: Vote, *, person: Person | None, born: int | None, mark: str, lives_here: bool, now: datetime
) -> Answer:
    """Whether somebody at a counter may be given a ballot.

    Known by their account alone: as online. Known by their national number (`mark`, `born`): staff saw the identity card, which stands for an
    account, for the check of who they are and for their age; `lives_here` says that staff checked the address where that matters.
    """
    if not mark:
        return may_vote(person, vote, now)
    if vote.sealed_at or vote.annulled_at:
        return Refused(Reason.CLOSED, (("closes_at", vote.activity.window()[1]),))
    answer = allowed(person, Action.VOTE, vote.activity, now)
    if isinstance(answer, Refused) and answer.reason in BEFORE_THE_PERSON:
        return answer
    permission = permission_for(vote.activity, Action.VOTE)
    assert permission is not None
    if permission.level == Level.STAFF and not works_for(person, vote.process.organisation):
        return Refused(Reason.NOT_STAFF)
    if permission.level == Level.GROUP:
        group = permission.group
        if group is None or person is None or not group.members.filter(pk=person.pk).exists():
            return Refused(Reason.NOT_IN_GROUP)
    age = permission.minimum_age
    if age is not None and born is not None and in_brussels(now).year - born < age:
        return Refused(Reason.TOO_YOUNG, (("minimum_age", age),))
    return ALLOWED if lives_here or not asks_residence(vote) else Refused(Reason.OUTSIDE_AREA)


def asks_residence(vote: Vote) -> bool:
    """Whether it matters where a voter lives."""
    permission = permission_for(vote.activity, Action.VOTE)
    return vote.districts_mode == Districts.OWN or bool(permission and permission.area_id)


def counts_of(vote: Vote) -> tuple[Count, ...]:
    """The ways of counting that fit the ballot."""
    return COUNTS[Method(vote.method)]


def is_ready(
    vote: Vote,
    options: Sequence[Option] | None = None,
    districts: Sequence[District] | None = None,
    contributors: Sequence[Contributor] | None = None,
    pairs: Sequence[Exclusion] | None = None,
) -> bool:
    """Whether somebody could vote: there is something to choose, a way to count it, and money where money decides."""
    return not gaps(vote, options, districts, contributors, pairs)


def gaps(
    vote: Vote,
    options: Sequence[Option] | None = None,
    districts: Sequence[District] | None = None,
    contributors: Sequence[Contributor] | None = None,
    pairs: Sequence[Exclusion] | None = None,
) -> list[str]:
    """What is still missing, by name: options, count, costs, budget, districts, area, contributors. Reads what it is not given."""
    options = list(vote.options.all()) if options is None else options
    districts = list(vote.districts.all()) if districts is None else districts
    if contributors is None:
        contributors = list(vote.contributors.prefetch_related("contributions").order_by("number"))
    pairs = list(vote.exclusions.select_related("first", "second")) if pairs is None else pairs
    grouped = vote.districts_mode != Districts.NONE
    money = vote.count in BUDGET_COUNTS or vote.basket
    budgets = [each.budget_cents for each in districts] if grouped else [vote.budget_cents]
    found = {
        "options": not options or (vote.method != Method.YES_NO and len(options) < 2),
        "count": vote.count not in counts_of(vote),
        "costs": money and any(option.cost_cents is None for option in options),
        "budget": money and not (vote.budget_cents or (budgets and all(budgets))),
        "districts": grouped and (not districts or any(option.district_id is None for option in options)),
        "contributors": vote.is_budget and not funding.closes(vote, districts, contributors),
        "area": vote.districts_mode == Districts.OWN and any(each.area_id is None for each in districts),
    }
    missing = [name for name, lacks in found.items() if lacks]
    return missing or ([] if tallying.tally(vote, options, districts, pairs, contributors) else ["rule"])
