"""One project, read by its key in plain words that are planned once (`core.prepared`): its public page is made of a dozen small lists, and phrasing a question for each would
take longer than all their answers."""

from typing import Any

from zenne.core.prepared import Lists, Rows, Whether, rows_of
from zenne.places.areas.models import Area

from .models import BudgetLine, Involvement, Milestone, Objective, Post, Project, Risk, Site

WITH_IT = (
    *("plan__organisation", "domain", "carrier"),
    *("validated_by__body", "validated_by__decision__process"),
)
LONG = ("validated_by__snapshot", "validated_by__named", "validated_by__reason", "validated_by__answer")


def at(plan: str, slug: str) -> Project | None:
    """The project at an address, with all that its pages begin with."""
    address = "where plan.slug = %s and portfolio_project.slug = %s"
    for found in rows_of(Project, address, [plan, slug], WITH_IT, LONG):
        found.domain.plan = found.plan
        return found
    return None


HERE = "where project_id = %(project)s"
SHEET = Lists(
    lines=Rows(
        BudgetLine,
        f"{HERE} order by portfolio_budgetline.year, portfolio_budgetline.id",
        along=("decision__process",),
    ),
    areas=Rows(
        Area,
        """join portfolio_project_areas as link on link.area_id = areas_area.id
        where link.project_id = %(project)s order by kind, name_fr, areas_area.id""",
        without=("outline",),
    ),
    sites=Rows(Site, f"{HERE} order by id"),
    objectives=Rows(
        Objective,
        """join portfolio_project_objectives as link on link.objective_id = portfolio_objective.id
        where link.project_id = %(project)s order by number, portfolio_objective.id""",
    ),
    involved=Rows(Involvement, f"{HERE} order by part, portfolio_involvement.id", along=("department", "partner")),
    milestones=Rows(Milestone, f"{HERE} order by due_on, id"),
    risks=Rows(Risk, f"{HERE} and closed_on is null order by impact desc, likelihood desc, id"),
    posts=Rows(Post, f"{HERE} and withdrawn_at is null order by published_at desc, id desc limit %(posts)s"),
    # what hangs on few projects: where there is none, nothing more is asked
    pilots=Whether(f"select from portfolio_pilot {HERE}"),
    origins=Whether(f"select from portfolio_origin {HERE}"),
    files=Whether(f"select from portfolio_attachment {HERE}"),
    waits_for=Whether(f"select from portfolio_dependency {HERE}"),
    awaited_by=Whether("select from portfolio_dependency where on_id = %(project)s"),
    parts=Whether("select from portfolio_project where split_from_id = %(project)s"),
    merged=Whether("select from portfolio_project where merged_into_id = %(project)s"),
    debated=Whether("select from portfolio_debate where plan_id = %(plan)s"),
)
MOST_POSTS = 12


def sheet(project: Project) -> dict[str, Any]:
    """What is entered on its sheet, each list in its order, and what else there may be of it."""
    return SHEET.read(project=project.pk, plan=project.plan_id, posts=MOST_POSTS)
