"""A panel with its seats, made through the real actions."""

from datetime import date

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.participation.ideas.factories import NOW, resident, staff
from tests.people.organisations import factories as organisations
from zenne.participation.panels import actions
from zenne.participation.panels.models import Panel, Seat
from zenne.participation.processes.models import Process
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


def make_for(organisation: Organisation) -> list[Model]:
    """A panel of that organisation, with a member."""
    made = panel(organisation=organisation)
    member(made)
    return [made]
