"""The real content, loaded once, and looked at from every side."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.portal.conftest import LOADED_AT
from zenne.core.errors import Invalid
from zenne.core.languages import LANGUAGES
from zenne.messaging.notifications.enums import Frequency
from zenne.messaging.notifications.models import Notification
from zenne.messaging.outbox.models import Letter
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment, Reaction
from zenne.participation.decisions.enums import CommitmentState
from zenne.participation.decisions.models import Commitment
from zenne.participation.feasibility.enums import StudyState
from zenne.participation.feasibility.models import Study
from zenne.participation.ideas.enums import IdeaState
from zenne.participation.ideas.models import Idea, OfficialAnswer, Support
from zenne.participation.juries import queries as juries
from zenne.participation.processes.gaps import gaps_of
from zenne.participation.processes.models import Activity, Change, Document, Follow, News, Process
from zenne.participation.selections import queries as selections
from zenne.participation.selections.enums import Outcome
from zenne.participation.selections.models import Selection
from zenne.participation.voting import queries as voting
from zenne.participation.voting import showing
from zenne.participation.voting.enums import VoteState
from zenne.participation.voting.models import Ballot, Replaced, VoteKey
from zenne.people.accounts.models import Person
from zenne.people.moderation.models import Decision, Report
from zenne.people.organisations.models import Membership, Organisation
from zenne.portal.demonstration import loading, plans
from zenne.portal.demonstration.calendar import Calendar
from zenne.portal.demonstration.reading import read_city
from zenne.portal.demonstration.visits import visits
from zenne.portal.models import EditorialPage
from zenne.strategy.governance.models import Review
from zenne.strategy.indicators.models import Measurement
from zenne.strategy.portfolio.models import BudgetLine, Debate, Origin, Pilot, Plan, Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
CONTENT = read_city(Calendar.of(LOADED_AT))
HACKS, QUARTIER = "brussels-hacks-the-crisis", "inspirons-le-quartier"
IDEAS = [(slug, idea) for slug, happened in CONTENT.contributions.items() for idea in happened.ideas]
TALKS = [each.debate for each in CONTENT.links.values() if each.debate]
REMARKS = [remark for talk in TALKS for remark in talk.remarks]
COMMENTS = [comment for _slug, idea in IDEAS for comment in idea.comments]


def everything():
    """How many rows each table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


def test_loaded_again_changes_nothing(now, clock_shows):
    before = everything()
    windows = list(Activity.objects.order_by("pk").values_list("pk", "opens_at", "closes_at", "phase__closes_at"))
    again = loading.load(now=LOADED_AT + timedelta(days=3))
    assert (again.processes, again.plans, again.pages, again.events) == ([], [], 0, 0)
    assert everything() == before
    assert windows == list(
        Activity.objects.order_by("pk").values_list("pk", "opens_at", "closes_at", "phase__closes_at")
    )


def test_a_process_that_an_interruption_left_out_is_loaded_later_and_counts_from_the_same_day():
    slug = "plan-climat-saint-gilles"
    described = next(process for process in CONTENT.processes if process.slug == slug)
    Process.objects.get(slug=slug).delete()
    again = loading.load(now=LOADED_AT + timedelta(days=3))
    assert again.processes == [slug]
    assert Process.objects.get(slug=slug).phases.first().opens_at == described.phases[0].opens


def test_what_a_city_of_an_earlier_version_does_not_have_is_named_and_left_out():
    of_ideas = next(each for each in CONTENT.links.values() if any(origin.idea for origin in each.origins))
    takes_up = next(origin for origin in of_ideas.origins if origin.idea)
    talked_about = next(each for each in CONTENT.links.values() if each.debate)
    Debate.objects.all().delete()
    Idea.objects.filter(process__slug=takes_up.process).update(title="Sans titre")
    alone = replace(of_ideas, origins=(takes_up,), pilots=())
    assert plans.link(alone, CONTENT, LOADED_AT) == [f"what “{takes_up.project}” takes up of {takes_up.process}"]
    [missing] = plans.talk(talked_about.debate, talked_about.plan, {}, LOADED_AT)
    assert talked_about.debate.process in missing


