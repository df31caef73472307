"""What leaves the house as files and messages, and what is known of people."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from tests.participation.ideas import factories as ideas
from zenne.opendata.exports.kinds import Wish, datasets
from zenne.opendata.webhooks.kinds import webhooks
from zenne.people.accounts.personal_data import personal_data
from zenne.people.history.kinds import events
from zenne.people.history.models import Entry
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState
from zenne.strategy.portfolio.models import Follow, Version

from . import factories as make

pytestmark = pytest.mark.django_db
WISH = Wish(now=make.NOW + timedelta(days=1))


def rows_of(key, **asked):
    with override("en"):
        found = list(datasets[key].rows(Wish(now=WISH.now, asked=asked)))
    assert all(len(row) == len(datasets[key].columns) for row in found)
    assert datasets[key].count(Wish(now=WISH.now, asked=asked)) == len(found)
    return [dict(zip([column.name for column in datasets[key].columns], row, strict=True)) for row in found]


def test_projects_and_their_money_are_files_for_everyone():
    project = make.rich()
    make.line(make.project(project.plan))
    [row] = rows_of("planned-projects")
    assert (row["plan"], row["state"], row["indicators"]) == (project.plan.slug, "ongoing", 1)
    [line] = rows_of("planned-money", plan=project.plan.slug)
    assert (line["planned_cents"], line["committed_cents"], line["spent_cents"]) == (1_000_000_05, 400_000_01, 0)
    assert rows_of("planned-projects", plan="nowhere") == []


def test_other_software_hears_of_what_is_public_and_of_nothing_else():
    project = make.project(state=ProjectState.SHORTLISTED)
    hidden = make.project(project.plan)
    heard = webhooks["planned_project.state"].data
    said = heard(project.pk, {"before": "sheet", "after": "shortlisted", "unknown": 1})
    assert (said["project"]["state"], said["after"]) == ("shortlisted", "shortlisted") and "unknown" not in said
    assert heard(hidden.pk, {}) is None
    assert webhooks["plan.decided"].data(project.plan_id, {"revision": 1})["revision"] == 1


def test_every_event_of_a_plan_has_words():
    project = make.rich()
    actions.split(
        project,
        into=[actions.Half("half", make.words("title", "Moitié") | make.words("summary", "En bref"))],
        reason=make.WHY,
        by=None,
        now=make.NOW,
    )
    said = set(
        Entry.objects.filter(event__regex=r"^(plan|planned_project|revision|department|partner)\.").values_list(
            "event", flat=True
        )
    )
    assert said and said <= set(events)


def test_whoever_leaves_takes_their_name_along_and_what_was_done_stays():
    project = make.project(state=ProjectState.SHORTLISTED)
    person = ideas.staff(project.plan.organisation)
    actions.carry(project, person=person, by=person, now=make.NOW)
    actions.edit_project(project, values={"title_fr": "Autre"}, by=person, now=make.NOW)
    actions.follow(project, by=person, now=make.NOW)
    known = personal_data["portfolio"].export(person)
    assert known["projects_i_carry"] == [project.pk] and known["changes_i_made"]
    assert [each["project_id"] for each in known["projects_i_follow"]] == [project.pk]
    personal_data["portfolio"].erase(person, make.NOW)
    project.refresh_from_db()
    assert project.carrier_person is None and project.title == "Autre"
    assert not Version.objects.filter(by=person).exists() and not Follow.objects.exists()
