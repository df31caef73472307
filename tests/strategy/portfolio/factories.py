"""A plan with domains and projects, made through the real actions."""

from datetime import date, timedelta
from itertools import count

from django.db.models import Model

from tests.participation.ideas import factories as ideas
from tests.people.organisations import factories as organisations
from zenne.participation.decisions.enums import BodyRole
from zenne.participation.decisions.models import Body
from zenne.participation.processes.models import Activity, Phase
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.strategy.indicators.models import Indicator
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import Funding, NeedFrom, Part, ProjectState
from zenne.strategy.portfolio.models import Debate, Department, Domain, Partner, Plan, Project, Revision

NOW = ideas.NOW
LATER = NOW + timedelta(days=30)
TODAY = date(2026, 6, 15)
WHY = {"fr": "Parce que c'est utile.", "nl": "Omdat het nuttig is.", "en": "Because it is useful."}
_number = count(1)


def words(name: str, text: str) -> dict[str, str]:
    """Values of one field in three languages, as a form gives them."""
    return {f"{name}_{code}": f"{text} ({code})" for code in ("fr", "nl", "en")}


def plan(organisation: Organisation | None = None, *, published: bool = True, **values: object) -> Plan:
    """A published plan, not in force, with the domain `mobility` and the foundation `data`."""
    organisation = organisation or organisations.organisation()
    given = {**words("name", "Plan"), **words("summary", "En bref"), **values}
    with actions.together("plan.created", by=None, now=NOW):
        made = actions.create_plan(organisation, slug=f"plan-{next(_number)}", values=given, by=None, now=NOW)
        domain(made, "mobility")
        domain(made, "data", kind="foundation")
        return actions.publish_plan(made, by=None, now=NOW) if published else made


def domain(of: Plan, slug: str, **values: object) -> Domain:
    given = {**words("name", slug.title()), **values}
    return actions.write_domain(of, slug=slug, values=given, by=None, now=NOW)


def department(organisation: Organisation, slug: str = "mobility") -> Department:
    return actions.write_department(organisation, slug=slug, values=words("name", slug.title()), by=None, now=NOW)


def partner(organisation: Organisation, slug: str = "university") -> Partner:
    given = {"helix": "knowledge", **words("name", slug.title())}
    return actions.write_partner(organisation, slug=slug, values=given, by=None, now=NOW)


def project(of: Plan | None = None, *, state: ProjectState = ProjectState.LONGLISTED, **values: object) -> Project:
    """A project, led to `state` by real steps: what is decided was decided by the College."""
    of = of or plan()
    number = next(_number)
    given = {"domain": of.domains.get(slug="mobility"), **words("title", f"Projet {number}")}
    given |= {**words("summary", "En bref"), **words("why", "Il le faut"), **values}
    made = actions.add_project(of, slug=f"project-{number}", values=given, by=None, now=NOW)
    way = {
        ProjectState.SHEET: [ProjectState.SHEET],
        ProjectState.SHORTLISTED: [ProjectState.SHEET, ProjectState.SHORTLISTED],
        ProjectState.VALIDATED: [ProjectState.SHEET, ProjectState.SHORTLISTED],
        ProjectState.ONGOING: [ProjectState.SHEET, ProjectState.SHORTLISTED],
        ProjectState.ACHIEVED: [ProjectState.SHEET, ProjectState.SHORTLISTED],
    }
    for step in way.get(state, []):
        made = actions.set_state(made, to=step, by=None, now=NOW)
    if state in (ProjectState.VALIDATED, ProjectState.ONGOING, ProjectState.ACHIEVED):
        decided(of)
    if state in (ProjectState.ONGOING, ProjectState.ACHIEVED):
        made = actions.set_state(made, to=ProjectState.ONGOING, by=None, now=NOW)
    if state == ProjectState.ACHIEVED:
        made = actions.set_state(made, to=ProjectState.ACHIEVED, by=None, now=NOW)
    made.refresh_from_db()
    return made