def test_everything_in_the_files_is_there(city):
    assert Organisation.objects.filter(opened_at__isnull=False).count() == len(CONTENT.organisations)
    assert Membership.objects.count() == sum(len(each.staff) for each in CONTENT.organisations)
    assert Person.objects.count() == 1 + Membership.objects.count() + len(CONTENT.residents)
    assert EditorialPage.objects.count() == city.pages == len(CONTENT.pages) * len(LANGUAGES)
    assert Process.objects.count() == len(city.processes) == len(CONTENT.processes)
    assert Idea.objects.count() == len(IDEAS)
    assert Comment.objects.count() == len(COMMENTS) + len(REMARKS)
    assert Reaction.objects.count() == sum(len(people) for each in COMMENTS for people in each.reactions.values())
    assert OfficialAnswer.objects.count() == sum(idea.answer is not None for _slug, idea in IDEAS)
    assert Report.objects.count() == sum(comment.report is not None for comment in COMMENTS)
    assert Decision.objects.filter(case__about_type__model="comment").count() == sum(
        comment.report is not None and comment.report.decision != "" for comment in COMMENTS
    )
    assert News.objects.count() == sum(len(process.news) for process in CONTENT.processes)
    assert Follow.objects.count() == sum(len(process.followers) for process in CONTENT.processes)
    assert Document.objects.count() == sum(
        len(document.text) for process in CONTENT.processes for document in process.documents
    )
    extensions = sum(len(process.extensions) for process in CONTENT.processes)
    assert Change.objects.count() == extensions + len(TALKS)


def test_everybody_who_supports_or_opposes_in_the_files_does_so():
    emails = {resident.key: resident.email for resident in CONTENT.residents}
    emails |= {staff.key: staff.email for each in CONTENT.organisations for staff in each.staff}
    told = {(idea.title, emails[key], 1) for _slug, idea in IDEAS for key in idea.supporters}
    told |= {(idea.title, emails[key], -1) for _slug, idea in IDEAS for key in idea.opponents}
    there = Support.objects.values_list("idea__title", "person__email", "value", "carried_from")
    assert told <= {voice[:3] for voice in there}
    assert {voice[:3] for voice in there if voice[3] is None} <= told
    assert any(voice[3] for voice in there)


def test_every_counter_equals_the_rows_it_counts():
    counted = Idea.objects.annotate(
        yes=Count("supports", filter=Q(supports__value=1), distinct=True),
        no=Count("supports", filter=Q(supports__value=-1), distinct=True),
    )
    for idea in counted:
        said = Comment.objects.filter(about_type__model="idea", about_id=idea.pk, state=CommentState.PUBLISHED).count()
        assert (idea.support_count, idea.oppose_count, idea.comment_count) == (idea.yes, idea.no, said), idea
    for comment in Comment.objects.annotate(given=Count("reactions")):
        assert comment.reaction_count == comment.given


def as_decided(decided, idea):
    """Before services, and there it ends where their list does not keep it; or before a jury, then a vote, then a body whose promises are kept."""
    if decided.study:
        return IdeaState.INADMISSIBLE if decided.study.list else IdeaState.ADMISSIBLE
    if not idea.jury_favourite:
        return IdeaState.NOT_SHORTLISTED
    return IdeaState.DONE if idea.key in decided.decision.promises else IdeaState.NOT_SELECTED


def expected_state(process, idea):
    if idea.withdrawn:
        return IdeaState.WITHDRAWN
    if idea.refused:
        return IdeaState.REJECTED
    if idea.merged:
        return IdeaState.MERGED
    if idea.changes:
        last = IdeaState(idea.changes[-1].to)
        decided = CONTENT.decisions.get(process.slug)
        return as_decided(decided, idea) if decided and last == IdeaState.ADMISSIBLE else last
    read = process.settings.moderation == "post" or idea.accepted
    return IdeaState.PUBLISHED if read else IdeaState.SUBMITTED


@pytest.mark.parametrize("process", CONTENT.processes, ids=lambda process: process.slug)
def test_a_process_and_its_ideas_stand_where_the_files_say(process):
    there = Process.objects.get(slug=process.slug)
    assert there.state == process.state
    assert there.published_at == process.published_at
    assert there.archived_at == process.archived_at
    ideas = [idea for slug, idea in IDEAS if slug == process.slug]
    states = {idea.title: expected_state(process, idea) for idea in ideas}
    assert dict(Idea.objects.filter(process=there).values_list("title", "state")) == states
    windows = {activity.title_fr: activity.window() for activity in Activity.objects.filter(phase__process=there)}
    assert windows == {
        activity.title["fr"]: (activity.opens, activity.closes)
        for phase in process.phases
        for activity in phase.activities
    }


