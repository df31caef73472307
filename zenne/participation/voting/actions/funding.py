"""Who brings the money of a vote, and how much: said before it opens, frozen with its rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from zenne.people.accounts.models import Person

from ..models import Contribution, Contributor, District, Vote
from .setting import Values, apply, before_opening, fields_of, next_number, record_step

CONTRIBUTOR_FIELDS = fields_of(("organisation",), ("title",))


@dataclass(frozen=True)
class Brings:
    """What somebody brings to one budget: cents, or parts of what the amounts of the others leave."""

    cents: int | None = None
    parts: int | None = None


# By group of options; None is the budget of the vote.
Purses = Mapping[District | None, Brings]


def add_contributor(vote: Vote, *, values: Values, brings: Purses, by: Person, now: datetime) -> Contributor:
    """Say that an institution brings a part of the money, after those that were named before."""
    with before_opening(vote, by=by, now=now) as vote:
        contributor = Contributor(vote=vote, number=next_number(_last(vote)))
        apply(contributor, values, CONTRIBUTOR_FIELDS)
        contributor.save()
        _bring(contributor, brings)
        record_step("vote.contributor_added", vote, by, now, number=contributor.number)
    return contributor


def change_contributor(
    contributor: Contributor, *, values: Values, brings: Purses, by: Person, now: datetime
) -> Contributor:
    """Its name, and all that it brings."""
    with before_opening(contributor.vote, by=by, now=now) as vote:
        contributor = Contributor.objects.get(pk=contributor.pk, vote=vote)
        apply(contributor, values, CONTRIBUTOR_FIELDS)
        contributor.save()
        contributor.contributions.all().delete()
        _bring(contributor, brings)
        record_step("vote.contributor_changed", vote, by, now, number=contributor.number)
    return contributor


def remove_contributor(contributor: Contributor, *, by: Person, now: datetime) -> None:
    """Those behind it move up."""
    with before_opening(contributor.vote, by=by, now=now) as vote:
        number = contributor.number
        contributor.delete()
        for behind in vote.contributors.filter(number__gt=number).order_by("number"):
            behind.number -= 1
            behind.save(update_fields=["number"])
        record_step("vote.contributor_removed", vote, by, now, number=number)


def _bring(contributor: Contributor, brings: Purses) -> None:
    Contribution.objects.bulk_create(
        Contribution(contributor=contributor, district=district, cents=each.cents, parts=each.parts)
        for district, each in brings.items()
    )


def _last(vote: Vote) -> int | None:
    found: int | None = vote.contributors.aggregate(Max("number"))["number__max"]
    return found
