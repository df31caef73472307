"""Everyone reads how a plan and its projects were: two days compared, change by change, any day as a file."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from zenne.core.clock import standing_at
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def later():
    with standing_at(make.NOW + timedelta(days=5)), override("en"):
        yield


@pytest.fixture
def project():
    """On the shortlist on 15 June, stopped on the 17th."""
    made = make.project(state=ProjectState.SHORTLISTED, title_en="Shade for all")
    moment = make.NOW + timedelta(days=2)
    return actions.set_state(made, to=ProjectState.STOPPED, reason=make.WHY, by=None, now=moment)


def address(name, *args):
    return reverse(f"portfolio:{name}", args=args)


def test_two_days_of_a_plan_are_compared_project_by_project(client, project):
    page = client.get(address("past", project.plan.slug), {"before": "2026-06-15", "after": "2026-06-18"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Shade for all" in text and "On the shortlist" in text and "Stopped" in text
    same = client.get(address("past", project.plan.slug), {"before": "2026-06-18", "after": "2026-06-18"})
    assert "Nothing differs." in same.content.decode()


def test_without_days_the_last_month_is_compared(client, project):
    text = client.get(address("past", project.plan.slug)).content.decode()
    assert "On the first of these days there was nothing to read yet." in text and "Shade for all" in text


@pytest.mark.parametrize(
    "asked",
    [
        {"before": "2026-06-18", "after": "2026-06-15"},
        {"before": "yesterday", "after": "2026-06-15"},
        {"before": "0001-01-01", "after": "9999-12-31"},
        {"before": "2026-06-18"},
    ],
)
def test_days_that_cannot_be_compared_are_said_on_the_page(client, project, asked):
    for where in (address("past", project.plan.slug), address("versions", project.plan.slug, project.slug)):
        assert client.get(where, asked).status_code == 422


def test_a_project_tells_change_by_change_what_was_public(client, project):
    text = client.get(address("versions", project.plan.slug, project.slug)).content.decode()
    assert text.count("<article") == 2, "what was written before it was public is its writers'"
    assert "State of the project changed" in text and make.WHY["en"] in text


@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_costs_the_same_for_one_change_and_for_three(client, project, django_assert_num_queries, changes):
    for number in range(changes):
        moment = make.NOW + timedelta(days=3, hours=number)
        actions.edit_project(project, values={"title_en": f"Shade {number}"}, by=None, now=moment)
    with django_assert_num_queries(3):
        assert client.get(address("versions", project.plan.slug, project.slug)).status_code == 200


class TestFiles:
    def test_any_day_of_a_plan_is_there_in_three_forms(self, client, project):
        where = {form: address("past_file", project.plan.slug, form) for form in ("json", "csv", "xlsx")}
        data = json.loads(client.get(where["json"], {"on": "2026-06-15"}).content)
        assert [(each["slug"], each["state"]) for each in data["projects"]] == [(project.slug, "shortlisted")]
        assert "stopped" in client.get(where["csv"]).content.decode()
        assert zipfile.ZipFile(io.BytesIO(client.get(where["xlsx"]).content)).testzip() is None

    def test_one_project_is_there_as_well(self, client, project):
        make.project(project.plan, state=ProjectState.SHORTLISTED)
        where = address("past_file", project.plan.slug, "json")
        found = json.loads(client.get(where, {"project": project.slug}).content)["projects"]
        assert [each["slug"] for each in found] == [project.slug]
        assert client.get(where, {"project": "nobody"}).status_code == 404

    @pytest.mark.parametrize("asked", ["2020-01-01", "yesterday", "0001-01-01", "9999-12-31", "2026-13-01"])
    def test_a_day_that_nobody_kept_is_not_found(self, client, project, asked):
        assert client.get(address("past_file", project.plan.slug, "csv"), {"on": asked}).status_code == 404

    def test_nor_is_another_form_or_a_plan_that_is_not_public(self, client, project):
        assert client.get(address("past_file", project.plan.slug, "exe")).status_code == 404
        hidden = make.plan(published=False)
        assert client.get(address("past_file", hidden.slug, "json")).status_code == 404
        assert client.get(address("past", hidden.slug)).status_code == 404
