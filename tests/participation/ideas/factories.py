"""A call for ideas and what people do in it, made through the real models and actions."""

from datetime import UTC, datetime, timedelta
from itertools import count

from allauth.account.models import EmailAddress
from django.db.models import Model

from tests.people.organisations import factories as organisations
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import Channel, IdeaState, Moderation
from zenne.participation.ideas.models import Idea, Ideation
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Activity, Phase, Process, Theme
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

NOW = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)
NO = {"fr": "Parce que non.", "nl": "Daarom niet.", "en": "Because not."}
_number = count(1)


def resident(name: str = "Amina", **fields: object) -> Person:
    """Somebody with a confirmed address."""
    person = organisations.person(name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def staff(organisation: Organisation, role: Role = Role.MANAGER, name: str = "Staff") -> Person:
    person = organisations.member(organisation, role, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def process(organisation: Organisation | None = None, **fields: object) -> Process:
    n = next(_number)
    given = {
        "slug": f"call-{n}",
        "title": f"Process {n}",
        "state": ProcessState.PUBLISHED,
        "created_at": NOW,
        "published_at": NOW,
    }
    return Process.objects.create(organisation=organisation or organisations.organisation(), **{**given, **fields})


def call(of: Process | None = None, *, organisation: Organisation | None = None, **settings: object) -> Activity:
    """An activity that collects ideas, open from a week before NOW to a month after, in a process with two themes."""
    of = of or process(organisation)
    phase = Phase.objects.create(
        process=of,
        position=of.phases.count() + 1,
        title="Ideas",
        opens_at=NOW - timedelta(days=7),
        closes_at=NOW + timedelta(days=30),
    )
    activity = Activity.objects.create(phase=phase, kind="ideation", title="Ideas")
    Ideation.objects.create(activity=activity, **settings)
    if not of.themes.exists():
        Theme.objects.create(
            process=of, slug="green", title="Nature en ville", title_nl="Natuur", title_en="Nature", icon="leaf", hue=1
        )
        Theme.objects.create(
            process=of, slug="water", title="Eau", title_nl="Water", title_en="Water", icon="droplet", hue=2, position=2
        )
    return activity


def idea(
    activity: Activity | None = None, *, author: Person | None = None, now: datetime = NOW, **fields: object
) -> Idea:
    given = {
        "title": f"Idée {next(_number)}",
        "text": "Une description assez longue pour être lue.",
        "language": "fr",
        **fields,
    }
    return actions.submit_idea(activity=activity or call(), by=author or resident(), now=now, **given)


def on_paper(
    activity: Activity, *, name: str = "Mme Peeters", by: Person | None = None, now: datetime = NOW, **fields: object
) -> Idea:
    by = by or staff(activity.process.organisation)
    given = {"title": "Un banc à l'ombre", "text": "Devant la poste, il fait trop chaud.", "language": "fr", **fields}
    return actions.submit_idea(activity=activity, author_name=name, channel=Channel.PAPER, by=by, now=now, **given)


def in_state(state: IdeaState, activity: Activity | None = None, **fields: object) -> Idea:
    """An idea that was led along the table to `state`."""
    made = idea(activity, **fields)
    manager = staff(made.process.organisation)
    ways = {
        IdeaState.PUBLISHED: [],
        IdeaState.ADMISSIBLE: [IdeaState.ADMISSIBLE],
        IdeaState.INADMISSIBLE: [IdeaState.INADMISSIBLE],
        IdeaState.REJECTED: [IdeaState.REJECTED],
        IdeaState.SHORTLISTED: [IdeaState.ADMISSIBLE, IdeaState.SHORTLISTED],
        IdeaState.ON_BALLOT: [IdeaState.ADMISSIBLE, IdeaState.SHORTLISTED, IdeaState.ON_BALLOT],
    }
    for to in ways[state]:
        made = actions.change_status(made, to=to, reason=NO, by=manager, now=NOW)
    return made


def make_for(organisation: Organisation) -> list[Model]:
    """An idea of that organisation, waiting to be read by its staff; its call, and a word it is sorted by."""
    made = idea(call(organisation=organisation, moderation=Moderation.BEFORE))
    tags = actions.tag(made, add=["à suivre"], by=staff(organisation), now=NOW)
    return [made, made.activity.ideation, *tags]
