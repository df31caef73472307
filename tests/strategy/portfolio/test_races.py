"""Two connections at the same instant, on a real PostgreSQL: a plan is decided once, a project goes on in one place, nobody waits in a circle."""

import pytest

from tests.races import at_once, end_of, refusals
from tests.strategy.portfolio import factories as make
from tests.strategy.portfolio.factories import NOW, TODAY, WHY
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState, RevisionState
from zenne.strategy.portfolio.models import Dependency, Project, Version

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_colleges_that_decide_at_once_decide_once():
    project = make.project(state=ProjectState.SHORTLISTED)
    plan, college = project.plan, make.body(project.plan.organisation)
    revision = actions.propose(plan, reason=WHY, by=None, now=NOW)
    given = {"body": college, "decided_on": TODAY, "by": None, "now": NOW}

    def adopt(reference):
        return actions.make_valid(revision, reference=reference, **given)

    def refuse(reference):
        return actions.refuse(revision, reference=reference, answer=WHY, **given)

    results = at_once(*[lambda verb=verb, at=at: verb(f"2026/{at}") for at, verb in enumerate([adopt, refuse] * 3)])
    assert refusals(results) == 5
    done = next(each for each in results if getattr(each, "reference", ""))
    revision.refresh_from_db()
    project.refresh_from_db()
    assert (revision.state, revision.reference) == (done.state, done.reference)
    decided = revision.state == RevisionState.VALID
    assert project.state == (ProjectState.VALIDATED if decided else ProjectState.SHORTLISTED)
    assert Version.objects.filter(project=project, event="planned_project.validated").count() == decided


def test_projects_that_are_merged_into_each_other_at_once_end_in_one_with_all_the_money():
    plan = make.plan()
    projects = [make.project(plan) for _number in range(4)]
    for each in projects:
        make.line(each, 100_01)
    ways = [(one, other) for one in projects for other in projects if one != other]

    def merge(one, other):
        return actions.merge([one], into=other, reason=WHY, by=None, now=NOW)

    results = at_once(*[lambda way=way: merge(*way) for way in ways])
    fresh = {each.pk: each for each in Project.objects.all()}
    ended = [each for each in fresh.values() if each.merged_into_id]
    assert len(results) - refusals(results) == len(ended) == 3
    (left,) = [each for each in fresh.values() if not each.merged_into_id]
    assert sum(left.lines.values_list("planned_cents", flat=True)) == 400_04
    assert {end_of(each, fresh) for each in ended} == {left}


def test_projects_that_begin_to_wait_for_each_other_at_once_never_wait_in_a_circle():
    plan = make.plan()
    projects = [make.project(plan) for _number in range(4)]
    ways = [(projects[at], projects[(at + step) % 4]) for at in range(4) for step in (1, 2, 3)]

    def depend(one, other):
        return actions.depend(one, on=other, by=None, now=NOW)

    results = at_once(*[lambda way=way: depend(*way) for way in ways])
    waits = set(Dependency.objects.values_list("project_id", "on_id"))
    assert len(waits) == len(results) - refusals(results) >= 3
    ahead = dict.fromkeys((each.pk for each in projects), 0)
    for _step in range(len(ahead)):
        for one, other in waits:
            ahead[one] = max(ahead[one], ahead[other] + 1)
    assert max(ahead.values()) < len(ahead), "a circle"


def test_a_project_that_is_merged_away_while_money_is_committed_on_it_keeps_every_cent():
    plan = make.plan()
    old, new = make.project(plan), make.project(plan)
    line = make.line(old, 500_00)

    def commit():
        return actions.commit_money(line, cents=400_00, reference="2026/7", decided_on=TODAY, by=None, now=NOW)

    def merge():
        return actions.merge([old], into=new, reason=WHY, by=None, now=NOW)

    at_once(commit, merge)
    line.refresh_from_db()
    old.refresh_from_db()
    assert (line.project, old.merged_into) == (new, new)
    assert line.committed_cents in (0, 400_00)
