"""Ideas as the rest of the house meets them: kinds, comments, moderation, uploads, search, personal data, slots, the README."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.participation.ideas.factories import NO, NOW, call, idea, in_state, process, resident, staff
from tests.people.uploads import given as uploaded
from zenne.core.errors import Spoken
from zenne.core.search import findable
from zenne.participation.comments import actions as comments
from zenne.participation.ideas import actions
from zenne.participation.ideas.differences import differences
from zenne.participation.ideas.enums import NEEDS_REASON, TRANSITIONS, IdeaState
from zenne.participation.ideas.models import Draft, Idea, Ideation, Merge, Support
from zenne.participation.processes.enums import Action
from zenne.participation.processes.frozen import rule_of
from zenne.participation.processes.kinds import kinds
from zenne.participation.processes.models import Activity
from zenne.people.accounts.personal_data import personal_data
from zenne.people.moderation import actions as moderation
from zenne.people.moderation.enums import Ground, Verdict
from zenne.people.organisations.enums import Role
from zenne.people.uploads.rules import may_see

ROOT = Path(__file__).resolve().parents[3]


class TestKind:
    pytestmark = pytest.mark.django_db

    def test_new_activity_gets_its_settings_and_a_copy_has_the_same(self):
        old = call(oppose=True, answer_days=12)
        new = Activity.objects.create(phase=old.phase, kind="ideation", position=2)
        kinds["ideation"].prepare(new)
        assert Ideation.objects.get(activity=new).answer_days == 60
        kinds["ideation"].duplicate(old, new)
        assert rule_of(new)["rule"] == rule_of(old)["rule"]

    def test_rule_is_plain_and_every_key_has_a_word(self):
        kind = kinds["ideation"]
        rule = kind.rule(call())
        assert set(rule) == set(kind.words)
        assert set(kind.defaults) == {Action.PROPOSE, Action.COMMENT, Action.SUPPORT}


@pytest.mark.django_db
def test_comments_are_counted_as_they_come_and_go():
    made, person = idea(), resident("Koen")
    said = comments.comment(made, text="Goed idee!", language="nl", by=person, now=NOW)
    made.refresh_from_db()
    assert made.comment_count == 1
    comments.delete(said, by=person, now=NOW)
    made.refresh_from_db()
    assert made.comment_count == 0


@pytest.mark.django_db
@pytest.mark.parametrize("state", [IdeaState.REJECTED])
def test_hidden_ideas_take_no_comments(state):
    with pytest.raises(Spoken):
        comments.comment(in_state(state), text="x", language="fr", by=resident(), now=NOW)


@pytest.mark.django_db
def test_moderator_hides_and_restores_with_reasons_in_every_language():
    made = idea()
    moderator = staff(made.process.organisation, Role.MODERATOR)
    moderation.decide(made, Verdict.HIDDEN, ground=Ground.COMMERCIAL, by=moderator, now=NOW)
    made.refresh_from_db()
    last = made.changes.last()
    assert made.state == IdeaState.REJECTED
    assert all((last.reason_fr, last.reason_nl, last.reason_en))
    moderation.decide(made, Verdict.RESTORED, by=moderator, now=NOW)
    made.refresh_from_db()
    assert made.state == IdeaState.PUBLISHED


@pytest.mark.django_db
def test_pictures_are_public_exactly_while_their_idea_is():
    activity, person = call(), resident()
    draft = actions.save_draft(activity=activity, data={}, by=person, now=NOW)
    photo = actions.attach(draft, SimpleUploadedFile("a.jpg", uploaded.picture()), by=person, now=NOW)
    made = idea(activity, author=person, uploaded=[photo], draft=draft)
    photo.refresh_from_db()
    assert photo.published_at == NOW
    manager = staff(activity.process.organisation)
    actions.reject_idea(made, reason=NO, by=manager, now=NOW)
    photo.refresh_from_db()
    assert not may_see(photo, None)
    assert may_see(photo, manager)
    assert not may_see(photo, staff(process().organisation))


@pytest.mark.django_db
def test_search_box_finds_public_ideas_of_the_organisation():
    made = idea(title="Une fontaine", text="De l'eau fraîche pour tout le monde.")
    in_state(IdeaState.REJECTED, title="Une fontaine de spam")
    hits = findable["ideas"].find("fontaines", made.process.organisation_id, NOW, 10)
    assert [(hit.title, hit.language) for hit in hits] == [("Une fontaine", "fr")]
    assert findable["ideas"].find("fontaine", process().organisation_id, NOW, 10) == []
    assert findable["ideas"].find("  ", None, NOW, 10) == []


@pytest.mark.django_db
def test_process_page_shows_figures_and_the_best_supported(client, clock_shows):
    clock_shows(NOW)
    made = idea(title="Une fontaine")
    actions.support(made, by=resident(), now=NOW)
    with override("fr"):
        page = client.get(made.process.get_absolute_url()).content.decode()
    assert made.title in page
    assert made.get_absolute_url() in page


class TestPersonalData:
    pytestmark = pytest.mark.django_db

    def test_person_who_leaves_takes_voices_and_drafts_and_leaves_public_words_without_a_name(self):
        activity, person = call(), resident("Nele Unique")
        public, other = idea(activity, author=person), idea(activity)
        gone = idea(activity, author=person)
        actions.withdraw_idea(gone, by=person, now=NOW)
        actions.support(other, by=person, now=NOW)
        actions.save_draft(activity=activity, data={"title": "Secret"}, by=person, now=NOW)
        exported = personal_data["ideas"].export(person)
        assert {len(exported["ideas"]), len(exported["drafts"]), len(exported["supports"])} == {2, 1}
        personal_data["ideas"].erase(person, NOW)
        other.refresh_from_db()
        public.refresh_from_db()
        assert (other.support_count, public.author, Draft.objects.count()) == (0, None, 0)
        assert not Idea.objects.filter(pk=gone.pk).exists()


class TestDifferences:
    @given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=30))
    def test_pieces_give_both_texts_back(self, before, after):
        pieces = differences(before, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
        assert sorted("".join(piece.text for piece in pieces if piece.kind != "new")) == sorted(before)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_lineage_never_loses_a_supporter_and_undoing_everything_restores_all(data, db):
    """Any sequence of merges and undoings: no circles, exact counters, one voice a person; all undone, everything is as before."""
    activity = call()
    manager, author = staff(activity.process.organisation), resident()
    ideas = [idea(activity, author=author) for _number in range(4)]
    people = [resident() for _number in range(3)]
    for person in people:
        for one in data.draw(st.lists(st.sampled_from(ideas), unique=True), label="supports"):
            actions.support(one, by=person, now=NOW)
    before = {one.pk: set(Support.objects.filter(idea=one).values_list("person_id", flat=True)) for one in ideas}
    for _step in range(data.draw(st.integers(1, 6), label="steps")):
        if data.draw(st.booleans(), label="undo"):
            undo_one(activity, manager, data)
        else:
            merge_two(
                *data.draw(st.tuples(st.sampled_from(ideas), st.sampled_from(ideas)), label="merge"), author, manager
            )
        check(ideas, before)
    while standing := list(standing_in(activity).order_by("-id")):
        undo_last(standing, manager)
    after = {one.pk: set(Support.objects.filter(idea=one).values_list("person_id", flat=True)) for one in ideas}
    assert after == before


def merge_two(source, target, author, manager):
    try:
        proposed = actions.propose_merge(source=source, target=target, reason=NO, by=manager, now=NOW)
    except Spoken:
        return
    actions.consent_merge(proposed, agreed=True, by=author, now=NOW)
    actions.complete_merge(proposed, by=manager, now=NOW)


def standing_in(activity):
    return Merge.objects.filter(source__activity=activity, completed_at__isnull=False, undone_at__isnull=True)


def blocked(merge):
    merge.target.refresh_from_db()
    return merge.target.state == IdeaState.MERGED


def undo_one(activity, manager, data):
    standing = list(standing_in(activity).order_by("id"))
    if standing:
        chosen = data.draw(st.sampled_from(standing), label="which")
        if blocked(chosen):
            with pytest.raises(Spoken):
                actions.undo_merge(chosen, reason=NO, by=manager, now=NOW)
        else:
            actions.undo_merge(chosen, reason=NO, by=manager, now=NOW)


def undo_last(standing, manager):
    free = next(merge for merge in standing if not blocked(merge))
    actions.undo_merge(free, reason=NO, by=manager, now=NOW)


def check(ideas, before):
    for one in ideas:
        one.refresh_from_db()
        assert one.support_count == Support.objects.filter(idea=one, value=1).count()
        seen, at = {one.pk}, one
        while at.merged_into_id:
            assert at.merged_into_id not in seen
            seen.add(at.merged_into_id)
            at = Idea.objects.get(pk=at.merged_into_id)
        assert before[one.pk] <= set(Support.objects.filter(idea=at).values_list("person_id", flat=True))


def diagram() -> str:
    """The way of an idea as README.md draws it. `!` marks steps that need a public reason."""
    out = io.StringIO()
    for state, afters in TRANSITIONS.items():
        ways = ", ".join(f"{after}{'!' if (state, after) in NEEDS_REASON else ''}" for after in afters) or "(the end)"
        out.write(f"    {state:<16} -> {ways}\n")
    return out.getvalue()


def test_readme_draws_the_table_that_holds():
    assert diagram() in (ROOT / "zenne/participation/ideas/README.md").read_text()
