"""Reports: prepared, made once as of their moment, published, withdrawn; what was public stays."""

import json
from datetime import timedelta

import pytest

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.people.organisations.factories import organisation
from zenne.core.errors import Invalid
from zenne.participation.ideas import actions as idea_actions
from zenne.participation.reporting import actions, tasks
from zenne.participation.reporting.composing import digest
from zenne.participation.reporting.enums import TRANSITIONS, Failure, ReportState
from zenne.participation.reporting.models import Edition, Report
from zenne.people.access.answers import NotAllowed
from zenne.people.accounts.personal_data import personal_data
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

from . import factories as make
from .factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def jette():
    return organisation("Jette", languages=["fr", "nl"])


@pytest.fixture
def call(jette):
    return ideas.call(organisation=jette)


@pytest.fixture
def manager(jette):
    return ideas.staff(jette)


def chapter(report: Report, key: str, language: str = "fr") -> str:
    data = json.loads(report.editions.get(language=language).text)
    return json.dumps([one["blocks"] for one in data["chapters"] if one["key"] == key], ensure_ascii=False)


def figures(report: Report) -> dict[str, str]:
    (blocks,) = json.loads(chapter(report, "ideas"))
    return dict(next(block["items"] for block in blocks if block["kind"] == "facts"))


def test_a_report_has_an_edition_in_each_language_with_the_fingerprint_of_its_words(call, manager):
    ideas.idea(call, title="Des bancs à l'ombre")
    report = make.made(call.process, by=manager)
    editions = {edition.language: edition for edition in report.editions.all()}
    assert set(editions) == {"fr", "nl", "en"} and report.number == 1 and report.percent == 99
    for edition in editions.values():
        assert edition.digest == digest(edition.text)
        assert edition.pdf.read().startswith(b"%PDF-") and "Des bancs à l'ombre" in edition.text
    assert "Ideeën" in editions["nl"].text and "Idées" in editions["fr"].text


@pytest.mark.usefixtures("paper")
def test_it_is_of_its_moment_whatever_happened_since(call, manager):
    idea = ideas.idea(call, title="Un banc")
    idea_actions.support(idea, by=ideas.resident("Bob"), now=NOW)
    comment(idea)
    first = make.published(call.process, by=manager, frozen_at=NOW)
    assert figures(first) == {
        "Idées": "1",
        "Soutiens": "1",
        "Commentaires sur ces idées": "1",
        "Idées avec une réponse officielle": "0",
    }
    idea_actions.answer_idea(idea, body={"fr": "Oui.", "nl": "Ja."}, by=manager, now=LATER)
    idea_actions.support(idea, by=ideas.resident("Dan"), now=LATER)
    ideas.idea(call, now=LATER)
    again = make.made(call.process, by=manager, frozen_at=NOW)
    assert figures(again) == figures(first) and "Oui." not in chapter(again, "ideas")
    assert (first.number, again.number) == (1, 2)


@pytest.mark.usefixtures("paper")
def test_what_was_taken_off_since_is_not_published_again(call, manager):
    kept, gone = ideas.idea(call, title="Des bancs"), ideas.idea(call, title="Quelque chose")
    idea_actions.change_status(gone, to="rejected", reason=ideas.NO, by=manager, now=NOW)
    report = make.made(call.process, by=manager)
    assert kept.title in chapter(report, "ideas") and gone.title not in chapter(report, "ideas")


@pytest.mark.usefixtures("paper")
def test_no_author_is_named(call, manager):
    ideas.idea(call, author=ideas.resident("Amina Bensaïd"))
    report = make.made(call.process, by=manager)
    assert all("Amina" not in edition.text for edition in report.editions.all())


@pytest.mark.usefixtures("paper")
def test_reasons_and_answers_stand_beside_the_idea(call, manager):
    idea = ideas.idea(call)
    idea_actions.change_status(idea, to="inadmissible", reason=ideas.NO, by=manager, now=NOW)
    idea_actions.answer_idea(idea, body={"fr": "Plus tard.", "nl": "Later."}, by=manager, now=NOW)
    report = make.made(call.process, by=manager)
    for words in ("Parce que non.", "Plus tard.", "Non recevable"):
        assert words in chapter(report, "ideas"), words
    assert "Daarom niet." in chapter(report, "ideas", "nl")


@pytest.mark.usefixtures("paper")
def test_beyond_a_hundred_ideas_the_others_have_a_line_each_and_it_says_so(call, manager, monkeypatch):
    monkeypatch.setattr("zenne.participation.ideas.report.AT_LENGTH", 1)
    for _number in range(3):
        ideas.idea(call)
    (blocks,) = json.loads(chapter(make.made(call.process, by=manager), "ideas"))
    assert sum(block["kind"] == "entry" for block in blocks) == 1
    assert len([block for block in blocks if block["kind"] == "table"][-1]["rows"]) == 2
    assert any("une ligne chacune" in block["text"] for block in blocks if block["kind"] == "note")


@pytest.mark.usefixtures("paper")
def test_what_is_public_stays_as_it_is(call, manager):
    report = make.published(call.process, by=manager)
    for verb in (
        lambda: actions.edit_report(report, values=make.values(), by=manager, now=LATER),
        lambda: actions.delete_report(report, by=manager, now=LATER),
        lambda: actions.ask_for_report(report, by=manager, now=LATER),
    ):
        with pytest.raises(NotAllowed):
            verb()


