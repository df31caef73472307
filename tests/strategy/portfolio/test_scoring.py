"""From sheets to the shortlist: a jury scores them, what it keeps moves on with its reason, and the ranking can be counted again for ever."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client

from tests.participation.juries import factories as juries
from tests.strategy.portfolio import factories as make
from tests.strategy.portfolio.factories import NOW, WHY
from zenne.core.errors import Invalid
from zenne.participation.juries.actions import open_session, publish_verdicts, word_reason, word_statement
from zenne.participation.juries.models import Jury, Score
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role
from zenne.strategy.portfolio import actions
from zenne.strategy.portfolio.enums import ProjectState
from zenne.strategy.portfolio.models import Plan, Project, Ranking
from zenne.strategy.portfolio.scoring import places
from zenne.strategy.portfolio.staff.screens import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
POINTS = (((5, 4), (2, 2), (4, 4)), ((4, 4), (2, 3), (3, 2)))


def sheets(plan: Plan, number: int = 3) -> list[Project]:
    return [make.project(plan, state=ProjectState.SHEET) for _each in range(number)]


def jury_of(plan: Plan, keep: int = 2) -> Jury:
    return juries.jury(organisation=plan.organisation, entries=0, keep=keep)


def deliberated(plan: Plan) -> Jury:
    jury = jury_of(plan)
    boss = juries.manager(jury)
    actions.put_before_jury(plan, jury=jury, projects=sheets(plan), by=boss, now=NOW)
    jury.refresh_from_db()
    seats = juries.scored(jury, *POINTS)
    open_session(jury, present=seats, by=boss, now=NOW)
    for each in juries.candidates(jury):
        word_reason(each, reason=WHY, by=boss, now=NOW)
    word_statement(jury, statement=WHY, by=boss, now=NOW)
    return jury


def published(plan: Plan) -> Jury:
    jury = deliberated(plan)
    publish_verdicts(jury, by=juries.manager(jury), now=NOW)
    return Jury.objects.get(pk=jury.pk)


def test_what_a_jury_keeps_comes_on_the_shortlist_with_its_public_reason_and_the_rest_stays_a_sheet() -> None:
    plan = make.plan()
    jury = published(plan)
    rows = Ranking.objects.filter(jury=jury).order_by("rank")
    assert [(row.rank, row.kept, Fraction(row.score)) for row in rows] == [
        (1, True, Fraction(35, 8)),
        (2, True, Fraction(27, 8)),
        (3, False, Fraction(17, 8)),
    ]
    assert [row.project.state for row in rows] == ["shortlisted", "shortlisted", "sheet"]
    assert rows[0].project.state_reason_nl == WHY["nl"] and rows[2].reason_nl == WHY["nl"]


def test_the_ranking_is_counted_again_from_the_stored_points_and_agrees() -> None:
    jury = published(make.plan())
    found = places(jury)
    assert len(found) == 3 and all(place.agrees for place in found)
    assert [place.again[0] for place in found] == [1, 2, 3]


def test_a_ranking_that_was_tampered_with_is_found_out() -> None:
    jury = published(make.plan())
    Ranking.objects.filter(jury=jury, rank=3).update(score="5")
    assert [place.agrees for place in places(jury)] == [True, True, False]


def test_the_points_behind_a_ranking_cannot_be_altered() -> None:
    jury = published(make.plan())
    score = Score.objects.filter(assessment__candidate__jury=jury).first()
    assert score is not None
    with pytest.raises(Exception, match="points cannot be altered"):
        Score.objects.filter(pk=score.pk).update(value=1)


def test_a_sheet_that_went_on_by_other_hands_is_set_aside_and_said_to_be_undecided() -> None:
    plan = make.plan()
    jury = deliberated(plan)
    gone = plan.projects.order_by("number").last()
    assert gone is not None
    actions.set_state(gone, to=ProjectState.LONGLISTED, reason=WHY, by=None, now=NOW)
    publish_verdicts(jury, by=juries.manager(jury), now=NOW)
    assert Ranking.objects.get(jury=jury, project=gone).kept is None
    gone.refresh_from_db()
    assert gone.state == ProjectState.LONGLISTED


def test_only_sheets_of_the_plan_that_are_being_written_and_said_in_every_language_come_before_a_jury() -> None:
    plan = make.plan()
    jury, boss = jury_of(plan), juries.manager(jury_of(plan))
    for wrong in (make.project(plan), make.project(state=ProjectState.SHEET)):
        with pytest.raises(Invalid):
            actions.put_before_jury(plan, jury=jury, projects=[wrong], by=boss, now=NOW)
    silent = make.project(plan, state=ProjectState.SHEET)
    actions.edit_project(silent, values={"summary_fr": "", "summary_nl": "", "summary_en": ""}, by=None, now=NOW)
    with pytest.raises(Invalid, match=re.escape(str(silent))):
        actions.put_before_jury(plan, jury=jury, projects=[silent], by=boss, now=NOW)


def test_a_jury_of_another_organisation_does_not_score_and_an_editor_does_not_choose() -> None:
    plan, other = make.plan(), make.plan()
    with pytest.raises(Invalid):
        actions.put_before_jury(
            plan, jury=jury_of(other), projects=sheets(plan, 1), by=juries.staff(plan.organisation), now=NOW
        )
    with pytest.raises(NotAllowed):
        actions.put_before_jury(
            plan,
            jury=jury_of(plan),
            projects=sheets(plan, 1),
            by=juries.staff(plan.organisation, Role.EDITOR),
            now=NOW,
        )


def test_the_desk_puts_sheets_before_a_jury_and_shows_the_ranking_it_counted_again(
    client_for: Callable[..., Client],
) -> None:
    plan = make.plan()
    jury, (first, second) = jury_of(plan), sheets(plan, 2)
    client = client_for(juries.manager(jury))
    page = url("scoring", plan)
    assert client.post(page, {"jury": jury.pk}).status_code == 422
    assert client.post(page, {"jury": jury.pk, "projects": [first.pk, second.pk]}).status_code == 302
    assert [each.number for each in juries.candidates(Jury.objects.get(pk=jury.pk))] == [first.pk, second.pk]
    published(plan)
    shown = client.get(page).context["juries"]
    assert [(each["same"], len(each["places"])) for each in shown] == [(True, 0), (True, 3)]


def test_a_jury_of_ideas_is_not_offered(client_for: Callable[..., Client]) -> None:
    plan = make.plan()
    sheets(plan, 1)
    ideas_jury = juries.jury(organisation=plan.organisation)
    form = client_for(juries.manager(ideas_jury)).get(url("scoring", plan)).context["form"]
    assert str(ideas_jury.pk) not in form.known
