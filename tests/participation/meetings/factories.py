"""Meetings and who comes to them, made through the real actions."""

from datetime import datetime, timedelta
from itertools import count

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from zenne.participation.meetings import actions
from zenne.participation.meetings.actions import Wishes
from zenne.participation.meetings.models import Meeting, Registration
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Activity, Permission, Phase, Process
from zenne.people.access.enums import Level
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW
SOON = NOW + timedelta(days=7)
WHY = {"fr": "La salle est inondée.", "nl": "De zaal staat onder water.", "en": "The room is flooded."}
_number = count(1)


def activity(
    of: Process | None = None,
    *,
    organisation: Organisation | None = None,
    level: Level = Level.EVERYONE,
    **given: object,
) -> Activity:
    """An activity with meetings, open from a week before NOW, for three months."""
    of = of or ideas.process(organisation)
    phase = Phase.objects.create(
        process=of,
        position=of.phases.count() + 1,
        title="Rencontres",
        opens_at=NOW - timedelta(days=7),
        closes_at=NOW + timedelta(days=90),
    )
    made = Activity.objects.create(phase=phase, kind="meetings", title="Rencontres")
    if level != Level.EVERYONE:
        Permission.objects.create(activity=made, action=Action.ATTEND, level=level, **given)
    return made


def for_group(*members: Person, organisation: Organisation | None = None) -> Activity:
    """An activity whose meetings are open to the members of one group."""
    of = ideas.process(organisation)
    group = Group.objects.create(organisation=of.organisation, name=f"Panel {next(_number)}")
    group.members.add(*members)
    return activity(of, level=Level.GROUP, group=group)


def manager(of: Activity | Meeting) -> Person:
    return ideas.staff(of.process.organisation, Role.MANAGER)


def values(**given: object) -> dict[str, object]:
    return {
        "title_fr": "Soirée de quartier",
        "title_nl": "Buurtavond",
        "title_en": "Evening of the neighbourhood",
        "starts_at": SOON,
        "ends_at": SOON + timedelta(hours=2),
        "address": "Place du Miroir 1, 1090 Jette",
        "venue_fr": "Maison communale",
        **given,
    }


def draft(of: Activity | None = None, *, by: Person | None = None, now: datetime = NOW, **given: object) -> Meeting:
    of = of or activity()
    return actions.write_meeting(of, values=values(**given), by=by or manager(of), now=now)


def meeting(of: Activity | None = None, *, by: Person | None = None, now: datetime = NOW, **given: object) -> Meeting:
    """One that is announced."""
    of = of or activity()
    by = by or manager(of)
    return actions.announce(draft(of, by=by, now=now, **given), by=by, now=now)


def place(of: Meeting, person: Person | None = None, *, now: datetime = NOW, **wishes: object) -> Registration:
    return actions.register(of, person=person or ideas.resident(), wishes=Wishes(**wishes), now=now)


def guest(
    of: Meeting, email: str = "guest@example.org", *, name: str = "Léa", now: datetime = NOW, **wishes: object
) -> Registration:
    """A guest who confirmed."""
    asked = actions.register_guest(of, name=name, email=email, language="fr", wishes=Wishes(**wishes), now=now)
    return actions.confirm_guest(asked, now=now)


def make_for(organisation: Organisation) -> list[Model]:
    return [meeting(activity(organisation=organisation))]
