"""A draw by lot and what happens in it, made through the real models and actions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from django.db.models import Model

from tests.participation.ideas.factories import NOW, process, resident, staff
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.processes.models import Activity, Phase, Process
from zenne.participation.sortition import actions, codes, computing, queries
from zenne.participation.sortition.enums import LotteryState, Says, Source
from zenne.participation.sortition.models import Answer, Category, Draw, Feature, Invitation, Lottery
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

__all__ = ["NOW", "process", "resident", "staff"]
CLOSES = NOW + timedelta(days=20)
AFTER = CLOSES + timedelta(minutes=1)
GROUPS = {"gender": ("w", "m"), "age": ("young", "old")}
_number = count(1)

Quotas = Mapping[str, Mapping[str, tuple[int, int]]]
QUOTAS: Quotas = {"gender": {"w": (2, 2), "m": (2, 2)}, "age": {"young": (1, 3), "old": (1, 3)}}


def lottery(
    of: Process | None = None,
    *,
    organisation: Organisation | None = None,
    quotas: Quotas = QUOTAS,
    state: LotteryState = LotteryState.INVITED,
    opens_at: datetime = NOW - timedelta(days=7),
    **settings: object,
) -> Lottery:
    """Four seats, two categories, letters sent a week before NOW."""
    of = of or process(organisation)
    phase = Phase.objects.create(
        process=of,
        position=of.phases.count() + 1,
        title="Tirage",
        opens_at=opens_at,
        closes_at=NOW + timedelta(days=60),
    )
    activity = Activity.objects.create(
        phase=phase, kind="lottery", title="Le tirage au sort", title_nl="De loting", title_en="The draw"
    )
    given = {"size": 4, "answer_until": CLOSES, "invited_at": NOW - timedelta(days=7), "state": state, **settings}
    made = Lottery.objects.create(activity=activity, **given)
    for position, (key, groups) in enumerate(quotas.items(), start=1):
        category = Category.objects.create(lottery=made, position=position, key=key, name=key, name_nl=key, name_en=key)
        for place, (group, (minimum, maximum)) in enumerate(groups.items(), start=1):
            Feature.objects.create(
                category=category,
                position=place,
                key=group,
                name=group,
                name_nl=group,
                name_en=group,
                minimum=minimum,
                maximum=maximum,
            )
    return queries.lotteries().get(pk=made.pk)


def invitation(of: Lottery, **fields: object) -> Invitation:
    number = of.invitations.count() + 1
    salt = next(_number).to_bytes(codes.SALT_BYTES)
    given = {
        "name": f"Habitant {number}",
        "address": f"Rue du Tirage {number}\n1060 Saint-Gilles",
        "household": codes.household(of.pk, f"Rue du Tirage {number} 1060"),
        "salt": salt,
        "code_digest": codes.digest(codes.make(of.pk, number, salt)),
        "sent_at": NOW - timedelta(days=7),
    }
    return Invitation.objects.create(lottery=of, number=number, **{**given, **fields})


def yes(of: Lottery | Invitation, now: datetime = NOW, **given: object) -> Answer:
    """Somebody who wants to take part; young women unless `gender` and `age` say otherwise."""
    letter = of if isinstance(of, Invitation) else invitation(of)
    features = {"gender": given.pop("gender", "w"), "age": given.pop("age", "young")}
    contact = actions.Contact(f"Personne {letter.number}", f"personne{letter.lottery_id}.{letter.number}@example.org")
    reply = actions.Reply(Says.YES, features, contact, consent=True)
    return actions.answer(letter, reply, now=now, **{"by": None, **given})


def pool(of: Lottery, people: int = 12) -> Sequence[Answer]:
    """As many of each gender, and two young of three."""
    return [yes(of, gender="wm"[each % 2], age="old" if each % 3 == 2 else "young") for each in range(people)]


def make_for(organisation: Organisation) -> list[Model]:
    made = lottery(organisation=organisation)
    answered = yes(made)
    category = made.categories.first()
    assert category is not None
    return [made, category, category.features.first(), answered.invitation, answered]


# --- further on the way ------------------------------------------------------------------------------------------------------

LATER = AFTER + timedelta(days=1)
CHANCE = LATER + timedelta(days=1)
DICE = "1234561234561234561234"[:20]


def chief(of: Lottery) -> Person:
    """The manager who does what only managers do."""
    return staff(of.process.organisation, name="Chief")


def closed(people: int = 12, **given: object) -> Lottery:
    """A pool that closed by the clock, with its numbers."""
    of = lottery(**{"begins_on": date(2027, 1, 1), "ends_on": date(2028, 12, 31), **given})
    ensure_frozen(of.activity, now=NOW)
    pool(of, people)
    actions.close(of, now=AFTER)
    return queries.lotteries().get(pk=of.pk)


def checked(people: int = 12, **given: object) -> Lottery:
    of = closed(people, **given)
    actions.begin_check(of, by=chief(of), now=AFTER)
    computing.check(of.pk)
    return queries.lotteries().get(pk=of.pk)


def ready(of: Lottery | None = None, **given: object) -> Draw:
    """A draw whose odds are computed."""
    of = of or checked(**given)
    draw = actions.begin_draw(of, by=chief(of), now=LATER)
    computing.compute(draw.pk)
    return Draw.objects.select_related("lottery__activity__phase__process__organisation").get(pk=draw.pk)


def committed(of: Lottery | None = None, **given: object) -> Draw:
    draw = ready(of, **given)
    return actions.commit(
        draw, source=Source.DICE, moment=CHANCE, throws=20, place="Maison communale", by=chief(draw.lottery), now=LATER
    )


def thrown(of: Lottery | None = None, **given: object) -> Draw:
    """Committed, and two people read the same dice."""
    draw = committed(of, **given)
    for name in ("Ann", "Bram"):
        actions.read_dice(draw, digits=DICE, by=staff(draw.lottery.process.organisation, name=name), now=CHANCE)
    return draw


def drawn(of: Lottery | None = None, **given: object) -> Draw:
    draw = thrown(of, **given)
    return actions.draw_panel(draw, by=chief(draw.lottery), now=CHANCE)


def design(**given: object) -> Lottery:
    """Not open yet: everything can still be changed, and nobody asks why."""
    return lottery(state=LotteryState.DESIGNED, opens_at=NOW + timedelta(days=1), **given)