def test_what_has_opened_is_frozen_at_its_opening():
    for activity in Activity.objects.select_related("phase__process").exclude(phase__process__state="draft"):
        opens = activity.window()[0]
        assert (activity.frozen_at is not None) == (opens <= LOADED_AT)
        if activity.frozen_at:
            assert activity.frozen_at == max(opens, activity.process.published_at)


def test_nothing_was_mailed_and_nothing_waits_to_be():
    assert mail.outbox == []
    assert Notification.objects.exists()
    assert not Notification.objects.exclude(mail=Frequency.NEVER).exists()
    assert not Letter.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_nothing_happens_after_the_day_of_loading():
    assert Idea.objects.latest("submitted_at").submitted_at < LOADED_AT
    assert Comment.objects.latest("created_at").created_at < LOADED_AT
    assert Support.objects.latest("given_at").given_at < LOADED_AT


def test_the_draft_names_exactly_what_the_file_left_out():
    draft = next(process for process in CONTENT.processes if process.state == "draft")
    parts = {"process": {"summary": "summary", "description": "description", "contact_text": "contact"}}
    named = {"theme": "themes", "phase": "phases", "activity": "activities", "frequentquestion": "faq"}
    named |= {"document": "documents", "teammember": "team"}
    found = set()
    for gap in gaps_of(Process.objects.get(slug=draft.slug)):
        kind = gap.thing._meta.model_name
        part = parts["process"][gap.field] if kind == "process" else named[kind]
        found.add(f"{part}:{gap.language}")
    assert found == set(draft.expected_missing) - {"documents:en"}  # a document is in one language, and owes only that


def test_the_accounts_to_show_can_sign_in(client):
    for account in loading.accounts_to_show():
        assert Person.objects.get(email=account.email).check_password(account.password), account


def test_organisations_have_staff_in_every_state_of_the_content():
    roles = Counter(Membership.objects.values_list("role", flat=True))
    assert set(roles) == {"admin", "manager", "moderator", "editor"}


def addresses(language):
    """Every public page of the demonstration, ideas by turns in one of the languages."""
    with override(language):
        yield reverse("portal:home")
        yield reverse("portal:search") + "?q=velo"
        yield reverse("processes:list")
        yield reverse("organisations:list")
        yield from (page.url for page in EditorialPage.objects.filter(locale__language_code=language))
        yield from (organisation.get_absolute_url() for organisation in Organisation.objects.order_by("pk"))
        for process in Process.objects.exclude(state="draft").order_by("pk"):
            yield process.get_absolute_url()
            yield reverse("processes:changes", args=[process.slug])
            yield reverse("ideas:list", args=[process.slug])
            yield from (post.get_absolute_url() for post in process.news.order_by("pk"))
            yield from (made.get_absolute_url() for made in process.selections.order_by("pk"))
            yield from (made.get_absolute_url() for made in process.decisions.order_by("pk"))
        for vote in voting.votes():
            yield vote.get_absolute_url()
            if vote.counted_at:
                yield reverse("voting:result", args=[vote.process.slug, vote.pk])
        yield from (reverse("juries:page", args=[jury.process.slug, jury.pk]) for jury in juries.juries())
        turn = LANGUAGES.index(language)
        public = (
            Idea.objects.filter(Q(listed=True) | Q(state=IdeaState.MERGED)).select_related("process").order_by("pk")
        )
        yield from (idea.get_absolute_url() for number, idea in enumerate(public) if number % len(LANGUAGES) == turn)


def test_jury_keeps_five_with_a_reason_each_and_says_where_it_left_the_points():
    jury = juries.juries().get(activity__phase__process__slug=HACKS)
    described = CONTENT.decisions[HACKS].jury
    assert {member.name for member in juries.seated(jury)} == {
        resident.name for resident in CONTENT.residents if resident.key in {each.person for each in described.members}
    }
    assert juries.missing_scores(jury) == 0
    assert sum(juries.recusals(jury).values()) == len(described.ties) == 1
    assert [(move.kept, bool(move.reason)) for move in juries.moves(jury)] == [(False, True), (True, True)]
    selection = Selection.objects.get(activity=jury.activity)
    said = list(selections.choices(selection))
    assert (
        all(getattr(choice, f"reason_{language}") for choice in said for language in ("nl", "en")) and len(said) == 33
    )
    assert {choice.idea.title for choice in said if choice.outcome == Outcome.KEPT} == {
        idea.title for slug, idea in IDEAS if slug == HACKS and idea.jury_favourite
    }


