"""A plan brought in from a file: what is new, changed and the same, and what a rule refuses, by line."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.people.organisations.factories import member, organisation
from zenne.participation.decisions.models import Body
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role
from zenne.places.areas.models import Area
from zenne.strategy.indicators.models import Definition, Indicator, Measurement
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState, RevisionState
from zenne.strategy.portfolio.models import Partner, Plan, Project, Revision, Version
from zenne.strategy.portfolio.planfiles import bundled
from zenne.strategy.portfolio.planfiles.bringing import bring_in
from zenne.strategy.portfolio.planfiles.reading import Faulty, read

from .small import TEXT, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SORTS = (Plan, Project, Partner, Indicator, Measurement, Revision, Version, Definition, Body, Entry)


@pytest.fixture
def jette():
    commune = Area.objects.create(kind="commune", code="21010", name_fr="Jette", name_nl="Jette")
    Area.objects.create(kind="district", code="72", name_fr="Jette Centre", name_nl="Jette Centrum", parent=commune)
    return organisation("Jette")


def load(of, *changes, now=NOW, **options):
    return bring_in(read(told(*changes)), organisation=of, by=None, now=now, **options)


def rows():
    return {model.__name__: model.objects.count() for model in SORTS}


def project(slug):
    return Project.objects.get(slug=slug)


def test_a_new_plan_stands_as_the_file_says(jette):
    summary = load(jette)
    plan = Plan.objects.get(slug="green-town")
    assert (plan.state, plan.published_at, plan.name_nl) == ("valid", NOW, "Groene stad")
    assert [(each.kind, each.number) for each in plan.domains.order_by("slug")] == [("foundation", 1), ("domain", 1)]
    planes = project("plane-trees")
    assert (planes.number, planes.state, planes.state_since) == (1, ProjectState.ONGOING, date(2023, 3, 31))
    assert (planes.carrier.slug, planes.source, planes.source_note_nl) == (
        "parks",
        "Le plan imprimé, 5.1",
        "Twee versies",
    )
    assert (planes.health, planes.health_reason_en) == ("at_risk", "Dry")
    assert [site.name_fr for site in planes.sites.all()] == ["Parc"]
    assert {str(each.partner or each.department) for each in planes.involvements.all()} == {
        "Université",
        "Espaces verts",
    }
    assert [step.done_on for step in planes.milestones.all()] == [date(2022, 11, 30), None]
    assert sum(line.planned_cents for line in planes.lines.all()) == 150_050
    assert [line.spent_cents for line in planes.lines.filter(key="town")] == [95_025]
    assert project("tree-school").state == ProjectState.VALIDATED
    assert [each.on.slug for each in project("tree-school").needed.all()] == ["plane-trees"]
    assert {kind: dict(counted) for kind, counted in summary.counts.items()}["projects"] == {"new": 3}


def test_who_carries_the_plan_stands_beside_who_decides_once(jette):
    load(jette)
    load(jette, now=LATER)
    assert sorted(jette.bodies.values_list("role", flat=True)) == ["cell", "college"]
    assert str(jette.bodies.get(role="cell").name_nl) == "Groene cel"


def test_what_names_no_place_happens_where_the_plan_does(jette):
    load(jette)
    assert [area.code for area in project("tree-school").areas.all()] == ["21010"]
    assert [area.code for area in project("orchard").areas.all()] == ["72"]


def test_the_decision_that_the_file_tells_is_a_revision_of_its_body(jette):
    load(jette)
    revision = Revision.objects.get()
    assert (revision.state, revision.reference, revision.decided_on) == (
        RevisionState.VALID,
        "C-2023-03",
        date(2023, 3, 20),
    )
    assert (revision.body.role, revision.body.name_fr) == ("college", "Collège")
    assert revision.decision is None
    assert set(revision.named) == {project("plane-trees").pk, project("tree-school").pk}
    assert project("plane-trees").validated_by == revision


def test_entered_by_a_manager_the_decision_stands_among_those_that_everyone_reads(jette):
    manager = member(jette, Role.MANAGER)
    bring_in(read(told()), organisation=jette, by=manager, now=NOW)
    decision = Revision.objects.get().decision
    assert (decision.reference, decision.title_nl, decision.published_at) == ("C-2023-03", "Groene stad", NOW)
    assert decision.body.role == "college"


def test_a_project_on_the_shortlist_is_not_part_of_the_decision(jette):
    load(jette)
    orchard = project("orchard")
    assert (orchard.state, orchard.state_since, orchard.validated_by) == (
        ProjectState.SHORTLISTED,
        date(2023, 3, 31),
        None,
    )


def test_a_body_with_that_role_is_taken_where_there_is_one(jette):
    college = Body.objects.create(organisation=jette, role="college", name="Notre Collège")
    load(jette)
    assert Revision.objects.get().body == college
    assert list(Body.objects.filter(role="college")) == [college]


def test_an_indicator_is_published_with_its_values_and_frozen_by_the_money(jette):
    load(jette)
    indicator = Indicator.objects.get(slug="trees-planted")
    assert (indicator.state, indicator.source_en, indicator.baseline_value) == ("active", "The printed plan, 5.1", 0)
    values = [(each.value, each.evidence, each.state) for each in indicator.measurements.order_by("start")]
    assert values == [(20, "reported", "published"), (45, "measured", "published")]
    assert [(each.day, each.value) for each in indicator.targets.all()] == [(date(2025, 12, 31), Decimal(100))]
    assert {str(each.thing) for each in indicator.measures.all()} == {"Platanes", "De l'ombre", "Arbres"}
    assert indicator.definitions.count() == 1


def test_loaded_again_the_same_file_changes_nothing(jette):
    load(jette)
    before = rows()
    summary = load(jette, now=LATER)
    assert rows() == before
    assert summary.lines == []
    assert summary.totals["same"] > 0


def test_what_differs_is_written_again_and_leaves_a_version(jette):
    load(jette)
    versions = Version.objects.count()
    summary = load(
        jette,
        ("en: Trees are planted", "en: Two hundred trees are planted"),
        ("helix: knowledge", "helix: civil"),
        ("planned: 500}", "planned: 600}"),
        ("due: 2025-12-31, title", "due: 2026-06-30, title"),
        now=LATER,
    )
    assert sorted(summary.lines) == ["changed partner: university", "changed project: plane-trees"]
    planes = project("plane-trees")
    assert planes.summary_en == "Two hundred trees are planted"
    moved = planes.milestones.get(key="last")
    assert (moved.first_due_on, moved.due_on, bool(moved.moved_reason)) == (date(2025, 12, 31), date(2026, 6, 30), True)
    assert Version.objects.count() == versions + 1


def test_a_published_value_that_differs_is_revised_and_the_old_one_stays(jette):
    load(jette)
    summary = load(jette, ("value: 45", "value: 44"), now=LATER)
    assert summary.lines == ["changed measurement: trees-planted"]
    stand = Measurement.objects.filter(start=date(2022, 1, 1)).order_by("revision")
    assert [(each.value, each.state) for each in stand] == [(45, "revised"), (44, "published")]
    assert stand[1].because_nl


def test_a_frozen_definition_that_differs_has_a_second_one(jette):
    load(jette)
    load(jette, ("value: 100", "value: 120"), now=LATER)
    assert Indicator.objects.get(slug="trees-planted").definitions.count() == 2


def test_what_the_file_does_not_name_any_more_stays(jette):
    load(jette)
    start, end = TEXT.index("  - key: orchard"), TEXT.index("indicators:")
    bring_in(read((TEXT[:start] + TEXT[end:]).encode()), organisation=jette, by=None, now=LATER)
    assert project("orchard").state == ProjectState.SHORTLISTED


def test_a_state_that_staff_changed_stays(jette):
    load(jette)
    actions.set_state(project("plane-trees"), to=ProjectState.ACHIEVED, by=None, now=LATER)
    load(jette, ("en: Trees are planted", "en: More trees"), now=LATER)
    assert project("plane-trees").state == ProjectState.ACHIEVED


def test_a_project_that_was_merged_stays_as_it_ended(jette):
    load(jette)
    reason = {"fr": "Un seul", "nl": "Eén", "en": "One"}
    actions.merge([project("tree-school")], into=project("plane-trees"), reason=reason, by=None, now=LATER)
    load(jette, ("en: Tree school}", "en: School of trees}"), now=LATER)
    assert project("tree-school").title_en == "Tree school"


def test_new_decided_projects_need_the_decision_that_named_them(jette):
    start, end = TEXT.index("  - key: tree-school"), TEXT.index("  - key: orchard")
    bring_in(read((TEXT[:start] + TEXT[end:]).encode()), organisation=jette, by=None, now=NOW)
    with pytest.raises(Faulty) as caught:
        load(jette, now=LATER)
    [fault] = caught.value.faults
    assert fault.spot.line == TEXT[:start].count("\n") + 1
    assert "C-2023-03" in fault.reason
    load(jette, ("reference: C-2023-03", "reference: C-2023-09"), now=LATER)
    assert project("tree-school").validated_by.reference == "C-2023-09"
    assert Revision.objects.filter(state=RevisionState.VALID).count() == 2


def test_a_check_tells_everything_and_keeps_nothing(jette):
    before = rows()
    summary = load(jette, check=True)
    assert summary.totals["new"] > 10
    assert rows() == before


@pytest.mark.parametrize(
    ("changes", "line", "reason"),
    [
        ([("areas: [district:72]", "areas: [district:9999]")], "areas: [district:9999]", "no area"),
        ([('unit: ""', "unit: (")], "- key: trees-planted", ""),
        ([("day: 2025-12-31", "day: 2019-12-31")], "- key: trees-planted", "after the day of the baseline"),
    ],
    ids=["area", "unit", "target"],
)
def test_what_only_the_platform_can_refuse_is_named_by_line_and_nothing_is_kept(jette, changes, line, reason):
    text = told(*changes).decode()
    before = rows()
    with override("en"), pytest.raises(Faulty) as caught:
        bring_in(read(text.encode()), organisation=jette, by=None, now=NOW)
    [fault] = caught.value.faults
    assert fault.spot.line == text[: text.index(line)].count("\n") + 1
    assert reason in fault.reason
    assert rows() == before


def test_a_plan_of_another_organisation_is_not_taken(jette):
    load(jette)
    with pytest.raises(Faulty) as caught:
        load(organisation("Forest"))
    assert jette.slug in str(caught.value)


def test_somebody_who_may_not_manage_loads_nothing(jette):
    editor = member(jette, Role.EDITOR)
    with pytest.raises(Faulty):
        bring_in(read(told()), organisation=jette, by=editor, now=NOW)
    assert not Plan.objects.exists()


@pytest.mark.parametrize("path", bundled.paths(), ids=lambda path: path.stem)
def test_the_plans_that_come_along_load_twice_and_the_second_changes_nothing(path, jette):
    file = read(path.read_bytes())
    wanted = {each.key for project in file.projects for each in (*project.areas, *file.plan.areas)}
    there = {f"{area.kind}:{area.code}" for area in Area.objects.all()}
    for key in sorted(wanted - there):
        kind, code = key.split(":")
        Area.objects.create(kind=kind, code=code, name_fr=key, name_nl=key)
    first = bring_in(file, organisation=jette, by=None, now=NOW)
    assert first.counts["projects"]["new"] == len(file.projects) == Project.objects.count()
    states = dict(Project.objects.values_list("slug", "state"))
    assert states == {each.key: each.state for each in file.projects}
    assert bring_in(file, organisation=jette, by=None, now=LATER).lines == []
