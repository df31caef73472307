"""Advices made through the real actions: what a neighbourhood council asks of the College."""

from datetime import date, timedelta

from django.db.models import Model

from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from zenne.participation.advices import actions
from zenne.participation.advices.actions import Asked
from zenne.participation.advices.enums import Verdict
from zenne.participation.advices.models import Advice
from zenne.participation.processes.models import Process
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation

NOW = ideas.NOW
TODAY = date(2026, 6, 15)
DUE = TODAY + timedelta(days=60)
ISSUER = {"fr": "Le conseil de quartier", "nl": "De wijkraad", "en": "The neighbourhood council"}
TITLE = {"fr": "De l'ombre", "nl": "Schaduw", "en": "Shade"}
TEXT = {"fr": "Nous avons marché.", "nl": "Wij hebben gewandeld.", "en": "We walked."}
WHY = {"fr": "Le budget est prévu.", "nl": "Het budget is voorzien.", "en": "The budget is there."}
NO = {"fr": "La rue est régionale.", "nl": "De straat is gewestelijk.", "en": "The street belongs to the Region."}


def asked(number: int = 1) -> Asked:
    return Asked(
        title={"fr": f"Demande {number}", "nl": f"Vraag {number}", "en": f"Request {number}"},
        text={"fr": "Planter des arbres.", "nl": "Bomen planten.", "en": "Plant trees."},
    )


def issued(
    process: Process | None = None,
    recommendations: int = 2,
    *,
    asks: list[Asked] | None = None,
    by: Person | None = None,
    **given: object,
) -> Advice:
    process = process or ideas.process()
    words = {
        "issuer": ISSUER,
        "body": given.pop("body", None) or decisions.body(process.organisation),
        "title": TITLE,
        "text": TEXT,
        "recommendations": asks if asks is not None else [asked(number) for number in range(1, recommendations + 1)],
        "due_on": DUE,
        "now": NOW,
        **given,
    }
    return actions.issue(process, by=by or ideas.staff(process.organisation), **words)


def answered(advice: Advice | None = None, *, refused: int = 1, now: object = NOW, by: Person | None = None) -> Advice:
    """Every recommendation is taken up, but for the last `refused`."""
    advice = advice or issued()
    by = by or ideas.staff(advice.process.organisation)
    rows = list(advice.recommendations.order_by("position"))
    for each in rows:
        no = each.position > len(rows) - refused
        actions.answer(each, verdict=Verdict.REFUSED if no else Verdict.TAKEN, reason=NO if no else WHY, by=by)
    return actions.publish_answer(advice, by=by, now=now)


def make_for(organisation: Organisation) -> list[Model]:
    return [answered(issued(ideas.process(organisation)))]