def body(organisation: Organisation, role: BodyRole = BodyRole.COLLEGE) -> Body:
    names = {"name": "Collège", "name_nl": "College", "name_en": "College"}
    return Body.objects.create(organisation=organisation, role=role, **names)


def decided(of: Plan, **given: object) -> Revision:
    """A revision of the plan as it stands, adopted by the College."""
    proposed = actions.propose(of, reason=WHY, by=None, now=NOW)
    fixed = {"body": body(of.organisation), "reference": "2026/0615/1", "decided_on": TODAY, "by": None, "now": NOW}
    return actions.make_valid(proposed, **{**fixed, **given})


def indicator(organisation: Organisation, slug: str = "", **more: object) -> Indicator:
    """One that is measured by hand once a year."""
    given = {
        "name": "Part du vélo",
        "name_nl": "Aandeel fiets",
        "name_en": "Share of cycling",
        "unit": "%",
        "state": "active",
    }
    return Indicator.objects.create(
        organisation=organisation,
        slug=slug or f"cycling-{next(_number)}",
        created_at=NOW,
        changed_at=NOW,
        **given,
        **more,
    )


def line(of: Project, cents: int = 1_000_000_05, **values: object):
    given = {"source": Funding.OWN, "year": 2026, "planned_cents": cents, **values}
    return actions.write_line(of, values=given, by=None, now=NOW)


def rich(of: Plan | None = None, *, by: Person | None = None) -> Project:
    """A project with one of everything."""
    made = project(of, state=ProjectState.ONGOING)
    organisation = made.plan.organisation
    with actions.together("planned_project.edited", by=by, now=NOW):
        actions.involve(made, partner=partner(organisation), part=Part.ADVISES, by=by, now=NOW)
        actions.commit_money(line(made), cents=400_000_01, reference="2026/0601/9", decided_on=TODAY, by=by, now=NOW)
        actions.add_milestone(made, title=WHY, due_on=TODAY + timedelta(days=60), by=by, now=NOW)
        actions.write_risk(made, values={"likelihood": 2, "impact": 4, **words("title", "Retard")}, by=by, now=NOW)
        actions.measure(made, indicator=indicator(organisation), by=by, now=NOW)
        links = actions.Links(sites=[(WHY, 4.3517, 50.8466)])
        made = actions.edit_project(made, values={}, links=links, by=by, now=NOW)
    made.refresh_from_db()
    return made


def need(of: Plan, **values: object):
    given = {"comes_from": NeedFrom.DEPARTMENT, "department": department(of.organisation), **words("title", "Ombre")}
    return actions.express_need(of, values={**given, **values}, by=None, now=NOW)


def debate(of: Plan, **given: object) -> Debate:
    """An activity, open since yesterday, in which the projects of the plan are talked about."""
    process = ideas.process(of.organisation)
    phase = Phase.objects.create(process=process, position=1, title="Suivi", opens_at=NOW - timedelta(days=1))
    activity = Activity.objects.create(phase=phase, kind="debate", title="Discussion")
    return Debate.objects.create(activity=activity, plan=of, **given)


def make_for(organisation: Organisation) -> list[Model]:
    """One of each thing that staff have a screen for."""
    made = rich(plan(organisation))
    asked = need(made.plan)
    pilot = actions.write_pilot(
        made,
        values={"indicator": indicator(organisation), "starts_on": TODAY, **words("hypothesis", "Plus vite")},
        by=None,
        now=NOW,
    )
    revision = made.plan.revisions.get()
    objective = actions.write_objective(made.plan, slug="air", values=words("title", "Air"), by=None, now=NOW)
    post = actions.publish_post(made, title=WHY, text=WHY, by=None, now=NOW)
    return [
        made.plan,
        made.plan.domains.first(),
        objective,
        made,
        asked,
        asked.department,
        made.involvements.get().partner,
        made.lines.get(),
        made.milestones.get(),
        made.risks.get(),
        pilot,
        post,
        revision,
        debate(made.plan),
    ]
