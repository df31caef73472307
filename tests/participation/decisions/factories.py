"""What a College decides about what a jury kept, made through the real actions."""

from datetime import date, timedelta

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.participation.selections import factories as selections
from tests.people.organisations import factories as organisations
from zenne.participation.decisions import actions
from zenne.participation.decisions.models import Body, Commitment, Decision
from zenne.participation.ideas.models import Idea
from zenne.participation.selections.models import Selection
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW
LATER = NOW + timedelta(days=2)
TODAY = date(2026, 6, 17)
YES = {"fr": "Le budget est prévu.", "nl": "Het budget is voorzien.", "en": "The budget is there."}
NO = {"fr": "La rue est régionale.", "nl": "De straat is gewestelijk.", "en": "The street belongs to the Region."}


def body(organisation: Organisation) -> Body:
    names = {"name": "Collège", "name_nl": "College", "name_en": "College"}
    return Body.objects.create(organisation=organisation, **names)


def values(organisation: Organisation, **given: object) -> dict[str, object]:
    texts = {f"title_{code}": f"Décision {code}" for code in ("fr", "nl", "en")}
    fixed = {"reference": "2026/0617/12", "decided_on": TODAY}
    return {"body": body(organisation), **fixed, **texts, **given}


def prepared(source: Selection | None = None, *, by: Person | None = None, **given: object) -> Decision:
    """About what a jury kept: one idea, if nothing else is said."""
    source = source or selections.published([ideas.idea()])
    organisation = source.process.organisation
    by = by or ideas.staff(organisation)
    return actions.prepare(source, values=values(organisation, **given), by=by, now=LATER)


def published(accepted: list[Idea], refused: list[Idea] = (), *, by: Person | None = None, **given: object) -> Decision:
    made = prepared(selections.published([*accepted, *refused]), by=by, **given)
    by = by or ideas.staff(made.process.organisation)
    for ruling in made.rulings.all():
        yes = ruling.idea in accepted
        actions.rule(ruling, accepted=yes, reason=YES if yes else NO, by=by)
    return actions.publish(made, by=by, now=LATER)


def commitment(idea: Idea | None = None) -> Commitment:
    return published([idea or ideas.idea()]).commitments.get()


def make_for(organisation: Organisation) -> list[Model]:
    made = commitment(ideas.idea(ideas.call(organisation=organisation)))
    return [made, made.decision, made.decision.body, of_body(body(organisation))]


def of_body(of: Body | None = None, *, by: Person | None = None, **given: object) -> Decision:
    """About something else than ideas, and public."""
    of = of or body(organisations.organisation())
    by = by or ideas.staff(of.organisation)
    made = actions.prepare(None, values=values(of.organisation, body=of, **given), by=by, now=LATER)
    return actions.publish(made, by=by, now=LATER)
