"""Ideas at services, made through the real actions."""

from datetime import timedelta

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from zenne.participation.feasibility import actions
from zenne.participation.feasibility.actions import Finding
from zenne.participation.feasibility.enums import Obstacle, StudyState
from zenne.participation.feasibility.models import Feasibility, Service, Study
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.models import Activity
from zenne.people.accounts.models import Person
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW
LATER = NOW + timedelta(days=1)
WHY = {
    "fr": "Le sous-sol est plein de câbles.",
    "nl": "De grond zit vol kabels.",
    "en": "The ground is full of cables.",
}
TITLE = {"fr": "La liste finale", "nl": "De eindlijst", "en": "The final list"}
FEASIBLE = Finding(to=StudyState.FEASIBLE, cost_cents=1_250_050, delay_months=6)
REFUSED = Finding(to=StudyState.REFUSED, obstacle=Obstacle.TECHNIQUE, reason=WHY)
ADAPT = Finding(to=StudyState.ADAPTATION, reason={**WHY, "fr": "Deux mètres plus loin, c'est possible."})


def service(organisation: Organisation, *members: Person, name: str = "Voirie") -> Service:
    made = Service.objects.create(organisation=organisation, name=name, name_nl=f"{name} nl", name_en=f"{name} en")
    made.members.add(*(members or [ideas.staff(organisation, Role.EDITOR, name="Bram")]))
    return made


def activity(beside: Activity | None = None, **settings: object) -> Feasibility:
    """Studies of the ideas of a call, open since the call is."""
    call = beside or ideas.call()
    studied = Activity.objects.create(
        phase=call.phase,
        kind="feasibility",
        position=2,
        title="Étude de faisabilité",
        title_nl="Haalbaarheid",
        title_en="Feasibility",
    )
    return Feasibility.objects.create(activity=studied, **{"call": call, **settings})


def study(
    idea: Idea | None = None,
    *,
    of: Feasibility | None = None,
    to: Service | None = None,
    by: Person | None = None,
    **given: object,
) -> Study:
    """An idea that was sent to a service, the roads if nothing else is said."""
    idea = idea or ideas.idea()
    of = of or Feasibility.objects.filter(call=idea.activity).first() or activity(idea.activity)
    organisation = idea.process.organisation
    by = by or ideas.staff(organisation)
    to = to or Service.objects.filter(organisation=organisation).first() or service(organisation)
    return actions.send(of, ideas=[idea], service=to, by=by, now=LATER, **given)[0]


def answered(idea: Idea | None = None, finding: Finding = FEASIBLE, **given: object) -> Study:
    asked = study(idea, **given)
    return actions.answer(asked, finding, by=asked.service.members.get(), now=LATER)


def make_for(organisation: Organisation) -> list[Model]:
    made = study(ideas.idea(ideas.call(organisation=organisation)))
    return [made, made.feasibility, made.service]
