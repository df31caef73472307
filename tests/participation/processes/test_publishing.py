"""Publishing is blocked until every promised language of everything is there; what comes after."""

import pytest
from django.utils.translation import override

from tests.people.organisations.factories import member
from zenne.participation.processes import actions
from zenne.participation.processes.enums import TRANSITIONS, ProcessState
from zenne.participation.processes.errors import Incomplete, WrongState
from zenne.participation.processes.gaps import gaps_of
from zenne.participation.processes.models import FrequentQuestion, TeamMember, Theme
from zenne.people.access.answers import NotAllowed
from zenne.people.organisations.enums import Role

from .factories import AFTER, BEFORE, DURING, activity, draft, phase, published, texts


def found(process) -> list[tuple[str, str, str]]:
    return [(type(gap.thing).__name__, gap.field, gap.language) for gap in gaps_of(process)]


def test_a_complete_draft_is_published(jette, manager):
    process = draft(jette)
    activity(phase(process))
    process = actions.publish_process(process, by=manager, now=BEFORE)
    assert (process.state, process.published_at) == ("published", BEFORE)


def test_every_gap_is_named_with_its_thing_its_field_and_its_language(jette, manager):
    process = actions.create_process(
        organisation=jette, values={"slug": "bare", "title_fr": "Nos places"}, by=manager, now=BEFORE
    )
    one = phase(process, title_nl="", summary_fr="Quand")
    activity(one, title_nl="", intro_fr="Comment")
    actions.add_content(process, Theme, values={"title_fr": "Eau"}, by=manager, now=BEFORE)
    actions.add_content(process, FrequentQuestion, values={"question_fr": "Qui ?"}, by=manager, now=BEFORE)
    actions.add_content(process, TeamMember, values={"name": "An", "task_fr": "Suivi"}, by=manager, now=BEFORE)
    with pytest.raises(Incomplete):
        actions.publish_process(process, by=manager, now=BEFORE)
    assert found(process) == [
        ("Process", "title", "nl"),
        ("Process", "summary", "fr"),
        ("Process", "summary", "nl"),
        ("Process", "description", "fr"),
        ("Process", "description", "nl"),
        ("Phase", "title", "nl"),
        ("Phase", "summary", "nl"),
        ("Activity", "title", "nl"),
        ("Activity", "intro", "nl"),
        ("Theme", "title", "nl"),
        ("FrequentQuestion", "question", "nl"),
        ("FrequentQuestion", "answer", "fr"),
        ("FrequentQuestion", "answer", "nl"),
        ("TeamMember", "task", "nl"),
    ]


def test_a_process_without_a_phase_is_not_published(jette, manager):
    assert found(draft(jette)) == [("Process", "phases", "")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Projet « Our squares fr » : titre en néerlandais"),
        ("nl", "Project “Our squares fr”: titel in het Nederlands"),
        ("en", "Process “Our squares en”: title in Dutch"),
    ],
)
def test_a_gap_reads_as_a_sentence(jette, language, sentence):
    process = draft(jette, title_nl="")
    phase(process)
    with override(language):
        assert [str(gap) for gap in gaps_of(process)] == [sentence]


def test_what_is_added_to_a_public_process_is_complete_from_the_first_moment(jette, manager):
    process = published(jette)
    with pytest.raises(Incomplete):
        actions.add_content(process, FrequentQuestion, values={"question_fr": "Qui ?"}, by=manager, now=DURING)
    values = texts(question="Who?", answer="All")
    assert actions.add_content(process, FrequentQuestion, values=values, by=manager, now=DURING).pk


def test_an_archived_process_opens_again(jette, manager):
    process = actions.archive_process(published(jette), by=manager, now=AFTER)
    assert (process.state, process.archived_at) == ("archived", AFTER)
    process = actions.reopen_process(process, by=manager, now=AFTER)
    assert (process.state, process.archived_at) == ("published", None)


VERBS = {
    (ProcessState.DRAFT, ProcessState.PUBLISHED): actions.publish_process,
    (ProcessState.PUBLISHED, ProcessState.ARCHIVED): actions.archive_process,
    (ProcessState.ARCHIVED, ProcessState.PUBLISHED): actions.reopen_process,
}


def test_there_is_a_verb_for_each_transition():
    assert set(VERBS) == {(state, after) for state, afters in TRANSITIONS.items() for after in afters}


@pytest.mark.parametrize("state", list(ProcessState))
@pytest.mark.parametrize("verb", list(VERBS), ids=lambda verb: f"{verb[0]}-{verb[1]}")
def test_a_verb_works_only_from_its_own_state(jette, manager, state, verb):
    process = published(jette)
    process.state = state
    process.archived_at = AFTER
    process.save()
    if state == verb[0]:
        assert VERBS[verb](process, by=manager, now=AFTER).state == verb[1]
    else:
        with pytest.raises(WrongState):
            VERBS[verb](process, by=manager, now=AFTER)


def test_editors_do_not_publish(jette):
    process = draft(jette)
    phase(process)
    with pytest.raises(NotAllowed):
        actions.publish_process(process, by=member(jette, Role.EDITOR), now=BEFORE)