def test_residents_choose_two_of_the_five_and_both_become_prototypes():
    vote = voting.votes().get(activity__phase__process__slug=HACKS)
    came = {visit.person for visit in visits(CONTENT.decisions[HACKS].vote.ballots, CONTENT.residents)}
    result = voting.published_result(vote)
    assert vote.size == result.size == len(came) > 50
    assert not Ballot.objects.filter(vote=vote).exists() and not VoteKey.objects.filter(vote=vote).exists()
    assert Replaced.objects.filter(vote=vote).exists()
    kept = selections.kept(Selection.objects.get(activity=vote.activity))
    promised = Commitment.objects.filter(decision__process__slug=HACKS)
    assert {choice.idea_id for choice in kept} == {each.idea_id for each in promised} and len(promised) == 2
    assert {each.state for each in promised} == {CommitmentState.DONE}
    assert all(milestone.done_on for each in promised for milestone in each.milestones.all())


def test_who_pays_for_the_open_budget_closes_to_the_cent():
    vote = voting.votes().get(activity__phase__process__slug=QUARTIER)
    assert vote.state(LOADED_AT) == VoteState.OPEN and voting.turnout(vote).total > 30
    [purse] = showing.paying(vote, [], voting.contributors_of(vote))
    assert [row.cents for row in purse.rows] == [37_500_00, 22_500_00, 15_000_00]
    assert sum(row.cents for row in purse.rows) == purse.cents == vote.budget_cents
    assert all(row.who.url for row in purse.rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_answers(language, client, clock_shows):
    clock_shows(LOADED_AT)
    for address in addresses(language):
        response = client.get(address)
        if response.status_code == 302:
            response = client.get(response.url)
        assert response.status_code == 200, address


# --- plans ---------------------------------------------------------------------------------------------------------------------------


def test_every_plan_is_there_and_public(city):
    assert len(city.plans) == Plan.objects.count()
    assert {plan.slug: plan.projects.count() for plan in Plan.objects.filter(published_at__isnull=False)} == {
        "smart-city-2030": 69,
        "plan-climat-jette": 3,
        "plan-climat-saint-gilles": 3,
        "budget-participatif-2018": 10,
        "open-summer-of-code-2020": 2,
        "saint-gilles-au-frais": 3,
    }


def test_what_put_a_plan_in_force_is_a_decision_that_everyone_reads(client):
    found = client.get("/api/v1/decisions", {"plan": "smart-city-2030"}).json()
    assert [each["reference"] for each in found["items"]] == ["Smart City 2023-03"]


def test_every_link_of_the_files_is_an_origin():
    told = {(each.plan, origin.project) for each in CONTENT.links.values() for origin in each.origins}
    there = Origin.objects.values_list("project__plan__slug", "project__slug")
    assert set(there) == told
    assert len(there) == sum(len(each.origins) for each in CONTENT.links.values())


def test_the_loop_can_be_walked_from_an_idea_to_what_was_measured():
    idea = next(each for slug, each in IDEAS if slug == HACKS and each.key == "pc-pour-chaque-eleve")
    taken = Idea.objects.get(title=idea.title).taken_up.get(project__plan__slug="open-summer-of-code-2020")
    project = taken.project
    assert (project.state, project.validated_by.reference) == ("achieved", "GRBC-2020-118")
    measured = project.measures.get().indicator
    assert measured.definitions.exists()
    assert [each.value for each in measured.measurements.order_by("end")] == [41, 24]
    assert project.pilots.get().verdict == "confirmed"


def test_a_bad_result_is_as_public_as_a_good_one():
    refuted = Pilot.objects.get(verdict="refuted")
    assert refuted.project.is_public
    assert refuted.reason_nl
    fountain = Project.objects.get(slug="fontaine-stalingrad")
    assert (fountain.health, fountain.lines.get().overspent_cents) == ("off_track", 214_000)
    before, after = Measurement.objects.filter(area__code="9", area__kind="district").order_by("end")
    assert (before.state, after.state) == ("published", "published")
    assert after.value < before.value


def test_the_ten_projects_of_2018_cost_what_was_voted():
    voted = Selection.objects.get(process__slug="budget-participatif-2018", activity=None)
    listed = voted.source.choices.filter(outcome=Outcome.KEPT)
    assert sorted(listed.values_list("idea", "cost_cents")) == sorted(voted.choices.values_list("idea", "cost_cents"))
    voted = voted.choices
    assert sum(voted.values_list("cost_cents", flat=True)) == 13_407_000
    lines = BudgetLine.objects.filter(project__plan__slug="budget-participatif-2018")
    assert sum(lines.values_list("committed_cents", flat=True)) == 13_407_000
    assert sorted(voted.values_list("idea__taken_up__project__lines__committed_cents", flat=True)) == sorted(
        voted.values_list("cost_cents", flat=True)
    )


def test_services_cost_refused_joined_and_had_an_idea_adapted():
    studies = Study.objects.filter(idea__process__slug="budget-participatif-2018")
    listed = Selection.objects.get(activity__kind="feasibility")
    told = Counter(listed.choices.values_list("outcome", flat=True))
    assert told == {Outcome.KEPT: 10, Outcome.NOT_KEPT: 1, Outcome.SET_ASIDE: 1}
    refused = studies.get(state=StudyState.REFUSED)
    assert (refused.obstacle, refused.idea.state) == ("competence", IdeaState.INADMISSIBLE)
    assert all([refused.reason, refused.reason_nl, refused.reason_en])
    adapted = studies.get(adapted_at__isnull=False)
    assert adapted.state == StudyState.FEASIBLE
    assert adapted.idea.versions.count() == 2


def test_a_round_of_feasibility_runs_in_every_state(client, clock_shows):
    clock_shows(LOADED_AT)
    studies = Study.objects.filter(idea__process__slug="place-du-vieux-bassin")
    assert set(studies.values_list("state", flat=True)) == set(StudyState.values)
    assert {study.late(LOADED_AT.date()) for study in studies} == {True, False}
    address = reverse("studies:list", args=["place-du-vieux-bassin", studies[0].feasibility_id])
    page = client.get(address).text
    assert page.count("La réponse est en retard") == 1
    assert "184\u202f000" in page.replace("\xa0", "\u202f")


def test_the_advice_of_the_panel_became_projects():
    asked = Origin.objects.filter(recommendation__isnull=False).order_by("recommendation__position")
    assert [each.project.slug for each in asked] == ["cool-hall", "ten-fountains", "sun-sails"]


def test_a_review_was_run_from_the_measure_to_the_budget():
    review = Review.objects.get()
    assert (review.state, review.plan.slug, review.revision.state) == ("closed", "saint-gilles-au-frais", "valid")
    assert review.decision.reference == "2026/College/466"
    assert list(review.stages.filter(done_at__isnull=True)) == []
    line = BudgetLine.objects.get(key="fountains")
    assert (line.planned_cents, line.committed_cents, line.decision) == (6_400_000, 3_200_000, review.decision)
    assert review.plan.revisions.count() == 2


ELECTION = """META
key;value
unit;Assen
instance;2024
num_projects;3
num_votes;4
budget;110
vote_type;approval
rule;equalshares/add1
date_begin;31.03.2024
date_end;15.04.2024
currency;EUR
PROJECTS
project_id;cost;name;selected
7;60;Podium;1
9;40;Bankjes;1
12;50;Bomen;0
VOTES
voter_id;vote
1;7,9
2;7
3;9,7
4;12
"""


def test_an_election_that_is_named_is_counted_again_beside_its_official_outcome(client, clock_shows):
    clock_shows(LOADED_AT)
    election = loading.Election("assen.pb", ELECTION.encode())
    assert loading.load(now=LOADED_AT, election=election).processes == ["compte-ailleurs-recompte-ici"]
    assert loading.load(now=LOADED_AT + timedelta(days=1), election=election).processes == []
    vote = voting.votes().get(activity__phase__process__slug="compte-ailleurs-recompte-ici")
    said = {
        "fr": "Le résultat de l’organisateur est le même",
        "nl": "De uitslag van de organisator zelf is dezelfde",
        "en": "The organiser’s own outcome is the same",
    }
    for language, words in said.items():
        page = client.get(f"/{language}/processes/compte-ailleurs-recompte-ici/votes/{vote.pk}/result/")
        assert words in page.text, language


def test_a_file_that_makes_no_vote_is_named_and_brings_nothing():
    with pytest.raises(Invalid, match=r"assen\.pb: .*euro"):
        loading.load(now=LOADED_AT, election=loading.Election("assen.pb", ELECTION.replace("EUR", "PLN").encode()))
    assert not Process.objects.filter(slug="compte-ailleurs-recompte-ici").exists()
