"""What members do in their room: talk, files, straw polls, texts with versions and amendments, attendance and what it pays."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.participation.ideas.factories import NOW, resident, staff
from tests.participation.panels.factories import (
    amendment,
    body,
    by_post,
    draft,
    keys,
    manager,
    meeting,
    member,
    panel,
    paper,
)
from zenne.core.errors import Conflict, Invalid
from zenne.participation.advices.enums import AdviceState
from zenne.participation.meetings.models import Registration
from zenne.participation.panels import actions, queries
from zenne.participation.panels.differing import compare, pieces
from zenne.participation.panels.enums import AmendmentState, Change, DraftState, PostState
from zenne.participation.panels.errors import Ended, Overtaken, ReasonNeeded
from zenne.participation.panels.models import Amendment, Attendance, Post, StrawVoice, Version
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.actions import erase
from zenne.people.organisations.enums import Role
from zenne.people.uploads.rules import may_see

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def two():
    """A panel with two members."""
    made = panel()
    return made, member(made, "An"), member(made, "Bo")


# Talk


def test_members_and_secretariat_talk_and_nobody_else_does(two):
    made, an, bo = two
    thread = actions.open_thread(made, title="Arbres", text="Plantons.", by=an.person, now=NOW)
    actions.say(thread, text="Oui.", by=bo.person, now=NOW)
    actions.say(thread, text="Bonjour.", by=manager(made), now=NOW)
    assert [post.seat for post in queries.posts(thread)] == [an, bo, None]
    for stranger in (resident(), staff(panel().process.organisation), staff(made.process.organisation, Role.MODERATOR)):
        with pytest.raises(NotAllowed):
            actions.say(thread, text="Moi aussi.", by=stranger, now=NOW)


def test_hidden_words_give_their_reason_and_come_back_deleted_ones_do_not(two):
    made, an, bo = two
    thread = actions.open_thread(made, title="Arbres", text="Idiot.", by=an.person, now=NOW)
    post = thread.posts.get()
    with pytest.raises(ReasonNeeded):
        actions.hide_post(post, reason=" ", by=manager(made), now=NOW)
    with pytest.raises(NotAllowed):
        actions.hide_post(post, reason="Non.", by=bo.person, now=NOW)
    assert actions.hide_post(post, reason="Insulte.", by=manager(made), now=NOW).state == PostState.HIDDEN
    assert actions.show_post(post, by=manager(made), now=NOW).text == "Idiot."
    with pytest.raises(NotAllowed):
        actions.delete_post(post, by=bo.person, now=NOW)
    assert actions.delete_post(post, by=an.person, now=NOW).text == ""
    assert Post.objects.count() == 1


def test_a_closed_topic_takes_no_words(two):
    made, an, _bo = two
    thread = actions.open_thread(made, title="Arbres", text="Plantons.", by=an.person, now=NOW)
    actions.close_thread(thread, closed=True, by=manager(made), now=NOW)
    with pytest.raises(Ended):
        actions.say(thread, text="Encore.", by=an.person, now=NOW)
    actions.close_thread(thread, closed=False, by=manager(made), now=NOW)
    assert actions.say(thread, text="Encore.", by=an.person, now=NOW).seat == an


def test_a_panel_that_ended_can_be_read_by_the_secretariat_and_written_by_nobody(two):
    made, an, _bo = two
    thread = actions.open_thread(made, title="Arbres", text="Plantons.", by=an.person, now=NOW)
    actions.dissolve(made, reason="Fini.", by=manager(made), now=NOW)
    thread.panel.refresh_from_db()
    for who in (an.person, manager(made)):
        with pytest.raises(NotAllowed):
            actions.say(thread, text="Encore.", by=who, now=NOW)


# Files


def test_files_are_for_who_sits_today_even_with_the_address_and_even_for_who_gave_them(two, settings, monkeypatch):
    made, an, bo = two
    given = paper(made, an.person)
    monkeypatch.setattr("zenne.core.clock.now", lambda: NOW)
    assert (
        may_see(given.upload, an.person) and may_see(given.upload, bo.person) and may_see(given.upload, manager(made))
    )
    assert not may_see(given.upload, None)
    assert not may_see(given.upload, resident())
    assert not may_see(given.upload, staff(panel().process.organisation))
    actions.vacate(an, by=an.person, now=NOW)
    assert not may_see(given.upload, an.person)
    actions.publish_paper(given, by=manager(made), now=NOW)
    given.upload.refresh_from_db()
    assert may_see(given.upload, None)
    actions.take_paper_back(given, by=manager(made), now=NOW)
    given.upload.refresh_from_db()
    assert not may_see(given.upload, None)


def test_who_gave_a_file_throws_it_away_until_it_is_public(two):
    made, an, bo = two
    given = paper(made, an.person)
    with pytest.raises(NotAllowed):
        actions.remove_paper(given, by=bo.person, now=NOW)
    with pytest.raises(NotAllowed):
        actions.publish_paper(given, by=an.person, now=NOW)
    actions.publish_paper(given, by=manager(made), now=NOW)
    with pytest.raises(NotAllowed):
        actions.remove_paper(given, by=an.person, now=NOW)
    actions.take_paper_back(given, by=manager(made), now=NOW)
    actions.remove_paper(given, by=an.person, now=NOW)
    assert not queries.papers(made)


def test_a_stranger_puts_no_file_in_the_room(two):
    with pytest.raises(NotAllowed):
        paper(two[0], resident())


def test_a_file_is_for_a_meeting_of_this_panel_alone(two):
    made, an, _bo = two
    elsewhere = meeting(panel())
    data = SimpleUploadedFile("a.txt", b"a")
    with pytest.raises(Invalid):
        actions.add_paper(made, data=data, meeting=elsewhere, by=an.person, now=NOW)


# Straw polls


def test_an_open_poll_takes_another_answer_until_it_closes(two):
    made, an, bo = two
    poll = actions.ask(made, question="Où ?", options=["Nord", "Sud"], closes_at=LATER, by=an.person, now=NOW)
    north, south = poll.options.order_by("position")
    actions.answer_poll(poll, options=[north.pk], by=an.person, now=NOW)
    actions.answer_poll(poll, options=[south.pk], by=an.person, now=NOW)
    actions.answer_poll(poll, options=[south.pk], by=bo.person, now=NOW)
    shown = queries.polls(made).get()
    assert ([option.number for option in shown.options.all()], shown.answered) == ([0, 2], 2)
    with pytest.raises(NotAllowed):
        actions.answer_poll(poll, options=[north.pk], by=an.person, now=LATER)


def test_a_secret_poll_keeps_no_tie_between_seat_and_answer_and_takes_one_answer(two):
    made, an, _bo = two
    poll = actions.ask(made, question="Qui ?", options=["A", "B"], secret=True, closes_at=LATER, by=an.person, now=NOW)
    first = poll.options.get(position=1)
    actions.answer_poll(poll, options=[first.pk], by=an.person, now=NOW)
    assert list(StrawVoice.objects.get().options.all()) == []
    assert [option.number for option in queries.polls(made).get().options.all()] == [1, 0]
    with pytest.raises(NotAllowed):
        actions.answer_poll(poll, options=[first.pk], by=an.person, now=NOW)


def test_several_answers_only_where_the_poll_allows(two):
    made, an, _bo = two
    one = actions.ask(made, question="Un ?", options=["A", "B"], closes_at=LATER, by=an.person, now=NOW)
    more = actions.ask(
        made, question="Plus ?", options=["A", "B"], several=True, closes_at=LATER, by=an.person, now=NOW
    )
    both = [option.pk for option in one.options.all()]
    with pytest.raises(Invalid):
        actions.answer_poll(one, options=both, by=an.person, now=NOW)
    with pytest.raises(Invalid):
        actions.answer_poll(more, options=both, by=an.person, now=NOW)  # of the other poll
    actions.answer_poll(more, options=[option.pk for option in more.options.all()], by=an.person, now=NOW)


def test_the_secretariat_asks_and_has_no_say(two):
    made, an, _bo = two
    poll = actions.ask(made, question="Où ?", options=["A", "B"], closes_at=LATER, by=manager(made), now=NOW)
    with pytest.raises(NotAllowed):
        actions.answer_poll(poll, options=[poll.options.first().pk], by=manager(made), now=NOW)
    with pytest.raises(NotAllowed):
        actions.close_poll(poll, by=an.person, now=NOW)
    actions.close_poll(poll, by=manager(made), now=NOW + timedelta(minutes=1))
    with pytest.raises(NotAllowed):
        actions.answer_poll(poll, options=[poll.options.first().pk], by=an.person, now=NOW + timedelta(minutes=2))


@pytest.mark.parametrize("options", [[], ["A"], ["A", "A"], ["A", " "], [str(n) for n in range(13)]])
def test_polls_need_different_answers(two, options):
    made, an, _bo = two
    with pytest.raises(Invalid):
        actions.ask(made, question="Où ?", options=options, closes_at=LATER, by=an.person, now=NOW)


# Texts


def test_writers_of_two_paragraphs_do_not_meet_and_of_one_lose_nothing(two):
    made, an, bo = two
    text = draft(made, an.person)
    first, second = keys(text)
    base = text.versions.order_by("-number").first().number
    given = {"base": base, "asks": True, "now": NOW}
    actions.word_paragraph(text, key=first, title="Point 1", text="Cent arbres.", by=an.person, **given)
    actions.word_paragraph(text, key=second, title="Point 2", text="Dix bancs.", by=bo.person, **given)
    with pytest.raises(Overtaken) as met:
        actions.word_paragraph(text, key=first, title="Point 1", text="Mille arbres.", by=bo.person, **given)
    assert met.value.theirs["text"] == "Cent arbres."
    last = text.versions.order_by("-number").first()
    assert [each["text"] for each in last.paragraphs] == ["Cent arbres.", "Dix bancs."]
    again = {**given, "base": met.value.version}
    actions.word_paragraph(text, key=first, title="Point 1", text="Mille arbres.", by=bo.person, **again)
    assert Version.objects.filter(draft=text).count() == base + 3


def test_paragraphs_move_and_go_and_earlier_versions_keep_them(two):
    made, an, bo = two
    text = draft(made, an.person)
    first, second = keys(text)
    actions.move_paragraph(text, key=second, up=True, by=bo.person, now=NOW)
    assert keys(text) == [second, first]
    base = text.versions.order_by("-number").first().number
    actions.drop_paragraph(text, key=first, base=base, by=bo.person, now=NOW)
    assert keys(text) == [second]
    actions.restore_version(text, number=3, by=an.person, now=NOW)
    assert keys(text) == [first, second]


def test_the_database_keeps_versions_as_they_were_written(two):
    text = draft(two[0], two[1].person)
    with pytest.raises(IntegrityError), transaction.atomic():
        text.versions.update(paragraphs=[])


def test_a_text_open_to_amendments_is_changed_by_them_alone(two):
    made, an, bo = two
    text = draft(made, an.person, amending=True)
    with pytest.raises(NotAllowed):
        actions.word_paragraph(
            text, key=keys(text)[0], base=3, title="", text="Autre.", asks=False, by=an.person, now=NOW
        )
    one = amendment(text, bo.person)
    actions.say_of(one, text="Bonne idée.", by=an.person, now=NOW)
    with pytest.raises(NotAllowed):
        actions.take(one, base=3, title="Point 1", text="Dix arbres.", by=bo.person, now=NOW)  # keeps nothing
    made_of = actions.take(one, base=3, title="Point 1", text="Dix grands arbres.", by=an.person, now=NOW)
    one.refresh_from_db()
    assert (one.state, one.made, made_of.seat) == (AmendmentState.TAKEN, made_of, bo)
    assert made_of.paragraphs[0]["text"] == "Dix grands arbres." and made_of.paragraphs[0]["asks"]
    with pytest.raises(Ended):
        actions.refuse(one, reason="Trop tard.", by=an.person, now=NOW)


def test_amendments_take_out_and_add_paragraphs(two):
    made, an, bo = two
    text = draft(made, an.person, amending=True)
    first = keys(text)[0]
    gone = amendment(text, bo.person, change=Change.REMOVE)
    more = amendment(text, bo.person, change=Change.ADD, key=first, title="Point 3", text="De l'eau.")
    actions.take(more, base=3, title="Point 3", text="De l'eau.", asks=True, by=an.person, now=NOW)
    actions.take(gone, base=3, by=an.person, now=NOW)
    last = text.versions.order_by("-number").first()
    assert [each["title"] for each in last.paragraphs] == ["Point 3", "Point 2"]


def test_an_amendment_overtaken_by_another_is_not_taken_blindly(two):
    made, an, bo = two
    text = draft(made, an.person, amending=True)
    one, other = amendment(text, bo.person), amendment(text, bo.person, text="Vingt arbres.")
    actions.take(one, base=3, title="Point 1", text="Dix arbres.", by=an.person, now=NOW)
    with pytest.raises(Overtaken) as met:
        actions.take(other, base=3, title="Point 1", text="Vingt arbres.", by=an.person, now=NOW)
    actions.take(other, base=met.value.version, title="Point 1", text="Trente arbres.", by=an.person, now=NOW)
    assert text.versions.order_by("-number").first().paragraphs[0]["text"] == "Trente arbres."


def test_a_refusal_gives_its_reason_and_only_the_proposer_withdraws(two):
    made, an, bo = two
    text = draft(made, an.person, amending=True)
    one, other = amendment(text, bo.person), amendment(text, bo.person)
    with pytest.raises(ReasonNeeded):
        actions.refuse(one, reason="", by=an.person, now=NOW)
    assert actions.refuse(one, reason="Trop cher.", by=manager(made), now=NOW).state == AmendmentState.REFUSED
    with pytest.raises(NotAllowed):
        actions.withdraw_amendment(other, by=an.person, now=NOW)
    assert actions.withdraw_amendment(other, by=bo.person, now=NOW).state == AmendmentState.WITHDRAWN


def test_an_amendment_says_why_and_changes_something(two):
    made, an, bo = two
    text = draft(made, an.person, amending=True)
    for wrong in ({"motive": " "}, {"text": "", "title": ""}, {"text": "Des arbres."}):
        with pytest.raises(Invalid):
            amendment(text, bo.person, **wrong)
    with pytest.raises(Ended):
        amendment(text, bo.person, key="nowhere")


def test_a_decided_text_is_issued_as_an_advice_by_managers_once(two):
    made, an, bo = two
    text = draft(made, an.person, "Des arbres.", "Des bancs.", amending=True)
    one = amendment(text, bo.person)
    given = {"body": body(made), "due_on": date(2026, 9, 1), "now": NOW}
    with pytest.raises(Conflict):
        actions.issue_draft(text, by=manager(made), **given)
    actions.refuse(one, reason="Non.", by=an.person, now=NOW)
    with pytest.raises(NotAllowed):
        actions.issue_draft(text, by=an.person, **given)
    advice = actions.issue_draft(text, by=manager(made), **given)
    assert (advice.state, advice.issuer_nl, advice.title_fr) == (
        AdviceState.ISSUED,
        "Burgerraad",
        "Une place pour tous",
    )
    asked = advice.recommendations.order_by("position")
    assert [(each.title_fr, each.text_fr) for each in asked] == [("Point 1", "Des arbres."), ("Point 2", "Des bancs.")]
    assert list(queries.advices(made)) == [advice]
    with pytest.raises(Ended):
        actions.issue_draft(text, by=manager(made), **given)


def test_a_text_without_recommendations_is_not_issued(two):
    made, an, _bo = two
    text = actions.begin_draft(made, title="Avis", language="fr", by=an.person, now=NOW)
    actions.add_paragraph(text, after="", title="", text="Bonjour.", asks=False, by=an.person, now=NOW)
    actions.set_draft_state(text, to=DraftState.AMENDING, by=an.person, now=NOW)
    with pytest.raises(Invalid):
        actions.issue_draft(text, body=body(made), due_on=date(2026, 9, 1), by=manager(made), now=NOW)


def test_differences_are_told_word_by_word_and_paragraph_by_paragraph():
    told = [(piece.kind, piece.text) for piece in pieces("Dix arbres ici.", "Cent arbres là.")]
    assert told == [
        ("gone", "Dix"),
        ("new", "Cent"),
        ("same", " arbres "),
        ("gone", "ici"),
        ("new", "là"),
        ("same", "."),
    ]
    a, b, c = ({"key": key, "title": "", "text": key, "asks": False} for key in "abc")
    found = compare([a, b], [{**a, "text": "a!"}, c])
    assert [(each.key, each.kind) for each in found] == [("a", "changed"), ("b", "gone"), ("c", "new")]
    assert "".join(piece.text for piece in pieces("x y", "x z") if piece.kind != "gone") == "x z"


# Attendance and allowances


def test_attendance_pays_the_allowance_of_its_day_to_the_cent_and_once(two):
    made, an, bo = two
    third = by_post(made)
    one, other = meeting(made, days=-5), meeting(made, days=-4)
    actions.take_attendance(made, one, present=[an.pk, third.pk], by=manager(made), now=NOW)
    actions.change_panel(made, values={"allowance": 3333}, by=manager(made), now=NOW)
    actions.take_attendance(made, other, present=[an.pk], by=manager(made), now=NOW)
    assert queries.due(made) == (3, 5000 + 5000 + 3333)
    days = {"first_day": date(2026, 6, 1), "last_day": date(2026, 6, 14)}
    closed = actions.close_payout(made, **days, by=manager(made), now=NOW)
    assert [(seat.number, seat.times, seat.cents) for seat in queries.pay_lines(closed)] == [(1, 2, 8333), (3, 1, 5000)]
    assert queries.payouts(made).get().cents == 13333
    assert queries.due(made) == (0, 0)
    with pytest.raises(Invalid):
        actions.close_payout(made, **days, by=manager(made), now=NOW)
    with pytest.raises(Conflict):
        actions.take_attendance(made, one, present=[bo.pk], by=manager(made), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(payout=closed).update(cents=1)


def test_attendance_counts_the_seats_taken_on_that_day(two):
    made, an, bo = two
    before = meeting(made, days=-1)
    actions.vacate(bo, by=bo.person, now=NOW)
    taker = member(made, "Cé", follows=bo)
    after = meeting(made, days=1)
    assert [seat.pk for seat in queries.expected(made, before)] == [an.pk, bo.pk]
    assert [seat.pk for seat in queries.expected(made, after)] == [an.pk, taker.pk]
    with pytest.raises(Invalid):
        actions.take_attendance(made, after, present=[an.pk], by=manager(made), now=NOW)  # it has not begun
    with pytest.raises(Invalid):
        actions.take_attendance(made, after, present=[bo.pk], by=manager(made), now=LATER)


def test_checked_in_members_are_found_at_the_door(two):
    made, an, _bo = two
    one = meeting(made)
    Registration.objects.create(
        meeting=one, person=an.person, state="registered", created_at=NOW, present=True, ticked_at=NOW
    )
    assert queries.checked_in(one) == {an.person_id}


def test_meetings_of_others_are_not_this_panels(two):
    made, _an, _bo = two
    meeting(panel())
    assert not queries.meetings(made)
    with pytest.raises(Invalid):
        actions.take_attendance(made, meeting(panel()), present=[], by=manager(made), now=NOW)


def test_who_asks_for_erasure_leaves_words_and_attendance_under_their_number(two):
    made, an, _bo = two
    thread = actions.open_thread(made, title="Arbres", text="Plantons.", by=an.person, now=NOW)
    text = draft(made, an.person)
    actions.take_attendance(made, meeting(made), present=[an.pk], by=manager(made), now=NOW)
    paper(made, an.person)
    erase(by=an.person, now=NOW)
    an.refresh_from_db()
    assert (an.person, an.known_as) == (None, str(an))
    assert thread.posts.get().seat == an and text.seat == an
    assert Attendance.objects.get(seat=an).cents == 5000 and queries.papers(made).count() == 1
    assert Amendment.objects.count() == 0
