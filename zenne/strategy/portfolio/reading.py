"""The sheet of one project, read by its key: plain words that are planned once (`core.prepared`). A public page of a project is made of a dozen such questions, and phrasing
each anew would take longer than all their answers."""

from zenne.core.prepared import rows_of
from zenne.places.areas.models import Area

from .models import BudgetLine, Involvement, Milestone, Objective, Project, Risk, Site

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


def lines(project: Project) -> list[BudgetLine]:
    """Its money, the first year first."""
    words = "where portfolio_budgetline.project_id = %s order by portfolio_budgetline.year, portfolio_budgetline.id"
    return rows_of(BudgetLine, words, [project.pk], ("decision__process",))


def milestones(project: Project) -> list[Milestone]:
    return rows_of(Milestone, "where project_id = %s order by due_on, id", [project.pk])


def risks(project: Project) -> list[Risk]:
    """Those that are not over, the gravest first."""
    words = "where project_id = %s and closed_on is null order by impact desc, likelihood desc, id"
    return rows_of(Risk, words, [project.pk])


def involvements(project: Project) -> list[Involvement]:
    words = "where portfolio_involvement.project_id = %s order by part, portfolio_involvement.id"
    return rows_of(Involvement, words, [project.pk], ("department", "partner"))


def objectives(project: Project) -> list[Objective]:
    words = """
        join portfolio_project_objectives as link on link.objective_id = portfolio_objective.id
        where link.project_id = %s order by number, portfolio_objective.id
    """
    return rows_of(Objective, words, [project.pk])


def areas(project: Project) -> list[Area]:
    words = """
        join portfolio_project_areas as link on link.area_id = areas_area.id
        where link.project_id = %s order by kind, name_fr, areas_area.id
    """
    return rows_of(Area, words, [project.pk], without=("outline",))


def sites(project: Project) -> list[Site]:
    return rows_of(Site, "where project_id = %s order by id", [project.pk])