@pytest.mark.usefixtures("paper")
def test_a_withdrawn_report_says_why_and_keeps_its_number(call, manager):
    report = make.published(call.process, by=manager)
    with pytest.raises(Invalid):
        actions.withdraw_report(report, reason={"fr": "Une erreur."}, by=manager, now=LATER)
    gone = actions.withdraw_report(report, reason={"fr": "Une erreur.", "nl": "Een fout."}, by=manager, now=LATER)
    assert (gone.state, gone.number) == (ReportState.WITHDRAWN, 1)
    assert make.made(call.process, by=manager).number == 2
    assert actions.publish_report(gone, by=manager, now=LATER).state == ReportState.PUBLISHED


@pytest.mark.usefixtures("paper")
def test_editors_prepare_and_managers_publish(call, jette):
    editor = ideas.staff(jette, Role.EDITOR, name="Editor")
    report = make.made(call.process, by=editor)
    with pytest.raises(NotAllowed):
        actions.publish_report(report, by=editor, now=NOW)
    for stranger in (ideas.resident(), ideas.staff(organisation("Ixelles"))):
        with pytest.raises(NotAllowed):
            make.report(call.process, by=stranger)


def test_a_report_is_about_the_past_and_says_something(call, manager):
    with pytest.raises(Invalid):
        make.report(call.process, by=manager, frozen_at=LATER)
    with pytest.raises(Invalid):
        make.report(call.process, by=manager, chapters=["no-such-chapter"])
    with pytest.raises(Invalid):
        untitled = make.report(call.process, by=manager, title_nl="")
        actions.ask_for_report(untitled, by=manager, now=NOW)


@pytest.mark.usefixtures("paper")
def test_a_change_makes_what_was_made_untrue(call, manager, django_capture_on_commit_callbacks):
    report = make.made(call.process, by=manager)
    storage, name = report.editions.first().pdf.storage, report.editions.first().pdf.name
    with django_capture_on_commit_callbacks(execute=True):
        changed = actions.edit_report(report, values=make.values(title_fr="Autre"), by=manager, now=LATER)
    assert changed.state == ReportState.DRAFT and not Edition.objects.exists() and not storage.exists(name)


@pytest.mark.usefixtures("paper")
def test_making_it_again_replaces_the_files(call, manager, django_capture_on_commit_callbacks):
    report = make.made(call.process, by=manager)
    before = {edition.pdf.name for edition in report.editions.all()}
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_for_report(report, by=manager, now=LATER)
        tasks.make(report.pk)
    after = list(Report.objects.get(pk=report.pk).editions.all())
    assert len(after) == 3 and not before & {edition.pdf.name for edition in after}
    assert all(edition.pdf.storage.exists(edition.pdf.name) for edition in after)
    assert not any(after[0].pdf.storage.exists(name) for name in before)


def test_what_cannot_be_set_says_so_and_leaves_no_edition(call, manager, monkeypatch):
    report = make.report(call.process, by=manager)
    actions.ask_for_report(report, by=manager, now=NOW)

    def refuses(data, **given):
        raise tasks.press.PressFault("no such font")

    monkeypatch.setattr("zenne.participation.reporting.press.pdf", refuses)
    tasks.make_report(report=report.pk)
    report.refresh_from_db()
    assert (report.state, report.failure) == (ReportState.FAILED, Failure.PRESS) and not Edition.objects.exists()


@pytest.mark.usefixtures("paper")
def test_a_killed_maker_is_followed_by_the_next_three_times_at_most(call, manager):
    report = make.report(call.process, by=manager)
    actions.ask_for_report(report, by=manager, now=NOW)
    Report.objects.filter(pk=report.pk).update(attempt=2, steps_done=5)
    tasks.make(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempt) == (ReportState.READY, 3)
    Report.objects.filter(pk=report.pk).update(state=ReportState.MAKING, made_at=None)
    tasks.make(report.pk)
    report.refresh_from_db()
    assert (report.state, report.failure) == (ReportState.FAILED, Failure.INTERRUPTED)


def test_what_stopped_moving_says_that_it_did_not_work(call, manager):
    report = make.report(call.process, by=manager)
    actions.ask_for_report(report, by=manager, now=NOW)
    assert actions.sweep_reports(now=NOW + timedelta(minutes=30)) == 0
    assert actions.sweep_reports(now=NOW + timedelta(hours=2)) == 1
    report.refresh_from_db()
    assert report.failure == Failure.INTERRUPTED


@pytest.mark.usefixtures("paper")
def test_history_tells_the_whole_way(call, manager, jette):
    report = make.published(call.process, by=manager)
    actions.withdraw_report(report, reason={"fr": "Une erreur.", "nl": "Een fout."}, by=manager, now=LATER)
    told = Entry.objects.filter(scope=jette.pk, event__startswith="report.").order_by("pk")
    assert [entry.event for entry in told] == [
        "report.created",
        "report.making",
        "report.published",
        "report.withdrawn",
    ]


def test_a_persons_reports_stay_without_the_name(call, manager):
    report = make.report(call.process, by=manager)
    assert len(personal_data["reports"].export(manager)) == 1
    personal_data["reports"].erase(manager, NOW)
    report.refresh_from_db()
    assert report.created_by is None


def test_every_state_is_reached_and_none_is_a_trap():
    reached = {after for afters in TRANSITIONS.values() for after in afters}
    assert reached == set(ReportState) and all(TRANSITIONS.values())


@pytest.mark.usefixtures("paper")
def test_making_asks_as_often_for_three_ideas_as_for_one(call, manager, django_assert_max_num_queries):
    report = make.report(call.process, by=manager, chapters=["ideas"])
    for more in (1, 2):
        for _number in range(more):
            ideas.idea(call)
        actions.ask_for_report(Report.objects.get(pk=report.pk), by=manager, now=NOW)
        with django_assert_max_num_queries(60):
            tasks.make(report.pk)
