"""A panel with its seats, made through the real actions."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW, resident, staff
from tests.people.organisations import factories as organisations
from zenne.participation.decisions.models import Body
from zenne.participation.meetings.enums import MeetingState
from zenne.participation.meetings.models import Meeting
from zenne.participation.panels import actions
from zenne.participation.panels.enums import Change, DraftState
from zenne.participation.panels.models import Amendment, Draft, Panel, Seat
from zenne.participation.processes.enums import Action
from zenne.participation.processes.models import Activity, Permission, Phase, Process
from zenne.people.access.enums import Level
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

TERM = (date(2026, 6, 1), date(2027, 5, 31))
NAME = {"fr": "Conseil citoyen", "nl": "Burgerraad", "en": "Citizens' council"}
MANDATE = {"fr": "Que faire de la place ?", "nl": "Wat met het plein?", "en": "What to do with the square?"}


def manager(panel: Panel) -> Person:
    found = Person.objects.filter(memberships__organisation=panel.process.organisation, memberships__role="manager")
    return found.first() or staff(panel.process.organisation)


def panel(of: Process | None = None, *, organisation: Organisation | None = None, **given: object) -> Panel:
    """A panel of three seats at 50 euros a meeting, whose year began two weeks before NOW."""
    of = of or ideas.process(organisation or organisations.organisation(languages=["fr", "nl", "en"]))
    settings = {"name": NAME, "mandate": MANDATE, "size": 3, "terms": [TERM], "allowance": 5000, **given}
    return actions.form(of, by=None, now=NOW, **settings)


def member(of: Panel, name: str = "Nele", *, person: Person | None = None, **given: object) -> Seat:
    """Somebody with an account who sits."""
    return actions.seat(of, person=person or resident(name), by=None, now=NOW, **given)


def by_post(of: Panel, name: str = "Karim", **given: object) -> Seat:
    """Somebody who answered by post and has no account."""
    contact = actions.Contact(name=name, address="Rue de la Victoire 1, 1060 Saint-Gilles", language="fr")
    return actions.seat(of, contact=contact, by=None, now=NOW, **given)


def meeting(of: Panel, *, days: int = -1, private: bool = True, **given: object) -> Meeting:
    """A meeting of the panel, two hours long, so many days from NOW: of an activity that its group alone may attend."""
    activity = Activity.objects.filter(phase__process=of.process, kind="meetings").first()
    if activity is None:
        phase = Phase.objects.create(
            process=of.process,
            position=of.process.phases.count() + 1,
            title="Réunions",
            opens_at=NOW - timedelta(days=90),
        )
        activity = Activity.objects.create(phase=phase, kind="meetings", title="Réunions")
        Permission.objects.create(activity=activity, action=Action.ATTEND, level=Level.GROUP, group=of.group)
    starts = NOW + timedelta(days=days)
    fields = {
        "title": "Première séance",
        "title_nl": "Eerste zitting",
        "title_en": "First session",
        "state": MeetingState.ANNOUNCED,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "created_at": NOW,
        "changed_at": NOW,
        "announced_at": NOW,
        **given,
    }
    return Meeting.objects.create(activity=activity, process=of.process, private=private, **fields)


def paper(of: Panel, by: Person, text: bytes = b"Ordre du jour"):
    return actions.add_paper(of, data=SimpleUploadedFile("ordre.txt", text), title="Ordre du jour", by=by, now=NOW)


def draft(of: Panel, by: Person, *paragraphs: str, amending: bool = False) -> Draft:
    """A text with these paragraphs, each a recommendation with a heading."""
    made = actions.begin_draft(of, title="Une place pour tous", language="fr", by=by, now=NOW)
    for at, text in enumerate(paragraphs or ("Des arbres.", "Des bancs."), 1):
        actions.add_paragraph(made, after="", title=f"Point {at}", text=text, asks=True, by=by, now=NOW)
    if amending:
        made = actions.set_draft_state(made, to=DraftState.AMENDING, by=by, now=NOW)
    return made


def keys(of: Draft) -> list[str]:
    return [each["key"] for each in of.versions.order_by("-number").first().paragraphs]


def amendment(of: Draft, by: Person, **given: object) -> Amendment:
    fields = {
        "key": keys(of)[0],
        "change": Change.REWRITE,
        "title": "Point 1",
        "text": "Dix arbres.",
        "motive": "Plus clair.",
    }
    return actions.propose(of, by=by, now=NOW, **{**fields, **given})


def body(of: Panel) -> Body:
    return Body.objects.create(organisation=of.process.organisation, name="Collège", name_nl="College", name_en="Board")


def make_for(organisation: Organisation) -> list[Model]:
    """A panel of that organisation, with a member."""
    made = panel(organisation=organisation)
    member(made)
    return [made]
