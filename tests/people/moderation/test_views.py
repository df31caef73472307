import csv
import io
from html import unescape

import pytest
from django.urls import reverse

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.people.moderation import factories as make
from zenne.participation.comments import actions as comments
from zenne.participation.ideas import actions as idea_actions
from zenne.participation.ideas.enums import IdeaState
from zenne.people.moderation import actions
from zenne.people.moderation.enums import Ground, Outcome, Verdict
from zenne.people.moderation.models import Appeal

NOW = make.NOW
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_statement_is_for_its_author_alone(client_for):
    decision = make.hidden(comment(text="Des mots durs."), ground=Ground.HATE)
    address = decision.get_absolute_url()
    page = client_for(decision.case.author).get(address).content.decode()
    assert all(str(words) in page for words in ("Des mots durs.", Ground.HATE.label, "16\N{NO-BREAK SPACE}décembre"))
    assert client_for(ideas.resident("Bob")).get(address).status_code == 404
    assert client_for().get(address).status_code == 302
    assert client_for(decision.moderator).get(address).status_code == 404


def test_appealing_on_the_page_keeps_bad_words_and_takes_good_ones(client_for):
    decision = make.hidden()
    author = client_for(decision.case.author)
    assert author.post(decision.get_absolute_url(), {"text": " "}).status_code == 422
    assert author.post(decision.get_absolute_url(), {"text": "Relisez."}).status_code == 302
    assert "Relisez." in author.get(decision.get_absolute_url()).content.decode()
    assert author.post(decision.get_absolute_url(), {"text": "Encore."}).status_code == 403
    assert author.get(reverse("moderation:mine")).status_code == 200
    assert Appeal.objects.count() == 1


def test_who_reported_hears_the_outcome_and_not_the_author(mailbox, django_capture_on_commit_callbacks):
    written = comment(by=ideas.resident("Secret", language="fr"))
    somebody = ideas.resident("Bob", language="nl")
    actions.report(written, ground=Ground.HATE, by=somebody, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        make.hidden(written)
    [letter] = mailbox.to(somebody.email)
    words = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "Wat er met uw melding gebeurde"
    assert "Secret" not in words and written.text not in words


def test_hidden_and_deleted_comments_keep_a_dated_place(client_for):
    idea = ideas.idea()
    make.hidden(comment(idea, text="Des mots durs."))
    gone = comment(idea, text="À oublier.")
    comments.delete(gone, by=gone.author, now=NOW)
    page = unescape(client_for().get(idea.get_absolute_url()).content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    assert f"Caché par la modération le 15 juin 2026 : {Ground.HATE.label}" in page
    assert "Supprimé par son auteur le 15 juin 2026" in page
    assert "Des mots durs." not in page and "À oublier." not in page


def merged():
    source, target = ideas.idea(), None
    target = ideas.idea(source.activity)
    manager = ideas.staff(source.process.organisation)
    idea_actions.support(source, by=ideas.resident("Fan"), now=NOW)
    merge = idea_actions.propose_merge(source=source, target=target, reason=ideas.NO, by=manager, now=NOW)
    for person in (source.author, target.author):
        idea_actions.consent_merge(merge, agreed=True, by=person, now=NOW)
    idea_actions.complete_merge(merge, by=manager, now=NOW)
    source.refresh_from_db()
    return source, target


def test_a_merged_idea_is_reported_hidden_and_shown_again(client_for):
    source, target = merged()
    bob = client_for(ideas.resident("Bob"))
    sent = bob.post(reverse("moderation:report", args=["ideas.idea", source.pk]), {"ground": "hate"})
    assert sent.status_code == 302
    moderator = make.moderator_of(source.process.organisation)
    decision = actions.decide(source, Verdict.HIDDEN, ground=Ground.HATE, by=moderator, now=NOW)
    answer = client_for().get(source.get_absolute_url())
    assert answer.status_code == 410
    assert target.title in answer.content.decode()
    target.refresh_from_db()
    assert target.support_count == 1
    actions.decide(source, Verdict.RESTORED, by=moderator, now=NOW)
    source.refresh_from_db()
    assert (source.state, source.merged_into_id) == (IdeaState.MERGED, target.pk)
    assert decision.case.decisions.count() == 2


@pytest.mark.parametrize("state", [IdeaState.ADMISSIBLE, IdeaState.SHORTLISTED])
def test_an_idea_shown_again_stands_where_it_stood(state):
    idea = ideas.in_state(state)
    moderator = make.moderator_of(idea.process.organisation)
    actions.decide(idea, Verdict.HIDDEN, ground=Ground.OTHER, by=moderator, now=NOW)
    actions.decide(idea, Verdict.RESTORED, by=moderator, now=NOW)
    idea.refresh_from_db()
    assert idea.state == state


def test_the_public_table_counts_and_names_nobody(client_for):
    idea = ideas.idea()
    appeal = make.appealed(make.hidden(comment(idea, by=ideas.resident("Untel"))))
    actions.judge(appeal, Outcome.REVERSED, reason="Oui.", by=ideas.organisations.platform_admin(), now=NOW)
    make.reported(comment(idea, text="Autre."))
    process = idea.process
    answer = client_for().get(reverse("processes:moderation", args=[process.slug]))
    assert answer.status_code == 200
    assert "Untel" not in answer.content.decode()
    table = client_for().get(reverse("processes:moderation_csv", args=[process.slug])).content.decode()
    rows = {(part, key): number for part, key, number in csv.reader(io.StringIO(table))}
    wanted = {
        ("cases", "all"): "2",
        ("cases", "waiting"): "1",
        ("source", "report"): "1",
        ("source", "staff"): "1",
        ("hidden", "hate"): "1",
        ("decision", "restored"): "1",
        ("appeal", "reversed"): "1",
        ("median_seconds", "decision"): "0",
    }
    assert {key: rows[key] for key in wanted} == wanted


def test_a_report_made_twice_leads_back_and_says_so(client_for):
    written, bob = comment(), client_for(ideas.resident("Bob"))
    address = reverse("moderation:report", args=["comments.comment", written.pk])
    first, second = (bob.post(address, {"ground": "hate"}) for _time in range(2))
    assert first.status_code == second.status_code == 302 and second["Location"] == written.get_absolute_url()
    assert "déjà signalé" in bob.get(second["Location"], follow=True).text
