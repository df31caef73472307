"""A vote and what people do in it, made through the real models and actions."""

from datetime import datetime, timedelta
from itertools import count

from django.db.models import Model

from tests.participation.ideas.factories import NOW, process, resident, staff
from zenne.participation.processes.models import Activity, Phase, Process
from zenne.participation.voting import actions, filling, marks, queries
from zenne.participation.voting.enums import COUNTS, Count, Districts, Method
from zenne.participation.voting.models import District, Option, Vote
from zenne.people.accounts.models import Identity, Person
from zenne.people.organisations.models import Organisation

CLOSES = NOW + timedelta(days=10)
AFTER = CLOSES + timedelta(minutes=1)
_number = count(1)


def vote(
    of: Process | None = None,
    *,
    organisation: Organisation | None = None,
    options: int = 3,
    costs: tuple[int, ...] = (),
    opens_at: datetime = NOW - timedelta(days=7),
    closes_at: datetime = CLOSES,
    **settings: object,
) -> Vote:
    """A vote open around NOW, with options of free words; `costs` (in cents) gives as many options as it has, and a budget vote."""
    of = of or process(organisation)
    phase = Phase.objects.create(
        process=of, position=of.phases.count() + 1, title="Vote", opens_at=opens_at, closes_at=closes_at
    )
    activity = Activity.objects.create(
        phase=phase, kind="vote", title="Le vote", title_nl="De stemming", title_en="The vote"
    )
    if costs:
        settings = {"count": Count.GREEDY, "basket": True, "budget_cents": 10_000_000, **settings}
    settings.setdefault("count", COUNTS[Method(settings.get("method", Method.APPROVAL))][0])
    made = Vote.objects.create(activity=activity, **settings)
    marks.make_key(made)
    for number in range(1, (len(costs) or options) + 1):
        option(made, number, cost_cents=costs[number - 1] if costs else None)
    return queries.votes().get(pk=made.pk)


def option(of: Vote, number: int | None = None, **fields: object) -> Option:
    number = number or of.options.count() + 1
    given = {
        "title": f"Option {number}",
        "title_nl": f"Keuze {number}",
        "title_en": f"Choice {number}",
        "summary": "Des arbres et des bancs.",
        "summary_nl": "Bomen en banken.",
        "summary_en": "Trees and benches.",
    }
    return Option.objects.create(vote=of, number=number, **{**given, **fields})


def district(of: Vote, number: int, **fields: object) -> District:
    given = {"title": f"Quartier {number}", "title_nl": f"Wijk {number}", "title_en": f"District {number}"}
    return District.objects.create(vote=of, number=number, **{**given, **fields})


def content(of: Vote, *chosen: int | str, **given: int | str) -> dict:
    """What a ballot says: `content(vote, 1, 3)` chooses, `content(vote, o1=5, o2=3)` gives values."""
    said = {str(number): "1" for number in chosen} | {key[1:]: str(value) for key, value in given.items()}
    return filling.content(of, queries.options_of(of), said)


def cast(
    of: Vote, person: Person | None = None, *chosen: int | str, now: datetime = NOW, **kept: object
) -> actions.Cast:
    """A ballot of `person` (a new resident where none is given) for the options chosen, the first where none is."""
    where = kept.pop("district", None)
    said = content(of, *(chosen or (1,)), **kept)
    return actions.cast(of, content=said, district=where, by=person or resident(), now=now)


def verified(person: Person, mark: str | None = None, method: str = "oidc") -> Person:
    """Somebody whose identity was checked."""
    Identity.objects.create(person=person, method=method, mark=mark or f"{next(_number):064x}", verified_at=NOW)
    return person


def sealed(of: Vote, *, now: datetime = AFTER) -> Vote:
    actions.seal(of, now=now)
    return queries.votes().get(pk=of.pk)


def published(of: Vote, *, now: datetime = AFTER) -> Vote:
    """The same vote sealed, counted and with its result public."""
    of = sealed(of)
    result = actions.count_now(of, now=now)
    assert not result.failure, result.failure
    actions.publish_result(result, by=staff(of.process.organisation), now=now)
    return queries.votes().get(pk=of.pk)


def counted_vote(of: Process | None = None) -> Vote:
    """A vote that is over: two for option 2, one for option 1, and the result public."""
    made = vote(of)
    for number in (1, 2, 2):
        cast(made, None, number)
    return published(made)


def make_for(organisation: Organisation) -> list[Model]:
    """A vote of that organisation with an option."""
    made = vote(organisation=organisation)
    return [made, *made.options.order_by("number")[:1]]


__all__ = [
    "AFTER",
    "CLOSES",
    "NOW",
    "Districts",
    "Method",
    "cast",
    "content",
    "counted_vote",
    "make_for",
    "published",
    "resident",
    "sealed",
    "staff",
    "verified",
    "vote",
]
