"""Projects of plans and their money for everyone, one row each."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import shown
from zenne.opendata.api.representations import absolute
from zenne.opendata.exports.kinds import STEP, Audience, Column, Dataset, Row, Wish, datasets

from .enums import PUBLIC, Funding, Health, ProjectState
from .models import BudgetLine, Project
from .queries import public_projects

PROJECTS = (
    Column("plan", _("Plan"), _("Its address.")),
    Column("number", _("Number"), _("Within the plan, for life.")),
    Column("project", _("Project"), _("Its title, in the language of the file.")),
    Column("domain", _("Domain"), _("Its address within the plan.")),
    Column("carrier", _("Carrier"), _("The department that carries it.")),
    Column("state", _("State"), _("A word for programs that stays the same.")),
    Column("state_label", _("State in words")),
    Column("since", _("Since"), _("The day it came to this state.")),
    Column("state_reason", _("Reason"), _("Why it stopped, went back or began again.")),
    Column("health", _("Health"), _("How it does, apart from its state.")),
    Column("health_label", _("Health in words")),
    Column("health_on", _("Said on"), _("The day its health was said.")),
    Column("starts", _("From")),
    Column("ends", _("Until")),
    Column("objectives", _("Objectives"), _("How many it works for.")),
    Column("indicators", _("Indicators"), _("How many it is measured by.")),
    Column("origins", _("Origins"), _("How many ideas, selections, decisions and recommendations it takes up.")),
    Column("changed", _("Last change")),
    Column("url", _("Page")),
)
MONEY = (
    Column("plan", _("Plan"), _("Its address.")),
    Column("number", _("Number"), _("Within the plan, for life.")),
    Column("project", _("Project"), _("Its title, in the language of the file.")),
    Column("source", _("Source of the money"), _("own, regional, federal, european or private.")),
    Column("source_label", _("Source in words")),
    Column("funder", _("Funder")),
    Column("year", _("Year")),
    Column("planned_cents", _("Planned"), _("In cents of a euro.")),
    Column("committed_cents", _("Committed"), _("In cents of a euro.")),
    Column("spent_cents", _("Spent"), _("In cents of a euro.")),
    Column("reference", _("Reference of the decision"), _("As in the minutes of the body.")),
    Column("decided", _("Decided"), _("The day of the decision.")),
    Column("url", _("Page")),
)


def _asked(rows: QuerySet[Project], wish: Wish) -> QuerySet[Project]:
    """Only of one plan where its address is given."""
    plan = wish.asked.get("plan", "")
    return rows.filter(plan__slug=plan) if plan else rows


def _projects(wish: Wish) -> QuerySet[Project]:
    return _asked(public_projects(), wish)


def _project_rows(wish: Wish) -> Iterator[Row]:
    counted = _projects(wish).annotate(
        for_objectives=Count("objectives", distinct=True),
        by_indicators=Count("measures", distinct=True),
        from_origins=Count("origins", distinct=True),
    )
    for row in counted.order_by("plan_id", "number").iterator(chunk_size=STEP):
        yield (
            row.plan.slug,
            row.number,
            str(row),
            row.domain.slug,
            str(row.carrier) if row.carrier else None,
            row.state,
            str(ProjectState(row.state).label),
            row.state_since.isoformat(),
            shown(row, "state_reason")[0] or None,
            row.health,
            str(Health(row.health).label),
            row.health_on.isoformat() if row.health_on else None,
            row.starts_on.isoformat() if row.starts_on else None,
            row.ends_on.isoformat() if row.ends_on else None,
            row.for_objectives,
            row.by_indicators,
            row.from_origins,
            row.changed_at.isoformat(timespec="seconds"),
            absolute(row.get_absolute_url()),
        )


def _lines(wish: Wish) -> QuerySet[BudgetLine]:
    found = BudgetLine.objects.filter(project__in=_projects(wish).values("pk"), project__state__in=PUBLIC)
    return found.select_related("project__plan")


def _money_rows(wish: Wish) -> Iterator[Row]:
    ordered = _lines(wish).order_by("project__plan_id", "project__number", "year", "pk")
    for line in ordered.iterator(chunk_size=STEP):
        yield (
            line.project.plan.slug,
            line.project.number,
            str(line.project),
            line.source,
            str(Funding(line.source).label),
            line.funder or None,
            line.year,
            line.planned_cents,
            line.committed_cents,
            line.spent_cents,
            line.reference or None,
            line.decided_on.isoformat() if line.decided_on else None,
            absolute(line.project.get_absolute_url()),
        )


datasets.register(
    "planned-projects",
    Dataset(
        label=_("Projects of plans"),
        about=_("One row per project that everyone can read: where it is, how it does, who carries it."),
        columns=PROJECTS,
        count=lambda wish: _projects(wish).count(),
        rows=_project_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Nobody is named."),
        named="planned-projects",
        order=30,
    ),
)
datasets.register(
    "planned-money",
    Dataset(
        label=_("Money of plans"),
        about=_("One row per project and source of money: planned, committed and spent, to the cent."),
        columns=MONEY,
        count=lambda wish: _lines(wish).count(),
        rows=_money_rows,
        audience=Audience.EVERYONE,
        anonymity=_("Nobody is named."),
        named="planned-money",
        order=31,
    ),
)
