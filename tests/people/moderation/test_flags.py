from datetime import timedelta

import pytest

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.people.moderation import factories as make
from zenne.participation.comments.enums import CommentState
from zenne.participation.ideas.enums import IdeaState, Moderation
from zenne.people.moderation import actions, tasks
from zenne.people.moderation.enums import CaseState, FlagKind, Source, Verdict
from zenne.people.moderation.models import Case, Flag, FlaggedWord, FlagRule
from zenne.people.moderation.queries.flags import in_words

NOW = make.NOW
SAME = "Achetez nos vélos électriques sur notre site, livraison gratuite partout à Bruxelles."
pytestmark = pytest.mark.django_db


def examined(thing, now=NOW):
    tasks.examine(kind=thing._meta.label_lower, pk=thing.pk, at=now.isoformat())
    return {flag.kind: flag for flag in Flag.objects.filter(case__about_id=thing.pk, case__state=CaseState.OPEN)}


def said(text, **given):
    return comment(text=text, **given)


def test_a_listed_word_of_its_language_is_flagged_and_nothing_is_hidden():
    written = said("Quel 3SCROC, ce maire !")
    FlaggedWord.objects.create(organisation=make.house_of(written), language="fr", word="escroc")
    FlaggedWord.objects.create(organisation=make.house_of(written), language="nl", word="maire")
    flag = examined(written)[FlagKind.WORD]
    assert flag.facts == {"words": ["escroc"]}
    assert in_words(flag) == "Contient «\u00a0escroc\u00a0», qui est sur la liste."
    assert flag.case.sources == [Source.FLAG]
    written.refresh_from_db()
    assert written.state == CommentState.PUBLISHED


def test_more_links_than_the_rule_allows_are_flagged_but_not_to_known_sites():
    written = said("https://a.example https://b.example https://c.example https://x.brussels.be")
    FlagRule.objects.create(organisation=make.house_of(written), known_hosts=["brussels.be"], links_at_most=2)
    assert examined(written)[FlagKind.LINKS].facts == {
        "count": 3,
        "most": 2,
        "hosts": ["a.example", "b.example", "c.example"],
    }


@pytest.mark.parametrize("same", [True, False])
def test_the_same_text_again_names_the_earlier_one(same):
    idea, author = ideas.idea(), ideas.resident("Nele")
    first = said(SAME, idea=idea, by=author)
    examined(first)
    later = NOW + timedelta(minutes=3)
    by = author if same else ideas.resident("Bob")
    again = said(f"{SAME} !!", idea=idea, by=by, now=later)
    facts = examined(again, later)[FlagKind.REPEATED].facts
    assert (facts["about"], facts["same_author"]) == (["comments.comment", first.pk], same)
    assert facts["likeness"] >= 80


def test_an_own_text_in_another_organisation_is_not_compared():
    examined(said(SAME))
    assert examined(said(SAME, now=NOW + timedelta(minutes=3))) == {}


def test_a_burst_from_a_new_account_says_how_many_in_how_many_minutes():
    idea = ideas.idea()
    new, old = ideas.resident("New", now=NOW - timedelta(days=1)), ideas.resident("Old")
    for number in range(5):
        at = NOW + timedelta(minutes=number)
        last = said(f"Remarque numéro {number}", idea=idea, by=new, now=at)
        flags = examined(last, at)
        assert not examined(said(f"Autre remarque {number}", idea=idea, by=old, now=at), at)
    assert flags[FlagKind.BURST].facts == {"count": 5, "minutes": 10, "days": 1}


def test_examining_twice_and_after_a_decision_asks_nobody_twice():
    written = said("Quel escroc !")
    FlaggedWord.objects.create(organisation=make.house_of(written), word="escroc")
    examined(written)
    examined(written)
    assert Flag.objects.count() == 1
    actions.decide(written, Verdict.KEPT, by=make.moderator_of(written), now=NOW)
    assert examined(written) == {}


def test_what_the_organisation_holds_back_waits_for_a_moderator():
    activity = ideas.call()
    organisation = activity.process.organisation
    FlagRule.objects.create(organisation=organisation, hold=True)
    FlaggedWord.objects.create(organisation=organisation, word="escroc")
    idea = ideas.idea(activity, title="Un escroc au parc")
    written = said("Quel escroc !", idea=ideas.idea(activity))
    assert (idea.state, written.state) == (IdeaState.SUBMITTED, CommentState.WAITING)
    assert written.about.comment_count == 0
    actions.decide(written, Verdict.KEPT, by=make.moderator_of(written), now=NOW)
    written.refresh_from_db()
    written.about.refresh_from_db()
    assert (written.state, written.about.comment_count) == (CommentState.PUBLISHED, 1)


def test_comments_wait_where_the_call_reads_them_first(client_for):
    idea = ideas.idea(ideas.call(comment_moderation=Moderation.BEFORE))
    written = comment(idea)
    assert Case.objects.get(about_id=written.pk, state=CaseState.OPEN).sources == [Source.READING]
    assert client_for(ideas.resident("Bob")).get(written.get_absolute_url()).status_code == 404
    assert client_for(written.author).get(written.get_absolute_url()).status_code == 200


def test_a_waiting_idea_published_at_its_own_desk_leaves_the_queue():
    idea = ideas.idea(ideas.call(moderation=Moderation.BEFORE))
    from zenne.participation.ideas import actions as desk

    desk.publish_idea(idea, by=ideas.staff(idea.process.organisation), now=NOW)
    case = Case.objects.get(about_id=idea.pk)
    assert (case.state, case.decisions.get().verdict) == (CaseState.DECIDED, Verdict.KEPT)
