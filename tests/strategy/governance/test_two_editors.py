"""Minutes, agendas, reviews, dossiers, registers: whoever saves second overwrites nobody, and loses nothing of what they typed."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.strategy.portfolio import factories as plans
from tests.visitors import boxes, typed
from zenne.strategy.governance import actions

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(clock_shows):
    return clock_shows(make.AFTER)


def opened(client: Client, name: str, key: int):
    return client.get(reverse(name, args=[key])).context


def minutes():
    meeting = make.held()
    return meeting, "governance_sitting:desk", {"verb": "minutes"}, lambda page: page["minutes_form"], "minutes_fr"


def agenda():
    item = make.item()
    given = {"verb": "change", "item": item.pk}
    return item.sitting, "governance_sitting:desk", given, lambda page: page["rows"][0]["form"], "title_fr"


def conclusion():
    review = make.review()
    return review, "governance_review:desk", {"verb": "conclude"}, lambda page: page["conclusion_form"], "conclusion_fr"


def money():
    line = make.funded(plans.plan(make.house()))
    review = make.review(line.project.plan)
    given = {"planned_cents": 1, "committed_cents": 0, "reason": make.WHY, "by": None, "now": make.NOW}
    change = actions.change_money(review, line, **given)
    given = {"verb": "change_money", "change": change.pk}
    return review, "governance_review:desk", given, lambda page: page["changes"][0]["form"], "reason_fr"


def dossier():
    match = make.match()
    given = {"verb": "facts", "match": match.pk}
    return match.call, "governance_call:desk", given, lambda page: page["rows"][0]["facts_form"], "note"


def words_of_a_call():
    return make.call(), "governance_call:edit", {}, lambda page: page["form"], "title_fr"


def register():
    return make.entry(), "governance_register:edit", {}, lambda page: page["form"], "outcome_fr"


def member():
    return make.seat(), "governance_seat:edit", {}, lambda page: page["form"], "part_fr"


def moment():
    return make.sitting(), "governance_sitting:edit", {}, lambda page: page["form"], "place"


@pytest.mark.parametrize(
    "case", [minutes, agenda, conclusion, money, dossier, words_of_a_call, register, member, moment]
)
def test_the_second_editor_sees_what_the_first_one_wrote_and_saves_again(case, client_for):
    thing, name, given, form_of, field = case()
    house = getattr(thing, "organisation", None) or getattr(thing, "plan", None) or thing.body
    client = client_for(make.manager(getattr(house, "organisation", house)))
    address = reverse(name, args=[thing.pk])
    form = form_of(opened(client, name, thing.pk))
    assert client.post(address, {**given, **typed(form, **{field: "Le premier"})}).status_code == 302
    answer = client.post(address, {**given, **typed(form, **{field: "La seconde"})})
    assert answer.status_code == 409
    again = form_of(answer.context)
    assert [(each.now, each.mine) for each in again.changes] == [("Le premier", "La seconde")]
    assert again[field].value() == "La seconde" and "Le premier" in answer.text
    assert form_of(opened(client, name, thing.pk))[field].value() == "Le premier", "nothing is overwritten"
    assert client.post(address, {**given, **typed(again)}).status_code == 302
    assert form_of(opened(client, name, thing.pk))[field].value() == "La seconde"


def test_a_box_that_somebody_ticked_stays_ticked(client_for):
    item = make.item()
    client = client_for(make.manager(item.sitting.body.organisation))
    desk = reverse("governance_sitting:desk", args=[item.sitting_id])
    form = client.get(desk).context["rows"][0]["form"]
    change = {"verb": "change", "item": item.pk}
    assert client.post(desk, {**change, **typed(form, confidential="on")}).status_code == 302
    answer = client.post(desk, {**change, **typed(form, title_fr="Autrement")})
    assert answer.status_code == 409
    again = answer.context["rows"][0]["form"]
    assert again["confidential"].value() and again["title_fr"].value() == "Autrement"


def test_an_item_that_somebody_took_off_leaves_its_words_in_the_form_for_a_new_one(client_for):
    item = make.item()
    client = client_for(make.manager(item.sitting.body.organisation))
    desk = reverse("governance_sitting:desk", args=[item.sitting_id])
    form = client.get(desk).context["rows"][0]["form"]
    actions.drop_item(item, by=None, now=make.NOW)
    answer = client.post(desk, {"verb": "change", "item": item.pk, **typed(form, text_fr="Ma page")})
    assert answer.status_code == 409 and "Ma page" in answer.text
    assert client.post(desk, {"verb": "add", **boxes(answer.context["add_form"])}).status_code == 302
    assert item.sitting.items.get().text_fr == "Ma page"


def test_what_was_typed_after_the_minutes_were_published_is_still_on_the_page(client_for):
    meeting = make.held()
    make.resolved(meeting.items.get())
    actions.write_minutes(meeting, minutes=make.WHY, by=None, now=make.AFTER)
    client = client_for(make.manager(meeting.body.organisation))
    desk = reverse("governance_sitting:desk", args=[meeting.pk])
    form = client.get(desk).context["minutes_form"]
    actions.publish_minutes(meeting, by=None, now=make.AFTER)
    answer = client.post(desk, {"verb": "minutes", **typed(form, minutes_fr="Mes notes")})
    assert answer.status_code == 403 and "Mes notes" in answer.text


def test_a_line_has_one_proposed_change_and_the_second_is_told(client_for):
    line = make.funded(plans.plan(make.house()))
    review = make.review(line.project.plan)
    client = client_for(make.manager(line.project.plan.organisation))
    desk = reverse("governance_review:desk", args=[review.pk])
    given = {"verb": "money", "money-line": line.pk, "money-committed": "0", "money-reason_fr": "Il le faut"}
    assert client.post(desk, {**given, "money-planned": "10"}).status_code == 302
    answer = client.post(desk, {**given, "money-planned": "20"})
    assert answer.status_code == 422 and "20" in answer.text
    assert review.changes.get().planned_after_cents == 10_00
