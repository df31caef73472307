"""Every change leaves a version: who, when, what; any past day can be read, compared and exported."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.participation.ideas import factories as ideas
from zenne.people.history.models import Entry
from zenne.strategy.portfolio import actions, queries
from zenne.strategy.portfolio.enums import ProjectState
from zenne.strategy.portfolio.models import Version
from zenne.strategy.portfolio.versions import differences, digest_of

from . import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def edit(project, text, now, by=None):
    return actions.edit_project(project, values={"title_fr": text}, by=by, now=now)


def test_each_change_is_kept_with_who_when_and_what():
    project = make.project()
    editor = ideas.staff(project.plan.organisation)
    edit(project, "Un", make.NOW + DAY, by=editor)
    latest = project.versions.first()
    assert (latest.number, latest.by, latest.at, latest.event) == (
        2,
        editor,
        make.NOW + DAY,
        "planned_project.edited",
    )
    assert latest.data["title"]["fr"] == "Un"
    assert latest.digest == digest_of(latest.data)


def test_saving_what_is_there_already_leaves_no_version():
    project = make.project()
    edit(project, project.title_fr, make.NOW + DAY)
    assert project.versions.count() == 1


def test_a_past_day_reads_as_it_was():
    project = make.project(state=ProjectState.SHORTLISTED)
    for days, text in ((1, "Un"), (5, "Deux")):
        edit(project, text, make.NOW + days * DAY)
    then = [queries.state_at(project.plan, make.NOW + days * DAY) for days in (-1, 1, 4, 9)]
    seen = [state and state["projects"][0] for state in then]
    assert [data and data["title"]["fr"] for data in seen] == [None, "Un", "Un", "Deux"]
    [change] = differences(seen[1], seen[3])
    assert (change.field, change.language, change.before, change.after) == ("title", "fr", "Un", "Deux")


def test_a_whole_plan_on_a_past_day_has_the_projects_that_everyone_read_then():
    plan = make.plan()
    project = make.project(plan, state=ProjectState.SHORTLISTED)
    make.project(plan)
    actions.set_state(project, to=ProjectState.STOPPED, reason=make.WHY, by=None, now=make.NOW + 3 * DAY)
    then, today = (queries.state_at(plan, make.NOW + days * DAY) for days in (1, 4))
    assert [[sheet["state"] for sheet in each["projects"]] for each in (then, today)] == [["shortlisted"], ["stopped"]]
    assert queries.state_at(plan, make.NOW - DAY) is None
    assert [domain["slug"] for domain in then["plan"]["domains"]] == ["mobility", "data"]


def test_rows_are_found_again_by_their_number():
    project = make.rich()
    before = project.versions.first().data
    line = project.lines.get()
    actions.spend(line, cents=7, by=None, now=make.NOW)
    actions.drop_risk(project.risks.get(), by=None, now=make.NOW)
    after = project.versions.first().data
    found = {(each.field, each.part): (each.before, each.after) for each in differences(before, after)}
    assert found["lines", "spent_cents"] == (0, 7)
    assert found["risks", ""][1] is None and found["risks", ""][0]["impact"] == 4


def test_several_verbs_together_leave_one_version_and_one_entry():
    project = make.project()
    entries = Entry.objects.count()
    with actions.together("planned_project.loaded", by=None, now=make.NOW):
        edit(project, "Un", make.NOW)
        make.line(project)
        actions.add_milestone(project, title=make.WHY, due_on=make.TODAY, by=None, now=make.NOW)
    assert [row.event for row in project.versions.all()] == ["planned_project.loaded", "planned_project.created"]
    assert Entry.objects.count() == entries + 1
    with actions.together("planned_project.loaded", by=None, now=make.NOW):
        edit(project, "Un", make.NOW)
    assert (project.versions.count(), Entry.objects.count()) == (2, entries + 1)


def test_the_database_changes_no_version():
    project = make.project()
    for change in ({"data": {}}, {"event": "x"}, {"at": make.NOW + DAY}, {"number": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Version.objects.filter(project=project).update(**change)


def test_the_latest_versions_are_how_things_are():
    """What exports read in one query is what the tables say."""
    from zenne.strategy.portfolio.actions.keeping import locked_project
    from zenne.strategy.portfolio.versions import sheet_of

    project = make.rich()
    [kept] = queries.sheets(project.plan.projects.all())
    assert kept == sheet_of(locked_project(project))
