"""Bodies that sit, resolve, review a plan and ask for money, made through the real actions."""

from datetime import date, datetime, timedelta

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from tests.strategy.portfolio import factories as plans
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.strategy.governance import actions
from zenne.strategy.governance.enums import EntryKind, ItemKind, Outcome
from zenne.strategy.governance.models import Call, Entry, Item, Match, Review, Seat, Sitting
from zenne.strategy.portfolio.enums import ProjectState
from zenne.strategy.portfolio.models import BudgetLine, Plan, Project

NOW = ideas.NOW
TODAY = date(2026, 6, 15)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
EVENING = NOW + timedelta(days=3)
AFTER = EVENING + timedelta(hours=2)
WHY = plans.WHY
TITLE = {"title_fr": "Le budget", "title_nl": "De begroting", "title_en": "The budget"}


def house() -> Organisation:
    return organisations.organisation(languages=["fr", "nl", "en"])


def college(organisation: Organisation | None = None) -> Body:
    return plans.body(organisation or house())


def directors(organisation: Organisation) -> Body:
    names = {"name": "Direction", "name_nl": "Directie", "name_en": "Directors"}
    return Body.objects.create(organisation=organisation, role=BodyRole.DIRECTORS, **names)


def seat(body: Body | None = None, **given: object) -> Seat:
    fixed = {"name": "Camille Peeters", "part": "Présidente", "part_nl": "Voorzitter", "since": date(2025, 1, 1)}
    made = Seat(body=body or college(), **{**fixed, **given})
    return actions.save_seat(seat=made, by=None, now=NOW)


def sitting(body: Body | None = None, **given: object) -> Sitting:
    made = Sitting(body=body or college(), **{"starts_at": EVENING, "place": "Hôtel de Ville", **given})
    return actions.save_sitting(sitting=made, by=None, now=NOW)


def item(of: Sitting | None = None, **given: object) -> Item:
    values = {"kind": ItemKind.DECISION, **TITLE, **given}
    return actions.add_item(of or sitting(), values=values, by=None, now=NOW)


def called(body: Body | None = None, **given: object) -> Sitting:
    of = sitting(body)
    item(of, **given)
    return actions.call_sitting(of, by=None, now=NOW)


def held(body: Body | None = None, **given: object) -> Sitting:
    return actions.hold_sitting(called(body, **given), by=None, now=AFTER)


def manager(organisation: Organisation) -> Person:
    return ideas.staff(organisation)


def resolved(of: Item, outcome: Outcome = Outcome.ADOPTED, *, now: datetime = AFTER):
    by = manager(of.sitting.body.organisation)
    return actions.resolve(of, outcome=outcome, reference="2026/0618/3", reason=WHY, by=by, now=now)


def review(plan: Plan | None = None, **given: object) -> Review:
    """Of the first quarter of 2026."""
    plan = plan or plans.plan(house())
    body = plan.organisation.bodies.filter(role=BodyRole.COLLEGE).first() or college(plan.organisation)
    fixed = {"body": body, "starts_on": FIRST, "ends_on": LAST, "by": None, "now": NOW}
    return actions.open_review(plan, **{**fixed, **given})


def reported(plan: Plan | None = None) -> Review:
    made = actions.finish_measuring(review(plan), by=None, now=NOW)
    made = actions.conclude(made, conclusion=WHY, by=None, now=NOW)
    return actions.report(made, by=None, now=NOW)


def funded(plan: Plan) -> BudgetLine:
    return plans.line(plans.project(plan, state=ProjectState.SHORTLISTED), 100_000_00)


def waiting_for_decision(line: BudgetLine) -> Review:
    """A round that proposes to commit half of a line, with a revision."""
    made = reported(line.project.plan)
    money = {"planned_cents": line.planned_cents, "committed_cents": line.planned_cents // 2}
    actions.change_money(made, line, **money, reason=WHY, by=None, now=NOW)
    return actions.propose(made, reason=WHY, by=None, now=NOW)


def decided(of: Review, outcome: Outcome = Outcome.ADOPTED) -> Review:
    meeting = sitting(of.body)
    actions.put_on_agenda(of, meeting, by=None, now=NOW)
    actions.call_sitting(meeting, by=None, now=NOW)
    actions.hold_sitting(meeting, by=None, now=AFTER)
    resolved(meeting.items.get(), outcome)
    return Review.objects.get(pk=of.pk)


def call(organisation: Organisation | None = None, **given: object) -> Call:
    fixed = {
        "funder": "Commission européenne",
        "title": "Quartiers à énergie positive",
        "title_nl": "Positieve energiewijken",
        "title_en": "Positive energy districts",
        "due_on": TODAY + timedelta(days=40),
        "dossier": "Budget\nLettre du partenaire",
    }
    made = Call(organisation=organisation or house(), **{**fixed, **given})
    return actions.save_call(call=made, by=None, now=NOW)


def match(of: Call | None = None, project: Project | None = None) -> Match:
    of = of or call()
    project = project or plans.project(plans.plan(of.organisation))
    return actions.match_project(of, project, asked_cents=250_000_00, by=None, now=NOW)


def entry(organisation: Organisation | None = None, kind: EntryKind = EntryKind.EVENT, **given: object) -> Entry:
    fixed = {
        "title": "Congrès des villes",
        "title_nl": "Congres van steden",
        "title_en": "Congress of cities",
        "with_whom": "Eurocities",
        "starts_on": date(2026, 5, 4),
        "ends_on": date(2026, 5, 6),
    }
    made = Entry(organisation=organisation or house(), kind=kind, **{**fixed, **given})
    return actions.save_entry(entry=made, by=None, now=NOW)


def make_for(organisation: Organisation) -> list[Model]:
    """One of each thing that staff have a screen for."""
    body = college(organisation)
    meeting = called(body)
    application = match(call(organisation))
    return [
        seat(body),
        meeting,
        meeting.items.get(),
        review(plans.plan(organisation), body=body),
        application.call,
        application,
        application.pieces.first(),
        entry(organisation),
    ]
