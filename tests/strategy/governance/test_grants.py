"""Calls whose deadlines nobody forgets, applications that are complete, and registers with an outcome."""

from datetime import timedelta

import pytest

from tests.strategy.portfolio import factories as plans
from zenne.core.errors import Conflict, Invalid
from zenne.messaging.notifications.models import Notification
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.organisations.enums import Role
from zenne.strategy.governance import actions
from zenne.strategy.governance.enums import EntryKind, MatchState
from zenne.strategy.governance.fitting import suggestions
from zenne.strategy.governance.models import Match, Piece, Seat

from . import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class TestDeadlines:
    def test_the_team_hears_30_7_and_1_days_before_each_once(self):
        house = make.house()
        team, member = make.directors(house), make.organisations.person("Grants")
        make.seat(team, person=member)
        call = make.call(house, team=team)
        heard = []
        for left in (31, 30, 29, 8, 7, 6, 2, 1, 0):
            actions.remind_calls(now=make.NOW + timedelta(days=40 - left))
            heard.append(Notification.objects.filter(person=member, url__endswith=f"/desk/{call.pk}/").count())
        assert heard == [0, 1, 1, 1, 2, 2, 2, 3, 3]

    def test_without_a_team_the_managers_hear_and_a_moved_deadline_is_told_again(self):
        house = make.house()
        manager, editor = make.manager(house), make.ideas.staff(house, Role.EDITOR)
        call = make.call(house, due_on=make.TODAY + timedelta(days=5))
        actions.remind_calls(now=make.NOW)
        call.due_on = make.TODAY + timedelta(days=6)
        actions.save_call(call=call, by=manager, now=make.NOW)
        actions.remind_calls(now=make.NOW)
        assert Notification.objects.filter(person=manager).count() == 2
        assert not Notification.objects.filter(person=editor).exists()

    def test_where_nobody_of_the_team_has_an_account_the_managers_hear(self):
        house = make.house()
        manager, team = make.manager(house), make.directors(house)
        make.seat(team)
        make.call(house, team=team, due_on=make.TODAY + timedelta(days=5))
        actions.remind_calls(now=make.NOW)
        assert Notification.objects.filter(person=manager).count() == 1

    def test_a_project_is_matched_while_the_call_is_open(self):
        call = make.call(due_on=make.TODAY - timedelta(days=1))
        with pytest.raises(NotAllowed):
            make.match(call)


class TestApplications:
    def test_a_dossier_begins_with_what_the_call_asks_and_is_handed_in_complete_or_not_at_all(self):
        match = make.match()
        assert [piece.title for piece in match.pieces.all()] == ["Budget", "Lettre du partenaire"]
        actions.move_match(match, to=MatchState.PREPARED, by=None, now=make.NOW)
        first, second = match.pieces.all()
        actions.tick(first, ready=True, by=None, now=make.NOW)
        with pytest.raises(Invalid, match="Lettre du partenaire"):
            actions.move_match(match, to=MatchState.SUBMITTED, by=None, now=make.NOW)
        actions.tick(second, ready=True, by=None, now=make.NOW)
        assert actions.move_match(match, to=MatchState.SUBMITTED, by=None, now=make.NOW).submitted_on == make.TODAY

    def test_nothing_is_handed_in_after_the_deadline(self):
        match = make.match()
        Piece.objects.all().delete()
        actions.move_match(match, to=MatchState.PREPARED, by=None, now=make.NOW)
        with pytest.raises(NotAllowed):
            actions.move_match(match, to=MatchState.SUBMITTED, by=None, now=make.NOW + timedelta(days=50))

    def test_what_is_granted_becomes_a_budget_line_of_the_project(self):
        match = self.submitted()
        with pytest.raises(Invalid):
            actions.move_match(match, to=MatchState.GRANTED, by=None, now=make.NOW)
        match = actions.move_match(match, to=MatchState.GRANTED, cents=200_000_00, by=None, now=make.NOW)
        line = match.project.lines.get()
        assert (line.source, line.funder, line.planned_cents) == ("european", "Commission européenne", 200_000_00)
        assert match.line == line

    def test_a_refusal_says_why_and_an_editor_enters_no_answer(self):
        match = self.submitted()
        with pytest.raises(Invalid):
            actions.move_match(match, to=MatchState.REFUSED, by=None, now=make.NOW)
        editor = make.ideas.staff(match.call.organisation, Role.EDITOR)
        with pytest.raises(NotAllowed):
            actions.move_match(match, to=MatchState.REFUSED, reason=make.WHY, by=editor, now=make.NOW)

    def test_a_project_fits_a_call_once_and_of_one_house(self):
        match = make.match()
        with pytest.raises(Conflict):
            actions.match_project(match.call, match.project, by=None, now=make.NOW)
        with pytest.raises(Invalid):
            actions.match_project(match.call, plans.project(), by=None, now=make.NOW)

    def test_projects_whose_sheet_shares_the_words_of_the_call_are_suggested(self):
        call = make.call()
        plan = plans.plan(call.organisation)
        fits = plans.project(plan, title_fr="Un quartier à énergie positive au nord")
        plans.project(plan, title_fr="Des boîtes à livres")
        assert suggestions(call)[0].project == fits

    def submitted(self):
        match = make.match()
        Piece.objects.all().delete()
        actions.move_match(match, to=MatchState.PREPARED, by=None, now=make.NOW)
        return actions.move_match(match, to=MatchState.SUBMITTED, by=None, now=make.NOW)


class TestRegisters:
    def test_a_question_leads_to_a_study_and_both_are_public(self, client):
        house = make.house()
        need = make.entry(house, EntryKind.NEED, title="Quelle chaleur en ville ?")
        make.entry(house, EntryKind.STUDY, title="Étude de la chaleur", follows=need, outcome="Trois degrés de trop")
        text = client.get("/fr/governance/registers/?kind=study").text
        assert "Étude de la chaleur" in text and "Trois degrés de trop" in text and "Quelle chaleur en ville" in text

    def test_entries_do_not_follow_each_other_in_a_circle(self):
        first = make.entry()
        second = make.entry(first.organisation, follows=first)
        first.follows = second
        with pytest.raises(Invalid):
            actions.save_entry(entry=first, by=None, now=make.NOW)

    def test_what_is_not_public_is_in_no_list_and_in_no_calendar(self, client):
        make.entry(title="Discret", title_nl="", title_en="", public=False)
        assert "Discret" not in client.get("/fr/governance/registers/").text
        assert "Discret" not in client.get("/fr/governance/registers/events.ics").content.decode()

    def test_an_event_goes_into_ones_calendar_as_whole_days(self, client):
        make.entry()
        text = client.get("/fr/governance/registers/events.ics").content.decode()
        assert "SUMMARY:Congrès des villes" in text
        assert "DTSTART;VALUE=DATE:20260504" in text and "DTEND;VALUE=DATE:20260507" in text


def test_an_account_that_goes_leaves_the_mandate_and_the_work_without_its_link():
    person = make.organisations.person("Camille")
    make.seat(person=person)
    match = make.match()
    Match.objects.update(owner=person)
    assert [each["name"] for each in personal_data["governance.seats"].export(person)] == ["Camille Peeters"]
    assert personal_data["governance.work"].export(person) == [{"kind": "application", "id": match.pk}]
    for name in ("governance.seats", "governance.work"):
        personal_data[name].erase(person, make.NOW)
    assert Seat.objects.get().person is None and Match.objects.get().owner is None
